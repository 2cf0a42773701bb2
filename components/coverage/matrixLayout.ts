import { addTime, type CoverageCell, type CoverageView } from '@/lib/contracts/coverage';
import type { CoverageColumn, CoverageRow } from './coverageWords';

/** Columns that fit beside the stages. */
export const MOST_COLUMNS = 12;

/** `folded`: how many columns it stands for; absent for one that is itself. */
export type MatrixColumn = CoverageColumn & { readonly folded?: number };
/** One analytic with its stages, cells in the order of the columns; `cells` and `total` add its stages up. */
export type MatrixGroup = {
  readonly analytic: string;
  readonly title: string;
  readonly cells: readonly CoverageCell[];
  readonly total: CoverageCell;
  readonly rows: readonly CoverageRow[];
};
export type MatrixLayout = {
  readonly columns: readonly MatrixColumn[];
  readonly groups: readonly MatrixGroup[];
  /** Columns that are neither drawn nor added up. */
  readonly hidden: number;
};

/**
 * The matrix as it is drawn: stages by analytic, both in the server's order; where there are more columns than fit, the
 * ones with most hosts stay where they are and the others are added up at the end; but by source they are only left
 * out, as a host with two sources stands in two columns and would be counted twice. `all` shows every one.
 */
export function layoutMatrix(view: Pick<CoverageView, 'by' | 'columns' | 'rows'>, all = false): MatrixLayout {
  const kept = all ? null : largest(view.columns);
  const fold = view.by !== 'source';
  const columns = kept === null ? view.columns : foldColumns(view.columns, kept, fold);
  const groups = new Map<string, CoverageRow[]>();
  for (const row of view.rows) {
    const drawn = kept === null ? row : { ...row, cells: foldCells(row.cells, kept, fold) };
    groups.set(row.analytic, [...(groups.get(row.analytic) ?? []), drawn]);
  }
  return {
    columns,
    groups: [...groups].map(([analytic, rows]) => ({
      analytic,
      title: rows[0]?.analyticTitle ?? analytic,
      cells: columns.map((_, place) => rollUp(rows.flatMap(({ cells }) => cells[place] ?? []))),
      total: rollUp(rows.map(({ total }) => total)),
      rows,
    })),
    hidden: kept === null || fold ? 0 : view.columns.length - kept.size,
  };
}

/** Places of the columns to keep; null when all fit. */
function largest(columns: readonly CoverageColumn[]): ReadonlySet<number> | null {
  if (columns.length <= MOST_COLUMNS) return null;
  return new Set(
    columns
      .map(({ hosts }, place) => ({ hosts, place }))
      .toSorted((a, b) => b.hosts - a.hosts || a.place - b.place)
      .slice(0, MOST_COLUMNS - 1)
      .map(({ place }) => place),
  );
}

function foldColumns(
  columns: readonly CoverageColumn[],
  kept: ReadonlySet<number>,
  fold: boolean,
): MatrixColumn[] {
  if (!fold) return columns.filter((_, place) => kept.has(place));
  const others = columns.filter((_, place) => !kept.has(place));
  return [
    ...columns.filter((_, place) => kept.has(place)),
    {
      key: '',
      name: 'Others',
      hosts: others.reduce((sum, { hosts }) => sum + hosts, 0),
      folded: others.length,
    },
  ];
}

function foldCells(cells: readonly CoverageCell[], kept: ReadonlySet<number>, fold: boolean): CoverageCell[] {
  if (!fold) return cells.filter((_, place) => kept.has(place));
  return [
    ...cells.filter((_, place) => kept.has(place)),
    cells.filter((_, place) => !kept.has(place)).reduce(addCells, NO_CELL),
  ];
}

const NO_CELL: CoverageCell = {
  time: { visible: 0, partial: 0, blind: 0 },
  hosts: 0,
  visibleHosts: 0,
  partialHosts: 0,
  blindHosts: 0,
  provenHosts: 0,
};

/** Stages of one analytic as one cell: their time. How many hosts are in which state is told of single stages only. */
function rollUp(cells: readonly CoverageCell[]): CoverageCell {
  return {
    ...NO_CELL,
    time: cells.map(({ time }) => time).reduce(addTime, NO_CELL.time),
    hosts: Math.max(0, ...cells.map(({ hosts }) => hosts)),
  };
}

function addCells(a: CoverageCell, b: CoverageCell): CoverageCell {
  return {
    time: addTime(a.time, b.time),
    hosts: a.hosts + b.hosts,
    visibleHosts: a.visibleHosts + b.visibleHosts,
    partialHosts: a.partialHosts + b.partialHosts,
    blindHosts: a.blindHosts + b.blindHosts,
    provenHosts: a.provenHosts + b.provenHosts,
  };
}

/** Where arrows lead from a cell: `rows` × `columns` places, kept inside; null when the key is not one of them. */
export function cellAfter(
  key: string,
  at: { row: number; column: number },
  size: { rows: number; columns: number },
  toEdge = false,
): { row: number; column: number } | null {
  const last = { row: size.rows - 1, column: size.columns - 1 };
  switch (key) {
    case 'ArrowUp':
      return { ...at, row: Math.max(0, at.row - 1) };
    case 'ArrowDown':
      return { ...at, row: Math.min(last.row, at.row + 1) };
    case 'ArrowLeft':
      return { ...at, column: Math.max(0, at.column - 1) };
    case 'ArrowRight':
      return { ...at, column: Math.min(last.column, at.column + 1) };
    case 'Home':
      return { row: toEdge ? 0 : at.row, column: 0 };
    case 'End':
      return { row: toEdge ? last.row : at.row, column: last.column };
    default:
      return null;
  }
}
