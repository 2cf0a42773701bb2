import { type Connection, pool } from './client';

/** A key of a program, without its hash. */
export type StoredKey = {
  readonly id: string;
  readonly name: string | null;
  readonly start: string | null;
  /** Handle of its owner. */
  readonly owner: string;
  readonly permissions: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastRequest: Date | null;
  readonly enabled: boolean;
};

/** Keys, newest first: of one owner by handle, or of all. */
export async function listKeys(owner: string | null): Promise<readonly StoredKey[]> {
  const { rows } = await pool().query<StoredKey>(
    `SELECT k.id, k.name, k.start, p.handle AS owner, k.permissions, k.created_at AS "createdAt",
       k.expires_at AS "expiresAt", k.last_request AS "lastRequest", coalesce(k.enabled, true) AS enabled
     FROM api_keys k JOIN people p ON p.id = k.reference_id
     WHERE $1::text IS NULL OR p.handle = $1 ORDER BY k.created_at DESC, k.id`,
    [owner],
  );
  return rows;
}

/** Revokes a key for good, of this owner or whosever (null). Answers its owner's handle; undefined: no such key. */
export async function revokeKey(
  connection: Connection,
  id: string,
  owner: string | null,
): Promise<string | undefined> {
  const { rows } = await connection.query<{ owner: string }>(
    `UPDATE api_keys k SET enabled = false, updated_at = now() FROM people p
     WHERE k.id = $1 AND p.id = k.reference_id AND ($2::text IS NULL OR p.handle = $2) RETURNING p.handle AS owner`,
    [id, owner],
  );
  return rows[0]?.owner;
}

/** Revokes all keys of a person that still work; answers how many. */
export async function revokeKeys(connection: Connection, personId: string): Promise<number> {
  const { rowCount } = await connection.query(
    'UPDATE api_keys SET enabled = false, updated_at = now() WHERE reference_id = $1 AND enabled IS NOT FALSE',
    [personId],
  );
  return rowCount ?? 0;
}
