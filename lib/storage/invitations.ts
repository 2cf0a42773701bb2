import { createHash, randomBytes } from 'node:crypto';
import { type Connection, pool } from './client';
import { isNobodyHere, lockPeople } from './people';

export type InvitationPurpose = 'first' | 'join' | 'password';

/** A one-time link as stored: only the hash of its token is. */
export type StoredInvitation = {
  readonly purpose: InvitationPurpose;
  /** Null for the first administrator's, who is nobody yet. */
  readonly personId: string | null;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};

const VALID_HOURS = 24;
const COLUMNS = 'purpose, person_id AS "personId", expires_at AS "expiresAt", used_at AS "usedAt"';

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Makes a link's token, valid for a day. Earlier links to the same person, or to the first one, end. */
export async function makeInvitation(
  connection: Connection,
  invitation: { readonly purpose: InvitationPurpose; readonly personId: string | null; readonly by: string },
): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const { purpose, personId, by } = invitation;
  await connection.query(
    'DELETE FROM invitations WHERE used_at IS NULL AND person_id IS NOT DISTINCT FROM $1',
    [personId],
  );
  const token = randomBytes(32).toString('base64url');
  const { rows } = await connection.query<{ expiresAt: Date }>(
    `INSERT INTO invitations (token_hash, purpose, person_id, created_by, expires_at)
     VALUES ($1, $2, $3, $4, now() + make_interval(hours => $5)) RETURNING expires_at AS "expiresAt"`,
    [hashOf(token), purpose, personId, by, VALID_HOURS],
  );
  const expiresAt = rows[0]?.expiresAt;
  if (expiresAt === undefined) throw new Error('an invitation was not returned');
  return { token, expiresAt };
}

/** The token of a new link for the first administrator; undefined when somebody is here already. */
export async function makeFirstInvitation(connection: Connection): Promise<string | undefined> {
  await connection.query('BEGIN');
  try {
    await lockPeople(connection);
    const made = (await isNobodyHere(connection))
      ? await makeInvitation(connection, { purpose: 'first', personId: null, by: 'sequela' })
      : undefined;
    await connection.query('COMMIT');
    return made?.token;
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  }
}

/** A link by its token; undefined when there is none. */
export async function findInvitation(token: string): Promise<StoredInvitation | undefined> {
  const { rows } = await pool().query<StoredInvitation>(
    `SELECT ${COLUMNS} FROM invitations WHERE token_hash = $1`,
    [hashOf(token)],
  );
  return rows[0];
}

/** Uses a link up, once: undefined when there is none, when it has expired or was used. */
export async function useInvitation(
  connection: Connection,
  token: string,
): Promise<StoredInvitation | undefined> {
  const { rows } = await connection.query<StoredInvitation>(
    `UPDATE invitations SET used_at = now() WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()
     RETURNING ${COLUMNS}`,
    [hashOf(token)],
  );
  return rows[0];
}
