import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { readUpload } from '../containers/readUpload';
import type { UploadRecord, UploadStep } from '../containers/upload';
import { createIdentifier } from '../events/identify';
import type { PlacedEvent } from '../events/record';
import { ensureChannels } from '../storage/channels';
import { ensureHosts } from '../storage/hosts';
import {
  type ImportBatch,
  type MemberProgress,
  type QuarantineRow,
  saveBatch,
} from '../storage/importBatches';
import { loadMembers, type StoredImport } from '../storage/imports';
import { nextRawChunk, packRawChunk, type RawChunk } from '../storage/rawChunks';
import { spoolUpload } from '../storage/uploads';
import { nodeDigest } from './nodeDigest';
import { openSpool, type Spool } from './spool';

export type ParseOptions = {
  /** Folder for the unpacked copy of an upload while it is read. */
  readonly spoolDir: string;
  /** Aborts between batches, for an orderly shutdown. */
  readonly signal?: AbortSignal;
};

/** A batch is closed at whichever comes first; both bound memory and the work a crash can lose. */
const BATCH_EVENTS = 5_000;
const BATCH_BYTES = 24 * 1024 * 1024;

/** Of a quarantined record this much is kept beside its place; the whole of it is in the upload. */
const QUARANTINE_BYTES = 8_192;

/**
 * Reads an import's upload from where the last committed batch ended and stores it batch by batch. While
 * one batch is being written the next is parsed. Throws AppError for an upload that cannot be read.
 */
