import { pool } from '../client';
import { type Conditions, containing, createConditions } from '../conditions';
import { HIT_COLUMNS, HITS, type SelectedHit, type SigmaHitRow, toHitRow } from './hitRow';

/** Which hits are asked for. Silent ones never are. */
export type HitFilter = {
  /** Of a rule's text. */
  readonly rule?: number;
  /** Canonical. */
  readonly hostId?: number;
  /** Its id; empty: hits of no process. */
  readonly process?: string;
  readonly event?: string;
  /** Index into SIGMA_LEVELS. */
  readonly level?: number;
  /** Part of the rule's title, of the image or of the command line. */
  readonly q?: string;
  /** Effective time from and up to, Micros, both included. */
  readonly from?: number;
  readonly to?: number;
  readonly baseline: 'open' | 'covered' | 'all';
};

/** Where a page of hits ended. */
export type HitCursor = readonly [time: number, eventId: string, ruleId: number];

/**
 * SQL: hits `x` that count, with the text of their rule `r`. Narrow: what is put in order, counted or grouped has to be
 * gone through as a whole. Time and process are those of the event, as of its last correlation (hitsSettle.ts).
 */
export const COUNTED_HITS = `sigma_hits x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run
  JOIN sigma_rules r ON r.id = x.rule_id`;

/** Conditions on COUNTED_HITS. */
export function hitConditions(filter: HitFilter): Conditions {
  const conditions = createConditions();
  const { add, value } = conditions;
  add('NOT x.silent');
  if (filter.baseline !== 'all') add(`x.baseline_id IS ${filter.baseline === 'open' ? '' : 'NOT '}NULL`);
  if (filter.rule !== undefined) add(`x.rule_id = ${value(filter.rule)}`);
  if (filter.hostId !== undefined)
    add(`x.host_id = ANY(ARRAY(SELECT g.id FROM hosts g WHERE g.canonical_id = ${value(filter.hostId)}))`);
  if (filter.process === '') add('x.entity_id IS NULL');
  else if (filter.process !== undefined) add(`x.entity_id = ${value(filter.process)}`);
  if (filter.event !== undefined) add(`x.event_id = ${value(filter.event)}::uuid`);
  if (filter.level !== undefined) add(`r.level = ${value(filter.level)}`);
  if (filter.from !== undefined) add(`x.time >= ${value(filter.from)}`);
  if (filter.to !== undefined) add(`x.time <= ${value(filter.to)}`);
  const q = filter.q?.trim() ?? '';
  if (q !== '') {
    const pattern = value(containing(q));
    add(`(r.title ILIKE ${pattern} OR x.image ILIKE ${pattern} OR x.command_line ILIKE ${pattern})`);
  }
  return conditions;
}

type PickedHit = {
  readonly importId: number;
  readonly run: number;
  readonly eventId: string;
  readonly ruleId: number;
  readonly time: number;
};

/**
 * Hits newest first, each record once per rule whatever number of imports hold it, after the cursor. The page is found by
 * what is narrow; all that a list shows is looked up for its rows alone.
 */
export async function listHits(
  filter: HitFilter,
  limit: number,
  after?: HitCursor,
): Promise<readonly SigmaHitRow[]> {
  const picked: PickedHit[] = [];
  // A record in several imports comes as often: what is left of a page after that is asked for again.
  for (let from = after; picked.length < limit; ) {
    const wanted = (limit - picked.length) * COPIES;
    const rows = await pickHits(filter, wanted, from);
    for (const row of rows) if (!isSame(picked.at(-1), row)) picked.push(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < wanted) break;
    from = [last.time, last.eventId, last.ruleId];
  }
  return loadHits(picked.slice(0, limit));
}

/** Rows that are read for every one that is shown. */
const COPIES = 2;

function isSame(a: PickedHit | undefined, b: PickedHit): boolean {
  return a?.eventId === b.eventId && a.ruleId === b.ruleId;
}

async function pickHits(
  filter: HitFilter,
  limit: number,
  after: HitCursor | undefined,
): Promise<readonly PickedHit[]> {
  const conditions = hitConditions(filter);
  const { value } = conditions;
  if (after !== undefined)
    conditions.add(
      `(x.time, x.event_id, x.rule_id) < (${value(after[0])}::bigint, ${value(after[1])}::uuid, ${value(after[2])}::int)`,
    );
  const { rows } = await pool().query<PickedHit>(
    `SELECT x.import_id AS "importId", x.run, x.event_id AS "eventId", x.rule_id AS "ruleId", x.time
     FROM ${COUNTED_HITS} WHERE ${conditions.where()}
     ORDER BY x.time DESC, x.event_id DESC, x.rule_id DESC, x.import_id LIMIT ${value(limit)}`,
    conditions.values(),
  );
  return rows;
}

async function loadHits(picked: readonly PickedHit[]): Promise<readonly SigmaHitRow[]> {
  if (picked.length === 0) return [];
  const { rows } = await pool().query<SelectedHit>(
    `SELECT ${HIT_COLUMNS}
     FROM unnest($1::int[], $2::int[], $3::uuid[], $4::int[]) WITH ORDINALITY AS p(import_id, run, event_id, rule_id, n), ${HITS}
     WHERE x.import_id = p.import_id AND x.run = p.run AND x.event_id = p.event_id AND x.rule_id = p.rule_id ORDER BY p.n`,
    [
      picked.map((one) => one.importId),
      picked.map((one) => one.run),
      picked.map((one) => one.eventId),
      picked.map((one) => one.ruleId),
    ],
  );
  return rows.map(toHitRow);
}

/** How many hits there are, each record once per rule. Its id is made of all it says, its host too. */
export async function countHits(filter: HitFilter): Promise<number> {
  const conditions = hitConditions(filter);
  const { rows } = await pool().query<{ hits: number }>(
    `SELECT count(*)::int AS hits FROM (SELECT 1 FROM ${COUNTED_HITS} WHERE ${conditions.where()}
       GROUP BY x.event_id, x.rule_id) once`,
    conditions.values(),
  );
  return rows[0]?.hits ?? 0;
}

/** One hit, by any id of its host's group; undefined when there is none. A silent one is none. */
export async function loadHit(key: {
  readonly hostId: number;
  readonly eventId: string;
  readonly ruleId: number;
}): Promise<SigmaHitRow | undefined> {
  const { rows } = await pool().query<SelectedHit>(
    `SELECT ${HIT_COLUMNS} FROM ${HITS} WHERE x.event_id = $2 AND x.rule_id = $3 AND NOT x.silent
       AND c.id = (SELECT g.canonical_id FROM hosts g WHERE g.id = $1) ORDER BY x.import_id LIMIT 1`,
    [key.hostId, key.eventId, key.ruleId],
  );
  return rows.map(toHitRow)[0];
}
