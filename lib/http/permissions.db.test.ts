import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, can, ROLES, SCOPES, type Scope } from '../access/can';
import { prisma } from '../storage/client';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { idsOf, isHandled, nameOf, type Operation, operations } from './testOperations';
import { addTestPerson, signedIn } from './testPeople';
import { handlerOf, type Sent, TestVisitor } from './testVisitor';

const APP = path.resolve(import.meta.dirname, '../../app');
const API = path.join(APP, 'api/v1');
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const MINUTES = 10 * 60_000;

/** Somebody who asks: with `actor` as the table of permissions knows them, or signed out without. */
type Asker = {
  readonly name: string;
  readonly visitor: TestVisitor;
  readonly headers: Record<string, string>;
  readonly actor?: Actor;
};

let worker: TestWorker;
let askers: readonly Asker[] = [];

beforeAll(async () => {
  worker = await startTestWorker({ signIn: true });
  const people: Asker[] = [];
  for (const role of ROLES) {
    await addTestPerson(role, role);
    const visitor = await signedIn(role, new TestVisitor('192.0.2.10'));
    people.push({ name: role, visitor, headers: {}, actor: { name: role, role } });
  }
  const administrator = people.find(({ name }) => name === 'administrator');
  const keys: Asker[] = [];
  for (const scope of SCOPES) {
    const key = await keyOf(administrator?.visitor, [scope]);
    const actor: Actor = { name: 'administrator', role: 'administrator', scopes: [scope] };
    keys.push({
      name: `key to ${scope}`,
      visitor: new TestVisitor('192.0.2.11'),
      headers: bearer(key),
      actor,
    });
  }
  // What a key opens is bounded by its owner, too.
  const weak = await keyOf(people.find(({ name }) => name === 'analyst')?.visitor, SCOPES);
  keys.push({
    name: 'key of an analyst to everything',
    visitor: new TestVisitor('192.0.2.11'),
    headers: bearer(weak),
    actor: { name: 'analyst', role: 'analyst', scopes: SCOPES },
  });
  askers = [...people, ...keys, { name: 'nobody', visitor: new TestVisitor('192.0.2.12'), headers: {} }];
}, MINUTES);
afterAll(async () => {
  await worker.stop();
});

describe('every operation of the description', () => {
  it(
    'has a handler where Next looks for it, and no handler is left out of the description',
    async () => {
      const described = new Set(operations().map(({ method, path }) => `${method} ${path}`));
      const handled = new Set<string>();
      for (const file of routeFiles(API)) {
        const place = `/api/v1/${path.relative(API, path.dirname(file))}`.replace(/\[(\w+)\]/g, '{$1}');
        for (const method of METHODS)
          if ((await handlerOf(method, place)) !== undefined) handled.add(`${method} ${place}`);
      }
      expect([...handled].filter((operation) => !described.has(operation))).toEqual([]);
      expect([...described].filter((operation) => !handled.has(operation))).toEqual([]);
    },
    MINUTES,
  );

  it('names the permission it takes', () => {
    for (const { method, path, permission } of operations())
      expect(permission, `${method} ${path}`).toMatch(/^(anyone|[a-z]+\.[a-z]+)$/);
  });

  it(
    'is open to whom the table of permissions says, and to nobody else',
    async () => {
      const wrong: string[] = [];
      for (const operation of operations()) {
        if (!(await isHandled(operation))) continue;
        const answers = await Promise.all(askers.map((asker) => ask(asker, operation)));
        for (const [place, status] of answers.entries()) {
          const asker = askers[place];
          const expected = asker === undefined ? undefined : expectation(asker, operation);
          if (expected === undefined || !holds(expected, status))
            wrong.push(`${operation.method} ${operation.path} by ${asker?.name}: ${status}, not ${expected}`);
        }
      }
      expect(wrong).toEqual([]);
    },
    MINUTES,
  );

  it(
    'changes nothing for a manager but what is their own account',
    async () => {
      const manager = askers.find(({ name }) => name === 'manager');
      if (manager === undefined) throw new Error('nobody is here');
      const open: string[] = [];
      for (const operation of operations()) {
        const { method, permission } = operation;
        if (method === 'GET' || permission === 'anyone' || permission === 'account.own') continue;
        if (!(await isHandled(operation))) continue;
        if ((await ask(manager, operation)) !== 403) open.push(nameOf(operation));
      }
      expect(open).toEqual([]);
    },
    MINUTES,
  );

  it(
    'is closed to a session and a key that are made up',
    async () => {
      for (const operation of operations()) {
        if (operation.permission === 'anyone' || !(await isHandled(operation))) continue;
        const visitor = new TestVisitor('192.0.2.13');
        visitor.cookies.set('sequela.session_token', 'madeup.c2lnbmF0dXJl');
        const asked = `${operation.method} ${operation.path}`;
        expect(await ask({ name: 'made up', visitor, headers: {} }, operation), asked).toBe(401);
        const headers = bearer('sqk_madeup');
        const status = await ask(
          { name: 'made up', visitor: new TestVisitor('192.0.2.14'), headers },
          operation,
        );
        expect(status, asked).toBe(401);
      }
    },
    MINUTES,
  );
});

