import { can, type Permission, ROLES, type Role } from '../../access/can';
import { AppError } from '../../base/appError';
import type { Connection } from '../client';

/**
 * Throws `bad_request` unless a handle is an active person's who may do the work: nothing is given to somebody who
 * left or may not. `path` is the field of the request.
 */
export async function refuseUnfit(
  connection: Connection,
  handle: string,
  permission: Permission,
  path: string,
): Promise<void> {
  // In the demo mode the one person there is has no row.
  if (handle === 'demo' && process.env.SEQUELA_DEMO === 'true') return;
  const { rows } = await connection.query<{ role: string }>(
    'SELECT role FROM people WHERE handle = $1 AND deactivated_at IS NULL',
    [handle],
  );
  const role = ROLES.find((known): known is Role => known === rows[0]?.role);
  if (role !== undefined && can({ name: handle, role }, permission)) return;
  const message =
    role === undefined
      ? 'is nobody who works here'
      : `is a person whose role (${role}) does not work on cases`;
  throw new AppError('bad_request', `"${handle}" ${message}.`, { errors: [{ path, message }] });
}

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
