import { addAudit, importSubject } from './audit';
import { type Connection, transaction } from './client';
import type { ImportState } from './imports';
import { addJob } from './queue';
import { deleteUpload, type SavedUpload } from './uploads';

/**
 * Makes an upload an import and queues its parsing, in one transaction. The same bytes are the same import:
 * the upload is then dropped and the existing import returned. One that had failed is queued once more, with
 * the format now asked for.
 */
export async function createImport(
  upload: SavedUpload,
  name: string,
  requestedFormat: string,
  by: string,
): Promise<{ readonly id: number; readonly created: boolean }> {
  const outcome = await transaction(async (connection) => {
    const { rows } = await connection.query<{ id: number }>(
      `INSERT INTO imports (upload_id, name, requested_format, sha256, bytes) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (sha256) WHERE clearing IS DISTINCT FROM 'delete' DO NOTHING RETURNING id`,
      [upload.uploadId, name, requestedFormat, upload.sha256, upload.bytes],
    );
    const created = rows[0];
    if (created === undefined)
      return { id: await reopen(connection, upload.sha256, requestedFormat, by), created: false };
    await addJob(connection, 'run_import', { importId: created.id }, importSubject(created.id));
    await addAudit(connection, {
      by,
      action: 'import.created',
      subject: importSubject(created.id),
      details: { name, sha256: upload.sha256, bytes: upload.bytes, format: requestedFormat },
    });
    return { id: created.id, created: true };
  });
  if (!outcome.created) await deleteUpload(upload.uploadId);
  return outcome;
}

async function reopen(
  connection: Connection,
  sha256: string,
  requestedFormat: string,
  by: string,
): Promise<number> {
  const { rows } = await connection.query<{ id: number; state: ImportState }>(
    `SELECT id, state FROM imports WHERE sha256 = $1 AND clearing IS DISTINCT FROM 'delete' FOR UPDATE`,
    [sha256],
  );
  const known = rows[0];
  if (known === undefined) throw new Error(`import ${sha256} vanished while it was looked up`);
  if (known.state === 'failed') {
    // Another format only while nothing was counted under the first: a resume point holds for one reading.
    await connection.query(
      `UPDATE imports SET state = 'parsing', error = NULL, finished_at = NULL, reading = reading + 1,
         clearing = CASE WHEN clearing IS NULL THEN NULL ELSE 'reparse' END,
         requested_format = CASE WHEN read = 0 THEN $2 ELSE requested_format END WHERE id = $1`,
      [known.id, requestedFormat],
    );
    await addJob(connection, 'run_import', { importId: known.id }, importSubject(known.id));
    await addAudit(connection, {
      by,
      action: 'import.resumed',
      subject: importSubject(known.id),
      details: { format: requestedFormat },
    });
  }
  return known.id;
}
