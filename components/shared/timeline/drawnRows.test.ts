import { describe, expect, it } from 'vitest';
import { roomAround, rowsToDraw } from './drawnRows';

describe('the rows of a long table', () => {
  it('are those in sight and the active one, wherever it is, in order', () => {
    expect(rowsToDraw([10, 11, 12], 11, 100)).toEqual([10, 11, 12]);
    expect(rowsToDraw([10, 11, 12], 2, 100)).toEqual([2, 10, 11, 12]);
    expect(rowsToDraw([10, 11, 12], 90, 100)).toEqual([10, 11, 12, 90]);
  });

  it('have no active one when there is none', () => {
    expect(rowsToDraw([0, 1], -1, 2)).toEqual([0, 1]);
    expect(rowsToDraw([], 0, 0)).toEqual([]);
    expect(rowsToDraw([0, 1], 7, 2)).toEqual([0, 1]);
  });

  it('keep their places, with the room of what is left out between them', () => {
    const { rows, below } = roomAround([2, 10, 11], 100, 28);
    expect(rows).toEqual([
      { index: 2, above: 2 * 28 },
      { index: 10, above: 7 * 28 },
      { index: 11, above: 0 },
    ]);
    expect(below).toBe(88 * 28);
    const sum = rows.reduce((height, row) => height + row.above + 28, below);
    expect(sum).toBe(100 * 28);
  });

  it('leave all the room below while none is drawn', () => {
    expect(roomAround([], 300, 28)).toEqual({ rows: [], below: 300 * 28 });
  });
});
