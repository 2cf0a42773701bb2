import { createConditions } from './conditions';
import { addEventFilter, type EventFilter } from './eventFilter';
import { EVENT_PROCESS, kindOf } from './rows';
import { searching } from './searching';

/** A stretch of time with both its ends, in microseconds. */
export type Stretch = { readonly from: number; readonly to: number };

/** How many events lie in the stretch with number `bin`; `key` is a kind or a process, null for any other process. */
export type DensityCell = { readonly key: string | null; readonly bin: number; readonly count: number };

/** How a timeline's events are spread, over its window and over all there is. */
export type TimelineDensity = {
  /** First and last of the scope, and of what was to be part of it. */
  readonly span: Stretch;
  readonly window: Stretch;
  /** Events in the window. */
  readonly total: number;
  /** Of the window, counted from its begin in stretches of `cellMicros`; empty stretches are left out. */
  readonly cells: readonly DensityCell[];
  readonly cellMicros: number;
  /** Of the span, whatever their kind or process. */
  readonly bins: readonly { readonly bin: number; readonly count: number }[];
  readonly binMicros: number;
};

/** What is counted: the window (its absent ends are the span's), by what, and in how many stretches at most. */
export type DensityQuestion = {
  /** Part of the span, events or not. */
  readonly least: Stretch;
  readonly from?: number;
  readonly to?: number;
  /** By kind, or by these processes. */
  readonly by: 'kind' | { readonly processes: readonly string[] };
  readonly cells: number;
  readonly bins: number;
};

/**
 * Counts a scope's events over time, the window's by key and those of the whole span. The span first, by index; then
 * one statement that reads each event once and counts both. Throws `too_large`.
 */
export async function countDensity(
  scope: EventFilter & { readonly hostIds: readonly number[] },
  question: DensityQuestion,
): Promise<TimelineDensity> {
  const { least, by } = question;
  const found = await (scope.entityIds === undefined ? edgesByIndex(scope) : edgesOf(scope));
  const span = {
    from: Math.min(found?.from ?? least.from, least.from),
    to: Math.max(found?.to ?? least.to, least.to),
  };
  const window = { from: question.from ?? span.from, to: question.to ?? span.to };
  const sizes = { cellMicros: lengthOf(window, question.cells), binMicros: lengthOf(span, question.bins) };
  const rows = await countGrid(scope, by, span, window, sizes);
  const cells = new Map<string, DensityCell>();
  const bins = new Map<number, number>();
  for (const { key, cell, bin, count } of rows) {
    bins.set(bin, (bins.get(bin) ?? 0) + count);
    if (cell === null) continue;
    const place = `${cell} ${key}`;
    const named = key !== null && by === 'kind' ? kindOf(Number(key)) : key;
    cells.set(place, { key: named, bin: cell, count: (cells.get(place)?.count ?? 0) + count });
  }
  return {
    span,
    window,
    total: [...cells.values()].reduce((sum, { count }) => sum + count, 0),
    cells: [...cells.values()].sort((x, y) => x.bin - y.bin),
    bins: [...bins].map(([bin, count]) => ({ bin, count })).sort((x, y) => x.bin - y.bin),
    ...sizes,
  };
}

/** First and last time of a scope's events; undefined when there are none. */
async function edgesOf(scope: EventFilter): Promise<Stretch | undefined> {
  const conditions = createConditions();
  addEventFilter(conditions, scope);
  return readEdges(
    `SELECT min(e.time) AS "from", max(e.time) AS "to" FROM events e WHERE ${conditions.where()}`,
    conditions.values(),
  );
}

/** First and last time of a scope over all processes: two look-ups by host instead of a pass over its events. */
async function edgesByIndex(
  scope: EventFilter & { readonly hostIds: readonly number[] },
): Promise<Stretch | undefined> {
  const { hostIds, ...rest } = scope;
  const conditions = createConditions();
  const hosts = conditions.value(hostIds);
  addEventFilter(conditions, rest);
  const edge = (order: 'ASC' | 'DESC') =>
    `(SELECT e.time FROM events e WHERE e.host_id = h.id AND ${conditions.where()} ORDER BY e.time ${order} LIMIT 1)`;
  return readEdges(
    `SELECT min(${edge('ASC')}) AS "from", max(${edge('DESC')}) AS "to" FROM unnest(${hosts}::int[]) AS h(id)`,
    conditions.values(),
  );
}

async function readEdges(sql: string, values: unknown[]): Promise<Stretch | undefined> {
  const { rows } = await searching((connection) =>
    connection.query<{ from: number | null; to: number | null }>(sql, values),
  );
  const row = rows[0];
  return row === undefined || row.from === null || row.to === null
    ? undefined
    : { from: row.from, to: row.to };
}

type GridRow = {
  readonly key: string | null;
  /** Null outside the window. */
  readonly cell: number | null;
  readonly bin: number;
  readonly count: number;
};

/** How many events lie in each pair of a window's cell and a span's bin, by key. */
async function countGrid(
  scope: EventFilter,
  by: DensityQuestion['by'],
  span: Stretch,
  window: Stretch,
  sizes: { readonly cellMicros: number; readonly binMicros: number },
): Promise<readonly GridRow[]> {
  const conditions = createConditions();
  addEventFilter(conditions, scope);
  const whole = (micros: number) => `${conditions.value(micros)}::bigint`;
  const key =
    by === 'kind'
      ? 'e.kind'
      : `CASE WHEN ${EVENT_PROCESS} = ANY(${conditions.value(by.processes)}::text[]) THEN ${EVENT_PROCESS} END`;
  const opens = whole(window.from);
  const { rows } = await searching((connection) =>
    connection.query<GridRow>(
      `SELECT key::text, cell, bin, count FROM (
       SELECT ${key} AS key, (e.time - ${whole(span.from)}) / ${whole(sizes.binMicros)} AS bin, count(*) AS count,
         CASE WHEN e.time BETWEEN ${opens} AND ${whole(window.to)}
           THEN (e.time - ${opens}) / ${whole(sizes.cellMicros)} END AS cell
       FROM events e WHERE ${conditions.where()} GROUP BY 1, 2, 4) grid`,
      conditions.values(),
    ),
  );
  return rows;
}

/** Whole microseconds, so that no more than `most` stretches cover both ends. */
function lengthOf({ from, to }: Stretch, most: number): number {
  return Math.max(1, Math.trunc((to - from) / most) + 1);
}

/** Ids of the window's events that an analyst flagged or commented, oldest first, at most `limit`. */
export async function annotatedIds(
  scope: EventFilter,
  window: Stretch,
  limit: number,
): Promise<readonly string[]> {
  const conditions = createConditions();
  addEventFilter(conditions, scope);
  conditions.add(
    `e.time BETWEEN ${conditions.value(window.from)}::bigint AND ${conditions.value(window.to)}::bigint`,
  );
  const { rows } = await searching((connection) =>
    connection.query<{ id: string }>(
      `SELECT e.id FROM (SELECT event_id FROM event_flags
         UNION SELECT event_id FROM event_comments WHERE withdrawn_at IS NULL) said
       JOIN events e ON e.id = said.event_id
     WHERE ${conditions.where()} ORDER BY e.time, e.id LIMIT ${conditions.value(limit)}`,
      conditions.values(),
    ),
  );
  return rows.map((row) => row.id);
}
