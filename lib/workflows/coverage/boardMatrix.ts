import type { CoverageTime, CoverageView } from '../../contracts/coverage';
import { mostOf, type SeenState, visibleShare } from '../../coverage/seenTime';

/** A stage on the hosts of a column: what it was most of the time, and its share; null where nothing was looked at. */
export type BoardCell = { readonly state: SeenState | null; readonly share: number | null };

/** What stands in the matrix of the report, as many rows and columns as a page holds. */
export type BoardMatrix = {
  /** The last is all hosts. */
  readonly columns: readonly { readonly name: string; readonly hosts: number }[];
  readonly lines: readonly BoardLine[];
  /** Stages and columns that are left out for want of room. */
  readonly left: number;
  readonly leftColumns: number;
};
export type BoardLine =
  | { readonly type: 'analytic'; readonly title: string }
  | {
      readonly type: 'stage';
      readonly title: string;
      readonly required: boolean;
      readonly cells: readonly BoardCell[];
      /** When a replay proved it last, and whether lately; null when none did for a host of these. */
      readonly proof: { readonly at: string; readonly fresh: boolean } | null;
    };

/**
 * The page's matrix with its largest columns, the rest added up as one, and all hosts as the last. Sources are not added
 * up: a host that has two would count twice.
 */
export function boardMatrix(view: CoverageView, mostColumns: number, mostLines: number): BoardMatrix {
  const summed = view.by !== 'source';
  const { kept, others } = largest(view, mostColumns, summed);
  const rest = summed ? others : [];
  const lines: BoardLine[] = [];
  let left = 0;
  let analytic: string | undefined;
  for (const row of view.rows) {
    const opens = row.analytic !== analytic;
    if (lines.length + (opens ? 2 : 1) > mostLines) {
      left++;
      continue;
    }
    if (opens) lines.push({ type: 'analytic', title: `${row.analytic} · ${row.analyticTitle}` });
    analytic = row.analytic;
    const times = row.cells.map(({ time }) => time);
    lines.push({
      type: 'stage',
      title: row.title,
      required: row.required,
      cells: [
        ...kept.map((place) => times[place]),
        ...(rest.length === 0 ? [] : [rest.map((place) => times[place]).reduce(together)]),
        row.total.time,
      ].map(toCell),
      proof:
        row.proof === null || row.total.provenHosts === 0
          ? null
          : { at: row.proof.at, fresh: row.proof.fresh },
    });
  }
  return { columns: columnsOf(view, kept, rest), lines, left, leftColumns: others.length - rest.length };
}

function columnsOf(view: CoverageView, kept: readonly number[], rest: readonly number[]) {
  const named = kept.flatMap((place) => view.columns[place] ?? []);
  const hosts = rest.reduce((sum, place) => sum + (view.columns[place]?.hosts ?? 0), 0);
  return [
    ...named.map(({ name, hosts: own }) => ({ name, hosts: own })),
    ...(rest.length === 0 ? [] : [{ name: `${rest.length} others`, hosts }]),
    { name: 'All', hosts: view.hosts },
  ];
}

/** Places of the columns with most hosts, in the page's order, and of all others; one is left for their sum. */
function largest(
  view: CoverageView,
  most: number,
  summed: boolean,
): { kept: readonly number[]; others: readonly number[] } {
  const places = view.columns.map((_, place) => place);
  if (places.length <= most) return { kept: places, others: [] };
  const hostsAt = (place: number) => view.columns[place]?.hosts ?? 0;
  const chosen = new Set(
    [...places].sort((a, b) => hostsAt(b) - hostsAt(a) || a - b).slice(0, summed ? most - 1 : most),
  );
  return { kept: places.filter((p) => chosen.has(p)), others: places.filter((p) => !chosen.has(p)) };
}

function together(a: CoverageTime | undefined, b: CoverageTime | undefined): CoverageTime | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { visible: a.visible + b.visible, partial: a.partial + b.partial, blind: a.blind + b.blind };
}

function toCell(time: CoverageTime | undefined): BoardCell {
  if (time === undefined) return { state: null, share: null };
  return { state: mostOf(time) ?? null, share: visibleShare(time) };
}
