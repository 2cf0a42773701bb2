import { describe, expect, it } from 'vitest';
import { csvLine } from './csvLine';

describe('a line of CSV', () => {
  it('quotes what would end a cell, and doubles quotes', () => {
    expect(csvLine(['a', 'b,c', 'say "x"', 'line\nbreak', ' pad', ''])).toBe(
      'a,"b,c","say ""x""","line\nbreak"," pad",\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('never begins a formula: %j', (cell) => {
    expect(csvLine([cell]).replace(/^"/, '')).toMatch(/^'/);
  });
});
