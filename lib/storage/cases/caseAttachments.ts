import { AppError } from '../../base/appError';
import { addAudit, caseSubject } from '../audit';
import { type Connection, pool, transaction } from '../client';
import { deleteUpload, type SavedUpload, saveUpload } from '../uploads';
import { caseFamily } from './caseRows';
import { changeableOrRefuse, changeCase, familyOrRefuse, noItem } from './changeCase';

/** A file kept with a case. */
export type StoredAttachment = {
  readonly id: number;
  readonly caseId: number;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Where its bytes stand. */
  readonly uploadId: string;
  readonly note: string;
  readonly by: string;
  readonly at: Date;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
};

const ATTACHMENT = `a.id, a.case_id AS "caseId", a.name, a.media_type AS "mediaType", a.bytes, a.sha256, a.upload_id AS "uploadId",
  a.note, a.by, a.at, a.withdrawn_at AS "withdrawnAt", a.withdrawn_by AS "withdrawnBy"`;

/** Files of cases, oldest first, withdrawn ones among them. */
export async function loadAttachments(family: readonly number[]): Promise<readonly StoredAttachment[]> {
  const { rows } = await pool().query<StoredAttachment>(
    `SELECT ${ATTACHMENT} FROM case_attachments a WHERE a.case_id = ANY($1::int[]) ORDER BY a.id`,
    [family],
  );
  return rows;
}

/**
 * Keeps a file as it streams in, in constant memory; nothing of it stays when it breaks off or the case cannot take it.
 * Throws `not_found`, `conflict`, `too_large` and `bad_input`.
 */
export async function addAttachment(
  caseId: number,
  file: Pick<StoredAttachment, 'name' | 'mediaType' | 'note'>,
  content: AsyncIterable<Uint8Array>,
  limitBytes: number,
  by: string,
): Promise<StoredAttachment> {
  // Before gigabytes are taken for nothing; looked at again once they are here.
  await changeableOrRefuse(caseId);
  const upload = await saveUpload(content, limitBytes);
  try {
    return await insertAttachment(caseId, file, upload, by);
  } catch (error) {
    await deleteUpload(upload.uploadId);
    throw error;
  }
}

async function insertAttachment(
  caseId: number,
  file: Pick<StoredAttachment, 'name' | 'mediaType' | 'note'>,
  upload: SavedUpload,
  by: string,
): Promise<StoredAttachment> {
  return changeCase(caseId, by, async ({ connection, audit }) => {
    const { rows } = await connection.query<{ id: number }>(
      `INSERT INTO case_attachments (case_id, name, media_type, bytes, sha256, upload_id, note, by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
      [caseId, file.name, file.mediaType, upload.bytes, upload.sha256, upload.uploadId, file.note, by],
    );
    const id = rows[0]?.id ?? 0;
    audit('case.attachment_added', { attachment: id, bytes: upload.bytes, sha256: upload.sha256 });
    return attachmentOrRefuse(connection, caseId, [caseId], id);
  });
}

/**
 * A file of the case, for somebody who takes it: that is written down first. Throws `not_found`, also for one that was
 * withdrawn.
 */
export async function takeAttachment(
  caseId: number,
  attachmentId: number,
  by: string,
): Promise<StoredAttachment> {
  const family = await familyOrRefuse(caseId);
  return transaction(async (connection) => {
    const file = await attachmentOrRefuse(connection, caseId, family, attachmentId);
    if (file.withdrawnBy !== null)
      throw new AppError(
        'not_found',
        `${file.withdrawnBy} withdrew this file; its custody can still be read.`,
      );
    await addAudit(connection, {
      by,
      action: 'case.attachment_taken',
      subject: caseSubject(file.caseId),
      details: { attachment: attachmentId, sha256: file.sha256 },
    });
    return file;
  });
}

/** Writes down, within the caller's transaction, that files of a case left in an evidence pack. */
export async function noteExported(
  connection: Connection,
  files: readonly Pick<StoredAttachment, 'id' | 'caseId' | 'sha256'>[],
  by: string,
): Promise<void> {
  for (const { id, caseId, sha256 } of files) {
    await addAudit(connection, {
      by,
      action: 'case.attachment_exported',
      subject: caseSubject(caseId),
      details: { attachment: id, sha256 },
    });
  }
}

/** Withdraws a file from the case; its bytes and the word of who had it stay. Throws `not_found`, `conflict`. */
export async function withdrawAttachment(caseId: number, attachmentId: number, by: string): Promise<void> {
  await changeCase(caseId, by, async ({ connection, family, audit }) => {
    const file = await attachmentOrRefuse(connection, caseId, family, attachmentId);
    if (file.withdrawnBy !== null) return;
    await connection.query(
      'UPDATE case_attachments SET withdrawn_at = clock_timestamp(), withdrawn_by = $2 WHERE id = $1',
      [attachmentId, by],
    );
    audit('case.attachment_withdrawn', { attachment: attachmentId }, file.caseId);
  });
}

export type CustodyEntry = { readonly at: Date; readonly by: string; readonly action: string };

/** Who put, took, exported or withdrew a file, oldest first, out of the audit trail. Throws `not_found`. */
export async function loadCustody(caseId: number, attachmentId: number): Promise<readonly CustodyEntry[]> {
  const { rows: files } = await pool().query<{ caseId: number }>(
    'SELECT case_id AS "caseId" FROM case_attachments WHERE id = $1 AND case_id = ANY($2::int[])',
    [attachmentId, await caseFamily(caseId)],
  );
  const own = files[0]?.caseId;
  if (own === undefined) throw noItem(caseId, 'file', attachmentId);
  const { rows } = await pool().query<CustodyEntry>(
    `SELECT at, by, action FROM audit WHERE subject = $1 AND action LIKE 'case.attachment\\_%'
       AND details->'attachment' = to_jsonb($2::int) ORDER BY id`,
    [caseSubject(own), attachmentId],
  );
  return rows;
}

async function attachmentOrRefuse(
  connection: Connection,
  caseId: number,
  family: readonly number[],
  attachmentId: number,
): Promise<StoredAttachment> {
  const { rows } = await connection.query<StoredAttachment>(
    `SELECT ${ATTACHMENT} FROM case_attachments a WHERE a.id = $1 AND a.case_id = ANY($2::int[]) FOR UPDATE`,
    [attachmentId, family],
  );
  const file = rows[0];
  if (file === undefined) throw noItem(caseId, 'file', attachmentId);
  return file;
}