/** Whose a thing named by an id is: everybody's who may ask for things of its kind, or one person's alone. */
const SHARED = [
  'admin',
  'alerts',
  'analytics',
  'attack',
  'backtests',
  'baselines',
  'cases',
  'events',
  'findings',
  'hosts',
  'imports',
  'mappings',
  'report-schedules',
  'reviews',
  'second-verdicts',
  'sigma',
  'validation',
  'webhooks',
];

/** Things of one person by the beginning of their path: how they make one, and answer its id. */
const PRIVATE: Readonly<Record<string, (visitor: TestVisitor, handle: string) => Promise<string>>> = {
  '/api/v1/me/sessions/{id}': async (visitor) => {
    const { items } = (await (await visitor.send('GET', '/api/v1/me/sessions')).json()) as {
      items: { id: string }[];
    };
    return items[0]?.id ?? '';
  },
  '/api/v1/me/passkeys/{id}': async (_visitor, handle) => {
    const person = await prisma().person.findUniqueOrThrow({ where: { handle } });
    const made = await prisma().passkey.create({
      data: {
        id: `passkey-of-${handle}`,
        publicKey: 'x',
        userId: person.id,
        credentialID: `credential-of-${handle}`,
        counter: 0,
        deviceType: 'singleDevice',
        backedUp: false,
      },
    });
    return made.id;
  },
  '/api/v1/keys/{id}': async (visitor) => {
    const body = { name: 'mine', scopes: ['read'], days: 1 };
    const { view } = (await (await visitor.send('POST', '/api/v1/keys', { body })).json()) as {
      view: { id: string };
    };
    return view.id;
  },
  '/api/v1/searches/{id}': async (_visitor, handle) => {
    const made = await prisma().savedSearch.create({
      data: { name: 'mine', query: '', columns: [], order: 'newest', shared: false, by: handle },
    });
    return String(made.id);
  },
  '/api/v1/views/{id}': async (_visitor, handle) => {
    const made = await prisma().savedView.create({
      data: { name: 'mine', search: '', shared: false, by: handle },
    });
    return String(made.id);
  },
  '/api/v1/notifications/{id}': async (_visitor, handle) => {
    const made = await prisma().notification.create({
      data: { person: handle, kind: 'finding.assigned', subject: 'finding:x', text: 'x', link: '/' },
    });
    return String(made.id);
  },
  '/api/v1/comments/{id}': async (_visitor, handle) => {
    const made = await prisma().eventComment.create({
      data: { eventId: '00000000-0000-4000-8000-000000000001', text: 'mine', by: handle },
    });
    return String(made.id);
  },
};

