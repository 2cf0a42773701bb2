import { describe, expect, it } from 'vitest';
import type { FindingGroup, FindingSummary } from '@/lib/contracts/findings';
import { groupKey, groupLines, groupSize, outlierSummary, outliersById } from './groupLines';

const outlier = {
  id: 'f7',
  host: 'eng-31',
  what: 'destination',
  value: 'b.example',
  usual: 'a.example',
} as const;
const group = (shape: string, outliers: FindingGroup['outliers'] = []): FindingGroup => ({
  analytic: 'AN1397',
  shape,
  findings: 9,
  hosts: 9,
  users: 9,
  open: 9,
  from: '',
  to: '',
  first: { id: shape } as FindingSummary,
  outliers,
  outliersTotal: outliers.length,
});

describe('the queue by shape', () => {
  it('has one line per group, and what differs only where it is unfolded', () => {
    const groups = [group('a', [outlier]), group('b')];
    const kinds = (unfolded: string[]) => groupLines(groups, new Set(unfolded)).map(({ kind }) => kind);
    expect(kinds([])).toEqual(['group', 'group']);
    expect(kinds([groupKey(group('a'))])).toEqual(['group', 'outlier', 'all', 'group']);
  });

  it('names each line once, also where a finding differs in two ways', () => {
    const twice = group('a', [outlier, { ...outlier, what: 'user', value: 'x', usual: 'y' }]);
    const keys = groupLines([twice], new Set([groupKey(twice)])).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('tells of each finding everything that sets it apart', () => {
    const all = outliersById([outlier, { ...outlier, what: 'user', value: 'x', usual: 'y' }]);
    expect(all.get('f7')).toBe('went to b.example; most went to a.example. ran as x; most ran as y');
  });

  it('says how many hosts did the same, and who did not', () => {
    expect(groupSize({ findings: 9, hosts: 9 })).toBe('9 hosts');
    expect(groupSize({ findings: 12, hosts: 9 })).toBe('12 findings on 9 hosts');
    expect(groupSize({ findings: 2, hosts: 1 })).toBe('2 findings on one host');
    expect(outlierSummary(group('a', [outlier]))).toBe('one outlier: eng-31 went to b.example');
    expect(outlierSummary(group('a'))).toBe('');
  });
});
