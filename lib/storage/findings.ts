import type { Finding, Severity } from '../findings/finding';
import { ALERTS_JOINED } from './alerts';
import { pool } from './client';
import { type Conditions, containing, createConditions } from './conditions';
import {
  type FindingRow,
  FROM,
  PROVEN,
  ROW,
  type Row,
  SEVERITIES,
  severityOf,
  toRow,
  type VerdictValue,
} from './findingRows';
import { isStorable } from './storableText';
import { completeStored, type StoredFinding } from './storedFinding';

export type FindingFilter = {
  readonly analytic?: string;
  readonly status?: Finding['status'];
  readonly verdict?: VerdictValue | 'none' | 'any';
  readonly hostId?: number;
  readonly user?: string;
  /** Lowest severity to show. */
  readonly severity?: Severity;
  /** A person, or `none` for findings without one. */
  readonly assignee?: string;
  /** Free text looked for in headline, trail, host, user, analytic and id. */
  readonly q?: string;
  /** Findings that overlap [from, to], microseconds. */
  readonly from?: number;
  readonly to?: number;
  readonly blind?: boolean;
  readonly suppressed?: boolean;
  /** Id of a baseline that lowered or suppressed it. */
  readonly baseline?: number;
};

export type FindingSort = 'score' | 'newest' | 'oldest' | 'host';

/** Where a page ended: the values it was sorted by. */
export type FindingCursor = readonly [...(string | number)[], string];

/** Sort keys by name; every one ends in the id, so that the order is total. Directions are the same within one. */
const SORTS: Record<FindingSort, { readonly keys: readonly string[]; readonly descending: boolean }> = {
  score: { keys: [PROVEN, 'f.score', 'f.severity', 'f.from_time', 'f.id'], descending: true },
  newest: { keys: ['f.from_time', 'f.id'], descending: true },
  oldest: { keys: ['f.from_time', 'f.id'], descending: false },
  host: { keys: ['h.name', 'f.id'], descending: false },
};