describe('what belongs to one person', () => {
  it('is known for every path with an id', () => {
    const unknown = operations().filter(
      ({ path }) =>
        path.includes('{') &&
        !SHARED.includes(path.split('/')[3] ?? '') &&
        !Object.keys(PRIVATE).some((prefix) => path.startsWith(prefix)),
    );
    expect(unknown.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it.each(Object.keys(PRIVATE))(
    'is not there, or not to be touched, for others: %s',
    async (prefix) => {
      const owner = askers.find(({ name }) => name === 'analyst');
      // A lead may do all an analyst may, so that nothing but whose it is stands in the way.
      const other = askers.find(({ name }) => name === 'lead');
      const make = PRIVATE[prefix];
      if (owner === undefined || other === undefined || make === undefined) throw new Error('nobody is here');
      const id = await make(owner.visitor, 'analyst');
      expect(id).not.toBe('');
      const asked = operations().filter(({ path }) => path.startsWith(prefix));
      expect(asked.length).toBeGreaterThan(0);
      for (const operation of asked) {
        if (!(await isHandled(operation))) continue;
        const status = await ask(other, operation, { body: VIEW }, id);
        expect([403, 404], `${operation.method} ${operation.path}: ${status}`).toContain(status);
      }
      // And it is still its owner's.
      const own = asked.find(({ method }) => method === 'DELETE' || method === 'POST');
      if (own !== undefined && (await isHandled(own)) && prefix !== '/api/v1/me/sessions/{id}')
        expect(await ask(owner, own, { body: VIEW }, id)).toBeLessThan(300);
    },
    MINUTES,
  );

  it(
    'is not taken over by one who signs in with the other’s cookie gone',
    async () => {
      const visitor = new TestVisitor('192.0.2.15');
      await signedIn('analyst', visitor);
      const sessions = (await (await visitor.send('GET', '/api/v1/me/sessions')).json()) as {
        items: unknown[];
      };
      expect(JSON.stringify(sessions)).not.toContain(visitor.session()?.split('.')[0] ?? 'no session');
    },
    MINUTES,
  );
});

/** A body that changing a view takes; others ignore it. */
const VIEW = { name: 'taken', search: '', shared: false };

type Expected = 401 | 403 | 'in';

function expectation(asker: Asker, { permission }: Operation): Expected {
  if (permission === 'anyone') return 'in';
  if (asker.actor === undefined) return 401;
  return can(asker.actor, permission) ? 'in' : 403;
}

/** `in`: past the door, whatever is found there; nothing of our own may break. */
function holds(expected: Expected, status: number): boolean {
  if (expected !== 'in') return status === expected;
  return ![401, 403, 429, 500].includes(status);
}

/** Asks for something that is not there, or with a body that is none: a refusal at the door comes before either. */
async function ask(
  { visitor, headers, actor }: Asker,
  operation: Operation,
  sent: Sent = {},
  id = '999999',
): Promise<number> {
  if (operation.path === '/api/v1/sign-in' && operation.method === 'POST') return 200;
  // Signing out is asked with a browser of its own: the others go on.
  const asking =
    operation.path === '/api/v1/sign-out' && actor !== undefined && actor.scopes === undefined
      ? await signedIn(actor.name, new TestVisitor('192.0.2.16'))
      : visitor;
  const body: Sent =
    operation.takes !== 'json'
      ? {}
      : sent.body === undefined
        ? { text: 'not json', headers: { 'content-type': 'application/json' } }
        : { body: sent.body };
  const answer = await asking.send(
    operation.method,
    operation.path,
    { ...body, headers: { ...body.headers, ...headers } },
    Object.fromEntries(idsOf(operation).map((name) => [name, id])),
  );
  await answer.body?.cancel();
  return answer.status;
}

function routeFiles(folder: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return routeFiles(full);
    return entry.name === 'route.ts' ? [full] : [];
  });
}

async function keyOf(visitor: TestVisitor | undefined, scopes: readonly Scope[]): Promise<string> {
  const body = { name: 'a key', scopes, days: 1 };
  if (visitor === undefined) throw new Error('nobody is here');
  const answer = await visitor.send('POST', '/api/v1/keys', { body });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { key: string }).key;
}

function bearer(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}` };
}
