import { describe, expect, it } from 'vitest';
import type { Mapping, MappingPreview } from '@/lib/contracts/mappings';
import {
  fieldGroups,
  fieldOf,
  ignoredTypes,
  isWhole,
  valuesOf,
  withField,
  withRule,
  withType,
} from './mappingDraft';

const MAPPING: Mapping = {
  id: 'x',
  name: 'X',
  version: 1,
  shape: ['a'],
  fields: { '@timestamp': 'a', 'event.code': 'op' },
  constants: {},
  time: { format: 'auto' },
  kindRules: [{ when: [{ path: 'op', test: 'is', values: ['start'] }], kind: 'process_start' }],
};

describe('a draft', () => {
  it('gives a field to one path only, and a path one field', () => {
    const moved = withField(MAPPING, 'b', '@timestamp');
    expect(moved.fields).toEqual({ '@timestamp': 'b', 'event.code': 'op' });
    expect(fieldOf(moved, 'a')).toBeUndefined();
    expect(withField(moved, 'b', 'host.name').fields).toEqual({ 'event.code': 'op', 'host.name': 'b' });
    expect(withField(MAPPING, 'op', null).fields).toEqual({ '@timestamp': 'a' });
    expect(MAPPING.fields).toEqual({ '@timestamp': 'a', 'event.code': 'op' });
  });

  it('takes a type into the rule of its kind, or makes one', () => {
    expect(withType(MAPPING, 'launch', 'process_start').kindRules).toEqual([
      { when: [{ path: 'op', test: 'in', values: ['start', 'launch'] }], kind: 'process_start' },
    ]);
    expect(withType(MAPPING, 'noise', 'ignored').kindRules[1]).toEqual({
      when: [{ path: 'op', test: 'is', values: ['noise'] }],
      kind: 'ignored',
    });
  });

  it('is not whole while a rule lacks what it compares with', () => {
    expect(isWhole(MAPPING)).toBe(true);
    const open = {
      when: [{ path: 'op', test: 'is' as const, values: valuesOf(' ', 'is') }],
      kind: 'dns_query' as const,
    };
    expect(isWhole(withRule(MAPPING, 1, open))).toBe(false);
    expect(valuesOf('a | b', 'in')).toEqual(['a', 'b']);
    expect(valuesOf('a | b', 'contains')).toEqual(['a | b']);
    expect(isWhole(withRule(withRule(MAPPING, 1, open), 1, null))).toBe(true);
  });

  it('knows the types that no rule speaks of', () => {
    const record = (reason: string | null, outcome = 'ignored') => ({ reason, outcome });
    const preview = {
      mapping: MAPPING,
      records: [
        record('X beat'),
        record('X beat'),
        record('X gone'),
        record(null, 'event'),
        record('X of no rule'),
      ],
    } as unknown as MappingPreview;
    expect(ignoredTypes(preview)).toEqual([
      { type: 'beat', records: 2 },
      { type: 'gone', records: 1 },
    ]);
  });

  it('sorts fields by what they are of', () => {
    expect(fieldGroups(['process.pid', 'process.parent.pid', '@timestamp', 'pipe.name'])).toEqual([
      { title: 'Process', fields: ['process.pid'] },
      { title: 'Parent process', fields: ['process.parent.pid'] },
      { title: 'Every event', fields: ['@timestamp'] },
      { title: 'Other', fields: ['pipe.name'] },
    ]);
  });
});
