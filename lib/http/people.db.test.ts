import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import type { ManagedPerson, OneTimeLink } from '../contracts/people';
import { prisma, withConnection } from '../storage/client';
import { makeFirstInvitation } from '../storage/invitations';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { actionsOn, addTestPerson, PASSWORD, signedIn, signIn } from './testPeople';
import { TestVisitor } from './testVisitor';

const SLOW = 120_000;
let worker: TestWorker;
let ada: TestVisitor;

beforeAll(async () => {
  worker = await startTestWorker({ signIn: true });
}, SLOW);
afterAll(async () => {
  await worker.stop();
});

const first = () => withConnection((connection) => makeFirstInvitation(connection));
const accept = (visitor: TestVisitor, body: Record<string, string>) =>
  visitor.send('POST', '/api/v1/invitation', { body });
const me = (visitor: TestVisitor) => visitor.send('GET', '/api/v1/me');
const change = (handle: string, body: unknown, by = ada) =>
  by.send('PUT', '/api/v1/admin/people/{id}', { body }, { id: handle });
const add = (handle: string, role: string, email = `${handle}@example.org`) =>
  ada.send('POST', '/api/v1/admin/people', { body: { handle, name: handle, email, role } });
const tokenIn = (link: string) => new URL(link).searchParams.get('token') ?? '';

describe('the first link', () => {
  it(
    'makes one administrator, however many use it at once, and then no more',
    async () => {
      const earlier = (await first()) ?? '';
      const token = (await first()) ?? '';
      const stored = await prisma().invitation.findMany();
      expect(stored).toHaveLength(1);
      expect(stored[0]?.tokenHash).not.toContain(token);
      const body = (handle: string) => ({
        token,
        password: PASSWORD,
        handle,
        name: handle,
        email: `${handle}@example.org`,
      });
      expect((await accept(new TestVisitor(), { ...body('ada'), token: earlier })).status).toBe(404);
      expect((await accept(new TestVisitor(), { token, password: PASSWORD })).status).toBe(400);
      expect((await accept(new TestVisitor(), body('system'))).status).toBe(400);
      const handles = ['ada', 'bob', 'cleo', 'dan'];
      const visitors = handles.map((_, n) => new TestVisitor(`192.0.2.${n + 1}`));
      const answers = await Promise.all(
        handles.map((handle, n) => accept(visitors[n] ?? new TestVisitor(), body(handle))),
      );
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 404, 404, 404]);
      const people = await prisma().person.findMany();
      expect(people).toHaveLength(1);
      expect(people[0]?.role).toBe('administrator');
      ada = visitors[answers.findIndex((answer) => answer.status === 200)] ?? new TestVisitor();
      const handle = people[0]?.handle ?? '';
      expect(await (await me(ada)).json()).toMatchObject({ handle, role: 'administrator' });
      expect(await first(), 'no further link while somebody is here').toBeUndefined();
      // The rest of this file calls her Ada.
      await prisma().person.update({
        where: { handle },
        data: { handle: 'ada', email: 'ada@example.org' },
      });
    },
    SLOW,
  );
});

