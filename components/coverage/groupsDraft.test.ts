import { describe, expect, it } from 'vitest';
import { bodyOf, countHosts, draftOf, groupProblems, moved } from './groupsDraft';

const group = (id: number, name: string, patterns: string) => ({ id, name, patterns });

describe('groups as they are typed', () => {
  it('are saved as they were read when nothing was changed', () => {
    const items = [{ name: 'HR', patterns: ['hr-*', 'HR?1'], hosts: 2, by: 'a', at: '2026-01-01T00:00:00Z' }];
    expect(bodyOf(draftOf({ items }))).toEqual([{ name: 'HR', patterns: ['hr-*', 'HR?1'] }]);
  });

  it('take patterns one a line or parted by commas', () => {
    expect(bodyOf([group(0, ' HR ', ' hr-* ,\n\nhr2-*')])).toEqual([
      { name: 'HR', patterns: ['hr-*', 'hr2-*'] },
    ]);
  });

  it('say what is wrong, at the group where it is', () => {
    const problems = groupProblems([
      group(0, 'HR', 'a'),
      group(1, 'hr ', 'b'),
      group(2, '', ' , '),
      group(3, 'None', 'x'),
    ]);
    expect(problems.map((each) => Object.keys(each))).toEqual([[], ['name'], ['name', 'patterns'], ['name']]);
  });

  it('move by one and stop at the ends', () => {
    const drafts = [group(0, 'a', ''), group(1, 'b', '')];
    expect(moved(drafts, 0, 1).map(({ name }) => name)).toEqual(['b', 'a']);
    expect(moved(drafts, 0, -1)).toEqual(drafts);
    expect(moved(drafts, 1, 1)).toEqual(drafts);
  });
});

describe('who belongs where', () => {
  const names = ['ENG-1', 'eng-22', 'hr.x', 'ENG-HR', 'kiosk'];

  it('is the first group that fits, whatever the case', () => {
    expect(countHosts([group(0, 'HR', '*hr*'), group(1, 'Eng', 'eng-*')], names)).toEqual({
      groups: [2, 2],
      rest: 1,
    });
    expect(countHosts([group(1, 'Eng', 'eng-*'), group(0, 'HR', '*hr*')], names)).toEqual({
      groups: [3, 1],
      rest: 1,
    });
  });

  it('takes ? as one character and nothing else as special', () => {
    expect(countHosts([group(0, 'a', 'ENG-?')], names).groups).toEqual([1]);
    expect(countHosts([group(0, 'a', 'hr.x')], ['hr.x', 'hr-x', 'hrax']).groups).toEqual([1]);
    expect(countHosts([group(0, 'a', '(.+')], names).groups).toEqual([0]);
  });
});
