import { type APIRequestContext, type Browser, expect, type Page } from '@playwright/test';
import type { OneTimeLink } from '../../lib/contracts/people';

export const PASSWORD = 'correct horse battery staple';
export const NOBODY = { cookies: [], origins: [] };
export const emailOf = (handle: string) => `${handle}@soc.example`;

/** A page of somebody else, in a browser of their own where nobody is signed in. */
export async function elsewhere(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext({ baseURL: baseURL ?? '', storageState: NOBODY });
  return context.newPage();
}

/** Adds a person as the administrator that every journey is signed in as; answers with the one-time link. */
export async function added(
  request: APIRequestContext,
  handle: string,
  role: string,
  name = `Person ${handle}`,
): Promise<OneTimeLink> {
  const answer = await request.post('/api/v1/admin/people', {
    data: { handle, name, email: emailOf(handle), role },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return answer.json();
}

/** Adds a person and has them join in the browser of `page`, where they are signed in afterwards. */
export async function joined(
  request: APIRequestContext,
  page: Page,
  handle: string,
  role: string,
): Promise<void> {
  const { link } = await added(request, handle, role);
  const token = new URL(link).searchParams.get('token') ?? '';
  const answer = await page.request.post('/api/v1/invitation', { data: { token, password: PASSWORD } });
  expect(answer.ok(), await answer.text()).toBe(true);
}
