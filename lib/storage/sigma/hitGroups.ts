import { pool } from '../client';
import { COUNTED_HITS, type HitFilter, hitConditions } from './hits';

type Span = {
  readonly hits: number;
  /** Micros, effective. */
  readonly from: number;
  readonly to: number;
  /** Index into SIGMA_LEVELS; by process: of the worst rule. */
  readonly level: number;
  /** Groups there are in all. */
  readonly total: number;
};

/** Hits of one rule. */
export type RuleGroup = Span & {
  /** Of the rule's text. */
  readonly ruleId: number;
  /** The rule's own id. */
  readonly sigmaId: string;
  readonly title: string;
  readonly author: string;
  readonly hosts: number;
  /** Processes they are about, as far as known. */
  readonly processes: number;
};

/** Hits on one process; of a host without a process where `entityId` is empty. */
export type ProcessGroup = Span & {
  /** Canonical. */
  readonly hostId: number;
  readonly host: string;
  readonly entityId: string;
  readonly image: string | null;
  readonly rules: number;
  /** Titles of its rules, worst first, at most 5. */
  readonly titles: readonly string[];
};

/** Where a page of groups by rule ended. */
export type RuleGroupCursor = readonly [level: number, hits: number, ruleId: number];
/** Where a page of groups by process ended. */
export type ProcessGroupCursor = readonly [level: number, hits: number, hostId: number, entityId: string];

/**
 * SQL: hits of a filter by rule and process, each record once per rule: an event's id is made of all it says, its host
 * too. Hits without a process stand under an empty one.
 */
const byRuleAndProcess = (where: string) =>
  `once AS (SELECT x.event_id, x.rule_id, min(x.host_id) AS host_id, min(x.time) AS time, min(x.entity_id) AS entity_id,
       min(x.image) AS image
     FROM ${COUNTED_HITS} WHERE ${where} GROUP BY x.event_id, x.rule_id),
   parts AS (SELECT o.rule_id, h.canonical_id AS "hostId", coalesce(o.entity_id, '') AS "entityId", count(*)::int AS hits,
       min(o.time) AS "from", max(o.time) AS "to", min(o.image) AS image
     FROM once o JOIN hosts h ON h.id = o.host_id GROUP BY 1, 2, 3)`;

/** Hits by rule, the worst level first, then the most hits, after the cursor. */
export async function groupHitsByRule(
  filter: HitFilter,
  limit: number,
  after?: RuleGroupCursor,
): Promise<readonly RuleGroup[]> {
  const conditions = hitConditions(filter);
  const where = conditions.where();
  const { value } = conditions;
  const place =
    after === undefined
      ? 'TRUE'
      : `(g.level, g.hits, -g."ruleId") < (${value(after[0])}::int, ${value(after[1])}::int, -${value(after[2])}::int)`;
  const { rows } = await pool().query<RuleGroup>(
    `WITH ${byRuleAndProcess(where)},
     grouped AS (SELECT p.rule_id AS "ruleId", sum(p.hits)::int AS hits, count(DISTINCT p."hostId")::int AS hosts,
         count(*) FILTER (WHERE p."entityId" <> '')::int AS processes, min(p."from") AS "from", max(p."to") AS "to"
       FROM parts p GROUP BY p.rule_id),
     told AS (SELECT g.*, r.rule_id AS "sigmaId", r.title, r.author, r.level, count(*) OVER ()::int AS total
       FROM grouped g JOIN sigma_rules r ON r.id = g."ruleId")
     SELECT * FROM told g WHERE ${place} ORDER BY g.level DESC, g.hits DESC, g."ruleId" LIMIT ${value(limit)}`,
    conditions.values(),
  );
  return rows;
}

/** Hits by process, the worst level first, then the most hits, after the cursor. */
export async function groupHitsByProcess(
  filter: HitFilter,
  limit: number,
  after?: ProcessGroupCursor,
): Promise<readonly ProcessGroup[]> {
  const conditions = hitConditions(filter);
  const where = conditions.where();
  const { value } = conditions;
  const place =
    after === undefined
      ? 'TRUE'
      : `(-g.level, -g.hits, g."hostId", g."entityId") > (-${value(after[0])}::int, -${value(after[1])}::int, ${value(after[2])}::int, ${value(after[3])}::text)`;
  const { rows } = await pool().query<ProcessGroup>(
    `WITH ${byRuleAndProcess(where)},
     grouped AS (SELECT p."hostId", p."entityId", sum(p.hits)::int AS hits, count(*)::int AS rules, max(r.level)::int AS level,
         min(p."from") AS "from", max(p."to") AS "to", min(p.image) AS image
       FROM parts p JOIN sigma_rules r ON r.id = p.rule_id GROUP BY 1, 2),
     picked AS (SELECT g.*, (SELECT count(*)::int FROM grouped) AS total FROM grouped g WHERE ${place}
       ORDER BY g.level DESC, g.hits DESC, g."hostId", g."entityId" LIMIT ${value(limit)}),
     told AS (SELECT p."hostId", p."entityId", (array_agg(r.title ORDER BY r.level DESC, r.title, r.id))[1:5] AS titles
       FROM picked JOIN parts p USING ("hostId", "entityId") JOIN sigma_rules r ON r.id = p.rule_id GROUP BY 1, 2)
     SELECT g.*, c.name AS host, t.titles FROM picked g JOIN told t USING ("hostId", "entityId") JOIN hosts c ON c.id = g."hostId"
     ORDER BY g.level DESC, g.hits DESC, g."hostId", g."entityId"`,
    conditions.values(),
  );
  // Without a process there is no image of one either: those hits are of many.
  return rows.map((row) => (row.entityId === '' ? { ...row, image: null } : row));
}
