import { expect, it } from 'vitest';
import { SYSMON, testOutcome } from '../sigma/sources/testRecords';
import { testRule } from '../sigma/sources/testRules';
import { digest } from './readFiles';
import { createSigmaWatch } from './sigmaWatch';

it('a field in which a rule found something is there, though not every record is looked at', () => {
  const runs = [testRule('{ category: process_access }', "  a: { CallTrace: 'x' }\n  condition: a")];
  const watch = createSigmaWatch({ rules: runs, runs, correlations: [], filters: [], refused: [] }, digest);
  const take = (index: number, data: Record<string, unknown>): void =>
    watch.take(testOutcome(SYSMON, 10, data), { file: 'a.json', index }, undefined);
  // One more than are all looked at, and of those behind them one in eight: the next is not.
  for (let n = 0; n < 257; n++) take(n, { SourceProcessId: String(n + 1) });
  take(257, { CallTrace: 'x' });
  expect(watch.byRule().map(({ hits }) => hits)).toEqual([1]);
  expect(watch.sources().map(({ records, fields }) => [records, [...fields]])).toEqual([
    [258, ['CallTrace']],
  ]);
});