export async function parseImport(thisImport: StoredImport, options: ParseOptions): Promise<void> {
  await mkdir(options.spoolDir, { recursive: true });
  const folder = await mkdtemp(path.join(options.spoolDir, `import-${thisImport.id}-`));
  try {
    const file = path.join(folder, 'upload');
    await spoolUpload(thisImport.uploadId, file);
    const spool = await openSpool(file);
    try {
      await readSpool(thisImport, file, spool, options.signal);
    } finally {
      await spool.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readSpool(
  thisImport: StoredImport,
  file: string,
  spool: Spool,
  signal?: AbortSignal,
): Promise<void> {
  const members = await createMemberBook(thisImport.id);
  const identify = createIdentifier(nodeDigest);
  let chunkNumber = await nextRawChunk(thisImport.id);
  let after = thisImport.batches;
  let draft = createDraft();
  let saving: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    if (draft.isEmpty()) return;
    const closing = draft;
    draft = createDraft();
    await saving;
    signal?.throwIfAborted();
    saving = store(thisImport.id, after++, closing);
    // Met at the next flush or at the end; until then nobody is listening.
    saving.catch(() => undefined);
  }

  try {
    for await (const step of readUpload(file, {
      name: thisImport.name,
      format: thisImport.requestedFormat,
    })) {
      const member = members.of(step);
      if (step.step === 'batch') {
        const records = step.records.filter((record) => record.place.index >= member.resumeIndex);
        const inPlace = records.length > 0 && (await spool.holds(records));
        const chunk = inPlace ? undefined : createChunk(chunkNumber);
        for (const record of records) draft.add(member.n, step, record, identify, chunk);
        if (chunk !== undefined && chunk.length() > 0) {
          draft.chunks.push(packRawChunk(chunkNumber++, chunk.bytes()));
        }
      } else {
        draft.close(member.n, step);
      }
      draft.progress(step.progress.bytesRead);
      if (draft.isFull()) await flush();
    }
    await flush();
  } finally {
    await saving;
  }
}

/** Numbers the upload's members in order of appearance, and knows where each is to be taken up again. */
async function createMemberBook(importId: number): Promise<{
  readonly of: (step: UploadStep) => { readonly n: number; readonly resumeIndex: number };
}> {
  const stored = new Map((await loadMembers(importId)).map((member) => [member.n, member.resumeIndex]));
  let n = -1;
  let open = false;
  return {
    of(step) {
      if (!open) n++;
      open = step.step === 'batch';
      return { n, resumeIndex: stored.get(n) ?? 0 };
    },
  };
}

type Draft = ReturnType<typeof createDraft>;
type DraftRow = {
  readonly event: PlacedEvent;
  readonly member: number;
  readonly recordIndex: number;
  readonly rawAt: number;
  readonly rawLength: number;
  readonly rawChunk?: number;
};
type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A batch while it is filled. */
function createDraft() {
  const rows: DraftRow[] = [];
  const chunks: Promise<RawChunk>[] = [];
  const quarantined: QuarantineRow[] = [];
  const ignoredTypes = new Map<string, number>();
  const members = new Map<number, Writable<MemberProgress>>();
  let bytes = 0;
  let bytesRead = 0;

  function memberOf(n: number, step: UploadStep): Writable<MemberProgress> {
    let member = members.get(n);
    if (member === undefined) {
      member = {
        n,
        name: step.member,
        format: step.format,
        problem: null,
        read: 0,
        ignored: 0,
        quarantined: 0,
        resumeIndex: 0,
      };
      members.set(n, member);
    }
    return member;
  }

  return {
    rows,
    chunks,
    quarantined,
    ignoredTypes,
    members,
    add(
      n: number,
      step: UploadStep,
      record: UploadRecord,
      identify: ReturnType<typeof createIdentifier>,
      chunk?: Chunk,
    ): void {
      const member = memberOf(n, step);
      const { outcome, place } = record;
      member.read++;
      member.resumeIndex = place.index + 1;
      bytes += record.length;
      if (outcome.outcome === 'event') {
        const at =
          chunk === undefined
            ? { rawAt: record.offset }
            : { rawAt: chunk.add(record.raw), rawChunk: chunk.n };
        rows.push({
          event: identify(outcome.event),
          member: n,
          recordIndex: place.index,
          rawLength: record.raw.length,
          ...at,
        });
      } else if (outcome.outcome === 'ignored') {
        member.ignored++;
        ignoredTypes.set(outcome.type, (ignoredTypes.get(outcome.type) ?? 0) + 1);
      } else {
        member.quarantined++;
        quarantined.push({
          file: place.file,
          index: place.index,
          offset: record.offset,
          reason: outcome.reason,
          bytes: Buffer.from(record.raw.subarray(0, QUARANTINE_BYTES)),
          size: record.length,
        });
      }
    },
    /** Notes the end of a member. `resumeIndex` stays past its last record, so that a restart skips it whole. */
    close(n: number, step: UploadStep & { readonly step: 'member' }): void {
      const member = memberOf(n, step);
      member.problem = step.problem;
      member.format = step.format ?? member.format;
      member.resumeIndex = Math.max(member.resumeIndex, step.records);
    },
    progress(read: number): void {
      bytesRead = read;
    },
    bytesRead: () => bytesRead,
    isEmpty: () => members.size === 0,
    isFull: () => rows.length + quarantined.length >= BATCH_EVENTS || bytes >= BATCH_BYTES,
  };
}

type Chunk = ReturnType<typeof createChunk>;

/** Collects verbatim record text; `add` returns where in it the record stands. */
function createChunk(n: number) {
  const pieces: Buffer[] = [];
  let length = 0;
  return {
    n,
    add(raw: Uint8Array): number {
      const at = length;
      // A copy: the reader may reuse the memory behind `raw` for its next batch.
      pieces.push(Buffer.from(raw));
      length += raw.length;
      return at;
    },
    length: () => length,
    bytes: () => Buffer.concat(pieces, length),
  };
}

async function store(importId: number, after: number, draft: Draft): Promise<void> {
  const hosts = await ensureHosts(draft.rows.map((row) => row.event.host));
  const channels = await ensureChannels(draft.rows.map((row) => row.event.channel));
  const batch: ImportBatch = {
    importId,
    after,
    members: [...draft.members.values()],
    rows: draft.rows.map(({ event, ...place }) => ({
      event,
      hostId: known(hosts, event.host),
      channelId: known(channels, event.channel),
      place: { importId, ...place },
    })),
    chunks: await Promise.all(draft.chunks),
    quarantined: draft.quarantined,
    ignoredTypes: draft.ignoredTypes,
    bytesRead: draft.bytesRead(),
  };
  await saveBatch(batch);
}

function known(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`"${name}" was not numbered before its event was stored`);
  return id;
}
