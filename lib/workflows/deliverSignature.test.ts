import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { makeSecret, seal, signatureOf, unseal } from './deliverSignature';

let restore: () => void;
beforeEach(() => {
  restore = setEnvironment({ SEQUELA_SECRET: 'a secret of the server, for tests only' });
});
afterEach(() => restore());

it('signs time and body, so that a receiver can tell a changed or an old message', () => {
  const body = '{"kind":"test"}';
  const expected = createHmac('sha256', 'sqwh_x').update(`1764100000.${body}`).digest('hex');
  expect(signatureOf('sqwh_x', body, 1_764_100_000)).toBe(`t=1764100000,v1=${expected}`);
  expect(signatureOf('sqwh_x', `${body} `, 1_764_100_000)).not.toContain(expected);
  expect(signatureOf('sqwh_x', body, 1_764_100_001)).not.toContain(expected);
  expect(signatureOf('sqwh_y', body, 1_764_100_000)).not.toContain(expected);
});

it('makes secrets nobody can guess', () => {
  expect(makeSecret()).toMatch(/^sqwh_[A-Za-z0-9_-]{43}$/);
  expect(makeSecret()).not.toBe(makeSecret());
});

it('keeps a secret so that only this server reads it', () => {
  const secret = makeSecret();
  const sealed = seal(secret);
  expect(sealed).not.toContain(secret);
  expect(seal(secret)).not.toBe(sealed);
  expect(unseal(sealed)).toBe(secret);
  process.env.SEQUELA_SECRET = 'another secret of the server, also for tests';
  expect(unseal(sealed)).toBeUndefined();
});

it('reads no secret that was changed or cut', () => {
  const sealed = seal(makeSecret());
  const bytes = Buffer.from(sealed.slice(3), 'base64url');
  for (const at of [0, 15, 30]) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(unseal(`v1.${changed.toString('base64url')}`)).toBeUndefined();
  }
  for (const text of ['', 'v1.', 'v1.AAAA', 'v2.xyz', 'plain text']) expect(unseal(text)).toBeUndefined();
});

it('does nothing without the secret of the server', () => {
  delete process.env.SEQUELA_SECRET;
  expect(() => seal('x')).toThrow(/SEQUELA_SECRET/);
});
