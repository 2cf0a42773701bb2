import { describe, expect, it } from 'vitest';
import type { EndpointEvent } from '../../events/endpointEvent';
import type { HostHit } from '../../sigma/hit';
import { indexSigma } from '../host/sigmaFacts';
import type { Subject } from '../subject';
import { digest, MSHTA, storyOf } from '../testStory';
import { compilePredicate, type Detection, detectionSchema } from './predicate';

const { s } = storyOf({ quiet: true });
s.starts(MSHTA);
const [event] = s.events();
void digest;

/** Judges on an event that the rules `hits` hit, with the rules `enabled` switched on. */
function judge(detection: Detection, hits: readonly string[], enabled: readonly string[]) {
  if (event === undefined) throw new Error('no event');
  const subject = subjectWith(event, hits, enabled);
  return compilePredicate(detection, new Map()).judge(subject);
}

function subjectWith(on: EndpointEvent, hits: readonly string[], enabled: readonly string[]): Subject {
  const toHit = (ruleId: string): HostHit => ({
    ...{ ruleId, title: ruleId, level: 'high', eventId: on.id, time: on.time },
  });
  const sigma = indexSigma({ enabled: new Set(enabled), hits: hits.map(toHit) });
  return { event: on, process: undefined, host: { sigma } as Subject['host'] };
}

describe('a test on the rules that hit an event', () => {
  it('is true where the rule hit, false where it is switched on and did not, unknown where it is not', () => {
    expect(judge({ 'sigma.rule_id': 'a1' }, ['a1'], ['a1'])).toBe(true);
    expect(judge({ 'sigma.rule_id': 'a1' }, ['b2'], ['a1', 'b2'])).toBe(false);
    expect(judge({ 'sigma.rule_id': 'a1' }, ['b2'], ['b2'])).toBeUndefined();
    expect(judge({ 'sigma.rule_id': 'a1' }, [], [])).toBeUndefined();
  });

  it('takes ids in any case', () => {
    expect(judge({ 'sigma.rule_id': 'A1' }, ['a1'], ['a1'])).toBe(true);
    expect(judge({ 'sigma.rule_id': 'a1' }, ['A1'], ['A1'])).toBe(true);
  });

  it('of several values holds by one of them; what is not switched on leaves it open', () => {
    const either = { 'sigma.rule_id': ['a1', 'b2'] };
    expect(judge(either, ['b2'], ['b2'])).toBe(true);
    expect(judge(either, [], ['a1', 'b2'])).toBe(false);
    expect(judge(either, [], ['b2'])).toBeUndefined();
  });

  it('with all needs each of them, by whatever hits', () => {
    const both = { 'sigma.rule_id|all': ['a1', 'b2'] };
    expect(judge(both, ['a1', 'b2'], ['a1', 'b2'])).toBe(true);
    expect(judge(both, ['a1'], ['a1', 'b2'])).toBe(false);
    expect(judge(both, ['a1'], ['a1'])).toBeUndefined();
    expect(judge(both, [], ['a1'])).toBe(false);
  });

  it('takes the modifiers and wildcards of text', () => {
    for (const key of ['|startswith', '|contains', '|re'])
      expect(judge({ [`sigma.rule_id${key}`]: 'a1' }, ['a1-7'], ['a1-7'])).toBe(true);
    expect(judge({ 'sigma.rule_id|endswith': '-7' }, ['a1-7'], ['a1-7'])).toBe(true);
    expect(judge({ 'sigma.rule_id': 'a1*' }, ['a1-7'], ['a1-7'])).toBe(true);
    expect(judge({ 'sigma.rule_id': 'a1*' }, [], ['a1-7'])).toBe(false);
    expect(judge({ 'sigma.rule_id': 'a1*' }, [], ['b2'])).toBeUndefined();
  });

  it('of whether any rule hit is unknown while none is switched on', () => {
    expect(judge({ 'sigma.rule_id|exists': true }, ['a1'], ['a1'])).toBe(true);
    expect(judge({ 'sigma.rule_id|exists': true }, [], ['a1'])).toBe(false);
    expect(judge({ 'sigma.rule_id|exists': true }, [], [])).toBeUndefined();
    expect(judge({ 'sigma.rule_id': null }, [], ['a1'])).toBe(true);
  });

  it('says which rules it lacks, and whether the predicate can hold without them', () => {
    const facts = indexSigma({ enabled: new Set(['b2']), hits: [] });
    const lacks = (detection: unknown) =>
      compilePredicate(detectionSchema.parse(detection), new Map()).lacks?.(facts);
    expect(lacks({ 'process.name': 'x', 'sigma.rule_id': 'a1' })).toEqual({
      rules: ['a1'],
      canHold: false,
      canFail: true,
    });
    const either = {
      x: { 'process.name': 'x' },
      y: { 'sigma.rule_id': 'a1' },
      condition: 'x or y',
    };
    expect(lacks(either)?.canHold).toBe(true);
    expect(lacks({ one: { 'sigma.rule_id': 'a1' }, condition: 'not one' })?.canHold).toBe(false);
    expect(lacks({ 'sigma.rule_id': ['a1', 'b2'] })).toEqual({
      rules: ['a1'],
      canHold: true,
      canFail: false,
    });
    expect(lacks({ 'sigma.rule_id': 'b2' })).toBeUndefined();
    expect(compilePredicate({ 'process.name': 'x' }, new Map()).lacks).toBeUndefined();
  });

  it('shows the rule that hit', () => {
    if (event === undefined) throw new Error('no event');
    const { explain } = compilePredicate({ 'sigma.rule_id': ['z9', 'a1'] }, new Map());
    expect(explain(subjectWith(event, ['a1'], ['a1', 'z9']))).toMatchObject({
      result: 'true',
      field: 'sigma.rule_id',
      matched: 'a1',
    });
  });
});
