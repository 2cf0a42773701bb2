import type { Severity } from '../../findings/finding';
import { pool } from '../client';
import { type Conditions, createConditions } from '../conditions';
import { SEVERITIES } from '../findingRows';
import { isStorable } from '../storableText';
import type { CaseState } from './caseRows';
import { hitsOf } from './searchCases';

export type CaseFilter = {
  /** `active`: all but closed. */
  readonly state?: CaseState | 'active';
  /** A handle, or `none` for cases without an owner. */
  readonly owner?: string;
  /** Lowest severity to show. */
  readonly severity?: Severity;
  /** Words looked for, as in a web search; the last one may be a beginning. */
  readonly q?: string;
};

export type CaseSort = 'updated' | 'oldest' | 'severity' | 'state';
export type CaseCursor = readonly number[];

const micros = (column: string) => `(extract(epoch FROM c.${column}) * 1000000)::bigint`;
const STATE_ORDER = `array_position(ARRAY['in_review', 'sent_back', 'open', 'closed'], c.state)`;

/** Sort keys by name; every one ends in the number, so that the order is total. Directions are the same within one. */
const SORTS: Record<CaseSort, { readonly keys: readonly string[]; readonly descending: boolean }> = {
  updated: { keys: [micros('updated_at'), 'c.id'], descending: true },
  oldest: { keys: [micros('created_at'), 'c.id'], descending: false },
  severity: { keys: ['c.severity', micros('updated_at'), 'c.id'], descending: true },
  state: { keys: [STATE_ORDER, micros('state_at'), 'c.id'], descending: false },
};

/** How many values the cursor of a sort has. */
export function cursorLength(sort: CaseSort): number {
  return SORTS[sort].keys.length;
}

/** Numbers of one page of cases in order, after the cursor; how many match; and the cursor of the next page. Merged cases are not listed. */
export async function listCaseIds(
  filter: CaseFilter,
  sort: CaseSort,
  limit: number,
  after?: CaseCursor,
): Promise<{ readonly ids: readonly number[]; readonly total: number; readonly next: CaseCursor | null }> {
  const { keys, descending } = SORTS[sort];
  const conditions = conditionsOf(filter);
  const counted = pool().query<{ total: number }>(
    `SELECT count(*)::int AS total FROM cases c WHERE ${conditions.where()}`,
    conditions.values(),
  );
  const paged = conditionsOf(filter);
  if (after !== undefined)
    paged.add(
      `(${keys.join(', ')}) ${descending ? '<' : '>'} (${after.map((key) => `${paged.value(key)}::bigint`).join(', ')})`,
    );
  const order = keys.map((key) => `${key} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  const [{ rows }, { rows: totals }] = await Promise.all([
    pool().query<{ id: number; keys: number[] }>(
      `SELECT c.id, jsonb_build_array(${keys.join(', ')}) AS keys FROM cases c WHERE ${paged.where()}
       ORDER BY ${order} LIMIT ${paged.value(limit + 1)}`,
      paged.values(),
    ),
    counted,
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    ids: shown.map((row) => row.id),
    total: totals[0]?.total ?? 0,
    next: rows.length > limit && last !== undefined ? last.keys : null,
  };
}

export type CaseCounts = Readonly<Record<CaseState | 'mine', number>>;

/** How many cases there are of each state, and of a person's that are not closed; merged ones not counted. */
export async function countCases(person: string): Promise<CaseCounts> {
  const { rows } = await pool().query<CaseCounts>(
    `SELECT ${['open', 'in_review', 'sent_back', 'closed']
      .map((state) => `count(*) FILTER (WHERE c.state = '${state}')::int AS "${state}"`)
      .join(', ')},
       count(*) FILTER (WHERE c.state <> 'closed' AND c.owner = $1)::int AS mine
     FROM cases c WHERE c.merged_into IS NULL`,
    [person],
  );
  return rows[0] ?? { open: 0, in_review: 0, sent_back: 0, closed: 0, mine: 0 };
}

function conditionsOf({ state, owner, severity, q }: CaseFilter): Conditions {
  const conditions = createConditions();
  const { add, value } = conditions;
  add('c.merged_into IS NULL');
  if (![owner ?? '', q ?? ''].every(isStorable)) add('FALSE');
  else {
    if (state === 'active') add(`c.state <> 'closed'`);
    else if (state !== undefined) add(`c.state = ${value(state)}`);
    if (owner === 'none') add('c.owner IS NULL');
    else if (owner !== undefined) add(`c.owner = ${value(owner)}`);
    if (severity !== undefined) add(`c.severity >= ${value(SEVERITIES.indexOf(severity))}`);
    if (q !== undefined && q.trim() !== '') add(`c.id IN (${hitsOf(q, value)})`);
  }
  return conditions;
}
