import { expect, test } from '@playwright/test';

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

test('signing in leads nowhere but to pages of this server', async ({ browser, baseURL }) => {
  const context = await browser.newContext({
    baseURL: baseURL ?? '',
    storageState: { cookies: [], origins: [] },
  });
  const page = await context.newPage();
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
    for (const link of await page.getByRole('link').all())
      expect((await link.getAttribute('href')) ?? '').not.toContain('evil');
  }
  await context.close();
});
