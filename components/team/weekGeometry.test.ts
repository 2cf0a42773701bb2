import { describe, expect, it } from 'vitest';
import type { MetricsView } from '@/lib/contracts/metrics';
import { layoutTeamWeeks } from './weekGeometry';

const NONE = { share: null, low: null, high: null, n: 0, of: 0 };
const weekOf = (
  place: number,
  change: Partial<MetricsView['weeks'][number]> = {},
): MetricsView['weeks'][number] => ({
  week: `2026-0${1 + Math.floor(place / 4)}-0${1 + (place % 4) * 2}`,
  findings: place,
  verdicts: 1,
  blindLimited: 0,
  precision: NONE,
  medianToVerdict: null,
  openAtEnd: 10,
  ...change,
});
const WEEKS = Array.from({ length: 13 }, (_, place) => weekOf(place));

describe('the weeks as a chart', () => {
  it('stay within the picture, whatever its width', () => {
    for (const width of [0, 120, 320, 900]) {
      const { marks } = layoutTeamWeeks(WEEKS, { width, height: 150 });
      for (const { findings, verdicts, open } of marks) {
        for (const box of [findings, verdicts]) {
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.y + box.height).toBeLessThanOrEqual(150);
          expect(box.height).toBeGreaterThanOrEqual(0);
        }
        expect(open.y).toBeLessThan(150);
      }
    }
  });

  it('draw more as higher, and nothing as nothing', () => {
    const { marks } = layoutTeamWeeks(WEEKS, { width: 600, height: 150 });
    expect(marks[0]?.findings.height).toBe(0);
    expect(marks[12]?.findings.height).toBeGreaterThan(marks[5]?.findings.height ?? 0);
  });

  it('show precision only where something was decided, within its interval', () => {
    const precision = { share: 0.8, low: 0.5, high: 0.9, n: 8, of: 10 };
    const { marks } = layoutTeamWeeks([weekOf(0), weekOf(1, { precision })], { width: 600, height: 150 });
    expect(marks[0]?.precision).toBeNull();
    const drawn = marks[1]?.precision;
    expect(drawn?.high).toBeLessThan(drawn?.y ?? 0);
    expect(drawn?.low).toBeGreaterThan(drawn?.y ?? 0);
  });

  it('name as many weeks as fit, the newest always', () => {
    for (const width of [160, 600]) {
      const { days } = layoutTeamWeeks(WEEKS, { width, height: 150 });
      expect(days.at(-1)?.week).toBe(WEEKS[12]?.week);
      expect(days.length).toBeLessThanOrEqual(Math.max(1, Math.ceil(width / 76)));
    }
  });
});
