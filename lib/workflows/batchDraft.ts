import type { UploadRecord, UploadStep } from '../containers/upload';
import type { HostDevice } from '../events/hostGroups';
import type { createIdentifier } from '../events/identify';
import type { PlacedEvent } from '../events/record';
import { NUMBERED_LOGS } from '../formats/windows/channels';
import { ensureChannels } from '../storage/channels';
import { ensureHosts } from '../storage/hosts';
import { type MemberProgress, saveBatch } from '../storage/importBatches';
import type { Held, QuarantineRow, StillHeld } from '../storage/quarantine';
import { packRawChunk, type RawChunk } from '../storage/rawChunks';
import { createRecordRuns } from '../visibility/recordRuns';

/** A batch is closed at whichever comes first; both bound memory and the work a crash can lose. */
const BATCH_EVENTS = 5_000;
const BATCH_BYTES = 24 * 1024 * 1024;

/** Of a quarantined record this much is kept beside its place; the whole of it is in the upload. */
const QUARANTINE_BYTES = 8_192;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type DraftMember = Writable<MemberProgress>;
type DraftRow = {
  readonly event: PlacedEvent;
  readonly member: number;
  readonly recordIndex: number;
  readonly rawAt: number;
  readonly rawLength: number;
  readonly rawChunk?: number;
};

/** A batch while it is filled. */
export type BatchDraft = ReturnType<typeof createBatchDraft>;

/** Which of the records that came of the same bytes a record is, from 0, and how many they are. */
export type PartOf = { readonly part: number; readonly parts: number };

/** An empty batch. `identify` is one for the whole reading: it carries each host's running clock. */
export function createBatchDraft(identify: ReturnType<typeof createIdentifier>) {
  const rows: DraftRow[] = [];
  const chunks: Promise<RawChunk>[] = [];
  const quarantined: QuarantineRow[] = [];
  const released: Held[] = [];
  const stillHeld: StillHeld[] = [];
  const ignoredTypes = new Map<string, number>();
  const devices = new Map<string, HostDevice>();
  const members = new Map<number, DraftMember>();
  const runs = createRecordRuns();
  const keep = createKeeper();
  let bytes = 0;
  let bytesRead = 0;

  function memberOf(n: number, step: UploadStep): DraftMember {
    let member = members.get(n);
    if (member === undefined) {
      member = {
        n,
        name: step.member.replaceAll('\0', ''),
        format: step.format,
        problem: null,
        confidence: null,
        reason: null,
        needsPassword: false,
        read: 0,
        ignored: 0,
        quarantined: 0,
        resumeIndex: 0,
      };
      members.set(n, member);
    }
    return member;
  }

  /** A record gave a device id and a machine's name together. */
  function seeDevice(device: string, name: string): void {
    devices.set(`${device}\n${name}`, { device, name });
  }

  /** Notes the record's number in its log, whatever became of it. */
  function noteNumber({ outcome }: UploadRecord): void {
    if (outcome.outcome !== 'event') {
      const { log } = outcome;
      if (log !== undefined) runs.add(log.host, log.channel, log.recordId, log.recorded);
      return;
    }
    const { host, channel, recordId, recorded } = outcome.event;
    if (recordId !== undefined && NUMBERED_LOGS.has(channel)) runs.add(host, channel, recordId, recorded);
  }

  /** Counts what a record became, but for quarantine; false when it is to be quarantined. */
  function use(member: DraftMember, record: UploadRecord, chunk: Chunk | undefined): boolean {
    const { outcome, place } = record;
    noteNumber(record);
    if (outcome.outcome === 'quarantined') return false;
    if (outcome.outcome === 'ignored') {
      member.ignored++;
      ignoredTypes.set(outcome.type, (ignoredTypes.get(outcome.type) ?? 0) + 1);
      if (outcome.device !== undefined) seeDevice(outcome.device.id, outcome.device.name);
      return true;
    }
    const device = outcome.event['host.id'];
    if (device !== undefined) seeDevice(device, outcome.event.host);
    const at =
      chunk === undefined ? { rawAt: record.offset } : { rawAt: chunk.add(record.raw), rawChunk: chunk.n };
    rows.push({
      event: identify(outcome.event),
      member: member.n,
      recordIndex: place.index,
      rawLength: record.raw.length,
      ...at,
    });
    return true;
  }

  return {
    rows,
    chunks,
    quarantined,
    released,
    stillHeld,
    ignoredTypes,
    devices,
    members,
    runs,
    /** Accounts for a record that is read for the first time. */
    add(n: number, step: UploadStep, record: UploadRecord, { part, parts }: PartOf, chunk?: Chunk): void {
      const member = memberOf(n, step);
      const { outcome, place } = record;
      member.read++;
      member.resumeIndex = place.index + 1;
      bytes += record.length;
      if (use(member, record, chunk) || outcome.outcome !== 'quarantined') return;
      member.quarantined++;
      const kept = keep(step, record);
      if (kept.isNew) bytes += kept.bytes.length;
      quarantined.push({
        member: n,
        part,
        parts,
        file: place.file,
        index: place.index,
        offset: record.offset,
        reason: outcome.reason,
        bytes: kept.bytes,
        size: record.length,
      });
    },
    /**
     * Accounts for records that take the place of quarantined ones: those of the same bytes, all of them. Each
     * pair is one that stays refused or one that leaves; `more` came of the bytes beyond what stood there.
     */
    replace(
      n: number,
      step: UploadStep,
      pairs: readonly { readonly index: number; readonly record: UploadRecord }[],
      more: readonly UploadRecord[],
      chunk?: Chunk,
    ): void {
      const member = memberOf(n, step);
      for (const { index, record } of pairs) {
        if (record.outcome.outcome === 'quarantined') {
          stillHeld.push({ member: n, index, reason: record.outcome.reason });
          continue;
        }
        bytes += record.length;
        released.push({ member: n, index });
        member.quarantined--;
        use(member, record, chunk);
      }
      for (const record of more) this.add(n, step, record, { part: 0, parts: 1 }, chunk);
    },
    /** Notes the end of a member. `resumeIndex` stays past its last record, so that a restart skips it whole. */
    close(n: number, step: UploadStep & { readonly step: 'member' }): void {
      const member = memberOf(n, step);
      member.problem = step.problem?.replaceAll('\0', '') ?? null;
      member.format = step.format ?? member.format;
      member.confidence = step.confidence;
      member.reason = step.reason?.replaceAll('\0', '') ?? null;
      member.needsPassword = step.needsPassword;
      member.resumeIndex = Math.max(member.resumeIndex, step.records);
    },
    progress(read: number): void {
      bytesRead = read;
    },
    bytesRead: () => bytesRead,
    isEmpty: () => members.size === 0 && stillHeld.length === 0,
    isFull: () =>
      rows.length + quarantined.length + released.length + stillHeld.length >= BATCH_EVENTS ||
      bytes >= BATCH_BYTES,
  };
}

