import { describe, expect, it } from 'vitest';
import { groupFinder } from './fleetGroups';

describe('a host belongs to', () => {
  const find = groupFinder([
    { name: 'Servers', patterns: ['srv-*', 'DC?'] },
    { name: 'Finance', patterns: ['*-fin-??', 'corp\\ws*'] },
    { name: 'All others', patterns: ['*.example'] },
  ]);
  it.each([
    ['srv-fin-01', 'Servers'],
    ['SRV-1', 'Servers'],
    ['dc1', 'Servers'],
    ['dc12', undefined],
    ['ws-fin-07', 'Finance'],
    ['corp\\ws1', 'Finance'],
    ['a.example', 'All others'],
    ['a.example.org', undefined],
    ['(.*)', undefined],
  ])('the first group that fits all of its name: %s', (host, group) => {
    expect(find(host)).toBe(group);
  });

  it('none where there are none', () => {
    expect(groupFinder([])('ws1')).toBeUndefined();
  });
});
