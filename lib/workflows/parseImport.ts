import type { UploadRecord, UploadStep } from '../containers/upload';
import { createIdentifier } from '../events/identify';
import { loadMembers, type StoredImport } from '../storage/imports';
import { nextRawChunk } from '../storage/rawChunks';
import { createBatchDraft, createBatchWriter, createChunk, type PartOf } from './batchDraft';
import { nodeDigest } from './nodeDigest';
import type { Spool } from './spool';
import { type ParseOptions, withSpooledUpload } from './spooledUpload';

/**
 * Reads an import's upload from where the last committed batch ended and stores it batch by batch. While
 * one batch is being written the next is parsed. Throws AppError for an upload that cannot be read, and
 * ImportTakenOver as soon as a batch finds the import cancelled, deleted or read by another worker.
 */
export async function parseImport(thisImport: StoredImport, options: ParseOptions): Promise<void> {
  await withSpooledUpload(thisImport, options, (steps, spool) =>
    readSteps(thisImport, steps, spool, options.signal),
  );
}

async function readSteps(
  thisImport: StoredImport,
  steps: AsyncIterable<UploadStep>,
  spool: Spool,
  signal?: AbortSignal,
): Promise<void> {
  const resumeIndexes = new Map(
    (await loadMembers(thisImport.id)).map((member) => [member.n, member.resumeIndex]),
  );
  const numbers = createMemberNumbers();
  const identify = createIdentifier(nodeDigest);
  const writer = createBatchWriter(thisImport.id, thisImport.batches, signal);
  let chunkNumber = await nextRawChunk(thisImport.id);
  let draft = createBatchDraft(identify);
  try {
    for await (const step of steps) {
      const n = numbers.of(step);
      if (step.step === 'batch') {
        const from = resumeIndexes.get(n) ?? 0;
        const parts = partsOf(step.records);
        const records = step.records.filter((record) => record.place.index >= from);
        const inPlace = records.length > 0 && (await spool.holds(records));
        const chunk = inPlace ? undefined : createChunk(chunkNumber);
        for (const record of records) draft.add(n, step, record, parts(record), chunk);
        if (chunk !== undefined && chunk.length() > 0) {
          draft.chunks.push(chunk.pack());
          chunkNumber++;
        }
      } else {
        draft.close(n, step);
      }
      draft.progress(step.progress.bytesRead);
      if (draft.isFull()) {
        const full = draft;
        draft = createBatchDraft(identify);
        await writer.close(full);
      }
    }
    await writer.close(draft);
  } finally {
    await writer.settle();
  }
}

/** Numbers the upload's members in order of appearance, from 0. */
export function createMemberNumbers(): { readonly of: (step: UploadStep) => number } {
  let n = -1;
  let open = false;
  return {
    of(step) {
      if (!open) n++;
      open = step.step === 'batch';
      return n;
    },
  };
}

/** Of records in file order: which of those that begin at the same byte each is. A batch never splits them. */
function partsOf(records: readonly UploadRecord[]): (record: UploadRecord) => PartOf {
  const first = new Map<number, number>();
  const counts = new Map<number, number>();
  for (const { offset, place } of records) {
    if (!first.has(offset)) first.set(offset, place.index);
    counts.set(offset, (counts.get(offset) ?? 0) + 1);
  }
  return ({ offset, place }) => ({
    part: place.index - (first.get(offset) ?? place.index),
    parts: counts.get(offset) ?? 1,
  });
}
