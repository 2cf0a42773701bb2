import { AppError } from '../../base/appError';
import { type Connection, pool } from '../client';
import { jsonText } from '../jsonText';

/** A release of ATT&CK that somebody brought. */
export type StoredBundle = {
  readonly id: number;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly domain: string | null;
  readonly version: string | null;
  readonly specVersion: string | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly addedBy: string;
  readonly addedAt: Date;
};

const COLUMNS =
  'id, name, sha256, bytes, domain, version, spec_version AS "specVersion", counts, added_by AS "addedBy", added_at AS "addedAt"';

/** Releases, the one that was brought last first: it names things. */
export async function listBundles(): Promise<readonly StoredBundle[]> {
  const { rows } = await pool().query<StoredBundle>(`SELECT ${COLUMNS} FROM attack_bundles ORDER BY id DESC`);
  return rows;
}

/** The release that names things; undefined while there is none. */
export async function newestBundle(connection?: Connection): Promise<StoredBundle | undefined> {
  const { rows } = await (connection ?? pool()).query<StoredBundle>(
    `SELECT ${COLUMNS} FROM attack_bundles ORDER BY id DESC LIMIT 1`,
  );
  return rows[0];
}

/** The release of these bytes; undefined when nobody brought it. */
export async function bundleOfBytes(
  sha256: string,
  connection?: Connection,
): Promise<StoredBundle | undefined> {
  const { rows } = await (connection ?? pool()).query<StoredBundle>(
    `SELECT ${COLUMNS} FROM attack_bundles WHERE sha256 = $1`,
    [sha256],
  );
  return rows[0];
}

/** Writes the row of a release; its objects follow in the same transaction. */
export async function insertBundle(
  connection: Connection,
  bundle: Omit<StoredBundle, 'id' | 'addedAt'>,
): Promise<StoredBundle> {
  const { name, sha256, bytes, domain, version, specVersion, counts, addedBy } = bundle;
  const { rows } = await connection.query<StoredBundle>(
    `INSERT INTO attack_bundles (name, sha256, bytes, domain, version, spec_version, counts, added_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8) RETURNING ${COLUMNS}`,
    [name, sha256, bytes, domain, version, specVersion, jsonText(counts), addedBy],
  );
  const [saved] = rows;
  if (saved === undefined) throw new Error('a release was not returned');
  return saved;
}

/** Forgets a release with its objects. Throws `not_found`. */
export async function deleteBundle(connection: Connection, id: number): Promise<StoredBundle> {
  const { rows } = await connection.query<StoredBundle>(
    `DELETE FROM attack_bundles WHERE id = $1 RETURNING ${COLUMNS}`,
    [id],
  );
  const [gone] = rows;
  if (gone === undefined) throw new AppError('not_found', `There is no release ${id}.`);
  return gone;
}
