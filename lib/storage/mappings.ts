import { type Connection, pool } from './client';

/** One version of a mapping, its body as it was saved. */
export type StoredMapping = {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly body: unknown;
  readonly savedAt: Date;
  readonly savedBy: string;
};

const COLUMNS = 'id, version, name, body, saved_at AS "savedAt", saved_by AS "savedBy"';

/** Mappings in force (the highest version of each), in order of name. */
export async function listMappings(): Promise<readonly StoredMapping[]> {
  const { rows } = await pool().query<StoredMapping>(
    `SELECT * FROM (SELECT DISTINCT ON (id) ${COLUMNS} FROM mappings ORDER BY id, version DESC) m
     ORDER BY lower(name), id`,
  );
  return rows;
}

/** A mapping as it is in force, or in an earlier version; undefined when there is none. */
export async function loadMapping(id: string, version?: number): Promise<StoredMapping | undefined> {
  const { rows } = await pool().query<StoredMapping>(
    `SELECT ${COLUMNS} FROM mappings WHERE id = $1 AND ($2::int IS NULL OR version = $2)
     ORDER BY version DESC LIMIT 1`,
    [id, version ?? null],
  );
  return rows[0];
}

/**
 * Saves a version of a mapping. It must follow the one in force (1 for a new mapping): false when another was
 * saved, or the mapping was deleted, meanwhile.
 */
export async function saveMapping(
  connection: Connection,
  mapping: {
    readonly id: string;
    readonly version: number;
    readonly name: string;
    readonly body: unknown;
    readonly savedBy: string;
  },
): Promise<boolean> {
  const { id, version, name, body, savedBy } = mapping;
  const { rowCount } = await connection.query(
    `INSERT INTO mappings (id, version, name, body, saved_by)
     SELECT $1, $2::int, $3, $4, $5
     WHERE coalesce((SELECT max(version) FROM mappings WHERE id = $1), 0) = $2::int - 1
     ON CONFLICT (id, version) DO NOTHING`,
    [id, version, name, JSON.stringify(body), savedBy],
  );
  return rowCount === 1;
}

/** Deletes a mapping with all its versions; false when there was none. What was read by it stays as it is. */
export async function deleteMapping(connection: Connection, id: string): Promise<boolean> {
  const { rowCount } = await connection.query('DELETE FROM mappings WHERE id = $1', [id]);
  return (rowCount ?? 0) > 0;
}
