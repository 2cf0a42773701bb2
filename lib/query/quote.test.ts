import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { micros } from '../base/time';
import type { EndpointEvent, EventId } from '../events/endpointEvent';
import { matchesQuery } from './matches';
import { parseQuery } from './parse';
import { allOf, fieldIs, quoteValue, withTerm } from './quote';
import { hostileText } from './testQueries';

const event = (fields: Partial<EndpointEvent>): EndpointEvent => ({
  id: '00000000-0000-8000-8000-000000000001' as EventId,
  kind: 'process_start',
  time: micros(1_780_000_000_000_000),
  recorded: micros(1_780_000_000_000_000),
  clock: 'source',
  host: 'ws1',
  channel: 'Security',
  code: '4688',
  ...fields,
});

function finds(query: string, fields: Partial<EndpointEvent>): boolean {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(`${query}: ${parsed.problem.message}`);
  return matchesQuery(parsed.node, event(fields));
}

describe('a pivot on a value', () => {
  it('finds this value and, but for case, no other, whatever is in it', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (value, other) => {
        for (const field of ['user.name', 'file.path', 'process.command_line', 'rule.id'] as const) {
          expect(finds(fieldIs(field, value), { [field]: value })).toBe(true);
          expect(finds(fieldIs(field, value), { [field]: other })).toBe(
            value.toLowerCase() === other.toLowerCase(),
          );
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('works for what is recorded as an address and is none, for numbers, and for very long values', () => {
    expect(finds(fieldIs('destination.ip', '10.0.0.300'), { 'destination.ip': '10.0.0.300' })).toBe(true);
    expect(finds(fieldIs('destination.ip', 'FE80::1'), { 'destination.ip': 'fe80:0::1' })).toBe(true);
    expect(finds(fieldIs('process.pid', 4), { 'process.pid': 4 })).toBe(true);
    const long = 'powershell '.repeat(3000);
    expect(finds(fieldIs('process.command_line', long), { 'process.command_line': long })).toBe(true);
    expect(fieldIs('process.command_line', long).length).toBeLessThan(600);
  });

  it('is written plainly where nothing in it has a meaning', () => {
    expect(quoteValue('mshta.exe')).toBe('mshta.exe');
    expect(quoteValue('and')).toBe('"and"');
    expect(quoteValue('C:\\a "b"')).toBe('"C:\\\\a \\"b\\""');
  });
});

describe('queries put together', () => {
  it('keep what each of them means', () => {
    expect(allOf('a or b', '', 'c')).toBe('(a or b) and c');
    expect(allOf('', ' a or b ')).toBe('a or b');
    expect(allOf()).toBe('');
    expect(withTerm('a or b', 'user.name:x', 'and')).toBe('(a or b) and user.name:x');
    expect(withTerm('a b', 'user.name:x', 'and not')).toBe('a b and not user.name:x');
    expect(withTerm('', 'a b', 'and not')).toBe('not (a b)');
    expect(withTerm(withTerm('a', 'b', 'and'), 'b', 'and')).toBe('a and b');
  });
});
