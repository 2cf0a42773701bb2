import { describe, expect, it } from 'vitest';
import { FORMATS } from '../formats';
import { EXPORT_LIMITS, exportLimit } from './exportLimits';

describe('the length of an export', () => {
  it('tells that it was cut off when it is exactly what its product gives at most', () => {
    expect(exportLimit('winlogbeat', 10_000)).toMatch(/exactly 10,000 records/);
    expect(exportLimit('defender-hunting', 30_000)).toMatch(/exactly 30,000/);
    expect(exportLimit('windows-table', 1_048_575)).toMatch(/spreadsheet/);
  });

  it('says nothing for any other length, or another product', () => {
    expect(exportLimit('winlogbeat', 9_999)).toBe(undefined);
    expect(exportLimit('evtx', 10_000)).toBe(undefined);
    expect(exportLimit(null, 10_000)).toBe(undefined);
  });

  it('is told of formats that there are', () => {
    const known = new Set(FORMATS.map(({ id }) => id));
    for (const { formats } of EXPORT_LIMITS) for (const id of formats ?? []) expect(known).toContain(id);
  });
});
