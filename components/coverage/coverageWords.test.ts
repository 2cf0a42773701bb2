import { describe, expect, it } from 'vitest';
import { mostOf, NO_TIME, visibleShare } from '@/lib/contracts/coverage';
import {
  cellSentence,
  cellWord,
  changeOf,
  changeText,
  dayText,
  hoursText,
  provenState,
  sigmaLineText,
} from './coverageWords';

const CELL = {
  time: { visible: 41, partial: 9, blind: 50 },
  hosts: 92,
  visibleHosts: 30,
  partialHosts: 3,
  blindHosts: 59,
  provenHosts: 20,
};

describe('shares of time', () => {
  it('are none where there was no time', () => {
    expect(visibleShare(NO_TIME)).toBeNull();
    expect(mostOf(NO_TIME)).toBeUndefined();
    expect(cellWord(NO_TIME)).toBe('–');
  });

  it('say the darker of two equal states', () => {
    expect(mostOf({ visible: 1, partial: 1, blind: 1 })).toBe('blind');
    expect(mostOf({ visible: 2, partial: 2, blind: 1 })).toBe('partial');
    expect(mostOf({ visible: 2, partial: 1, blind: 1 })).toBe('visible');
  });

  it('say blind or partial in words where nothing was seen whole', () => {
    expect(cellWord({ visible: 0, partial: 1, blind: 2 })).toBe('blind');
    expect(cellWord({ visible: 0, partial: 2, blind: 1 })).toBe('partial');
    expect(cellWord({ visible: 1, partial: 0, blind: 999 })).toBe('<1 %');
  });
});

describe('a cell for who does not see it', () => {
  it('is a sentence with shares, hosts and proof', () => {
    expect(cellSentence('Callback', 'Engineering', CELL)).toBe(
      'Callback on Engineering, 92 hosts: visible 41 % of the time, partial 9 %, blind 50 %; 59 mostly blind, 3 mostly partial, proven on 20.',
    );
  });

  it('tells when the replay was', () => {
    expect(cellSentence('Callback', 'Engineering', CELL, '2026-11-20T08:00:00Z')).toContain(
      'proven on 20, the last replay on 20 Nov 2026.',
    );
  });

  it('leaves out what is not', () => {
    const all = {
      ...CELL,
      time: { visible: 5, partial: 0, blind: 0 },
      hosts: 1,
      blindHosts: 0,
      partialHosts: 0,
    };
    expect(cellSentence('Spawn', 'HR', { ...all, provenHosts: 0 })).toBe(
      'Spawn on HR, 1 host: visible 100 % of the time.',
    );
    expect(cellSentence('Spawn', 'HR', { ...all, time: NO_TIME })).toContain('nothing was looked at');
  });
});

describe('a stage', () => {
  const proof = { at: '2026-11-20T08:00:00Z', runId: '1', recording: 'r', source: 'Sysmon', fresh: true };

  it('is proven only where a host that sees it has a source of a fresh replay', () => {
    expect(provenState({ proof, total: CELL })).toBe('proven');
    expect(provenState({ proof, total: { ...CELL, provenHosts: 0 } })).toBe('elsewhere');
    expect(provenState({ proof: { ...proof, fresh: false }, total: { ...CELL, provenHosts: 0 } })).toBe(
      'old',
    );
    expect(provenState({ proof: null, total: CELL })).toBe('never');
  });
});

it('tells a change in points', () => {
  expect(changeText(changeOf(0.71, 0.65) ?? 0)).toBe('up 6');
  expect(changeText(changeOf(0.5, 0.53) ?? 0)).toBe('down 3');
  expect(changeText(0)).toBe('as before');
  expect(changeOf(0.5, null)).toBeNull();
});

it('writes days in UTC and hours in one unit', () => {
  expect(dayText('2026-11-20')).toBe('20 Nov');
  expect(dayText('2026-11-20T23:59:59.000000Z', { year: true })).toBe('20 Nov 2026');
  expect(dayText('never')).toBe('never');
  expect([hoursText(0.5), hoursText(9.4), hoursText(72)]).toEqual(['30 min', '9 h', '3 d']);
});

it('tells of Sigma only where rules run', () => {
  const counts = { rules: 1483, visible: 1000, partial: 204, blind: 279 };
  expect(sigmaLineText(counts)).toBe('Sigma: 1,204 of 1,483 rules can be decided somewhere; 279 blind');
  expect(sigmaLineText({ rules: 1, visible: 1, partial: 0, blind: 0 })).toBe(
    'Sigma: 1 of 1 rule can be decided somewhere',
  );
  expect(sigmaLineText({ rules: 0, visible: 0, partial: 0, blind: 0 })).toBeNull();
  expect(sigmaLineText(undefined)).toBeNull();
});
