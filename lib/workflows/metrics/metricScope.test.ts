import { describe, expect, it } from 'vitest';
import { metricDays, metricWeeks, toMetricScope } from './metricScope';

const NOW = new Date('2026-11-26T09:30:00Z');

describe('the period of metrics', () => {
  it('is the last thirty days, today included, unless days are named', () => {
    expect(metricDays({}, NOW)).toEqual({ from: '2026-10-28', to: '2026-11-26' });
    expect(metricDays({ to: '2026-03-01' }, NOW)).toEqual({ from: '2026-01-31', to: '2026-03-01' });
    expect(metricDays({ from: '2026-11-20' }, NOW)).toEqual({ from: '2026-11-20', to: '2026-11-26' });
  });

  it('goes to the end of its last day', () => {
    const scope = toMetricScope({ from: '2026-11-20', to: '2026-11-20' }, NOW);
    expect([scope.from.toISOString(), scope.to.toISOString()]).toEqual([
      '2026-11-20T00:00:00.000Z',
      '2026-11-21T00:00:00.000Z',
    ]);
  });

  it('cannot end before it begins', () => {
    expect(() => metricDays({ from: '2026-11-21', to: '2026-11-20' }, NOW)).toThrow('ends before it begins');
  });
});

describe('the weeks of metrics', () => {
  it('are thirteen, on end, from Mondays on, and the last ends with the period', () => {
    for (let day = 1; day <= 14; day++) {
      const end = new Date(Date.UTC(2026, 10, day));
      const weeks = metricWeeks(end);
      expect(weeks).toHaveLength(13);
      expect(weeks.at(-1)?.ends).toEqual(end);
      for (const [place, week] of weeks.entries()) {
        expect(week.begins.getUTCDay()).toBe(1);
        if (place > 0) expect(week.begins).toEqual(weeks[place - 1]?.ends);
      }
      const last = weeks.at(-1);
      const length = (last?.ends.getTime() ?? 0) - (last?.begins.getTime() ?? 0);
      expect(length).toBeGreaterThan(0);
      expect(length).toBeLessThanOrEqual(7 * 86_400_000);
    }
  });
});
