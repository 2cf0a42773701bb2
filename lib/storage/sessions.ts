import { type Connection, pool } from './client';

/** A browser that is signed in. The token that proves it never leaves this file. */
export type StoredSession = {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
};

/** A person's sessions that have not expired, the last used first. */
export async function listSessions(personId: string): Promise<readonly StoredSession[]> {
  const { rows } = await pool().query<StoredSession>(
    `SELECT id, created_at AS "createdAt", updated_at AS "updatedAt", expires_at AS "expiresAt",
       user_agent AS "userAgent", ip_address AS "ipAddress"
     FROM sessions WHERE user_id = $1 AND expires_at > now() ORDER BY updated_at DESC, id`,
    [personId],
  );
  return rows;
}

/** Ends one session of this person; false when they have none with this id. */
export async function endSession(connection: Connection, id: string, personId: string): Promise<boolean> {
  const { rowCount } = await connection.query('DELETE FROM sessions WHERE id = $1 AND user_id = $2', [
    id,
    personId,
  ]);
  return rowCount === 1;
}

/** Ends a session whosever it is: one that its browser leaves for another. */
export async function forgetSession(id: string): Promise<void> {
  await pool().query('DELETE FROM sessions WHERE id = $1', [id]);
}

/** Ends all sessions of a person; answers how many. */
export async function endSessions(connection: Connection, personId: string): Promise<number> {
  const { rowCount } = await connection.query('DELETE FROM sessions WHERE user_id = $1', [personId]);
  return rowCount ?? 0;
}
