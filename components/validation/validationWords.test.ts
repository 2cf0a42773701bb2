import { describe, expect, it } from 'vitest';
import type { AblationRow, ValidationCase } from '@/lib/contracts/validation';
import { readLabel } from './labelText';
import {
  ablationText,
  caseKey,
  caseText,
  chosenCases,
  comparedText,
  measuredText,
  stateText,
  verdictText,
} from './validationWords';

const CASE: ValidationCase = {
  recording: 'mshta.evtx',
  title: 'mshta from a mail',
  sha256: 'ab'.repeat(32),
  origin: 'uploaded',
  sources: ['Sysmon'],
  analytic: 'AN1397',
  expected: 'complete',
  acceptable: ['complete', 'partial'],
  found: 'none',
  ok: false,
  error: 'miss',
  differences: ['nothing was raised'],
  stages: [],
};

describe('a run in words', () => {
  it('says where it is, and what it is worth against the one before', () => {
    const at = (state: 'queued' | 'running' | 'done', total = 0) => stateText({ state, done: 3, total });
    expect([at('queued'), at('running'), at('running', 9), at('done')]).toEqual([
      'waits for its turn',
      'begins',
      'replays 3 of 9',
      'ended',
    ]);
    expect(comparedText({ state: 'done', regressed: true })).toBe('worse than the run before');
    expect(comparedText({ state: 'done', regressed: null })).toBe('the first of its kind');
    expect(comparedText({ state: 'failed', regressed: null })).toBeNull();
  });

  it('never tells a share of nothing', () => {
    expect(measuredText({ right: 0, of: 0 })).toBe('–');
    expect(measuredText({ right: 31, of: 1_032 })).toBe('31 of 1,032');
  });

  it('says what a case expected and found, and what is wrong with it', () => {
    expect(caseText(CASE)).toBe('expected complete (or partial), found nothing');
    expect(verdictText(CASE)).toBe('missed');
    expect(verdictText({ ok: true, error: null })).toBe('as labelled');
    expect(verdictText({ ok: false, error: 'false_alarm' })).toBe('false alarm');
  });

  it('says what a source is worth, also where it is worth nothing', () => {
    const row: AblationRow = {
      without: 'network events',
      recordings: 9,
      recall: { share: 1, right: 9, of: 9 },
      lost: 0,
      weakened: 0,
      blindStages: 0,
      partialStages: 0,
      analytics: [],
      examples: [],
    };
    expect(ablationText(row)).toBe('nothing changes');
    expect(ablationText({ ...row, lost: 1, weakened: 2, blindStages: 1, partialStages: 4 })).toBe(
      '1 chain lost, 2 found only in part, 1 stage blind, 4 stages partial',
    );
  });
});

describe('the cases that are looked at', () => {
  const right: ValidationCase = { ...CASE, analytic: 'AN1314', ok: true, error: null, title: null };
  const cases = [CASE, right];

  it('are the wrong ones, of an analytic, with words in recording or title', () => {
    const all = { analytic: null, show: 'all', q: null } as const;
    expect(chosenCases({ cases }, { ...all, show: 'wrong' })).toEqual([CASE]);
    expect(chosenCases({ cases }, all)).toEqual(cases);
    expect(chosenCases({ cases }, { ...all, analytic: 'AN1314' })).toEqual([right]);
    expect(chosenCases({ cases }, { ...all, q: ' A MAIL' })).toEqual([CASE]);
    expect(chosenCases({ cases }, { ...all, q: '.*' })).toEqual([]);
  });

  it('are told apart by analytic and bytes, not by name', () => {
    expect(caseKey(CASE)).not.toBe(caseKey(right));
    expect(caseKey(CASE)).not.toBe(caseKey({ ...CASE, sha256: 'cd'.repeat(32) }));
  });
});

describe('a label before it is sent', () => {
  it('is written short, and of a whole LABELS.json the one entry of the file', () => {
    expect(readLabel('{ "expect": [ ] }', 'a.evtx')).toEqual({ labels: '{"expect":[]}' });
    const whole = { datasets: [{ file: 'x/a.evtx', expect: [] }, { file: 'b.evtx' }, null, { file: 7 }] };
    expect(readLabel(JSON.stringify(whole), 'a.evtx')).toEqual({
      labels: '{"file":"x/a.evtx","expect":[]}',
    });
  });

  it('is sent whole where no entry or several name the file: the server says so', () => {
    const whole = JSON.stringify({ datasets: [{ file: 'x/a.evtx' }, { file: 'y/a.evtx' }] });
    expect(readLabel(whole, 'a.evtx')).toEqual({ labels: whole });
    expect(readLabel(whole, 'c.evtx')).toEqual({ labels: whole });
    expect(readLabel('[1]', 'c.evtx')).toEqual({ labels: '[1]' });
  });

  it('is refused here where it is no JSON, or longer than an address takes', () => {
    expect(readLabel('{', 'a.evtx')).toHaveProperty('error', expect.stringMatching(/^This is not JSON/));
    const long = JSON.stringify({ expect: [], title: 'x'.repeat(8_000) });
    expect(readLabel(long, 'a.evtx')).toHaveProperty('error', expect.stringMatching(/too long/));
  });
});
