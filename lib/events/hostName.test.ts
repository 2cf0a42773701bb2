import { describe, expect, it } from 'vitest';
import { normaliseHostName, shortHostName } from './hostName';

describe('host names', () => {
  it('takes case, blanks and the dot of a rooted name away', () => {
    expect(normaliseHostName(' WS1.Corp.Example. ')).toBe('ws1.corp.example');
  });

  it('shortens a full name and leaves addresses whole', () => {
    expect(shortHostName('ws1.corp.example')).toBe('ws1');
    for (const address of ['192.0.2.1', '2001:db8::1', 'fe80::1', '::ffff:192.0.2.1'])
      expect(shortHostName(address)).toBe(address);
  });
});
