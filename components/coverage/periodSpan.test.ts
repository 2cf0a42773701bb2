import { expect, it } from 'vitest';
import { periodSpan, weekPeriod } from './periodSpan';

it('reaches from the first midnight to the one after the last day', () => {
  const day = 24 * 60 * 60 * 1_000_000;
  const span = periodSpan({ from: '2026-11-20', to: '2026-11-20' });
  expect(span).toEqual({ from: Date.UTC(2026, 10, 20) * 1000, to: Date.UTC(2026, 10, 20) * 1000 + day });
  expect(periodSpan({ from: 'soon', to: '2026-11-20' })).toBeNull();
});

it('takes a week until its Sunday, or until the last day there is', () => {
  expect(weekPeriod('2026-11-16', '2026-11-30')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  expect(weekPeriod('2026-11-16', '2026-11-18')).toEqual({ from: '2026-11-16', to: '2026-11-18' });
});
