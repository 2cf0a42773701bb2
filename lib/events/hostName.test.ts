import { describe, expect, it } from 'vitest';
import { normaliseHostName, shortHostName, unnamedHostOf } from './hostName';

describe('host names', () => {
  it('takes case, blanks and the dot of a rooted name away', () => {
    expect(normaliseHostName(' WS1.Corp.Example. ')).toBe('ws1.corp.example');
  });

  it('shortens a full name and leaves addresses whole', () => {
    expect(shortHostName('ws1.corp.example')).toBe('ws1');
    for (const address of ['192.0.2.1', '2001:db8::1', 'fe80::1', '::ffff:192.0.2.1'])
      expect(shortHostName(address)).toBe(address);
  });

  it('are made of the file where no record names the machine: its last part, short, in characters that can be shown', () => {
    expect(unnamedHostOf('up.zip/PC1/Security.CSV')).toBe('unnamed-host security.csv');
    expect(unnamedHostOf('C:\\logs\\a.csv')).toBe('unnamed-host a.csv');
    expect(unnamedHostOf('a\0\ud800.csv')).toBe('unnamed-host a\ufffd\ufffd.csv');
    expect(unnamedHostOf('\u{1f600}'.repeat(200))).toBe(`unnamed-host ${'\u{1f600}'.repeat(100)}`);
  });
});