describe('people', () => {
  it(
    'join by their link, once, and set a password by the next one, without the factors they had',
    async () => {
      const added = await add('berta', 'analyst');
      expect(added.status).toBe(201);
      const { link, person } = (await added.json()) as OneTimeLink;
      expect(link).toMatch(/^http:\/\/localhost:3000\/join\?token=/);
      expect(person).toMatchObject({ handle: 'berta', invited: true, sessions: 0 });
      const token = tokenIn(link);
      const described = await new TestVisitor().send('GET', '/api/v1/invitation', {}, {}, `?token=${token}`);
      expect(await described.json()).toMatchObject({ purpose: 'join', handle: 'berta' });
      const berta = new TestVisitor();
      expect((await accept(berta, { token, password: 'short' })).status).toBe(400);
      expect((await accept(berta, { token, password: PASSWORD })).status).toBe(200);
      expect(await (await me(berta)).json()).toMatchObject({ handle: 'berta', role: 'analyst' });
      expect((await accept(new TestVisitor(), { token, password: PASSWORD })).status).toBe(404);

      const hers = { name: 'hers', scopes: ['read'], days: 5 };
      const { key } = (await (await berta.send('POST', '/api/v1/keys', { body: hers })).json()) as {
        key: string;
      };
      const setUp = await berta.send('POST', '/api/v1/me/two-factor', { body: { password: PASSWORD } });
      expect(setUp.status).toBe(200);
      const renewed = await ada.send('POST', '/api/v1/admin/people/{id}/link', {}, { id: 'berta' });
      const reset = tokenIn(((await renewed.json()) as OneTimeLink).link);
      // Somebody else tried too often: that does not stop whoever has the link, nor stand afterwards.
      for (let tries = 0; tries < 6; tries++) await signIn(new TestVisitor(), 'berta', 'a wrong password');
      expect((await signIn(new TestVisitor(), 'berta', PASSWORD)).status).toBe(429);
      const again = new TestVisitor();
      expect((await accept(again, { token: reset, password: 'a new password of hers' })).status).toBe(200);
      expect((await me(berta)).status, 'sessions of before are over').toBe(401);
      expect(await prisma().twoFactor.count()).toBe(0);
      const asKey = { headers: { authorization: `Bearer ${key}` } };
      expect((await new TestVisitor().send('GET', '/api/v1/hosts', asKey)).status).toBe(401);
      expect((await signIn(new TestVisitor(), 'berta', 'a new password of hers')).status).toBe(200);
      const told = await prisma().notification.findMany({ where: { person: 'berta', kind: 'security' } });
      expect(told.map(({ by, text }) => [by, text.slice(0, 20)])).toEqual([
        [null, 'A key was made for y'],
        [null, 'A new password was s'],
      ]);
      const used = await prisma().audit.findFirst({
        where: { subject: 'account:berta', action: 'invitation.used' },
        orderBy: { id: 'desc' },
      });
      expect(used?.details).toMatchObject({ purpose: 'password', keysRevoked: 1 });
      expect(await actionsOn('berta')).toEqual([
        'person.added',
        'invitation.used',
        'signin.succeeded',
        'key.made',
        'invitation.made',
        'signin.failed',
        'signin.failed',
        'signin.failed',
        'signin.failed',
        'signin.failed',
        'invitation.used',
        'signin.succeeded',
        'signin.succeeded',
      ]);
    },
    SLOW,
  );

  it('have handles and addresses of their own, never given twice', async () => {
    expect((await add('berta', 'lead', 'other@example.org')).status).toBe(409);
    expect((await add('bertha', 'lead', 'BERTA@example.org')).status).toBe(409);
    expect((await add('demo', 'lead')).status).toBe(400);
    expect((await add('Upper', 'lead')).status).toBe(400);
  });

  it(
    'are gone at once when deactivated, with sessions and keys, and stay named',
    async () => {
      await addTestPerson('carla', 'engineer');
      const carla = await signedIn('carla');
      const body = { name: 'hers', scopes: ['read'], days: 5 };
      const { key } = (await (await carla.send('POST', '/api/v1/keys', { body })).json()) as { key: string };
      const withKey = () =>
        new TestVisitor().send('GET', '/api/v1/hosts', { headers: { authorization: `Bearer ${key}` } });
      expect((await withKey()).status).toBe(200);
      const gone = (await (await change('carla', { active: false })).json()) as ManagedPerson;
      expect(gone).toMatchObject({ active: false, deactivatedBy: 'ada', sessions: 0 });
      expect((await me(carla)).status).toBe(401);
      expect((await withKey()).status).toBe(401);
      expect((await signIn(new TestVisitor(), 'carla', PASSWORD)).status).toBe(401);
      const people = (await (await ada.send('GET', '/api/v1/people')).json()) as {
        items: { handle: string; active: boolean }[];
      };
      expect(people.items.find(({ handle }) => handle === 'carla')).toMatchObject({ active: false });
      expect((await ada.send('POST', '/api/v1/admin/people/{id}/link', {}, { id: 'carla' })).status).toBe(
        409,
      );
      expect((await change('carla', { active: true })).status).toBe(200);
      expect((await withKey()).status, 'a revoked key stays revoked').toBe(401);
      expect((await signIn(new TestVisitor(), 'carla', PASSWORD)).status).toBe(200);
      expect(await actionsOn('carla')).toEqual(
        expect.arrayContaining(['key.made', 'person.deactivated', 'person.reactivated']),
      );
    },
    SLOW,
  );

  it(
    'always have an active administrator, whatever is tried at once',
    async () => {
      expect((await change('ada', { role: 'analyst' })).status).toBe(409);
      expect((await change('ada', { active: false })).status).toBe(409);
      await addTestPerson('dora', 'administrator');
      const dora = await signedIn('dora');
      expect((await change('dora', { active: false }, dora)).status, 'nobody deactivates themselves').toBe(
        409,
      );
      const answers = await Promise.all([
        change('ada', { role: 'lead' }, dora),
        change('dora', { role: 'lead' }, ada),
      ]);
      const statuses = answers.map((answer) => answer.status).sort();
      // The second to come is either too late to be an administrator itself, or would take away the last one.
      expect(statuses[0]).toBe(200);
      expect([403, 409]).toContain(statuses[1]);
      const left = await prisma().person.findMany({ where: { role: 'administrator', deactivatedAt: null } });
      expect(left.length).toBe(1);
      ada = left[0]?.handle === 'ada' ? ada : dora;
    },
    SLOW,
  );

  it(
    'act with the role they have now, not the one they signed in with',
    async () => {
      await addTestPerson('erik', 'lead');
      const erik = await signedIn('erik');
      const body = { name: 'his', scopes: ['read', 'triage', 'export'], days: 5 };
      const { key } = (await (await erik.send('POST', '/api/v1/keys', { body })).json()) as { key: string };
      const asKey = { headers: { authorization: `Bearer ${key}` } };
      const audit = () => new TestVisitor().send('GET', '/api/v1/audit/export', asKey);
      expect((await audit()).status).toBe(200);
      expect((await change('erik', { role: 'engineer' })).status).toBe(200);
      expect((await audit()).status, 'the key falls with its owner').toBe(403);
      expect(await (await me(erik)).json()).toMatchObject({ role: 'engineer' });
    },
    SLOW,
  );
});

