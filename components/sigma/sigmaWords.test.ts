import { describe, expect, it } from 'vitest';
import { authorText, fieldText, licenceText } from '@/components/shared/sigma/ruleWords';
import type { SigmaBacktestView } from '@/lib/contracts/sigmaBacktests';
import type { SigmaProgress } from '@/lib/contracts/sigmaProgress';
import { emptyChoice, sameChoice, toggledIn } from './choiceDraft';
import { facetValues, mergedFacets } from './setFacets';
import {
  backtestText,
  blindText,
  groupNote,
  hitSubject,
  imageName,
  isWorking,
  patternText,
  progressText,
  ruleActs,
  runsText,
  setNote,
  switchText,
} from './sigmaWords';
import { CHOICE, testGroup, testHit, testRule, testSet } from './testSigma';

const IDLE: SigmaProgress = {
  rules: 3,
  waiting: 0,
  running: 0,
  done: 12,
  failed: [],
  hits: 5,
  correlating: false,
};

describe('how far rules have come', () => {
  it('is told in imports while any waits or runs, then of correlations, then not at all', () => {
    expect(progressText({ ...IDLE, waiting: 8, running: 1, done: 3 })).toBe('Rules run over 3 of 12 imports');
    expect(progressText({ ...IDLE, correlating: true })).toContain('Correlations');
    expect(progressText(IDLE)).toBeNull();
    expect([isWorking(IDLE), isWorking({ ...IDLE, waiting: 1 })]).toEqual([false, true]);
  });
});

describe('what a rule says of itself', () => {
  it('is shown, and said to be missing where it is', () => {
    expect(licenceText('DRL 1.1')).toBe('licence DRL 1.1');
    expect([licenceText(null), licenceText(' ')]).toEqual(['licence not stated', 'licence not stated']);
    expect([authorText('Ada'), authorText('')]).toEqual(['by Ada', 'author not stated']);
    expect(fieldText({ field: 'Image', modifiers: ['endswith', 'all'] })).toBe('Image|endswith|all');
    expect(fieldText({ field: null, modifiers: [] })).toContain('keyword');
  });
});

describe('a hit', () => {
  it('is about a process where one is known, else about the record', () => {
    expect(hitSubject(testHit())).toBe('cmd.exe (pid 4711)');
    const none = { entityId: null, pid: null, image: null, commandLine: null, user: null };
    expect(hitSubject(testHit({ process: none }))).toBe('Sysmon 1');
    expect(hitSubject(testHit({ process: { ...none, pid: 4 } }))).toBe('pid 4');
    expect(imageName('/usr/bin/sh')).toBe('sh');
  });

  it('is counted in groups', () => {
    expect(groupNote(testGroup())).toBe('1,204 hits on 3 hosts, 7 processes');
    expect(groupNote(testGroup({ rule: null, host: { id: '3', name: 'x' }, hits: 5, rules: 2 }))).toBe(
      '5 hits of 2 rules',
    );
  });
});

describe('where a rule is blind', () => {
  it('is told only where it is', () => {
    expect(blindText(testRule())).toBe('blind on 5 of 47 hosts, in part on 2');
    expect(blindText(testRule({ hosts: { visible: 3, partial: 0, blind: 0 } }))).toBeNull();
    expect(blindText(testRule({ hosts: { visible: 0, partial: 0, blind: 0 } }))).toBeNull();
  });
});

