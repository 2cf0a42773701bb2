import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as callback } from '@/app/api/auth/[...all]/route';
import { setEnvironment } from '../base/testEnvironment';
import { prisma } from '../storage/client';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { actionsOn, addTestPerson, signedIn } from './testPeople';
import { TestVisitor } from './testVisitor';

const SLOW = 120_000;
const OURS = 'http://localhost:3000';

/** Whom the provider says to have before it. */
let before = { email: '', email_verified: true, name: 'Somebody' };
let provider: Server;
let worker: TestWorker;
let restore: () => void;

beforeAll(async () => {
  worker = await startTestWorker({ signIn: true });
  provider = await startProvider();
  const { port } = provider.address() as AddressInfo;
  restore = setEnvironment({
    SEQUELA_OIDC_ISSUER: `http://localhost:${port}`,
    SEQUELA_OIDC_CLIENT_ID: 'sequela',
    SEQUELA_OIDC_CLIENT_SECRET: 'a secret of the client, long enough for its kind',
    SEQUELA_OIDC_NAME: 'Our directory',
    SEQUELA_OIDC_JOIN_ROLE: undefined,
  });
}, SLOW);
afterAll(async () => {
  restore();
  provider.closeAllConnections();
  provider.close();
  await worker.stop();
});

describe('single sign-on', () => {
  it('is offered by its name', async () => {
    const options = await (await new TestVisitor().send('GET', '/api/v1/sign-in')).json();
    expect(options).toMatchObject({ singleSignOn: { name: 'Our directory' } });
  });

  it(
    'lets in whom an administrator added, by their verified address, to the page they wanted',
    async () => {
      await addTestPerson('greta', 'lead');
      before = { email: 'Greta@example.org', email_verified: true, name: 'Greta' };
      const visitor = new TestVisitor();
      const to = await goThrough(visitor, '/hosts?sort=name');
      expect(to).toBe('/hosts?sort=name');
      const me = await (await visitor.send('GET', '/api/v1/me')).json();
      expect(me).toMatchObject({ handle: 'greta', role: 'lead' });
      expect(await actionsOn('greta')).toEqual(['signin.succeeded']);
      const accounts = await prisma().account.findMany({ where: { providerId: 'oidc' } });
      expect(accounts).toMatchObject([{ accessToken: null, refreshToken: null, idToken: null }]);
      // A second time by what the provider calls them, whatever their address is by then.
      before = { ...before, email: 'greta@elsewhere.example' };
      expect(await goThrough(new TestVisitor(), '/')).toBe('/');
    },
    SLOW,
  );

  it(
    'ends the session the browser was in before',
    async () => {
      await addTestPerson('jana', 'analyst');
      const visitor = await signedIn('jana');
      const earlier = new TestVisitor();
      for (const [name, value] of visitor.cookies) earlier.cookies.set(name, value);
      const me = async (who: TestVisitor) => (await who.send('GET', '/api/v1/me')).status;
      expect(await me(earlier)).toBe(200);
      before = { email: 'greta@example.org', email_verified: true, name: 'Greta' };
      expect(await goThrough(visitor, '/')).toBe('/');
      expect(await me(visitor)).toBe(200);
      expect(await me(earlier)).toBe(401);
    },
    SLOW,
  );

  it(
    'refuses people it does not know, unverified addresses, and people who left',
    async () => {
      for (const handle of ['hanna', 'ida']) await addTestPerson(handle, 'analyst');
      await prisma().person.update({
        where: { handle: 'ida' },
        data: { deactivatedAt: new Date(), deactivatedBy: 'x' },
      });
      for (const who of [
        { email: 'stranger@example.org', email_verified: true, name: 'Stranger' },
        { email: 'hanna@example.org', email_verified: false, name: 'Hanna' },
        { email: 'ida@example.org', email_verified: true, name: 'Ida' },
      ]) {
        before = who;
        const visitor = new TestVisitor();
        const to = await goThrough(visitor, '/');
        expect(to, who.email).toMatch(/^\/sign-in\?.*error=\w+/);
        expect(visitor.session(), who.email).toBeUndefined();
      }
      expect(await prisma().person.findUnique({ where: { email: 'stranger@example.org' } })).toBeNull();
      expect((await actionsOn('anonymous')).filter((action) => action === 'signin.failed').length).toBe(3);
    },
    SLOW,
  );

  it(
    'takes in people it does not know where the environment says as what',
    async () => {
      const undo = setEnvironment({ SEQUELA_OIDC_JOIN_ROLE: 'analyst' });
      try {
        before = { email: 'Greta@new.example', email_verified: true, name: 'Another Greta' };
        const visitor = new TestVisitor();
        expect(await goThrough(visitor, '/')).toBe('/');
        expect(await (await visitor.send('GET', '/api/v1/me')).json()).toMatchObject({
          handle: 'greta-2',
          name: 'Another Greta',
          role: 'analyst',
        });
        before = { email: 'unverified@new.example', email_verified: false, name: 'Nobody' };
        expect(await goThrough(new TestVisitor(), '/')).toMatch(/error=/);
      } finally {
        undo();
      }
    },
    SLOW,
  );

  it(
    'leads to no other site, and takes no answer that this browser did not ask for',
    async () => {
      before = { email: 'greta@example.org', email_verified: true, name: 'Greta' };
      for (const next of [
        'https://evil.example/',
        '//evil.example',
        '/\\evil.example',
        'javascript:alert(1)',
      ])
        expect(await goThrough(new TestVisitor(), next), next).toBe('/');
      const asked = new TestVisitor();
      const url = await atProvider(asked, '/');
      const other = new TestVisitor();
      expect(await comeBack(other, url)).toMatch(/error=/);
      expect(other.session()).toBeUndefined();
    },
    SLOW,
  );

  it('answers 404 to everything else of the library', async () => {
    for (const place of ['/api/auth/get-session', '/api/auth/sign-up/email', '/api/auth/callback/github'])
      expect(
        (await callback(new Request(`${OURS}${place}`, { headers: { host: 'localhost:3000' } }))).status,
      ).toBe(404);
  });
});

