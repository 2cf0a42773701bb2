import { createOTP } from '@better-auth/utils/otp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { prisma } from '../storage/client';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { actionsOn, addTestPerson, PASSWORD, signedIn, signIn } from './testPeople';
import { TestVisitor } from './testVisitor';

// Hashes of passwords are made to be slow, and a dozen of them on a busy machine are.
vi.setConfig({ testTimeout: 120_000 });

let worker: TestWorker;

beforeAll(async () => {
  worker = await startTestWorker({ signIn: true });
}, 60_000);
afterAll(async () => {
  await worker.stop();
});

const me = (visitor: TestVisitor) => visitor.send('GET', '/api/v1/me');

describe('signing in', () => {
  it('opens a session with the right password, and nothing without', async () => {
    await addTestPerson('anna', 'analyst');
    const visitor = new TestVisitor();
    expect((await me(visitor)).status).toBe(401);
    const answer = await signIn(visitor, 'anna', PASSWORD);
    expect(await answer.json()).toEqual({ state: 'signed_in' });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^sequela\.session_token=/);
    expect(cookie.toLowerCase()).toContain('httponly');
    expect(cookie.toLowerCase()).toContain('samesite=lax');
    expect(cookie).toContain(`Max-Age=${12 * 3600}`);
    expect(await (await me(visitor)).json()).toMatchObject({ handle: 'anna', role: 'analyst', demo: false });
    expect(await actionsOn('anna')).toEqual(['signin.succeeded']);
  });

  it('says the same, in much the same time, of a wrong password, an unknown address, and one who left', async () => {
    await addTestPerson('bert', 'analyst');
    await addTestPerson('gone', 'analyst');
    await prisma().person.update({
      where: { handle: 'gone' },
      data: { deactivatedAt: new Date(), deactivatedBy: 'x' },
    });
    const timed = async (handle: string, password: string) => {
      const start = performance.now();
      const answer = await signIn(new TestVisitor('192.0.2.7'), handle, password);
      const { detail } = (await answer.json()) as { detail: string };
      return { status: answer.status, detail, ms: performance.now() - start };
    };
    await timed('warm-up', 'wrong password');
    const wrong = await timed('bert', 'wrong password');
    const unknown = await timed('nobody-of-this-name', 'wrong password');
    const left = await timed('gone', PASSWORD);
    for (const told of [wrong, unknown, left]) {
      expect(told.status).toBe(401);
      expect(told.detail).toBe(wrong.detail);
      // The hash is by far the longest part of it, and is made for all of them.
      expect(told.ms).toBeGreaterThan(wrong.ms / 3);
    }
    expect(await actionsOn('bert')).toEqual(['signin.failed']);
    const [failed] = await prisma().audit.findMany({
      where: { action: 'signin.failed', subject: 'account:anonymous' },
      orderBy: { id: 'desc' },
    });
    expect(failed?.details).toMatchObject({ address: 'nobody-of-this-name@example.org' });
  });

  it('refuses further tries after five wrong ones from one place, and ten from anywhere', async () => {
    await addTestPerson('carl', 'analyst');
    const place = new TestVisitor('192.0.2.20');
    for (let n = 0; n < 5; n++) expect((await signIn(place, 'carl', 'wrong')).status).toBe(401);
    const refused = await signIn(place, 'carl', PASSWORD);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
    // Their owner, elsewhere, still gets in, and the count begins anew.
    await signedIn('carl', new TestVisitor('192.0.2.21'));
    for (let n = 0; n < 10; n++)
      expect((await signIn(new TestVisitor(`192.0.2.${30 + n}`), 'carl', 'wrong')).status).toBe(401);
    expect((await signIn(new TestVisitor('192.0.2.99'), 'carl', PASSWORD)).status).toBe(429);
    // An address without an account is treated alike.
    for (let n = 0; n < 5; n++) expect((await signIn(place, 'nobody-here', 'wrong')).status).toBe(401);
    expect((await signIn(place, 'nobody-here', 'wrong')).status).toBe(429);
  });

  it('does not let tries at once past the limit', async () => {
    const place = new TestVisitor('192.0.2.22');
    const tries = await Promise.all(Array.from({ length: 12 }, () => signIn(place, 'dora', 'wrong')));
    expect(tries.filter((answer) => answer.status === 401)).toHaveLength(5);
  });

  it('never goes on in a session that was there before, one’s own or one that somebody planted', async () => {
    await addTestPerson('emil', 'analyst');
    await addTestPerson('eve', 'analyst');
    const attacker = await signedIn('eve');
    const victim = new TestVisitor();
    victim.cookies.set('sequela.session_token', attacker.session() ?? '');
    await signedIn('emil', victim);
    expect(victim.session()).not.toBe(attacker.session());
    // The planted one became neither the victim's nor stays alive.
    expect((await me(attacker)).status).toBe(401);
    const before = victim.session() ?? '';
    await signedIn('emil', victim);
    expect(victim.session()).not.toBe(before);
    const old = new TestVisitor();
    old.cookies.set('sequela.session_token', before);
    expect((await me(old)).status).toBe(401);
    // One that is made up is no session, whatever is signed in afterwards.
    const madeUp = new TestVisitor();
    madeUp.cookies.set('sequela.session_token', 'madeup.c2lnbmF0dXJl');
    await signedIn('emil', madeUp);
    expect(madeUp.session()).not.toContain('madeup');
  });

  it('ends with the session: signed out, ended elsewhere, or its person deactivated', async () => {
    await addTestPerson('fred', 'analyst');
    const one = await signedIn('fred');
    const two = await signedIn('fred');
    const cookie = one.session() ?? '';
    expect((await one.send('POST', '/api/v1/sign-out')).status).toBe(200);
    expect(one.session()).toBeUndefined();
    one.cookies.set('sequela.session_token', cookie);
    expect((await me(one)).status).toBe(401);
    await prisma().person.update({
      where: { handle: 'fred' },
      data: { deactivatedAt: new Date(), deactivatedBy: 'x' },
    });
    expect((await me(two)).status).toBe(401);
  });
});

