import { pool } from '../client';
import { createConditions } from '../conditions';
import { HIT_COLUMNS, HITS, type SelectedHit, type SigmaHitRow, toHitRow } from './hitRow';
import { COUNTED_HITS } from './hits';

/** Which hits a graph or timeline of one machine shows. */
export type MarkedPart = {
  /** All recorded names of the machine. */
  readonly hostIds: readonly number[];
  /** Only hits on one of these events or processes; absent: all of the machine. */
  readonly on?: { readonly events: readonly string[]; readonly processes: readonly string[] };
  /** Effective time from and up to, Micros, both included. */
  readonly from?: number;
  readonly to?: number;
};

/**
 * Open hits of one machine in order of time, each record once per rule; where there are more than `limit`, those of the
 * worst rules, the earliest first. Silent ones are never among them.
 */
export async function loadMarks(
  part: MarkedPart,
  limit: number,
): Promise<{ readonly hits: readonly SigmaHitRow[]; readonly total: number }> {
  const conditions = createConditions();
  const { add, value } = conditions;
  add(`x.host_id = ANY(${value(part.hostIds)}::int[])`);
  add('NOT x.silent');
  add('x.baseline_id IS NULL');
  if (part.on !== undefined) {
    const [events, processes] = [value(part.on.events), value(part.on.processes)];
    add(`(x.event_id = ANY(${events}::uuid[]) OR x.entity_id = ANY(${processes}::text[]))`);
  }
  if (part.from !== undefined) add(`x.time >= ${value(part.from)}`);
  if (part.to !== undefined) add(`x.time <= ${value(part.to)}`);
  // Time and process are settled by correlation. What a mark shows is looked up for the chosen alone.
  const { rows } = await pool().query<SelectedHit & { readonly total: number }>(
    `WITH fitting AS MATERIALIZED (
       SELECT DISTINCT ON (x.event_id, x.rule_id) x.import_id, x.run, x.event_id, x.rule_id, r.level, x.time AS at
       FROM ${COUNTED_HITS} WHERE ${conditions.where()} ORDER BY x.event_id, x.rule_id, x.import_id),
     picked AS MATERIALIZED (
       SELECT f.*, count(*) OVER ()::int AS total FROM fitting f
       ORDER BY f.level DESC, f.at, f.event_id, f.rule_id LIMIT ${value(limit)})
     SELECT ${HIT_COLUMNS}, p.total FROM picked p JOIN ${HITS}
       ON x.import_id = p.import_id AND x.run = p.run AND x.event_id = p.event_id AND x.rule_id = p.rule_id
     ORDER BY p.at, p.event_id, p.rule_id`,
    conditions.values(),
  );
  return {
    hits: rows.map(({ total, ...row }) => toHitRow(row)),
    total: rows[0]?.total ?? 0,
  };
}
