import { type Connection, pool } from './client';
import { AWAITED, BEGAN, DUE } from './findingRows';
import { demoHandle } from './notifications';

/** A finding of somebody's that waits for its verdict longer than it may. */
export type BreachedFinding = {
  readonly id: string;
  readonly assignee: string;
  readonly headline: string;
  readonly host: string;
  readonly due: Date;
};

/** A baseline that is near its end. */
export type EndingBaseline = {
  readonly id: number;
  readonly title: string;
  readonly owner: string;
  readonly expiresAt: Date;
};

/**
 * SQL: nobody was told of a subject since a time, neither in the application nor outside. Both are asked, because a
 * person may have chosen only one of the ways.
 */
function untold(kind: string, subject: string, since: string): string {
  return `NOT EXISTS (SELECT 1 FROM notifications o WHERE o.kind = '${kind}' AND o.subject = ${subject} AND o.at >= ${since})
    AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.payload->>'kind' = '${kind}' AND o.payload->>'subject' = ${subject}
      AND o.created_at >= ${since})`;
}

/** Breaches of longer ago are not told: they were, or nobody had the clock then. */
const LOOK_BACK = `interval '7 days'`;
const MOST_AT_ONCE = 500;

/**
 * Assigned findings without a verdict that passed their service clock of late, and whose assignee was not told. One
 * who left is not told, so theirs would be asked for again and again.
 */
export async function breachedFindings(): Promise<readonly BreachedFinding[]> {
  const { rows } = await pool().query<BreachedFinding>(
    `SELECT b.id, b.assignee, b.headline, h.name AS host, b.due
     FROM (SELECT f.id, d.assignee, f.headline, f.host_id, ${BEGAN} AS began,
             ${DUE} AS due
           FROM decisions d JOIN findings f ON f.id = d.finding_id
           WHERE ${AWAITED} AND (d.assignee = $1
             OR d.assignee IN (SELECT handle FROM people WHERE deactivated_at IS NULL))) b
       JOIN hosts h ON h.id = b.host_id
     WHERE b.due <= now() AND b.due > now() - ${LOOK_BACK} AND ${untold('clock.breached', `'finding:' || b.id`, 'b.began')}
     ORDER BY b.due LIMIT ${MOST_AT_ONCE}`,
    [demoHandle()],
  );
  return rows;
}

/** Baselines in force that end within seven days, and whose owner was not told. */
export async function endingBaselines(): Promise<readonly EndingBaseline[]> {
  const { rows } = await pool().query<EndingBaseline>(
    `SELECT b.id, b.title, b.owner, b.expires_at AS "expiresAt" FROM baselines b
     WHERE b.revoked_at IS NULL AND b.expires_at > now() AND b.expires_at <= now() + interval '7 days'
       AND (NOT b.needs_approval OR b.approved_at IS NOT NULL)
       AND ${untold('baseline.ending', `'baseline:' || b.id`, `b.expires_at - interval '7 days'`)}
     ORDER BY b.expires_at LIMIT ${MOST_AT_ONCE}`,
  );
  return rows;
}

/** Takes one baseline that was in force and ended, and whose end is not in history yet; undefined when there is none. */
export async function takeEndedBaseline(connection: Connection): Promise<EndingBaseline | undefined> {
  const { rows } = await connection.query<EndingBaseline>(
    `UPDATE baselines SET ended_noted_at = now()
     WHERE id = (SELECT id FROM baselines WHERE expires_at <= now() AND revoked_at IS NULL AND ended_noted_at IS NULL
                   AND (NOT needs_approval OR approved_at IS NOT NULL)
                 ORDER BY expires_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING id, title, owner, expires_at AS "expiresAt"`,
  );
  return rows[0];
}

/** Those of some subjects that nobody was ever told went quiet. */
export async function untoldSilences(subjects: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await pool().query<{ subject: string }>(
    `SELECT s.subject FROM unnest($1::text[]) AS s(subject) WHERE ${untold('host.quiet', 's.subject', `'-infinity'`)}`,
    [subjects],
  );
  return new Set(rows.map(({ subject }) => subject));
}

/** An import that could not be finished, and who asked for it last. */
export type FailedImport = {
  readonly id: number;
  readonly name: string;
  readonly by: string;
  /** A sentence for people. */
  readonly why: string;
};

/** Imports that failed of late and of which nobody was told since; one that somebody cancelled did not fail. */
export async function failedImports(): Promise<readonly FailedImport[]> {
  const { rows } = await pool().query<FailedImport>(
    `SELECT i.id, i.name, a.by, coalesce(i.error->>'message', '') AS why
     FROM imports i CROSS JOIN LATERAL (SELECT by, action FROM audit WHERE subject = 'import:' || i.id ORDER BY id DESC LIMIT 1) a
     WHERE i.state = 'failed' AND i.clearing IS NULL AND i.finished_at > now() - interval '1 day'
       AND a.action IN ('import.created', 'import.resumed', 'import.reparsed')
       AND ${untold('import.failed', `'import:' || i.id`, 'i.finished_at')}
     ORDER BY i.id LIMIT ${MOST_AT_ONCE}`,
  );
  return rows;
}
