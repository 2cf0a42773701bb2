import type { z } from 'zod';
import type { CaseAttachment, custodyList } from '../../contracts/cases';
import {
  addAttachment,
  loadCustody,
  takeAttachment,
  withdrawAttachment,
} from '../../storage/cases/caseAttachments';
import { uploadBytes } from '../../storage/uploads';
import { type Original, verified } from '../readOriginal';
import { toFileName } from '../receiveImport';
import { toCaseAttachment } from './caseViews';

/** Largest file taken, unless SEQUELA_MAX_ATTACHMENT_BYTES says otherwise: 1 GiB. */
const LIMIT_BYTES = 2 ** 30;
const NAME = 255;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,80}$/i;

/** Keeps a file with a case as it streams in. Throws as `addAttachment` does. */
export async function attachFile(
  caseId: number,
  file: { readonly name: string; readonly note: string; readonly contentType: string | null },
  content: AsyncIterable<Uint8Array>,
  by: string,
): Promise<CaseAttachment> {
  const limit = Number(process.env.SEQUELA_MAX_ATTACHMENT_BYTES ?? LIMIT_BYTES);
  const kept = {
    name: toFileName(file.name).slice(0, NAME),
    mediaType: mediaType(file.contentType),
    note: file.note,
  };
  return toCaseAttachment(await addAttachment(caseId, kept, content, limit, by));
}

/**
 * A kept file byte for byte, for somebody who takes it; that is in the trail before the first byte leaves. The stream
 * fails before its last bytes when what is stored is not what was kept. Throws `not_found`.
 */
export async function takeFile(caseId: number, attachmentId: number, by: string): Promise<Original> {
  const { name, bytes, sha256, uploadId } = await takeAttachment(caseId, attachmentId, by);
  return {
    name,
    bytes,
    sha256,
    content: verified({ attachmentId }, uploadBytes(uploadId), { bytes, sha256 }),
  };
}

/** Withdraws a file; bytes and custody stay. Throws `not_found`, `conflict`. */
export async function withdrawFile(
  caseId: number,
  attachmentId: number,
  by: string,
): Promise<{ done: true }> {
  await withdrawAttachment(caseId, attachmentId, by);
  return { done: true };
}

const ACTS = {
  'case.attachment_added': 'added',
  'case.attachment_taken': 'taken',
  'case.attachment_exported': 'exported',
  'case.attachment_withdrawn': 'withdrawn',
} as const;

/** Who had a file in hand, oldest first. Throws `not_found`. */
export async function readCustody(
  caseId: number,
  attachmentId: number,
): Promise<z.input<typeof custodyList>> {
  const entries = await loadCustody(caseId, attachmentId);
  return {
    items: entries.flatMap(({ at, by, action }) => {
      const act = Object.hasOwn(ACTS, action) ? ACTS[action as keyof typeof ACTS] : undefined;
      return act === undefined ? [] : [{ at: at.toISOString(), by, act }];
    }),
  };
}

/** What the sender calls it, for people; it is always given out as bytes. */
function mediaType(contentType: string | null): string {
  const type = contentType?.split(';')[0]?.trim() ?? '';
  return MEDIA_TYPE.test(type) && !type.toLowerCase().startsWith('multipart/')
    ? type.toLowerCase()
    : 'application/octet-stream';
}
