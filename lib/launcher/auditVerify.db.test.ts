import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { addAudit } from '../storage/audit';
import { checkAudit } from '../storage/auditChain';
import { closeStorage, pool, transaction } from '../storage/client';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';

let database: TestDatabase;
let restore: () => void;

beforeAll(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
  for (const n of [1, 2, 3])
    await transaction((connection) =>
      addAudit(connection, { by: 'ana', action: 'import.created', subject: `import:${n}`, details: {} }),
    );
});
afterAll(async () => {
  await closeStorage();
  restore();
  await database.drop();
});

/** Runs the command as people do; where it looks for a database is all of `env`. */
function verify(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'lib/launcher/auditVerify.ts', ...words],
    { encoding: 'utf8', env: { ...process.env, DATABASE_URL: database.url, ...env } },
  );
  return { status, stdout, stderr };
}

describe('npm run audit:verify', () => {
  it('ends with 0 on a sound trail, and names its head', async () => {
    const { head } = await checkAudit();
    const plain = verify([]);
    expect(plain, plain.stderr).toMatchObject({ status: 0 });
    expect(plain.stdout).toContain(`3 entries, unbroken, head ${head.hash}`);
    const held = verify(['--head', head.hash]);
    expect(held, held.stderr).toMatchObject({ status: 0 });
    expect(held.stdout).toContain('is that of entry 3');
  }, 60_000);

  it('ends with 1 when a head that was kept is not in the chain', () => {
    const { status, stdout } = verify([`--head=${'1'.repeat(64)}`]);
    expect(status, stdout).toBe(1);
    expect(stdout).toContain('is not in the chain');
  }, 60_000);

  it('ends with 2 without a database, and when it is asked for something else', () => {
    const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'sequela-none-'));
    try {
      const none = verify([], { DATABASE_URL: '', SEQUELA_DATA_DIR: empty });
      expect(none, none.stdout).toMatchObject({ status: 2, stdout: '' });
      expect(none.stderr).toContain('There is no database in');
      expect(fs.readdirSync(empty)).toEqual([]);
    } finally {
      fs.rmSync(empty, { recursive: true, force: true });
    }
    for (const words of [['--head'], ['--head', 'abc'], ['--tail']])
      expect(verify(words), words.join(' ')).toMatchObject({ status: 2, stdout: '' });
    expect(verify([], { DATABASE_URL: 'postgresql://x:y@127.0.0.1:1/none' }).status).toBe(2);
  }, 120_000);

  it('ends with 1 on a tampered trail, and names the first entry that is wrong', async () => {
    await pool().query('ALTER TABLE audit DISABLE TRIGGER ALL');
    await pool().query(`UPDATE audit SET by = 'eve' WHERE id = 2`);
    const { status, stdout } = verify([]);
    expect(status, stdout).toBe(1);
    expect(stdout).toContain('broken after 1 entry: Entry 2 is not what was written');
  }, 60_000);
});
