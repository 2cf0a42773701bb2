import type { UploadRecord, UploadStep } from '../containers/upload';
import { createIdentifier } from '../events/identify';
import { loadMembers, type StoredImport } from '../storage/imports';
import { type HeldPart, loadHeld } from '../storage/quarantine';
import { nextRawChunk } from '../storage/rawChunks';
import { createBatchDraft, createBatchWriter, createChunk } from './batchDraft';
import { nodeDigest } from './nodeDigest';
import { createMemberNumbers } from './parseImport';
import type { Spool } from './spool';
import { type ParseOptions, withSpooledUpload } from './spooledUpload';

/**
 * Reads an import's upload once more and takes from it only what stands in quarantine: records that can be
 * read now leave it and the counters move; nothing else of the import is touched. What has left already is
 * not looked for again, so that running it twice, or after a crash, gives the same.
 *
 * A member that is not read as the same file in the same format any more is left alone: its records are others.
 */
export async function rereadQuarantine(thisImport: StoredImport, options: ParseOptions): Promise<void> {
  const members = await loadMembers(thisImport.id);
  await withSpooledUpload(thisImport, options, (steps, spool) =>
    readSteps(thisImport, new Map(members.map((member) => [member.n, member])), steps, spool, options.signal),
  );
}

async function readSteps(
  thisImport: StoredImport,
  members: ReadonlyMap<number, { readonly name: string; readonly format: string | null }>,
  steps: AsyncIterable<UploadStep>,
  spool: Spool,
  signal?: AbortSignal,
): Promise<void> {
  const held = await loadHeld(thisImport.id);
  const numbers = createMemberNumbers();
  const identify = createIdentifier(nodeDigest);
  const writer = createBatchWriter(thisImport.id, thisImport.batches, signal);
  let chunkNumber = await nextRawChunk(thisImport.id);
  let draft = createBatchDraft(identify);
  try {
    for await (const step of steps) {
      const n = numbers.of(step);
      const known = members.get(n);
      const wanted = known?.name === step.member && known.format === step.format ? held.get(n) : undefined;
      if (step.step === 'batch' && wanted !== undefined) {
        const found = match(step.records, wanted);
        const records = found.flatMap((one) => [...one.pairs.map(({ record }) => record), ...one.more]);
        const inPlace = records.length > 0 && (await spool.holds(records));
        const chunk = inPlace ? undefined : createChunk(chunkNumber);
        for (const { pairs, more } of found) draft.replace(n, step, pairs, more, chunk);
        if (chunk !== undefined && chunk.length() > 0) {
          draft.chunks.push(chunk.pack());
          chunkNumber++;
        }
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

type Match = {
  readonly pairs: readonly { readonly index: number; readonly record: UploadRecord }[];
  readonly more: readonly UploadRecord[];
};

/**
 * Finds again, by the byte they begin at, the records that stand in quarantine. Bytes that give another number
 * of records than before can only be told apart when all that came of them is in quarantine; else they stay.
 */
function match(
  records: readonly UploadRecord[],
  wanted: ReadonlyMap<number, readonly HeldPart[]>,
): readonly Match[] {
  const byOffset = new Map<number, UploadRecord[]>();
  for (const record of records) {
    if (!wanted.has(record.offset)) continue;
    const here = byOffset.get(record.offset) ?? [];
    here.push(record);
    byOffset.set(record.offset, here);
  }
  return [...byOffset].flatMap(([offset, here]) => {
    const before = wanted.get(offset) ?? [];
    const parts = before[0]?.parts ?? 0;
    if (parts !== here.length && (parts !== before.length || parts > here.length)) return [];
    const pairs = before.flatMap(({ index, part }) => {
      const record = here[part];
      return record === undefined ? [] : [{ index, record }];
    });
    return [{ pairs, more: here.slice(parts) }];
  });
}
