import type { Finding } from '../findings/finding';
import { pool } from './client';
import { type FindingFilter, filterFindings, type Joined, joinedBy } from './findingFilter';
import { DUE, type FindingRow, FROM, loadRows, PROVEN, ROW, type Row, toRow } from './findingRows';
import { isStorable } from './storableText';
import { completeStored, type StoredFinding } from './storedFinding';

export type FindingSort =
  | 'score'
  | 'newest'
  | 'oldest'
  | 'host'
  | 'due'
  | 'severity'
  | 'user'
  | 'analytic'
  | 'assignee';

/** What one value of a sort's key is. */
export type KeyKind = 'number' | 'string' | 'time';

/** Where a page ended: the values it was sorted by. */
export type FindingCursor = readonly (string | number)[];

type Key = readonly [sql: string, kind: KeyKind];
type Order = {
  readonly keys: readonly Key[];
  /** Of all keys: a page goes on by comparing them as one row. */
  readonly descending: boolean;
  readonly needed: readonly Joined[];
};

const ID: Key = ['f.id', 'string'];
const RANK: readonly Key[] = [
  [PROVEN, 'number'],
  ['f.score', 'number'],
];
/** The same where the rest of the order ascends. */
const RANK_TURNED: readonly Key[] = [
  [`-${PROVEN}`, 'number'],
  ['-f.score', 'number'],
];

/** Sort keys by name; every one ends in the id, so that the order is total. What has no value comes last. */
const SORTS: Readonly<Record<FindingSort, Order>> = {
  score: {
    keys: [...RANK, ['f.severity', 'number'], ['f.from_time', 'number'], ID],
    descending: true,
    needed: [],
  },
  severity: {
    keys: [['f.severity', 'number'], ...RANK, ['f.from_time', 'number'], ID],
    descending: true,
    needed: [],
  },
  newest: { keys: [['f.from_time', 'number'], ID], descending: true, needed: [] },
  oldest: { keys: [['f.from_time', 'number'], ID], descending: false, needed: [] },
  host: { keys: [['h.name', 'string'], ID], descending: false, needed: ['h'] },
  due: { keys: [[`coalesce(${DUE}, 'infinity')`, 'time'], ID], descending: false, needed: ['d'] },
  user: {
    keys: [
      ['(f.user_name IS NULL)::int', 'number'],
      // As long as an index takes whatever its bytes; those alike so far are in order of rank.
      [`left(coalesce(lower(f.user_name), ''), 100)`, 'string'],
      ...RANK_TURNED,
      ID,
    ],
    descending: false,
    needed: [],
  },
  analytic: { keys: [['f.analytic', 'string'], ...RANK_TURNED, ID], descending: false, needed: [] },
  assignee: {
    keys: [
      ['(d.assignee IS NULL)::int', 'number'],
      [`coalesce(d.assignee, '')`, 'string'],
      ...RANK_TURNED,
      ID,
    ],
    descending: false,
    needed: ['d'],
  },
};

const CASTS: Readonly<Record<KeyKind, string>> = { number: 'bigint', string: 'text', time: 'timestamptz' };

/** Kinds of the values a cursor of this order holds. */
export function cursorKinds(sort: FindingSort): readonly KeyKind[] {
  return SORTS[sort].keys.map(([, kind]) => kind);
}

/** One page of findings in order, after the cursor (its values of the kinds `cursorKinds` says), and the cursor of the next page. */
export async function listFindings(
  filter: FindingFilter,
  sort: FindingSort,
  limit: number,
  after?: FindingCursor,
): Promise<{ readonly rows: readonly FindingRow[]; readonly next: FindingCursor | null }> {
  const { keys, descending, needed: ordering } = SORTS[sort];
  const { conditions, needed } = filterFindings(filter);
  if (after !== undefined && after.length === keys.length) {
    const left = keys.map(([sql]) => sql).join(', ');
    const right = after.map((value, i) => `${conditions.value(value)}::${CASTS[keys[i]?.[1] ?? 'string']}`);
    conditions.add(`(${left}) ${descending ? '<' : '>'} (${right.join(', ')})`);
  }
  const order = keys.map((_, i) => `k${i} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  // Ids first, by what is indexed and narrow; everything a row shows is read for the page alone.
  const { rows } = await pool().query<{ id: string; keys: (string | number)[] }>(
    `SELECT p.id, jsonb_build_array(${keys.map((_, i) => `k${i}`).join(', ')}) AS keys
     FROM (SELECT f.id, ${keys.map(([sql], i) => `${sql} AS k${i}`).join(', ')}
       ${joinedBy(new Set([...needed, ...ordering]))} WHERE ${conditions.where()}
       ORDER BY ${order} LIMIT ${conditions.value(limit + 1)}) p ORDER BY ${order}`,
    conditions.values(),
  );
  const shown = rows.slice(0, limit);
  return {
    rows: await loadRows(shown.map((row) => row.id)),
    next: rows.length > limit ? (shown.at(-1)?.keys ?? null) : null,
  };
}

/** A finding with everything correlation said of it. */
export type FindingRecord = { readonly row: FindingRow; readonly finding: Finding };

/** One finding; undefined when there is none with that id. */
export async function loadFinding(id: string): Promise<FindingRecord | undefined> {
  if (!isStorable(id)) return undefined;
  const { rows } = await pool().query<Row & { body: StoredFinding }>(
    `SELECT ${ROW}, f.body ${FROM} WHERE f.id = $1`,
    [id],
  );
  const row = rows[0];
  return row === undefined ? undefined : { row: toRow(row), finding: completeStored(row.body) };
}
