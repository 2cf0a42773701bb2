import { expect, it } from 'vitest';
import type { AnalyzeSigma } from '../contracts/analyze';
import type { SigmaLevel } from '../sigma/rule';
import { isWorthALook } from './printSigma';

const nothing: AnalyzeSigma = {
  rules: {
    ...{ loaded: 0, runs: 0, foreign: 0, refused: [] },
    byLevel: { informational: 0, low: 0, medium: 0, high: 0, critical: 0 },
  },
  ...{ sources: [], counts: [], hits: [], hitsTotal: 0, correlated: [], blind: [] },
};
const rule = (level: SigmaLevel) => ({
  ...{ id: 'r', title: 'r', level, author: '', license: null, path: 'r.yml' },
});
const found = (level: SigmaLevel): AnalyzeSigma['correlated'][number] => ({
  ...{ rule: rule(level), type: 'event_count', group: [], hits: 2, hosts: [], events: [] },
  ...{ from: '2026-11-20T09:16:20.100000Z', to: '2026-11-20T09:16:25.100000Z' },
});

it('what correlations found is worth a look by their own level, whatever the rules they look at have', () => {
  const counts = [{ rule: rule('low'), hits: 5 }];
  expect(isWorthALook({ ...nothing, counts })).toBe(false);
  expect(isWorthALook({ ...nothing, counts, correlated: [found('low')] })).toBe(false);
  expect(isWorthALook({ ...nothing, counts, correlated: [found('medium')] })).toBe(true);
});
