import { describe, expect, it } from 'vitest';
import { sysmonRecord } from '../sigma/sources/testRecords';
import { testRule } from '../sigma/sources/testRules';
import { blindRules, sourcesByHost } from './sigmaBlind';

const { source } = sysmonRecord(1, {});
const came = (host: string, records: number, fields: readonly string[] = []) => ({
  ...{ host, source, records },
  fields: new Set(fields),
});
const rule = testRule('{ category: process_creation }', '  a: { Company: x }\n  condition: a');

describe('rules that are blind on hosts', () => {
  it('are so where many records lack a field, and not where so few do that it proves nothing', () => {
    const [blind, ...others] = blindRules(
      [rule],
      [came('b', 5_000), came('few', 3), came('filled', 100, ['Company']), came('a', 100)],
    );
    expect(others).toEqual([]);
    expect(blind).toMatchObject({ total: 2, of: 4, rule: { id: rule.id, level: 'medium' } });
    expect(blind?.hosts.map(({ host }) => host)).toEqual(['a', 'b']);
  });

  it('are named with their first hundred hosts, and counted on all', () => {
    const sources = Array.from({ length: 150 }, (_, n) => came(`h${String(n).padStart(3, '0')}`, 100));
    const [blind] = blindRules([rule], sources.reverse());
    expect(blind).toMatchObject({ total: 150, of: 150 });
    expect(blind?.hosts).toHaveLength(100);
    expect(blind?.hosts.at(-1)?.host).toBe('h099');
  });

  it('look at a host by all of its names', () => {
    const sources = sourcesByHost(
      [came('pc1', 15), came('pc1.corp.example', 10, ['Company']), came('other', 1)],
      (name) => (name === 'other' ? name : 'pc1.corp.example'),
    );
    expect(sources.map(({ host, records, fields }) => [host, records, [...fields]])).toEqual([
      ['other', 1, []],
      ['pc1.corp.example', 25, ['Company']],
    ]);
  });
});
