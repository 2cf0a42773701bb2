import { expect, it } from 'vitest';
import type { SigmaLevel, SigmaRule } from '../sigma/rule';
import { testRule } from '../sigma/sources/testRules';
import { sigmaDocument } from './sigmaDocument';
import type { SigmaWatch } from './sigmaWatch';

const base = testRule('{ category: process_creation }', '  a: { Image: x }\n  condition: a');
const rule = (id: string, level: SigmaLevel): SigmaRule => ({ ...base, id, level });

it('rules with hits stand by level, within one by their hits, and then by id', () => {
  const counted = [
    { rule: rule('c', 'low'), hits: 900 },
    { rule: rule('b', 'high'), hits: 2 },
    { rule: rule('z', 'high'), hits: 7 },
    { rule: rule('a', 'high'), hits: 2 },
  ];
  const rules = counted.map((one) => one.rule);
  const watch: SigmaWatch = {
    given: { rules, runs: rules, correlations: [], filters: [], refused: [] },
    take: () => undefined,
    sources: () => [],
    names: () => new Set(),
    byHost: () => () => ({ enabled: new Set(), hits: [] }),
    byRule: () => counted.map((one) => ({ ...one, shown: [] })),
    seen: () => [],
    problems: () => ['of the watch'],
  };
  const { sigma, problems } = sigmaDocument(watch, (name) => name, new Map());
  expect(sigma.counts.map(({ rule: { id }, hits }) => [id, hits])).toEqual([
    ['z', 7],
    ['a', 2],
    ['b', 2],
    ['c', 900],
  ]);
  expect(sigma.hitsTotal).toBe(911);
  expect(problems).toEqual(['of the watch']);
});
