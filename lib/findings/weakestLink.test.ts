import { describe, expect, it } from 'vitest';
import type { Chain, Match } from '../analytics/chain';
import type { Strength } from '../analytics/strength';
import { gradeOfStage, weakestRequired } from './weakestLink';

const match = (name: string, strength?: Strength, joined?: Match): Match =>
  ({
    event: undefined,
    evidence: { 'process.executable': `C:\\${name}.exe` },
    process: undefined,
    relation: strength === undefined ? undefined : { strength },
    joined,
  }) as unknown as Match;

function chainOf(...stages: (readonly [id: string, required: boolean, match: Match])[]): Chain {
  return {
    analytic: { groups: new Map([['followon', { id: 'followon', title: 'what followed', min: 1 }]]) },
    index: { nodeOf: () => undefined },
    stages: stages.map(([id, required, one]) => ({
      stage: { id, title: id.toUpperCase(), required, ...(required ? {} : { group: 'followon' }) },
      state: 'matched',
      matches: [one],
    })),
  } as unknown as Chain;
}

describe('the weakest link', () => {
  const anchor = match('a');
  const engine = match('b', 'weak', anchor);
  const callback = match('c', 'exact', engine);

  it('is looked for on the whole way back, and named by its two ends', () => {
    const weakest = weakestRequired(
      chainOf(['anchor', true, anchor], ['engine', false, engine], ['end', true, callback]),
    );
    expect(weakest).toEqual({
      strength: 'weak',
      text: '\u201cENGINE\u201d (b.exe) is joined to \u201cANCHOR\u201d (a.exe) by time and user only',
      from: { stage: 'anchor', title: 'ANCHOR', name: 'a.exe' },
      to: { stage: 'engine', title: 'ENGINE', name: 'b.exe' },
    });
  });

  it('makes a stage no surer than what it is joined to', () => {
    expect(gradeOfStage(chainOf(['engine', false, engine], ['end', false, callback]), 'end')).toBe('weak');
  });

  it('is that of a group\u2019s surest member, judged by its whole way', () => {
    const firm = match('d', 'inferred', anchor);
    const chain = chainOf(['anchor', true, anchor], ['end', false, callback], ['other', false, firm]);
    expect(weakestRequired(chain)).toMatchObject({ strength: 'inferred', to: { stage: 'other' } });
  });

  it('has no ends where every join is exact', () => {
    expect(weakestRequired(chainOf(['anchor', true, anchor]))).toEqual({
      strength: 'exact',
      text: 'every required stage is joined by unique id or full path',
    });
  });
});