/** Goes through single sign-on as a browser does; answers where it ends, as a path. */
async function goThrough(visitor: TestVisitor, next: string): Promise<string> {
  return comeBack(visitor, await atProvider(visitor, next));
}

/** As far as the provider sending the browser back: the address it sends it to. */
async function atProvider(visitor: TestVisitor, next: string): Promise<string> {
  const asked = await visitor.send('POST', '/api/v1/sign-in/single-sign-on', { body: { next } });
  const { url } = (await asked.json()) as { url: string };
  expect(asked.status, JSON.stringify(url)).toBe(200);
  expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256');
  const browser = new TestVisitor();
  for (let at = url, hops = 0; hops < 12; hops++) {
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
    browser.keep(answer);
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`the provider stays at ${at}: ${await answer.text()}`);
    at = new URL(location, at).href;
    if (at.startsWith(OURS)) return at;
  }
  throw new Error('the provider goes round in circles');
}

async function comeBack(visitor: TestVisitor, url: string): Promise<string> {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await callback(new Request(url, { headers: { host: 'localhost:3000', cookie } }));
  visitor.keep(answer);
  expect(answer.status).toBe(302);
  const to = new URL(answer.headers.get('location') ?? '', OURS);
  expect(to.origin).toBe(OURS);
  return `${to.pathname}${to.search}`;
}

/** A real provider of OpenID Connect that asks nobody anything: whoever `before` is has signed in there. */
async function startProvider(): Promise<Server> {
  const { createServer } = await import('node:http');
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const subjects = new Map<string, typeof before>();
  const idp = new Provider(`http://localhost:${port}`, {
    clients: [
      {
        client_id: 'sequela',
        client_secret: 'a secret of the client, long enough for its kind',
        redirect_uris: [`${OURS}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['a key of the provider'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...(subjects.get(sub) ?? before) }),
    }),
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
  });
  const answer = idp.callback();
  server.on('request', async (incoming, outgoing) => {
    if (!incoming.url?.startsWith('/interaction/')) {
      answer(incoming, outgoing);
      return;
    }
    const { prompt, session, params } = await idp.interactionDetails(incoming, outgoing);
    if (prompt.name === 'login') {
      // One subject by name, whatever their address is.
      const accountId = before.name;
      subjects.set(accountId, before);
      await idp.interactionFinished(incoming, outgoing, { login: { accountId } });
      return;
    }
    const grant = new idp.Grant({ accountId: session?.accountId ?? '', clientId: String(params.client_id) });
    grant.addOIDCScope('openid email profile');
    const grantId = await grant.save();
    await idp.interactionFinished(incoming, outgoing, { consent: { grantId } });
  });
  return server;
}
