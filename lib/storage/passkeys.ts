import type { Connection } from './client';

/** Removes a passkey of this person; false when they have none with this id. */
export async function removePasskey(connection: Connection, id: string, personId: string): Promise<boolean> {
  const { rowCount } = await connection.query('DELETE FROM passkeys WHERE id = $1 AND user_id = $2', [
    id,
    personId,
  ]);
  return rowCount === 1;
}
