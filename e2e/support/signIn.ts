import fs from 'node:fs';
import path from 'node:path';
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import type { OneTimeLink } from '../../lib/contracts/people';

/** Cookies of the first administrator, whom all journeys are unless they sign in as somebody else. */
export const ADMINISTRATOR = path.resolve(
  import.meta.dirname,
  '../../node_modules/.cache/sequela-e2e/administrator.json',
);

/** Who that is. */
export const FIRST = {
  handle: 'ada',
  name: 'Ada Lovelace',
  email: 'ada@example.org',
  password: 'a password for journeys',
} as const;

/** The link that the start printed for the first administrator, as a path. */
export function firstLink(): string {
  const { pathname, search } = new URL(fs.readFileSync(process.env.E2E_LINK_FILE ?? '', 'utf8').trim());
  return `${pathname}${search}`;
}

/**
 * Adds a person and lets them join: as an administrator through `request`, then by their link in `page`, whose browser
 * must be nobody's yet. Leaves `page` signed in as them.
 */
export async function joinAs(
  request: APIRequestContext,
  page: Page,
  person: { readonly handle: string; readonly name: string; readonly role: string },
): Promise<void> {
  const email = `${person.handle}@example.org`;
  const added = await request.post('/api/v1/admin/people', { data: { ...person, email } });
  expect(added.ok(), await added.text()).toBe(true);
  const { link } = (await added.json()) as OneTimeLink;
  const token = new URL(link).searchParams.get('token');
  const joined = await page.request.post('/api/v1/invitation', {
    data: { token, password: FIRST.password },
  });
  expect(joined.ok(), await joined.text()).toBe(true);
}
