import { describe, expect, it } from 'vitest';
import { guard, guardType, type Listening } from './guard';

const HERE: Listening = { host: '127.0.0.1' };

function asked(method: string, headers: Record<string, string>, listening = HERE): string {
  try {
    guard(
      new Request('http://localhost:3000/x', { method, headers: { host: 'localhost:3000', ...headers } }),
      listening,
    );
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('the guard', () => {
  it('answers to its own names only', () => {
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])
      expect(asked('GET', { host }), host).toBe('taken');
    for (const host of ['rebound.example', 'localhost.evil.example', '192.0.2.1', ''])
      expect(asked('GET', { host }), host).toBe('forbidden');
    expect(asked('GET', { host: '127.0.0.2' }, { host: '127.0.0.2' })).toBe('taken');
    const proxied = { ...HERE, url: 'https://soc.example' };
    expect(asked('GET', { host: 'soc.example' }, proxied)).toBe('taken');
    expect(asked('GET', { host: 'other.example' }, proxied)).toBe('forbidden');
    expect(asked('GET', { host: 'sequela.lan' }, { ...HERE, allowedHosts: 'a, sequela.lan' })).toBe('taken');
  });

  it('takes a change from a page of its own or from a program, and from no other page', () => {
    expect(asked('POST', {})).toBe('taken');
    expect(asked('POST', { origin: 'http://localhost:3000' })).toBe('taken');
    expect(asked('POST', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' })).toBe('taken');
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'http://localhost:3001' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'http://localhost:3000', 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ])
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
        expect(asked(method, headers), JSON.stringify(headers)).toBe('forbidden');
    expect(asked('GET', { 'sec-fetch-site': 'cross-site' })).toBe('taken');
  });

  it('takes a change from a page of the address people use, when a proxy sends another Host on', () => {
    const proxied = { ...HERE, url: 'https://soc.example' };
    const site = { 'sec-fetch-site': 'same-origin' };
    expect(asked('POST', { origin: 'https://soc.example', ...site }, proxied)).toBe('taken');
    for (const origin of ['http://soc.example', 'https://soc.example:8443', 'https://evil.example', 'null'])
      expect(asked('POST', { origin, ...site }, proxied), origin).toBe('forbidden');
    expect(asked('POST', { origin: 'https://soc.example', 'sec-fetch-site': 'cross-site' }, proxied)).toBe(
      'forbidden',
    );
  });

  it('takes a body of a browser only when it is called JSON', () => {
    const typed = (headers: Record<string, string>) => () =>
      guardType(new Request('http://localhost/x', { method: 'POST', headers, body: '{}' }));
    const origin = 'http://localhost';
    expect(typed({ origin, 'content-type': 'application/json; charset=utf-8' })).not.toThrow();
    expect(typed({ origin, 'content-type': 'text/plain' })).toThrow('application/json');
    expect(typed({ origin, 'content-type': 'multipart/form-data; boundary=x' })).toThrow('application/json');
    expect(typed({ 'content-type': 'text/plain' })).not.toThrow();
  });
});
