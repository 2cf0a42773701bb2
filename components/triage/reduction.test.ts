import { expect, it } from 'vitest';
import { alertReduction, eventReduction } from './reduction';

it('tells alerts, the chains they became and what stays, each with its list', () => {
  const parts = alertReduction({ total: 1243, unexplained: 31, open: 20, chains: 14 });
  expect(parts && [parts.alerts, parts.chains, parts.unexplained].map(({ text }) => text)).toEqual([
    '1,243 alerts',
    '14 chains',
    '31 unexplained',
  ]);
  expect(parts?.alerts.href).toBe('/alerts?show=all');
});

it('counts one as one', () => {
  const parts = alertReduction({ total: 1, unexplained: 0, open: 0, chains: 1 });
  expect(parts?.alerts.text).toBe('1 alert');
  expect(parts?.chains.text).toBe('1 chain');
});

it('says what events came down to where there are no alerts, and nothing where there is nothing', () => {
  expect(alertReduction({ total: 0, unexplained: 0, open: 0, chains: 0 })).toBeNull();
  expect(eventReduction(12_040, 3, 5)).toBe('12,040 events on 3 hosts → 5 chains');
  expect(eventReduction(0, 0, 0)).toBe('');
});