describe('whether a rule runs', () => {
  it('is told with the reason why not', () => {
    const rule = testRule({ enabled: false });
    expect(runsText(testRule(), testSet())).toBe('runs');
    expect(runsText(rule, testSet({ enabled: false }))).toBe('its set is off');
    expect(runsText(rule, testSet())).toBe('not chosen');
    expect(runsText(rule, testSet({ chosen: { ...CHOICE, excluded: [rule.ruleId] } }))).toBe('left out');
    expect(runsText({ ...rule, foreign: true }, undefined)).toContain('no format');
  });

  it('can be changed in the choice of its set, and never in both lists at once', () => {
    const rule = testRule();
    expect(ruleActs(testSet(), rule).map(({ label }) => label)).toEqual(['Leave it out']);
    const excluded = testSet({ chosen: { ...CHOICE, excluded: [rule.ruleId, 'other'] } });
    const acts = ruleActs(excluded, { ...rule, enabled: false });
    expect(acts.map(({ label }) => label)).toEqual(['Take it in', 'Leave it to the choice']);
    expect(acts[0]?.chosen).toMatchObject({ excluded: ['other'], included: [rule.ruleId] });
    expect(acts[1]?.chosen).toMatchObject({ excluded: ['other'], included: [] });
    const included = testSet({ chosen: { ...CHOICE, included: [rule.ruleId] } });
    expect(ruleActs(included, rule).map(({ label }) => label)).toEqual([
      'Leave it out',
      'Leave it to the choice',
    ]);
    expect(ruleActs(included, rule)[0]?.chosen).toMatchObject({ excluded: [rule.ruleId], included: [] });
  });
});

describe('a set', () => {
  it('says what it holds, and what a switch does', () => {
    expect(setNote(testSet())).toBe(
      '1,483 rules loaded, 1,204 chosen, 31 of products we do not read, 4 refused',
    );
    expect(switchText(testSet({ enabled: false }), { count: 12, more: false })).toContain(
      'It runs 1,204 rules over 12 imports',
    );
    expect(switchText(testSet({ enabled: false }), { count: 100, more: true })).toContain(
      'more than 100 imports',
    );
    expect(switchText(testSet({ enabled: false }), undefined)).toContain('everything stored');
    expect(switchText(testSet(), undefined)).toContain('no longer run');
  });

  it('is chosen from by toggling; the order of what is chosen does not matter', () => {
    expect(toggledIn(['a', 'b'], 'a')).toEqual(['b']);
    expect(toggledIn(['b'], 'a')).toEqual(['b', 'a']);
    expect(sameChoice(CHOICE, { ...CHOICE, levels: CHOICE.levels.toReversed() })).toBe(true);
    expect(sameChoice(CHOICE, { ...CHOICE, tags: ['x'] })).toBe(false);
    expect(emptyChoice({ ...CHOICE, levels: [] })).toContain('No level');
    expect(emptyChoice({ ...CHOICE, levels: [], included: ['x'] })).toBeNull();
    expect(emptyChoice(CHOICE)).toBeNull();
  });

  it('offers what most rules have first, and keeps what is chosen but gone', () => {
    const facets = { levels: { high: 2 }, statuses: {}, tags: { a: 1 }, logsources: {} };
    const merged = mergedFacets([facets, { ...facets, tags: { a: 2, b: 9 } }]);
    expect(merged.levels).toEqual({ high: 4 });
    expect(facetValues(merged.tags, ['gone'])).toEqual([
      { value: 'b', count: 9 },
      { value: 'a', count: 3 },
      { value: 'gone', count: 0 },
    ]);
  });
});

it('tells where a back-test is', () => {
  const test: SigmaBacktestView = {
    id: '1',
    askedBy: 'lea',
    askedAt: '2026-11-20T10:00:00Z',
    state: 'running',
    progress: { imports: 3, of: 12, records: 4000 },
    error: null,
    result: null,
  };
  expect(backtestText(test)).toBe('It has read 3 of 12 imports, 4,000 records.');
  expect(backtestText({ ...test, progress: null })).toBe('It begins.');
  expect(backtestText({ ...test, state: 'cancelled' })).toContain('stopped');
  const result = { records: 9, imports: 1, refused: [], rules: [] };
  expect(backtestText({ ...test, state: 'done', result })).toBe(
    'No hit of 0 rules in 9 records of 1 import.',
  );
});

it('words what a baseline covers', () => {
  const fields = { Image: ['*\\a.exe', '*\\b.exe'], User: ['x'] };
  expect(patternText({ fields, host: '3', hostName: 'WS-01' })).toBe(
    'Image is *\\a.exe or *\\b.exe and User is x, on WS-01',
  );
  expect(patternText({ fields: {}, host: null, hostName: null })).toBe('Every hit on every host');
});
