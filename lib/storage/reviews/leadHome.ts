import { pool } from '../client';
import { DUE, OPEN } from '../findingRows';

/** How much one person has before them, and how it went lately. */
export type Workload = {
  readonly person: string;
  readonly openFindings: number;
  readonly breached: number;
  readonly openCases: number;
  readonly openTasks: number;
  readonly verdicts7d: number;
  readonly sentBack30d: number;
  /** Median seconds from found to verdict over 7 days; null without any. */
  readonly medianToVerdict: number | null;
};

/** Work of each active person who decides on findings, by handle. */
export async function loadWorkload(roles: readonly string[]): Promise<readonly Workload[]> {
  const { rows } = await pool().query<Workload>(
    `SELECT p.handle AS person, coalesce(f.open, 0) AS "openFindings", coalesce(f.breached, 0) AS breached,
       coalesce(c.open, 0) AS "openCases", coalesce(t.open, 0) AS "openTasks", coalesce(v.given, 0) AS "verdicts7d",
       coalesce(r.sent_back, 0) AS "sentBack30d", v.median AS "medianToVerdict"
     FROM people p
     LEFT JOIN (SELECT d.assignee, count(*)::int AS open,
         (count(*) FILTER (WHERE ${DUE} < now()))::int AS breached
       FROM decisions d JOIN findings f ON f.id = d.finding_id
       WHERE ${OPEN} AND d.assignee IS NOT NULL GROUP BY 1) f ON f.assignee = p.handle
     LEFT JOIN (SELECT owner, count(*)::int AS open FROM cases
       WHERE state IN ('open', 'sent_back') AND merged_into IS NULL GROUP BY 1) c ON c.owner = p.handle
     LEFT JOIN (WITH RECURSIVE closed(id) AS (SELECT id FROM cases WHERE state = 'closed' AND merged_into IS NULL
         UNION SELECT m.id FROM cases m JOIN closed ON m.merged_into = closed.id)
       SELECT assignee, count(*)::int AS open FROM case_tasks
       WHERE state = 'open' AND case_id NOT IN (SELECT id FROM closed) GROUP BY 1) t ON t.assignee = p.handle
     LEFT JOIN (SELECT v.by, count(*)::int AS given,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM v.at - f.created_at))::float8 AS median
       FROM verdicts v JOIN decisions d ON d.verdict_id = v.id AND d.verdict IS NOT NULL JOIN findings f ON f.id = v.finding_id
       WHERE v.value IS NOT NULL AND v.at > now() - interval '7 days' GROUP BY 1) v ON v.by = p.handle
     LEFT JOIN (SELECT submitted_by, count(*)::int AS sent_back FROM case_reviews
       WHERE state = 'sent_back' AND decided_at > now() - interval '30 days' GROUP BY 1) r ON r.submitted_by = p.handle
     WHERE p.deactivated_at IS NULL AND p.role = ANY($1::text[]) ORDER BY p.handle`,
    [roles],
  );
  return rows;
}

/** Numbers of open and sent-back cases that nobody touched for `days`, the longest first. */
export async function loadAgeing(days: number, limit: number): Promise<readonly number[]> {
  const { rows } = await pool().query<{ id: number }>(
    `SELECT id FROM cases WHERE state IN ('open', 'sent_back') AND merged_into IS NULL
       AND updated_at < now() - make_interval(days => $1) ORDER BY updated_at, id LIMIT $2`,
    [days, limit],
  );
  return rows.map(({ id }) => id);
}

/** False positives in force of the last `days`, and how many of them were closed knowing that a required stage was blind. */
export async function countBlindVerdicts(
  days: number,
): Promise<{ readonly blind: number; readonly closed: number }> {
  const { rows } = await pool().query<{ blind: number; closed: number }>(
    `SELECT (count(*) FILTER (WHERE v.blind_acknowledged))::int AS blind, count(*)::int AS closed
     FROM decisions d JOIN verdicts v ON v.id = d.verdict_id
     WHERE d.verdict = 'false_positive' AND v.at > now() - make_interval(days => $1)`,
    [days],
  );
  return rows[0] ?? { blind: 0, closed: 0 };
}
