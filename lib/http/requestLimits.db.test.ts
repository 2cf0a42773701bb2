import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../access/can';
import { AppError } from '../base/appError';
import { visitOf } from '../identity/visit';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { countRequest, countVisit } from './requestLimits';
import { addTestPerson, signedIn } from './testPeople';
import { TestVisitor } from './testVisitor';

let worker: TestWorker;

beforeAll(async () => {
  worker = await startTestWorker({ signIn: true });
}, 60_000);
afterAll(async () => {
  await worker.stop();
});

/** More than anybody may send in a minute. */
const FAR_TOO_MANY = 20_000;

/** Counts requests until there are too many: the handlers of this test count with the same limiters. */
async function useUp(count: () => Promise<void>): Promise<void> {
  for (let sent = 0; sent < FAR_TOO_MANY; sent++) {
    try {
      await count();
    } catch (error) {
      if (error instanceof AppError && error.code === 'too_many') return;
      throw error;
    }
  }
  throw new Error('nobody was stopped');
}

async function expectTooMany(answer: Response): Promise<void> {
  expect(answer.status).toBe(429);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(await answer.json()).toMatchObject({ code: 'too_many', retryAfterSeconds: seconds });
}

describe('too many requests', () => {
  it('of a key are refused with when to come back, and stop neither its owner nor anybody else', async () => {
    await addTestPerson('ada', 'analyst');
    const visitor = await signedIn('ada');
    const body = { name: 'mine', scopes: ['read'], days: 1 };
    const { key } = (await (await visitor.send('POST', '/api/v1/keys', { body })).json()) as { key: string };
    const program = () =>
      new TestVisitor('192.0.2.2').send('GET', '/api/v1/people', {
        headers: { authorization: `Bearer ${key}` },
      });
    expect((await program()).status).toBe(200);
    const actor: Actor = { name: 'ada', role: 'analyst', scopes: ['read'] };
    await useUp(() => countRequest(actor));
    await expectTooMany(await program());
    expect((await visitor.send('GET', '/api/v1/me')).status).toBe(200);
  });

  it('of a person are refused with when to come back, in every browser of theirs and for nobody else', async () => {
    await addTestPerson('bea', 'lead');
    await addTestPerson('cem', 'lead');
    const [visitor, elsewhere, another] = [
      await signedIn('bea'),
      await signedIn('bea'),
      await signedIn('cem'),
    ];
    await useUp(() => countRequest({ name: 'bea', role: 'lead' }));
    await expectTooMany(await visitor.send('GET', '/api/v1/me'));
    await expectTooMany(await elsewhere.send('GET', '/api/v1/findings'));
    expect((await another.send('GET', '/api/v1/me')).status).toBe(200);
  });

  it('of somebody who has not signed in are refused by where they come from', async () => {
    const visit = visitOf(new Headers({ 'x-forwarded-for': '192.0.2.77' }));
    await useUp(() => countVisit(visit));
    await expectTooMany(await new TestVisitor('192.0.2.77').send('GET', '/api/v1/sign-in'));
    expect((await new TestVisitor('192.0.2.78').send('GET', '/api/v1/sign-in')).status).toBe(200);
    // Guesses of keys come from somewhere, too.
    const headers = { authorization: 'Bearer sqk_madeup' };
    await expectTooMany(await new TestVisitor('192.0.2.77').send('GET', '/api/v1/people', { headers }));
  });
});
