import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '@/lib/query/parse';
import { pivotsOf } from './pivots';

const EVENT = { host: 'wks-042' };
const queries = (field: string, value: string) => pivotsOf(EVENT, field, value).map(({ query }) => query);

describe('where a value leads', () => {
  it('is the same value anywhere, and on this host', () => {
    expect(queries('user.name', 'eva')).toEqual(['user.name:eva', 'user.name:eva and host.name:wks-042']);
  });

  it('is the process on its own host for an id of a process: an id says nothing elsewhere', () => {
    expect(queries('process.parent.entity_id', 'ab-1')).toEqual([
      'process.entity_id:ab-1 and host.name:wks-042',
    ]);
  });

  it('is any field of that sort for hashes, addresses and names', () => {
    expect(queries('file.hash.md5', 'aa')).toContain('hash:aa');
    expect(queries('source.ip', '10.0.0.1')).toContain('ip:10.0.0.1');
    expect(queries('dns.question.name', 'a.example')).toContain(
      'destination.domain:a.example or dns.question.name:a.example',
    );
  });

  it('is who touched the file, and its like, for a path', () => {
    const found = queries('process.executable', 'C:\\Temp\\a.exe');
    expect(found.some((query) => query.includes('dll.path:'))).toBe(true);
    expect(found).toContain('file.name:a.exe or process.name:a.exe');
  });

  it('is a well formed query whatever an attacker put into the value', () => {
    const fields = [
      'process.command_line',
      'file.path',
      'destination.ip',
      'process.hash.sha256',
      'process.entity_id',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...fields),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
        (field, value) => {
          for (const query of queries(field, value)) expect(parseQuery(query)).toMatchObject({ ok: true });
        },
      ),
    );
  });
});
