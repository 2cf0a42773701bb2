import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AppError } from '../base/appError';
import type { Route } from '../contracts/route';
import { door } from './door';

const ROUTE = {
  method: 'POST',
  path: '/api/v1/test',
  summary: 'A test',
  permit: 'anyone',
  body: z.object({ text: z.string() }),
  answer: z.object({ length: z.number() }),
} as const satisfies Route;

const NEXT = { params: Promise.resolve({}) };
const COOKIE = 'sequela.session_token=x; Path=/';

/** A request whose body comes in parts and names no length. */
function chunked(parts: Iterable<string>): Request {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  const init = { method: 'POST', headers: { host: 'localhost:3000' }, body, duplex: 'half' };
  return new Request('http://localhost:3000/api/v1/test', init);
}

beforeAll(() => void vi.spyOn(process.stderr, 'write').mockReturnValue(true));
afterAll(() => void vi.restoreAllMocks());

describe('the door', () => {
  const lengthOf = door(ROUTE, async ({ body }) => ({ length: body.text.length }));

  it('reads a body that comes in parts', async () => {
    const answer = await lengthOf(chunked(['{"te', 'xt": "abc"}']), NEXT);
    expect(await answer.json()).toEqual({ length: 3 });
  });

  it('stops reading a body that is larger than any, also one that does not name its length', async () => {
    let given = 0;
    function* endless() {
      for (;;) {
        given += 1;
        yield 'x'.repeat(64 * 1024);
      }
    }
    const answer = await lengthOf(chunked(endless()), NEXT);
    expect(answer.status).toBe(413);
    expect(given).toBeLessThan(25);
  });

  it('sets no cookies when something of ours broke, and does when it refuses', async () => {
    const broken = (error: Error) =>
      door(ROUTE, async ({ visit }) => {
        visit.cookies.push(COOKIE);
        throw error;
      })(chunked(['{"text": ""}']), NEXT);
    expect((await broken(new Error('the audit trail cannot be written'))).headers.getSetCookie()).toEqual([]);
    expect((await broken(new AppError('conflict', 'No.'))).headers.getSetCookie()).toEqual([COOKIE]);
  });
});
