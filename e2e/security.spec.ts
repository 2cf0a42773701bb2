import { expect, type Page, test } from '@playwright/test';
import { elsewhere, emailOf, joined, PASSWORD } from './support/team';

/** What a page may run, and what its answers say of it. */
test('every page is under a strict policy: scripts by nonce only, no frame, no sniffing', async ({
  page,
  request,
}) => {
  const nonces = new Set<string>();
  for (const path of ['/', '/cases', '/events', '/sign-in', '/no-such-page']) {
    const answer = await request.get(path);
    const policy = answer.headers()['content-security-policy'] ?? '';
    expect(policy, path).toContain("object-src 'none'");
    expect(policy, path).toContain("base-uri 'none'");
    expect(policy, path).toContain("frame-ancestors 'none'");
    const scripts = policy.split('; ').find((part) => part.startsWith('script-src')) ?? '';
    expect(scripts, path).not.toContain('unsafe');
    const nonce = /'nonce-([^']+)'/.exec(scripts)?.[1] ?? '';
    expect(nonce.length, path).toBeGreaterThan(16);
    nonces.add(nonce);
    expect(answer.headers()['x-content-type-options']).toBe('nosniff');
    expect(answer.headers()['referrer-policy']).toBe('no-referrer');
    const html = await answer.text();
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) expect(tag, path).toContain('nonce=');
    expect(html, path).not.toMatch(/<[^>]+\son[a-z]+=/i);
  }
  expect(nonces.size, 'a fresh nonce for each answer').toBe(5);

  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  await page.goto('/');
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
  expect(refused).toEqual([]);
});

test('nothing but signing in is answered to somebody who is not signed in', async ({
  playwright,
  baseURL,
}) => {
  const stranger = await playwright.request.newContext({
    baseURL: baseURL ?? '',
    storageState: { cookies: [], origins: [] },
  });
  for (const path of [
    '/api/v1/findings',
    '/api/v1/events',
    '/api/v1/me',
    '/api/v1/openapi.json',
    '/api/v1/cases',
  ])
    expect((await stranger.get(path)).status(), path).toBe(401);
  const page = await stranger.get('/', { maxRedirects: 0 });
  expect([302, 303, 307, 308]).toContain(page.status());
  expect(page.headers().location).toMatch(/^(http:\/\/[^/]+)?\/sign-in/);
  await stranger.dispose();
});

/** What somebody may put behind `next`, in the hope that signing in leads there. */
const HOSTILE_NEXT = [
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '/\t/evil.example',
  '\\\\evil.example',
  'https:evil.example',
  'javascript:attacked(1)',
  'data:text/html,<script>attacked(2)</script>',
];

test('signing in leads nowhere but to pages of this server', async ({ browser, baseURL, request }) => {
  test.setTimeout(180_000);
  const first = await elsewhere(browser, baseURL);
  await joined(request, first, 'next.visitor', 'analyst');

  for (const next of HOSTILE_NEXT)
    await test.step(`after signing in: ${next}`, async () => {
      const page = await elsewhere(browser, baseURL);
      const left = leaving(page, baseURL);
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await page.getByLabel('Address').fill(emailOf('next.visitor'));
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await arrived(page, baseURL);
      expect(await left()).toEqual([]);
      await page.context().close();
    });

  for (const next of HOSTILE_NEXT)
    await test.step(`signed in already: ${next}`, async () => {
      const page = await first.context().newPage();
      const left = leaving(page, baseURL);
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
      await arrived(page, baseURL);
      expect(await left()).toEqual([]);
      await page.close();
    });
});

/** The bar of the workbench stands, at this server's own address. */
async function arrived(page: Page, baseURL: string | undefined): Promise<void> {
  await expect(page.getByRole('banner').getByRole('button', { name: /account and settings/ })).toBeVisible();
  expect(await page.evaluate(() => location.origin)).toBe(baseURL);
  expect(new URL(page.url()).pathname).not.toBe('/sign-in');
  expect(page.url()).not.toContain('evil');
}

/** Notes what `page` asks other servers for, and scripts that were smuggled in; answers with all of it. */
function leaving(page: Page, baseURL: string | undefined): () => Promise<readonly string[]> {
  const noted: string[] = [];
  page.on('request', (sent) => {
    // Pictures and workers of the page itself stand in such addresses too.
    const isWithin = !sent.isNavigationRequest() && /^(data|blob):/.test(sent.url());
    if (!isWithin && !sent.url().startsWith(`${baseURL}/`)) noted.push(sent.url());
  });
  const ready = page.exposeFunction('attacked', (how: unknown) => noted.push(`script ${String(how)}`));
  return async () => {
    await ready;
    return noted;
  };
}
