import { describe, expect, it } from 'vitest';
import { blindAmong, blindStages, proposedVerdict, stageNames, VERDICT_KEY, VERDICTS } from './verdictWords';

type State = 'matched' | 'absent' | 'blind';
const stage = (title: string, state: State, required = true, group: string | null = null) => ({
  id: title.toLowerCase(),
  title,
  required,
  group,
  state,
  stateReason: state === 'blind' ? 'no network events' : null,
});

describe('what a false positive cannot rest on', () => {
  it('is a required stage that was blind, and no other', () => {
    const stages = [
      stage('Launch', 'matched'),
      stage('Callback', 'blind'),
      stage('Credentials', 'blind', false),
      stage('Drop', 'absent'),
    ];
    expect(blindStages(stages)).toEqual([{ id: 'callback', title: 'Callback', why: 'no network events' }]);
  });

  it('is a blind alternative as long as no other alternative matched', () => {
    const blind = stage('Callback', 'blind', false, 'effect');
    expect(blindStages([blind, stage('Drop', 'absent', false, 'effect')])).toHaveLength(1);
    expect(blindStages([blind, stage('Drop', 'matched', false, 'effect')])).toEqual([]);
  });

  it('is named once for several findings', () => {
    const one = { stages: [stage('Callback', 'blind')] };
    expect(blindAmong([one, one, { stages: [stage('Callback', 'matched')] }])).toHaveLength(1);
  });

  it('is read as words', () => {
    const named = (...titles: string[]) =>
      stageNames(titles.map((title) => ({ id: title, title, why: null })));
    expect(named('Callback')).toBe('Callback');
    expect(named('Launch', 'Drop', 'Callback')).toBe('Launch, Drop and Callback');
  });

  it('has undetermined proposed in its place, and nothing else changed', () => {
    const blind = blindStages([stage('Callback', 'blind')]);
    expect(proposedVerdict('false_positive', blind)).toBe('undetermined');
    expect(proposedVerdict('true_positive', blind)).toBe('true_positive');
    expect(proposedVerdict('false_positive', [])).toBe('false_positive');
  });
});

it('gives each verdict a key of its own', () => {
  expect(new Set(VERDICTS.map((value) => VERDICT_KEY[value])).size).toBe(VERDICTS.length);
});
