import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '@/lib/query/parse';
import { eventSearchFor } from './eventSearchFor';

const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

describe('what the palette searches events for', () => {
  it('takes a pasted hash, address and id for what they are', () => {
    expect(eventSearchFor(` ${SHA256} `)).toEqual({ as: 'hash', query: `hash:${SHA256}`, certain: true });
    expect(eventSearchFor('10.0.0.1')?.query).toBe('ip:10.0.0.1');
    expect(eventSearchFor('10.0.0.0/8')).toMatchObject({ as: 'address', query: 'ip:10.0.0.0/8' });
    expect(eventSearchFor('fe80::1')).toMatchObject({ as: 'address', certain: true });
    expect(eventSearchFor('{7DC9B2D6-AAAA-bbbb-cccc-0123456789ab}')?.query).toContain(
      'process.entity_id:7DC9B2D6-AAAA-bbbb-cccc-0123456789ab',
    );
  });

  it('takes a query as it is, and anything else as words', () => {
    expect(eventSearchFor('process.name:mshta.exe')).toMatchObject({ as: 'query', certain: false });
    expect(eventSearchFor('C:\\Users\\a b')).toMatchObject({ as: 'text', query: '"C:\\\\Users\\\\a b"' });
    expect(eventSearchFor('invoice hta')?.query).toBe('"invoice hta"');
    expect(eventSearchFor('   ')).toBeNull();
  });

  it('gives a well formed query for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
        const found = eventSearchFor(text);
        expect(found === null || parseQuery(found.query).ok).toBe(true);
      }),
    );
  });
});
