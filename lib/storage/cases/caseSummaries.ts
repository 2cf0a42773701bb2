import { pool } from '../client';
import { ITEM_HOST } from './caseItems';
import { type CaseRow, loadCaseRows, topCases } from './caseRows';

/** A case with the sizes of what stands in it and in all merged into it. */
export type StoredCase = Omit<CaseRow, 'mergedInto'> & {
  /** The case it is read in; null when it was not merged. */
  readonly mergedInto: number | null;
  readonly findings: number;
  readonly alerts: number;
  /** Hits of Sigma. */
  readonly hits: number;
  /** Names of the hosts of its findings, alerts and hits, in order. */
  readonly hosts: readonly string[];
  readonly tasksOpen: number;
  readonly tasksTotal: number;
  readonly commentsOpen: number;
  /** Seconds worked on it by all. */
  readonly seconds: number;
};

type Sizes = Pick<
  StoredCase,
  'findings' | 'alerts' | 'hits' | 'hosts' | 'tasksOpen' | 'tasksTotal' | 'commentsOpen' | 'seconds'
> & { readonly id: number };

/** Cases by number, in the order of the numbers; those that are not there are left out. */
export async function loadCases(ids: readonly number[]): Promise<readonly StoredCase[]> {
  if (ids.length === 0) return [];
  const [rows, tops, sizes] = await Promise.all([loadCaseRows(ids), topCases(ids), loadSizes(ids)]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    const size = sizes.get(id);
    if (row === undefined || size === undefined) return [];
    const top = tops.get(id) ?? id;
    return [{ ...row, ...size, mergedInto: row.mergedInto === null ? null : top }];
  });
}

async function loadSizes(ids: readonly number[]): Promise<ReadonlyMap<number, Sizes>> {
  const { rows } = await pool().query<Sizes>(
    `WITH RECURSIVE family(top, id) AS (SELECT id, id FROM cases WHERE id = ANY($1::int[])
       UNION SELECT f.top, c.id FROM cases c JOIN family f ON c.merged_into = f.id)
     SELECT t.id, i.findings, i.alerts, i.hits, i.hosts, k.open AS "tasksOpen", k.total AS "tasksTotal", o.open AS "commentsOpen", w.seconds
     FROM (SELECT DISTINCT top AS id FROM family) t
     CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE i.kind = 'finding')::int AS findings,
         count(*) FILTER (WHERE i.kind = 'alert')::int AS alerts, count(*) FILTER (WHERE i.kind = 'hit')::int AS hits,
         coalesce(array_agg(DISTINCT h.name ORDER BY h.name) FILTER (WHERE h.name IS NOT NULL), '{}') AS hosts
       FROM family m JOIN case_items i ON i.case_id = m.id
         LEFT JOIN findings f ON i.kind = 'finding' AND f.id = i.ref
         LEFT JOIN hosts s ON s.id = CASE WHEN i.kind = 'finding' THEN f.host_id ELSE ${ITEM_HOST} END
         LEFT JOIN hosts h ON h.id = s.canonical_id
       WHERE m.top = t.id) i
     CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE k.state = 'open')::int AS open, count(*)::int AS total
       FROM family m JOIN case_tasks k ON k.case_id = m.id WHERE m.top = t.id) k
     CROSS JOIN LATERAL (SELECT count(*)::int AS open FROM family m JOIN case_comments o ON o.case_id = m.id
       WHERE m.top = t.id AND o.resolved_at IS NULL AND o.withdrawn_at IS NULL) o
     CROSS JOIN LATERAL (SELECT coalesce(sum(w.seconds), 0)::int AS seconds FROM family m JOIN case_work w ON w.case_id = m.id
       WHERE m.top = t.id) w`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