/**
 * Gives the bytes that are kept of a refused record, copied since the reader may reuse the memory behind them.
 * Records that one vendor record holds share one copy: thousands of them would be a bomb.
 */
function createKeeper(): (step: UploadStep, record: UploadRecord) => Kept {
  let last: { readonly step: UploadStep; readonly raw: Uint8Array; readonly bytes: Buffer } | undefined;
  return (step, { raw }) => {
    if (last?.step === step && last.raw === raw) return { bytes: last.bytes, isNew: false };
    last = { step, raw, bytes: Buffer.from(raw.subarray(0, QUARANTINE_BYTES)) };
    return { bytes: last.bytes, isNew: true };
  };
}

type Kept = { readonly bytes: Buffer; readonly isNew: boolean };

export type Chunk = ReturnType<typeof createChunk>;

/** Collects verbatim record text; `add` returns where in it the record stands. */
export function createChunk(n: number) {
  const pieces: Buffer[] = [];
  let length = 0;
  let last: { readonly raw: Uint8Array; readonly at: number } | undefined;
  return {
    n,
    add(raw: Uint8Array): number {
      // Records that one vendor record holds share its text: thousands of copies would be a bomb.
      if (last?.raw === raw) return last.at;
      const at = length;
      last = { raw, at };
      // A copy: the reader may reuse the memory behind `raw` for its next batch.
      pieces.push(Buffer.from(raw));
      length += raw.length;
      return at;
    },
    length: () => length,
    pack: () => packRawChunk(n, Buffer.concat(pieces, length)),
  };
}

/**
 * Writes drafts one after the other while the next is being filled. `close` hands one over, waiting for the
 * one before; `settle` waits for the last. Both throw what saving threw.
 */
export function createBatchWriter(importId: number, batches: number, signal?: AbortSignal) {
  let after = batches;
  let saving: Promise<void> = Promise.resolve();
  return {
    async close(draft: BatchDraft): Promise<void> {
      if (draft.isEmpty()) return;
      await saving;
      signal?.throwIfAborted();
      saving = store(importId, after++, draft);
      // Met at the next close or at the end; until then nobody is listening.
      saving.catch(() => undefined);
    },
    settle: () => saving,
  };
}

async function store(importId: number, after: number, draft: BatchDraft): Promise<void> {
  const logs = draft.runs.all();
  // A log may have only records that are no events: its host then has a number and no events, and is shown nowhere.
  const hosts = await ensureHosts([
    ...draft.rows.map((row) => row.event.host),
    ...logs.map((log) => log.host),
  ]);
  const channels = await ensureChannels([
    ...draft.rows.map((row) => row.event.channel),
    ...logs.map((log) => log.channel),
  ]);
  await saveBatch({
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
    released: draft.released,
    stillHeld: draft.stillHeld,
    ignoredTypes: draft.ignoredTypes,
    devices: [...draft.devices.values()],
    runs: logs.flatMap(({ host, channel, runs }) => {
      const ids = { hostId: known(hosts, host), channelId: known(channels, channel) };
      return runs.map((run) => ({ ...ids, ...run }));
    }),
    bytesRead: draft.bytesRead(),
  });
}

function known(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`"${name}" was not numbered before its event was stored`);
  return id;
}
