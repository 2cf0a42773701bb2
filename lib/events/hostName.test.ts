import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupHostNames, normaliseHostName, shortHostName } from './hostName';

describe('host names', () => {
  it('joins a bare name to the one qualified name it begins', () => {
    expect(Object.fromEntries(groupHostNames(['WS1', 'ws1.corp.example', 'ws2']))).toEqual({
      ws1: 'ws1.corp.example',
      'ws1.corp.example': 'ws1.corp.example',
      ws2: 'ws2',
    });
  });

  it('does not guess between two domains', () => {
    expect(groupHostNames(['ws1', 'ws1.a.example', 'ws1.b.example']).get('ws1')).toBe('ws1');
  });

  it('leaves addresses alone', () => {
    for (const address of ['192.0.2.1', '2001:db8::1', 'fe80::1', '::ffff:192.0.2.1']) {
      expect(shortHostName(address)).toBe(address);
      expect(groupHostNames([address, '192']).get(address)).toBe(address);
    }
  });

  it('takes case, blanks and the dot of a rooted name away', () => {
    expect(normaliseHostName(' WS1.Corp.Example. ')).toBe('ws1.corp.example');
  });

  it('depends on the set of names only, and maps every name to one of them, for good', () => {
    const name = fc
      .tuple(fc.constantFrom('a', 'b', 'WS1', '10'), fc.constantFrom('', '.x', '.y', '.x.y', '.'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const groups = groupHostNames(names);
        expect(new Map([...groupHostNames([...names, ...names].reverse())].sort())).toEqual(
          new Map([...groups].sort()),
        );
        for (const canonical of groups.values()) {
          expect(groups.get(canonical)).toBe(canonical);
          expect(names.map(normaliseHostName)).toContain(canonical);
        }
      }),
    );
  });
});
