import { describe, expect, it } from 'vitest';
import { groupOfReason } from './quarantineGroup';

describe('groupOfReason', () => {
  it('puts reasons of one cause together, whatever values they quote', () => {
    const group = 'EventTime "…" is no time (record N)';
    expect(groupOfReason('EventTime "2026-13-40" is no time (record 7)')).toBe(group);
    expect(groupOfReason('EventTime "say \\"no\\"" is no time (record 1,204)')).toBe(group);
    expect(groupOfReason("no 'Image' at 0.5")).toBe("no '…' at N");
  });

  it('leaves words alone that only contain an apostrophe', () => {
    expect(groupOfReason("the sensor's record doesn't end")).toBe("the sensor's record doesn't end");
  });

  it('is its own group, so that a group can be asked for by name', () => {
    for (const reason of ['"a" 12', "x 'y' z", '`1` "', 'plain'])
      expect(groupOfReason(groupOfReason(reason))).toBe(groupOfReason(reason));
  });

  // Each ends at once; a pattern that goes back would take until the test is given up.
  it('stays short and does not hang for text made to hurt it', () => {
    const hostile = [
      '"'.repeat(1e5),
      '\\"'.repeat(1e5),
      "'".repeat(1e5),
      '1.'.repeat(1e5),
      `"${'\\'.repeat(1e5)}`,
    ];
    for (const reason of hostile) expect(groupOfReason(reason).length).toBeLessThanOrEqual(400);
  });
});
