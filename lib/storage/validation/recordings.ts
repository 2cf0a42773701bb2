import { AppError } from '../../base/appError';
import { type Connection, pool } from '../client';
import { jsonText } from '../jsonText';
import { LOCK_CLASS, lockTransaction } from '../locks';

/** An uploaded recording, without its bytes. */
export type StoredRecording = {
  readonly id: number;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  /** As lib/validation/labels.ts describes one recording. */
  readonly labels: unknown;
  readonly addedBy: string;
  readonly addedAt: Date;
};

/** All of them are replayed one after the other. */
export const RECORDINGS_MAX = 1000;

const COLUMNS = `id, name, sha256, size AS bytes, labels, added_by AS "addedBy", added_at AS "addedAt"`;

/** Uploaded recordings that were not removed, oldest first; of `ids` only, where some are given. */
export async function listRecordings(ids: readonly number[] = []): Promise<readonly StoredRecording[]> {
  const { rows } = await pool().query<StoredRecording>(
    `SELECT ${COLUMNS} FROM validation_recordings
     WHERE removed_at IS NULL AND (cardinality($1::int[]) = 0 OR id = ANY($1::int[])) ORDER BY id`,
    [ids],
  );
  return rows;
}

/** One that was not removed; undefined when there is none. */
export async function loadRecording(
  id: number,
  reader: Pick<Connection, 'query'> = pool(),
): Promise<StoredRecording | undefined> {
  const { rows } = await reader.query<StoredRecording>(
    `SELECT ${COLUMNS} FROM validation_recordings WHERE id = $1 AND removed_at IS NULL`,
    [id],
  );
  return rows[0];
}

/** The same, kept from changes until the transaction ends. */
export async function lockRecording(
  connection: Connection,
  id: number,
): Promise<StoredRecording | undefined> {
  await connection.query(
    'SELECT FROM validation_recordings WHERE id = $1 AND removed_at IS NULL FOR UPDATE',
    [id],
  );
  return await loadRecording(id, connection);
}

/** Its bytes, compressed with gzip; undefined when it was removed meanwhile. */
export async function loadContent(id: number): Promise<Buffer | undefined> {
  const { rows } = await pool().query<{ content: Buffer }>(
    'SELECT content FROM validation_recordings WHERE id = $1 AND removed_at IS NULL',
    [id],
  );
  return rows[0]?.content;
}

/**
 * Keeps a recording; one with the same bytes gets the new name and label instead, and its label until then is given
 * back as `before`. Throws `conflict` when there are as
 * many as are taken.
 */
export async function saveRecording(
  connection: Connection,
  recording: Omit<StoredRecording, 'id' | 'addedAt'> & { readonly content: Uint8Array },
): Promise<{ readonly id: number; readonly created: boolean; readonly before?: unknown }> {
  await lockTransaction(connection, LOCK_CLASS.validation, 1);
  const { name, sha256, bytes, labels, addedBy, content } = recording;
  const { rows: known } = await connection.query<{ id: number; before: unknown }>(
    `UPDATE validation_recordings r SET name = $2, labels = $3
     FROM (SELECT id, labels FROM validation_recordings WHERE sha256 = $1 AND removed_at IS NULL FOR UPDATE) old
     WHERE r.id = old.id RETURNING r.id, old.labels AS before`,
    [sha256, name, jsonText(labels)],
  );
  if (known[0] !== undefined) return { ...known[0], created: false };
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO validation_recordings (name, sha256, size, content, labels, added_by)
     SELECT $1, $2, $3, $4, $5, $6
     WHERE (SELECT count(*) FROM validation_recordings WHERE removed_at IS NULL) < $7 RETURNING id`,
    [name, sha256, bytes, content, jsonText(labels), addedBy, RECORDINGS_MAX],
  );
  if (rows[0] === undefined)
    throw new AppError(
      'conflict',
      `There are ${RECORDINGS_MAX} recordings already. Remove those that are no longer of use, then send it again.`,
    );
  return { id: rows[0].id, created: true };
}

/** Replaces what a recording is labelled as; false when there is none. */
export async function saveLabels(connection: Connection, id: number, labels: unknown): Promise<boolean> {
  const { rowCount } = await connection.query(
    'UPDATE validation_recordings SET labels = $2 WHERE id = $1 AND removed_at IS NULL',
    [id, jsonText(labels)],
  );
  return rowCount === 1;
}

/** Takes a recording out of later runs and lets go of its bytes; what it was stays known. Undefined when there is none. */
export async function dropRecording(
  connection: Connection,
  id: number,
  by: string,
): Promise<Pick<StoredRecording, 'name' | 'sha256'> | undefined> {
  const { rows } = await connection.query<{ name: string; sha256: string }>(
    `UPDATE validation_recordings SET removed_by = $2, removed_at = now(), content = ''
     WHERE id = $1 AND removed_at IS NULL RETURNING name, sha256`,
    [id, by],
  );
  return rows[0];
}
