import type { QueryField } from '../query/fields';
import { createConditions } from './conditions';
import { addEventFilter, type EventFilter, hostsToSearch } from './eventFilter';
import { timeBounds } from './eventPages';
import { countValues, type Facet, noValues, type Stretches } from './facetValues';
import { canonicalHosts } from './hosts';
import { searching } from './searching';

/** A stretch of time with both its ends, in microseconds. */
export type TimeSpan = { readonly from: number; readonly to: number };

/** What countEvents tells of the events that match. */
export type EventCounts = {
  readonly total: number;
  /** Undefined when nothing matches. */
  readonly span: TimeSpan | undefined;
  /** Stretches with events, each from a whole multiple of `binMicros`, in order. */
  readonly bins: readonly { readonly from: number; readonly count: number }[];
  readonly binMicros: number;
  /** Canonical ids of hosts with events that match. */
  readonly hostIds: readonly number[];
  readonly facets: readonly Facet[];
};

/** How much finer than the bins wanted the first count is: it does not know yet how far the matches reach. */
const FINER = 10;

/**
 * Counts what matches: over time in at most `bins` stretches and by host in one pass, then by the values of fields of
 * one source each in a second, over no more than the stretches and hosts of the first. Throws `too_large`.
 */
export async function countEvents(
  filter: EventFilter,
  facets: readonly QueryField[],
  bins: number,
): Promise<EventCounts> {
  const bounds = await boundsOf(filter);
  const fine = bounds === undefined ? 1 : widthFor(bounds, bins * FINER);
  const [cells, hosts] = bounds === undefined ? [[], []] : await countCells(filter, fine);
  if (cells.length === 0)
    return {
      total: 0,
      span: undefined,
      bins: [],
      binMicros: fine,
      hostIds: [],
      facets: facets.map(noValues),
    };
  const span = {
    from: cells.reduce((least, cell) => Math.min(least, cell.lo), Number.MAX_SAFE_INTEGER),
    to: cells.reduce((most, cell) => Math.max(most, cell.hi), Number.MIN_SAFE_INTEGER),
  };
  const width = widthFor(span, bins);
  const found = { ...filter, ...span, hostIds: hosts.map((host) => host.id) };
  const canonical = await canonicalHosts(found.hostIds);
  const names = hosts.map(({ id, count }) => ({ value: canonical.get(id)?.name ?? '', count }));
  return {
    total: cells.reduce((sum, cell) => sum + cell.count, 0),
    span,
    binMicros: width,
    bins:
      width < fine ? coarser((await countCells(found, width))[0], width, width) : coarser(cells, fine, width),
    hostIds: [...new Set([...canonical.values()].map((host) => host.id))],
    facets: await countValues(found, facets, names, only(cells, fine)),
  };
}

/** Events of one stretch; `bin` is its number, counted from the epoch. */
type Cell = { readonly bin: number; readonly count: number; readonly lo: number; readonly hi: number };
type HostCount = { readonly id: number; readonly count: number };

/** Events by stretch, and by recorded host, of one pass. */
async function countCells(
  filter: EventFilter,
  width: number,
): Promise<readonly [readonly Cell[], readonly HostCount[]]> {
  const conditions = createConditions();
  addEventFilter(conditions, filter);
  const bin = `e.time / ${conditions.value(width)}::bigint`;
  const { rows } = await searching((connection) =>
    connection.query<Omit<Cell, 'bin'> & { id: number | null; bin: number | null }>(
      // Both at once first, which several processes of the database can share.
      `SELECT id, bin, sum(count)::int AS count, min(lo) AS lo, max(hi) AS hi
       FROM (SELECT e.host_id AS id, ${bin} AS bin, count(*) AS count, min(e.time) AS lo, max(e.time) AS hi
         FROM events e WHERE ${conditions.where()} GROUP BY 1, 2) both_at_once
       GROUP BY GROUPING SETS ((id), (bin))`,
      conditions.values(),
    ),
  );
  return [
    rows.flatMap(({ bin: number, count, lo, hi }) =>
      number === null ? [] : [{ bin: number, count, lo, hi }],
    ),
    rows.flatMap(({ id, count }) => (id === null ? [] : [{ id, count }])),
  ];
}

/** The stretches that have matches, when they are few: told apart sooner than by the whole query. */
function only(cells: readonly Cell[], width: number): Stretches | undefined {
  return cells.length <= FEW ? { bins: cells.map((cell) => cell.bin), width } : undefined;
}

const FEW = 500;

/** Where events can lie at all: between the first and last of the hosts, within the filter's times. */
async function boundsOf(filter: EventFilter): Promise<TimeSpan | undefined> {
  const all = await timeBounds(await hostsToSearch(filter));
  if (all === undefined) return undefined;
  const bounds = {
    from: Math.max(all.from, filter.from ?? all.from),
    to: Math.min(all.to, filter.to ?? all.to),
  };
  return bounds.from <= bounds.to ? bounds : undefined;
}

/** Counts by longer stretches, whose width is a multiple of the cells'. */
function coarser(cells: readonly Cell[], cellWidth: number, width: number): EventCounts['bins'] {
  const counts = new Map<number, number>();
  for (const { bin, count } of cells) {
    const from = Math.floor((bin * cellWidth) / width) * width;
    counts.set(from, (counts.get(from) ?? 0) + count);
  }
  return [...counts].map(([from, count]) => ({ from, count })).sort((a, b) => a.from - b.from);
}

/** Widths people read, in microseconds; each divides the next. */
const WIDTHS: readonly number[] = [
  ...[1, 5, 10, 50, 100, 500],
  ...[1, 5, 10, 50, 100, 500].map((ms) => ms * 1e3),
  ...[1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200].map((seconds) => seconds * 1e6),
  ...Array.from({ length: 20 }, (_, i) => 86_400e6 * 2 ** i),
];

/** The least width with which no more than `most` stretches cover both ends. */
function widthFor({ from, to }: TimeSpan, most: number): number {
  const covers = (width: number) => Math.floor(to / width) - Math.floor(from / width) + 1 <= most;
  return WIDTHS.find(covers) ?? Math.max(...WIDTHS);
}
