import { afterEach, describe, expect, it } from 'vitest';
import { isDemo } from '../access/demo';
import { originOf, takesPasskeys } from './config';
import { signedValue, withCookies } from './cookies';
import { handleOf, isReservedHandle } from './handles';
import { visitOf } from './visit';

const HANDLE = /^[a-z][a-z0-9._-]{1,38}[a-z0-9]$/;

describe('the demo', () => {
  afterEach(() => {
    delete process.env.SEQUELA_DEMO;
    delete process.env.SEQUELA_HOST;
  });

  it('is one only when told so, and never where other machines can reach it', () => {
    expect(isDemo()).toBe(false);
    process.env.SEQUELA_DEMO = 'true';
    expect(isDemo()).toBe(true);
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'soc.example']) {
      process.env.SEQUELA_HOST = host;
      expect(isDemo(), host).toBe(false);
    }
  });
});

describe('where people find the server', () => {
  afterEach(() => {
    delete process.env.SEQUELA_URL;
  });

  it('is what SEQUELA_URL says, or else what they opened', () => {
    const headers = new Headers({ host: 'localhost:3000' });
    expect(originOf(headers)).toBe('http://localhost:3000');
    process.env.SEQUELA_URL = 'https://soc.example/';
    expect(originOf(headers)).toBe('https://soc.example');
  });

  it('takes passkeys where browsers keep them', () => {
    for (const origin of ['http://localhost:3000', 'https://soc.example'])
      expect(takesPasskeys(origin), origin).toBe(true);
    for (const origin of [
      'http://127.0.0.1:3000',
      'https://192.0.2.1',
      'http://[::1]:3000',
      'http://soc.lan',
    ])
      expect(takesPasskeys(origin), origin).toBe(false);
  });
});

describe('a visit', () => {
  it('comes from the hop that was named last, and from nowhere when that is no address', () => {
    const from = (text: string) => visitOf(new Headers({ 'x-forwarded-for': text })).address;
    expect(from('203.0.113.9, 192.0.2.7')).toBe('192.0.2.7');
    expect(from('2001:db8::1')).toBe('2001:db8::1');
    expect(from("'; DROP TABLE people")).toBe('unknown');
    expect(visitOf(new Headers()).address).toBe('unknown');
  });

  it('keeps the cookies it is told to, and reads a signed one without trusting it', () => {
    const headers = new Headers({
      cookie: 'a=1; sequela.session_token=abc.sig; __Secure-sequela.two_factor=2fa-xyz.sig%3D; b=%zz',
    });
    const kept = withCookies(headers, (name) => name !== 'session_token').get('cookie');
    expect(kept).toBe('a=1; __Secure-sequela.two_factor=2fa-xyz.sig%3D; b=%zz');
    expect(signedValue(headers, 'two_factor')).toBe('2fa-xyz');
    for (const value of ['%zz', 'no-signature', '%00.x', ''])
      expect(
        signedValue(new Headers({ cookie: `sequela.two_factor=${value}` }), 'two_factor'),
      ).toBeUndefined();
  });
});

describe('a handle out of an address', () => {
  it.each([
    'anna.berg@example.org',
    'ÄÖ@x.example',
    '1@x',
    'a@x',
    '@',
    '...@x',
    'demo@x',
    `${'x'.repeat(80)}@x`,
  ])('is one: %s', (email) => {
    expect(handleOf(email)).toMatch(HANDLE);
    expect(isReservedHandle(handleOf(email))).toBe(false);
  });
});
