import { describe, expect, it } from 'vitest';
import { extended, NO_PICKS, settled, toggled } from './picks';

const rows = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const of = (picks: { ids: ReadonlySet<string> }) => [...picks.ids].toSorted().join('');

describe('several rows', () => {
  it('are taken in and left out one by one', () => {
    const two = toggled(toggled(NO_PICKS, 'a'), 'c');
    expect(of(two)).toBe('ac');
    expect(of(toggled(two, 'a'))).toBe('c');
  });

  it('are chosen as a range that grows and shrinks with the row in hand', () => {
    const three = extended(extended(NO_PICKS, rows, 'b', 'c'), rows, 'c', 'd');
    expect(of(three)).toBe('bcd');
    expect(of(extended(three, rows, 'd', 'c'))).toBe('bc');
    expect(of(extended(three, rows, 'd', 'a'))).toBe('ab');
  });

  it('keep what was chosen before the range', () => {
    const range = extended(toggled(NO_PICKS, 'e'), rows, 'a', 'b');
    expect(of(range)).toBe('abe');
    expect(of(extended(range, rows, 'b', 'a'))).toBe('ae');
  });

  it('begin a new range after a plain step', () => {
    const first = settled(extended(NO_PICKS, rows, 'a', 'b'));
    expect(of(extended(first, rows, 'd', 'e'))).toBe('abde');
  });

  it('stay as they are when a row of the range has left the list', () => {
    const range = extended(NO_PICKS, rows, 'a', 'b');
    expect(extended(range, rows.slice(1), 'b', 'c')).toBe(range);
  });
});