/** One page of findings in order, after the cursor, and the cursor of the next page. */
export async function listFindings(
  filter: FindingFilter,
  sort: FindingSort,
  limit: number,
  after?: FindingCursor,
): Promise<{ readonly rows: readonly FindingRow[]; readonly next: FindingCursor | null }> {
  const { keys, descending } = SORTS[sort];
  const conditions = createConditions();
  addConditions(conditions, filter);
  if (after !== undefined && after.length === keys.length) {
    conditions.add(
      `(${keys.join(', ')}) ${descending ? '<' : '>'} (${after.map((value) => conditions.value(value)).join(', ')})`,
    );
  }
  const order = keys.map((key) => `${key} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  const { rows } = await pool().query<Row & { keys: (string | number)[] }>(
    `SELECT ${ROW}, jsonb_build_array(${keys.join(', ')}) AS keys ${FROM} WHERE ${conditions.where()}
     ORDER BY ${order} LIMIT ${conditions.value(limit + 1)}`,
    conditions.values(),
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(toRow),
    next: rows.length > limit && last !== undefined ? (last.keys as unknown as FindingCursor) : null,
  };
}

/** How many findings match, and how they spread over analytics, hosts and severities. */
export async function countFindings(filter: FindingFilter): Promise<{
  readonly total: number;
  readonly analytics: readonly Facet[];
  readonly hosts: readonly Facet[];
  readonly severities: readonly { readonly value: Severity; readonly count: number }[];
}> {
  const conditions = createConditions();
  addConditions(conditions, filter);
  const { rows } = await pool().query<{
    analytic: string | null;
    host: string | null;
    severity: number | null;
    count: number;
    set: number;
  }>(
    `SELECT f.analytic, h.name AS host, f.severity, count(*)::int AS count, grouping(f.analytic, h.name, f.severity) AS set
     ${FROM} WHERE ${conditions.where()} GROUP BY GROUPING SETS ((), (f.analytic), (h.name), (f.severity)) ORDER BY count DESC, 1, 2`,
    conditions.values(),
  );
  return {
    total: rows.find((row) => row.set === 7)?.count ?? 0,
    analytics: rows.flatMap((row) =>
      row.set === 3 ? [{ value: row.analytic ?? '', count: row.count }] : [],
    ),
    hosts: rows.flatMap((row) => (row.set === 5 ? [{ value: row.host ?? '', count: row.count }] : [])),
    severities: rows.flatMap((row) =>
      row.set === 6 ? [{ value: severityOf(row.severity ?? 0), count: row.count }] : [],
    ),
  };
}

export type Facet = { readonly value: string; readonly count: number };

/** Sizes of the saved views. An alert is chained when a finding's chain explains any piece of its evidence. */
export async function countViews(person: string): Promise<Readonly<Record<ViewName, number>>> {
  const { rows } = await pool().query<Record<ViewName, number>>(
    `SELECT ${Object.entries(VIEWS)
      .map(([name, condition]) => `count(*) FILTER (WHERE ${condition})::int AS "${name}"`)
      .join(', ')},
       (SELECT count(*)::int FROM ${ALERTS_JOINED}) AS "vendorAlerts",
       (SELECT count(*) FILTER (WHERE explained)::int FROM ${ALERTS_JOINED}) AS "chainedAlerts"
     ${FROM}`,
    [person],
  );
  return rows[0] as Record<ViewName, number>;
}

const VIEWS = {
  open: 'd.verdict IS NULL AND NOT f.suppressed AND NOT f.stale',
  unassigned: 'd.verdict IS NULL AND NOT f.suppressed AND NOT f.stale AND d.assignee IS NULL',
  partial: `d.verdict IS NULL AND NOT f.suppressed AND NOT f.stale AND f.status = 'partial'`,
  blind: 'd.verdict IS NULL AND NOT f.suppressed AND NOT f.stale AND f.blind',
  suppressed: 'f.suppressed',
  closed: 'd.verdict IS NOT NULL',
  mine: 'd.verdict IS NULL AND NOT f.suppressed AND d.assignee = $1',
} as const;

type ViewName = keyof typeof VIEWS | 'vendorAlerts' | 'chainedAlerts';

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

function addConditions(conditions: Conditions, filter: FindingFilter): void {
  const { value, add } = conditions;
  const { analytic = '', user = '', assignee = '' } = filter;
  if (![analytic, user, assignee].every(isStorable)) {
    add('FALSE');
    return;
  }
  if (filter.analytic !== undefined) add(`f.analytic = ${value(filter.analytic)}`);
  if (filter.status !== undefined) add(`f.status = ${value(filter.status)}`);
  if (filter.verdict === 'none') add('d.verdict IS NULL');
  else if (filter.verdict === 'any') add('d.verdict IS NOT NULL');
  else if (filter.verdict !== undefined) add(`d.verdict = ${value(filter.verdict)}`);
  if (filter.hostId !== undefined) add(`f.host_id = ${value(filter.hostId)}`);
  if (filter.user !== undefined) add(`lower(f.user_name) = lower(${value(filter.user)})`);
  if (filter.severity !== undefined) add(`f.severity >= ${value(SEVERITIES.indexOf(filter.severity))}`);
  if (filter.assignee === 'none') add('d.assignee IS NULL');
  else if (filter.assignee !== undefined) add(`d.assignee = ${value(filter.assignee)}`);
  if (filter.from !== undefined) add(`f.to_time >= ${value(filter.from)}::bigint`);
  if (filter.to !== undefined) add(`f.from_time <= ${value(filter.to)}::bigint`);
  if (filter.blind !== undefined) add(`f.blind = ${value(filter.blind)}`);
  if (filter.baseline !== undefined) add(`f.baseline_ids @> ARRAY[${value(filter.baseline)}::int]`);
  if (filter.suppressed !== undefined) add(`f.suppressed = ${value(filter.suppressed)}`);
  if (filter.q !== undefined && filter.q.trim() !== '') {
    const pattern = value(containing(filter.q.trim()));
    add(
      `(${['f.headline', 'f.trail', 'h.name', 'f.user_name', 'f.analytic', 'f.id'].map((column) => `${column} ILIKE ${pattern}`).join(' OR ')})`,
    );
  }
}
