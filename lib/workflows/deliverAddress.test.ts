import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import {
  checkedLookup,
  checkUrl,
  mayReach,
  parseAllowList,
  type Resolve,
  Undeliverable,
} from './deliverAddress';

const NOBODY = parseAllowList(undefined);

function refusal(url: string, allow = NOBODY): string | undefined {
  try {
    checkUrl(url, allow);
    return undefined;
  } catch (error) {
    if (error instanceof Undeliverable) return error.message;
    throw error;
  }
}

describe('what a webhook may be given as its address', () => {
  it('takes encrypted addresses of the public internet', () => {
    for (const url of [
      'https://hooks.example.com/services/T0/B0',
      'https://example.com:8443/',
      'https://93.184.215.14/',
      'https://[2606:4700::6810:84e5]/',
    ])
      expect(refusal(url)).toBeUndefined();
  });

  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://017700000001/',
    'https://①②⑦.⓪.⓪.①/',
    'https://0/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://168.63.129.16/',
    'https://100.64.0.1/',
    'https://198.18.0.1/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://240.0.0.1/',
    'https://192.0.2.1/',
    'https://[::1]/',
    'https://[::]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[::127.0.0.1]/',
    'https://[::7f00:1]/',
    'https://[0:0:0:0:ffff:0:7f00:1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[64:ff9b:1::a00:1]/',
    'https://[2002:7f00:1::]/',
    'https://[2001::1]/',
    'https://[fe80::1]/',
    'https://[fec0::1]/',
    'https://[fd12:3456::1]/',
    'https://[ff02::1]/',
    'https://[2001:db8::1]/',
  ])('refuses %s, which is inside or nowhere', (url) => {
    expect(refusal(url)).toMatch(/not an address of the public internet/);
  });

  it.each(['https://localhost/', 'https://LOCALHOST./', 'https://api.localhost/'])('refuses %s', (url) => {
    expect(refusal(url)).toMatch(/a name of this machine/);
  });

  it('refuses what is not encrypted, holds a password, or is no web address', () => {
    expect(refusal('http://example.com/')).toMatch(/https/);
    expect(refusal('https://user:word@example.com/')).toMatch(/password/);
    expect(refusal('https://user@example.com/')).toMatch(/user name/);
    for (const url of ['file:///etc/passwd', 'gopher://example.com/', 'ftp://example.com/', 'javascript:1'])
      expect(refusal(url)).toMatch(/https/);
    expect(refusal('not an address')).toMatch(/web address/);
  });

  it('takes what is allowed by name, address or network, also without encryption', () => {
    const allow = parseAllowList(' Hooks.corp. , 10.1.0.0/16,fd00:1::/32, 127.0.0.1 ');
    for (const url of [
      'http://hooks.corp/x',
      'https://hooks.corp./',
      'http://10.1.2.3:8080/',
      'https://[fd00:1::5]/',
      'http://127.0.0.1:9/',
      'https://[::ffff:10.1.2.3]/',
    ])
      expect(refusal(url, allow)).toBeUndefined();
    for (const url of [
      'https://10.2.0.1/',
      'https://[fd00:2::1]/',
      'http://other.corp/',
      'https://127.0.0.2/',
    ])
      expect(refusal(url, allow)).toBeDefined();
  });
});

describe('looking a name up for a connection', () => {
  const answer = (...sets: readonly (readonly string[])[]): Resolve & { asked: () => number } => {
    let asked = 0;
    const resolve = async (): Promise<readonly LookupAddress[]> =>
      (sets[Math.min(asked++, sets.length - 1)] ?? []).map((address) => ({
        address,
        family: address.includes(':') ? 6 : 4,
      }));
    return Object.assign(resolve, { asked: () => asked });
  };

  function look(resolve: Resolve, all: boolean, allow = NOBODY): Promise<unknown> {
    return new Promise((done, fail) => {
      checkedLookup(allow, resolve)('hooks.example.com', { all }, (error, address) =>
        error === null ? done(address) : fail(error),
      );
    });
  }

  it('connects to the very addresses it checked: a name that changes its answer is not asked twice', async () => {
    const rebinding = answer(['93.184.215.14'], ['127.0.0.1']);
    expect(await look(rebinding, true)).toEqual([{ address: '93.184.215.14', family: 4 }]);
    expect(rebinding.asked()).toBe(1);
    await expect(look(rebinding, false)).rejects.toThrow(/leads to 127\.0\.0\.1/);
  });

  it('refuses a name of which one address is inside', async () => {
    await expect(look(answer(['93.184.215.14', '::1']), true)).rejects.toThrow(Undeliverable);
    await expect(look(answer(['fe80::1%eth0']), false)).rejects.toThrow(Undeliverable);
    await expect(look(answer([]), false)).rejects.toThrow(/no address/);
  });

  it('follows a name that is allowed wherever it leads', async () => {
    const allow = parseAllowList('hooks.example.com');
    expect(await look(answer(['10.0.0.7']), false, allow)).toBe('10.0.0.7');
    expect(await look(answer(['10.0.0.7']), false, parseAllowList('10.0.0.0/8'))).toBe('10.0.0.7');
  });
});

it('holds an address it cannot read for one inside', () => {
  for (const text of ['', '127.1', '0177.0.0.1', '1.2.3', 'example.com', '::g'])
    expect(mayReach(text, NOBODY)).toBe(false);
});
