import { describe, expect, it } from 'vitest';
import type { CoverageCell } from '@/lib/contracts/coverage';
import type { CoverageRow } from './coverageWords';
import { cellAfter, layoutMatrix, MOST_COLUMNS } from './matrixLayout';

function cell(hosts: number): CoverageCell {
  return {
    time: { visible: hosts, partial: 2 * hosts, blind: 3 * hosts },
    hosts,
    visibleHosts: 1,
    partialHosts: 1,
    blindHosts: 1,
    provenHosts: 1,
  };
}

/** A matrix with as many columns as there are numbers of hosts. */
function matrix(hosts: number[], stages = ['A/one', 'B/one', 'A/two']) {
  const rows = stages.map(
    (stage): CoverageRow => ({
      analytic: stage.slice(0, 1),
      analyticTitle: `Title of ${stage.slice(0, 1)}`,
      stage,
      title: stage,
      required: true,
      weight: 10,
      cells: hosts.map(cell),
      total: cell(hosts.reduce((sum, each) => sum + each, 0)),
      proof: null,
    }),
  );
  return {
    by: 'group' as const,
    columns: hosts.map((count, place) => ({ key: `k${place}`, name: `n${place}`, hosts: count })),
    rows,
  };
}

describe('the matrix', () => {
  it('puts stages of one analytic together, in the order they came', () => {
    const { groups } = layoutMatrix(matrix([1, 2]));
    expect(
      groups.map(({ analytic, title, rows }) => [analytic, title, rows.map(({ stage }) => stage)]),
    ).toEqual([
      ['A', 'Title of A', ['A/one', 'A/two']],
      ['B', 'Title of B', ['B/one']],
    ]);
  });

  it('leaves as many columns as fit alone', () => {
    const full = matrix(Array.from({ length: MOST_COLUMNS }, (_, place) => place));
    expect(layoutMatrix(full).columns).toEqual(full.columns);
  });

  it('keeps the largest where they are and adds up the others, losing no host and no second', () => {
    const hosts = [5, 1, 9, 2, 8, 3, 7, 4, 6, 10, 11, 12, 13, 14];
    const whole = matrix(hosts);
    const { columns, groups } = layoutMatrix(whole);
    expect(columns).toHaveLength(MOST_COLUMNS);
    expect(columns.slice(0, -1).map(({ hosts: count }) => count)).toEqual(hosts.filter((count) => count > 3));
    expect(columns.at(-1)).toEqual({ key: '', name: 'Others', hosts: 6, folded: 3 });
    const row = groups[0]?.rows[0];
    expect(row?.cells).toHaveLength(MOST_COLUMNS);
    expect(row?.cells.at(-1)).toEqual({
      time: { visible: 6, partial: 12, blind: 18 },
      hosts: 6,
      visibleHosts: 3,
      partialHosts: 3,
      blindHosts: 3,
      provenHosts: 3,
    });
    expect(row?.cells.reduce((sum, each) => sum + each.time.blind, 0)).toBe(row?.total.time.blind);
  });

  it('adds up no columns by source, where a host stands in several, and says how many it leaves out', () => {
    const { columns, groups, hidden } = layoutMatrix({
      ...matrix(Array.from({ length: 14 }, (_, place) => place)),
      by: 'source',
    });
    expect(columns.map(({ hosts }) => hosts)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(groups[0]?.rows[0]?.cells).toHaveLength(11);
    expect(hidden).toBe(3);
  });

  it('rolls the stages of an analytic up by column: their time, and the hosts they are of', () => {
    const { groups } = layoutMatrix(matrix([1, 2]));
    expect(groups.map(({ cells }) => cells.map(({ time, hosts }) => [time.visible, hosts]))).toEqual([
      [
        [2, 1],
        [4, 2],
      ],
      [
        [1, 1],
        [2, 2],
      ],
    ]);
    expect(groups[0]?.total).toMatchObject({ hosts: 3, time: { visible: 6 }, blindHosts: 0, provenHosts: 0 });
  });

  it('shows every column when asked to', () => {
    expect(layoutMatrix(matrix(Array.from({ length: 40 }, () => 1)), true).columns).toHaveLength(40);
  });
});

describe('keys between cells', () => {
  const size = { rows: 3, columns: 4 };

  it('move by one and stay inside', () => {
    expect(cellAfter('ArrowRight', { row: 1, column: 3 }, size)).toEqual({ row: 1, column: 3 });
    expect(cellAfter('ArrowLeft', { row: 1, column: 3 }, size)).toEqual({ row: 1, column: 2 });
    expect(cellAfter('ArrowUp', { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 });
    expect(cellAfter('ArrowDown', { row: 1, column: 0 }, size)).toEqual({ row: 2, column: 0 });
  });

  it('go to the ends of a row, with Ctrl of the matrix', () => {
    expect(cellAfter('End', { row: 1, column: 1 }, size)).toEqual({ row: 1, column: 3 });
    expect(cellAfter('End', { row: 1, column: 1 }, size, true)).toEqual({ row: 2, column: 3 });
    expect(cellAfter('Home', { row: 1, column: 1 }, size, true)).toEqual({ row: 0, column: 0 });
  });

  it('leave other keys alone', () => {
    expect(cellAfter('Enter', { row: 0, column: 0 }, size)).toBeNull();
  });
});
