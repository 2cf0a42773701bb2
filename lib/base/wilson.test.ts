import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilson } from './wilson';

describe('a share with its interval', () => {
  it('is none of no tries', () => expect(wilson(0, 0)).toBeNull());

  it('agrees with the published values', () => {
    const { low = 0, high = 0 } = wilson(8, 10) ?? {};
    expect(low).toBeCloseTo(0.4902, 3);
    expect(high).toBeCloseTo(0.9433, 3);
  });

  it('holds the share, within 0 and 1, and narrows with tries', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        (tries, part) => {
          const hits = Math.round(part * tries);
          const one = wilson(hits, tries);
          const ten = wilson(hits * 10, tries * 10);
          if (one === null || ten === null) throw new Error('there were tries');
          expect(one.low).toBeGreaterThanOrEqual(0);
          expect(one.high).toBeLessThanOrEqual(1);
          expect(one.low).toBeLessThanOrEqual(one.share + 1e-12);
          expect(one.high).toBeGreaterThanOrEqual(one.share - 1e-12);
          expect(ten.high - ten.low).toBeLessThan(one.high - one.low);
        },
      ),
    );
  });
});