describe('keys', () => {
  it(
    'are shown once and kept as a hash, expire, and are revoked',
    async () => {
      await addTestPerson('frida', 'analyst');
      await addTestPerson('gert', 'analyst');
      const frida = await signedIn('frida');
      const body = { name: 'collector', scopes: ['collect'], days: 30 };
      const made = (await (await frida.send('POST', '/api/v1/keys', { body })).json()) as {
        key: string;
        view: { id: string; start: string; owner: string };
      };
      expect(made.key).toMatch(/^sqk_/);
      expect(made.view).toMatchObject({ owner: 'frida', scopes: ['collect'], enabled: true });
      const row = await prisma().apikey.findUniqueOrThrow({ where: { id: made.view.id } });
      expect(JSON.stringify(row)).not.toContain(made.key);
      const list = async (visitor: TestVisitor) =>
        (await (await visitor.send('GET', '/api/v1/keys')).json()) as { items: { id: string }[] };
      expect(JSON.stringify(await list(frida))).not.toContain(made.key);
      const gert = await signedIn('gert');
      expect((await list(gert)).items).toEqual([]);
      expect((await list(ada)).items.map(({ id }) => id)).toContain(made.view.id);

      const use = () =>
        new TestVisitor().send('GET', '/api/v1/imports', {
          headers: { authorization: `Bearer ${made.key}` },
        });
      expect((await use()).status).toBe(200);
      for (const part of ['original', 'quarantine', 'quarantine/groups']) {
        const headers = { authorization: `Bearer ${made.key}` };
        const got = await new TestVisitor().send(
          'GET',
          `/api/v1/imports/{id}/${part}`,
          { headers },
          { id: '1' },
        );
        expect(got.status, `a collector takes no ${part}`).toBe(403);
      }
      expect(await prisma().apikey.findUniqueOrThrow({ where: { id: made.view.id } })).not.toMatchObject({
        lastRequest: null,
      });
      const revoke = (visitor: TestVisitor) =>
        visitor.send('DELETE', '/api/v1/keys/{id}', {}, { id: made.view.id });
      expect((await revoke(gert)).status).toBe(404);
      expect((await revoke(frida)).status).toBe(200);
      expect((await use()).status).toBe(401);
    },
    SLOW,
  );

  it(
    'and sessions do not come into being when the audit trail cannot be written',
    async () => {
      const frida = await signedIn('frida');
      const visitor = new TestVisitor();
      await prisma().$executeRawUnsafe(
        `ALTER TABLE audit ADD CONSTRAINT refused CHECK (action NOT IN ('key.made', 'signin.succeeded')) NOT VALID`,
      );
      try {
        const body = { name: 'unnoted', scopes: ['read'], days: 1 };
        expect((await frida.send('POST', '/api/v1/keys', { body })).status).toBe(500);
        const key = await prisma().apikey.findFirstOrThrow({ where: { name: 'unnoted' } });
        expect(key.enabled).toBe(false);
        expect((await signIn(visitor, 'frida', PASSWORD)).status).toBe(500);
        expect(visitor.session()).toBeUndefined();
      } finally {
        await prisma().$executeRawUnsafe('ALTER TABLE audit DROP CONSTRAINT refused');
      }
    },
    SLOW,
  );

  it(
    'open nothing once they have expired',
    async () => {
      const frida = await signedIn('frida');
      const body = { name: 'short', scopes: ['read'], days: 1 };
      const { key, view } = (await (await frida.send('POST', '/api/v1/keys', { body })).json()) as {
        key: string;
        view: { id: string };
      };
      await prisma().apikey.update({
        where: { id: view.id },
        data: { expiresAt: new Date(Date.now() - 1000) },
      });
      const headers = { authorization: `Bearer ${key}` };
      expect((await new TestVisitor().send('GET', '/api/v1/hosts', { headers })).status).toBe(401);
    },
    SLOW,
  );

  it('of the environment send exports and nothing else', async () => {
    const back = setEnvironment({ SEQUELA_API_KEY: 'a key of the environment' });
    try {
      const headers = { authorization: 'Bearer a-key', other: 'x' };
      expect((await new TestVisitor().send('GET', '/api/v1/imports', { headers })).status).toBe(401);
    } finally {
      back();
    }
    const restore = setEnvironment({ SEQUELA_API_KEY: 'environment-key' });
    try {
      const headers = { authorization: 'Bearer environment-key' };
      expect((await new TestVisitor().send('GET', '/api/v1/imports', { headers })).status).toBe(200);
      expect((await new TestVisitor().send('GET', '/api/v1/findings', { headers })).status).toBe(403);
    } finally {
      restore();
    }
  });
});
