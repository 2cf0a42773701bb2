import { expect, it } from 'vitest';
import type { HistoryRevision, HistoryVerdict } from './historyWords';
import { changeTitle, historyEntries, restedOn } from './historyWords';

const verdict = (at: string): HistoryVerdict => ({
  value: 'false_positive',
  reason: 'An installer',
  by: 'anna',
  at,
  findingRevision: 1,
  analyticVersion: '3',
  status: 'complete',
  severity: 'high',
  score: 78,
  stages: [],
  telemetry: [],
  baselines: [],
  blindStages: ['Callback'],
  blindAcknowledged: true,
  bulk: false,
});
const revision = (at: string): HistoryRevision => ({ revision: 2, at, changes: [], reopened: true });

it('tells verdicts and changes by data in one line of time, newest first', () => {
  const entries = historyEntries({
    verdicts: [verdict('2026-11-20T10:00:00Z'), verdict('2026-11-20T08:00:00Z')],
    revisions: [revision('2026-11-20T09:00:00Z')],
  });
  expect(entries.map(({ kind }) => kind)).toEqual(['verdict', 'revision', 'verdict']);
});

it('says what a verdict rested on', () => {
  expect(restedOn(verdict(''))).toBe('analytic version 3 · complete, score 78 · 1 blind stage, known');
  expect(restedOn({ ...verdict(''), blindStages: [], baselines: [4], bulk: true })).toBe(
    'analytic version 3 · complete, score 78 · 1 baseline in force · given for several at once',
  );
});

it('names a change by its stage where it has one', () => {
  const change = {
    what: 'stage',
    stage: 'callback',
    title: 'Callback',
    before: 'blind',
    after: 'matched',
  } as const;
  expect(changeTitle(change)).toBe('Callback');
  expect(changeTitle({ ...change, what: 'score', stage: null, title: null })).toBe('Score');
});
