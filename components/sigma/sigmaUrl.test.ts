import { describe, expect, it } from 'vitest';
import { sigmaHitQuery } from '@/lib/contracts/sigmaHits';
import { sigmaRuleQuery } from '@/lib/contracts/sigmaRules';
import {
  type HitUrl,
  hitsHref,
  hitsOfGroup,
  isNarrowed,
  type RuleUrl,
  rulesHref,
  rulesNarrowed,
  toHitFilter,
  toRuleFilter,
} from './sigmaUrl';

const HITS: HitUrl = {
  by: 'rule',
  level: null,
  rule: null,
  host: null,
  process: null,
  event: null,
  q: null,
  from: null,
  to: null,
  baseline: 'open',
  open: null,
  hit: null,
};
const RULES: RuleUrl = {
  q: null,
  set: null,
  level: null,
  status: null,
  tag: null,
  logsource: null,
  state: null,
  sort: 'level',
  rule: null,
  of: null,
  backtest: null,
};

describe('the list of hits in the address', () => {
  it('asks for open hits at first, and for whole days where days are named', () => {
    expect(toHitFilter(HITS)).toEqual({ baseline: 'open' });
    const filter = toHitFilter({
      ...HITS,
      level: 'high',
      host: 'WS-01',
      process: '{p1}',
      q: ' cmd ',
      from: '2026-11-19',
      to: '2026-11-20',
    });
    expect(filter).toEqual({
      baseline: 'open',
      level: 'high',
      host: 'WS-01',
      process: '{p1}',
      q: 'cmd',
      from: '2026-11-19T00:00:00.000Z',
      to: '2026-11-20T23:59:59.999Z',
    });
    expect(sigmaHitQuery.safeParse(filter).success).toBe(true);
    expect(toHitFilter({ ...HITS, from: '2026-11-19T10:00:00Z' }).from).toBe('2026-11-19T10:00:00Z');
  });

  it('names a process only with its host', () => {
    expect(toHitFilter({ ...HITS, process: '{p1}' })).toEqual({ baseline: 'open' });
  });

  it('narrows to a group: a rule, a process of a host, what names no process', () => {
    const filter = { baseline: 'open' as const, q: 'x' };
    expect(hitsOfGroup(filter, 'rule', '11')).toEqual({ ...filter, rule: '11' });
    expect(hitsOfGroup(filter, 'process', '3/{p/1}')).toEqual({ ...filter, host: '3', process: '{p/1}' });
    expect(hitsOfGroup(filter, 'process', '3/')).toEqual({ ...filter, host: '3', process: '' });
    expect(toHitFilter({ ...HITS, host: '3', process: '' }).process).toBe('');
  });

  it('knows whether anything narrows it; what is opened does not', () => {
    expect(isNarrowed({ ...HITS, by: 'hit', open: '11', hit: 'h1' })).toBe(false);
    expect(isNarrowed({ ...HITS, baseline: 'covered' })).toBe(true);
    expect(isNarrowed({ ...HITS, host: 'WS-01' })).toBe(true);
  });
});

describe('the list of rules in the address', () => {
  it('asks for what is chosen and no more', () => {
    expect(toRuleFilter(RULES)).toEqual({ sort: 'level' });
    const filter = toRuleFilter({ ...RULES, state: 'blind', tag: ' attack.t1059 ', logsource: ' ' });
    expect(filter).toEqual({ sort: 'level', state: 'blind', tag: 'attack.t1059' });
    expect(sigmaRuleQuery.safeParse(filter).success).toBe(true);
    expect(rulesNarrowed({ ...RULES, rule: '1', sort: 'hits' })).toBe(false);
    expect(rulesNarrowed({ ...RULES, state: 'blind' })).toBe(true);
  });
});

it('leads to hits and rules with what is asked for', () => {
  expect(hitsHref({ by: 'hit', rule: '11' })).toBe('/sigma?by=hit&rule=11');
  expect(hitsHref({})).toBe('/sigma');
  expect(rulesHref({ rule: '11' })).toBe('/sigma/rules?rule=11');
});
