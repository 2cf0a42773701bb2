import fs from 'node:fs';
import path from 'node:path';

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