describe('requests', () => {
  it('are counted: who asks too often is told when to come back, and nobody else is', async () => {
    await addTestPerson('quin', 'analyst');
    const visitor = await signedIn('quin');
    const flood = new TestVisitor('192.0.2.66');
    let refused: Response | undefined;
    for (let n = 0; n < 700 && refused === undefined; n++) {
      const answer = await flood.send('POST', '/api/v1/sign-in/second-factor', { text: 'not json' });
      if (answer.status === 429) refused = answer;
    }
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await me(visitor)).status).toBe(200);
  });
});

describe('changes by a browser', () => {
  it('are taken from pages of our own only, as JSON that is called JSON', async () => {
    await addTestPerson('gina', 'analyst');
    const visitor = await signedIn('gina');
    const rename = (headers: Record<string, string>) =>
      visitor.send('PUT', '/api/v1/me', { body: { name: 'Mallory' }, headers });
    expect((await rename({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await rename({ origin: 'null' })).status).toBe(403);
    expect((await rename({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await rename({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await rename({ 'content-type': 'text/plain' })).status).toBe(400);
    expect((await rename({ 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400);
    expect(await (await me(visitor)).json()).toMatchObject({ name: 'gina' });
    expect((await rename({})).status).toBe(200);
  });

  it('of the sign-in itself are, too: no page of another site signs anybody in as somebody else', async () => {
    const visitor = new TestVisitor();
    const answer = await visitor.send('POST', '/api/v1/sign-in', {
      body: { email: 'gina@example.org', password: PASSWORD },
      headers: { origin: 'https://evil.example' },
    });
    expect(answer.status).toBe(403);
    expect(visitor.session()).toBeUndefined();
  });

  it('are answered with headers that keep them from being shown or read elsewhere', async () => {
    const answer = await me(new TestVisitor());
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});

describe('the second factor', () => {
  async function withApp(handle: string) {
    await addTestPerson(handle, 'analyst');
    const visitor = await signedIn(handle);
    const setUp = await visitor.send('POST', '/api/v1/me/two-factor', { body: { password: PASSWORD } });
    const { uri, secret, backupCodes } = (await setUp.json()) as {
      uri: string;
      secret: string;
      backupCodes: string[];
    };
    expect(setUp.status).toBe(200);
    expect(uri).toMatch(/^otpauth:\/\/totp\/Sequela/);
    const before = visitor.session();
    const confirmed = await visitor.send('POST', '/api/v1/me/two-factor/confirm', {
      body: { code: await codeOf(secret) },
    });
    expect(confirmed.status, await confirmed.clone().text()).toBe(200);
    expect(await confirmed.json()).toMatchObject({ twoFactor: true });
    expect(visitor.session()).not.toBe(before);
    return { visitor, secret, backupCodes };
  }
  const give = (visitor: TestVisitor, code: string, kind = 'totp') =>
    visitor.send('POST', '/api/v1/sign-in/second-factor', { body: { code, kind } });

  it('is asked for after the password, and only then opens a session', async () => {
    const { secret } = await withApp('hugo');
    const visitor = new TestVisitor();
    expect(await (await signIn(visitor, 'hugo', PASSWORD)).json()).toEqual({ state: 'two_factor' });
    expect(visitor.session()).toBeUndefined();
    expect((await me(visitor)).status).toBe(401);
    expect((await give(visitor, '000000')).status).toBe(401);
    expect((await give(visitor, await codeOf(secret))).status).toBe(200);
    expect(await (await me(visitor)).json()).toMatchObject({ handle: 'hugo', twoFactor: true });
    expect((await actionsOn('hugo')).slice(-2)).toEqual(['signin.two_factor_failed', 'signin.succeeded']);
    // The same answer a second time has no question to belong to.
    expect((await give(new TestVisitor(), await codeOf(secret))).status).toBe(401);
  });

  it('takes each backup code once', async () => {
    const { backupCodes } = await withApp('ines');
    const [code = ''] = backupCodes;
    const visitor = new TestVisitor();
    await signIn(visitor, 'ines', PASSWORD);
    expect((await give(visitor, code, 'backup')).status).toBe(200);
    const again = new TestVisitor();
    await signIn(again, 'ines', PASSWORD);
    expect((await give(again, code, 'backup')).status).toBe(401);
  });

  it('locks the account after ten wrong codes, however often one signs in anew', async () => {
    const { secret } = await withApp('jana');
    for (let n = 0; n < 10; n++) {
      const visitor = new TestVisitor();
      await signIn(visitor, 'jana', PASSWORD);
      expect((await give(visitor, '000000')).status).toBe(401);
    }
    const visitor = new TestVisitor();
    await signIn(visitor, 'jana', PASSWORD);
    const locked = await give(visitor, await codeOf(secret));
    expect(locked.status).toBe(429);
    expect(locked.headers.get('retry-after')).toBe('900');
  });

  it('does not take the code of whoever is signed in in the same browser', async () => {
    const { visitor, secret } = await withApp('karl');
    await withApp('lena');
    await signIn(visitor, 'lena', PASSWORD);
    expect((await give(visitor, await codeOf(secret))).status).toBe(401);
  });

  it('is stopped with the password only, and wrong ones are counted', async () => {
    const { visitor } = await withApp('mila');
    const stop = (password: string) =>
      visitor.send('POST', '/api/v1/me/two-factor/stop', { body: { password } });
    expect((await stop('wrong')).status).toBe(400);
    expect((await stop(PASSWORD)).status).toBe(200);
    for (let n = 0; n < 10; n++) await stop('wrong');
    expect((await stop(PASSWORD)).status).toBe(429);
    expect(await actionsOn('mila')).toContain('two_factor.off');
    expect(await (await signIn(new TestVisitor(), 'mila', PASSWORD)).json()).toEqual({ state: 'signed_in' });
  });
});

describe('sessions', () => {
  it('are listed to their owner and ended one by one; another’s are not there', async () => {
    await addTestPerson('nora', 'analyst');
    await addTestPerson('otto', 'administrator');
    const one = await signedIn('nora');
    const two = await signedIn('nora');
    const list = (await (await one.send('GET', '/api/v1/me/sessions')).json()) as {
      items: { id: string; current: boolean; ipAddress: string }[];
    };
    expect(list.items.map((session) => session.current).sort()).toEqual([false, true]);
    expect(list.items[0]?.ipAddress).toBe('192.0.2.1');
    const other = list.items.find((session) => !session.current)?.id ?? '';
    const stranger = await signedIn('otto');
    const end = (visitor: TestVisitor) =>
      visitor.send('DELETE', '/api/v1/me/sessions/{id}', {}, { id: other });
    expect((await end(stranger)).status).toBe(404);
    expect((await me(two)).status).toBe(200);
    expect((await end(one)).status).toBe(200);
    expect((await me(two)).status).toBe(401);
    expect((await me(one)).status).toBe(200);
  });

  it('end with a new password, but for the one that set it', async () => {
    await addTestPerson('paul', 'analyst');
    const one = await signedIn('paul');
    const two = await signedIn('paul');
    const body = { current: PASSWORD, next: 'another password of mine' };
    const before = one.session();
    expect((await one.send('POST', '/api/v1/me/password', { body })).status).toBe(200);
    expect(one.session()).not.toBe(before);
    expect((await me(one)).status).toBe(200);
    expect((await me(two)).status).toBe(401);
    expect((await signIn(new TestVisitor(), 'paul', PASSWORD)).status).toBe(401);
    expect((await signIn(new TestVisitor(), 'paul', body.next)).status).toBe(200);
  });
});

/** The code an authenticator app shows now for a secret, which it is told in base 32. */
async function codeOf(base32: string): Promise<string> {
  const bits = [...base32.replace(/=+$/, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = (bits.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2));
  return createOTP(Buffer.from(bytes).toString('utf8'), { digits: 6, period: 30 }).totp();
}
