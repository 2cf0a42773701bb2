import type { Connection } from '../client';

/** Mentions in one text that are looked up: more is no conversation. */
const MENTIONS = 50;
const MENTION = /(?<![\w@.+-])@([a-z][a-z0-9._-]{1,38}[a-z0-9])/gi;

/** Handles of the active people a text mentions as `@handle`; what is nobody's handle is plain text. */
export async function mentionedIn(connection: Connection, text: string): Promise<readonly string[]> {
  const named = [...new Set([...text.matchAll(MENTION)].map((match) => (match[1] ?? '').toLowerCase()))];
  if (named.length === 0) return [];
  const { rows } = await connection.query<{ handle: string }>(
    'SELECT handle FROM people WHERE handle = ANY($1::text[]) AND deactivated_at IS NULL ORDER BY handle',
    [named.slice(0, MENTIONS)],
  );
  return rows.map((row) => row.handle);
}
