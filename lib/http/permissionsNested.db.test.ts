import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prisma } from '../storage/client';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { idsOf, isHandled, nameOf, type Operation, operations } from './testOperations';
import { addTestPerson, signedIn } from './testPeople';
import type { TestVisitor } from './testVisitor';

const MINUTES = 10 * 60_000;

let worker: TestWorker;
let visitor: TestVisitor;
let own: string;
let other: string;

beforeAll(async () => {
  worker = await startTestWorker({ signIn: true });
  // May do everything, so that nothing but what a thing belongs to stands in the way.
  await addTestPerson('ada', 'administrator');
  visitor = await signedIn('ada');
  [own, other] = [
    await made('/api/v1/cases', { title: 'Own' }),
    await made('/api/v1/cases', { title: 'Other' }),
  ];
}, MINUTES);
afterAll(async () => {
  await worker.stop();
});

/** Two things that could hold a third, and one that the first holds. */
type Nested = { readonly own: string; readonly other: string; readonly item: string };

const ofCase = async (part: string, body: object): Promise<Nested> => ({
  own,
  other,
  item: await made(`/api/v1/cases/${own}/${part}`, body),
});

/** How each thing within another is made, by the path of one. */
const NESTED: Readonly<Record<string, () => Promise<Nested>>> = {
  '/api/v1/cases/{id}/notes/{item}': () => ofCase('notes', { title: '', body: 'x' }),
  '/api/v1/cases/{id}/tasks/{item}': () => ofCase('tasks', { text: 'x' }),
  '/api/v1/cases/{id}/comments/{item}': () => ofCase('comments', { text: 'x' }),
  '/api/v1/cases/{id}/indicators/{item}': () => ofCase('indicators', { type: 'other', value: 'x' }),
  '/api/v1/cases/{id}/attachments/{item}': async () => {
    const answer = await visitor.send(
      'POST',
      '/api/v1/cases/{id}/attachments',
      { text: 'x' },
      { id: own },
      '?name=a',
    );
    return { own, other, item: await idOf(answer) };
  },
  '/api/v1/webhooks/{id}/deliveries/{delivery}': async () => {
    const [first, second] = await Promise.all(
      ['a', 'b'].map((name) =>
        prisma().webhook.create({
          data: { name, url: 'https://hooks.example/', secret: '', kinds: [], createdBy: 'ada' },
        }),
      ),
    );
    if (first === undefined || second === undefined) throw new Error('no webhooks were made');
    const delivery = await prisma().delivery.create({
      data: { channel: 'webhook', webhookId: first.id, payload: PAYLOAD, state: 'failed' },
    });
    return { own: String(first.id), other: String(second.id), item: String(delivery.id) };
  },
};

/** Things within another that are everybody's who may ask for the other, whatever it is: none. */
const SHARED: readonly string[] = [];

const PAYLOAD = { kind: 'test', subject: 'webhook:1', text: 'x', link: '/', at: new Date().toISOString() };

/** What every operation on such a thing takes; each looks at its own fields only. */
const BODY = { title: '', body: 'y', version: 1, revision: 1, state: 'done', resolved: true };

describe('a thing within another', () => {
  it('is known for every path with two ids', () => {
    const nested = operations().filter((operation) => idsOf(operation).length > 1);
    const unknown = nested.filter(
      ({ path }) => ![...Object.keys(NESTED), ...SHARED].some((prefix) => path.startsWith(prefix)),
    );
    expect(unknown.map(nameOf)).toEqual([]);
    expect(nested.length).toBeGreaterThan(0);
  });

  it.each(Object.keys(NESTED))(
    'is not there under another, and is under its own: %s',
    async (prefix) => {
      const thing = await NESTED[prefix]?.();
      if (thing === undefined) throw new Error('nothing was made');
      const asked = operations().filter(({ path }) => path.startsWith(prefix));
      expect(asked.length).toBeGreaterThan(0);
      for (const operation of asked.sort(lastDelete)) {
        if (!(await isHandled(operation))) continue;
        for (const id of [thing.other, '999999'])
          expect(await ask(operation, id, thing.item), `${nameOf(operation)} of ${id}`).toBe(404);
        expect(await ask(operation, thing.own, thing.item), nameOf(operation)).toBeLessThan(300);
      }
    },
    MINUTES,
  );
});

/** What takes a thing away is asked last. */
function lastDelete(a: Operation, b: Operation): number {
  return Number(a.method === 'DELETE') - Number(b.method === 'DELETE');
}

async function ask(operation: Operation, id: string, item: string): Promise<number> {
  const [outer = '', inner = ''] = idsOf(operation);
  const sent = operation.takes === 'json' ? { body: BODY } : {};
  const answer = await visitor.send(operation.method, operation.path, sent, { [outer]: id, [inner]: item });
  await answer.body?.cancel();
  return answer.status;
}

async function made(path: string, body: object): Promise<string> {
  const [, id] = /^\/api\/v1\/cases\/(\d+)\//.exec(path) ?? [];
  const route = id === undefined ? path : path.replace(`/${id}/`, '/{id}/');
  return idOf(await visitor.send('POST', route, { body }, id === undefined ? {} : { id }));
}

async function idOf(answer: Response): Promise<string> {
  const text = await answer.text();
  expect(answer.status, text).toBeLessThan(300);
  return String((JSON.parse(text) as { id: number | string }).id);
}
