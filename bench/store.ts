import { readUpload } from '../lib/containers/readUpload';
import { createIdentifier } from '../lib/events/identify';
import { ensureChannels } from '../lib/storage/channels';
import { closeStorage } from '../lib/storage/client';
import { createImport } from '../lib/storage/createImport';
import { ensureHosts } from '../lib/storage/hosts';
import { saveBatch } from '../lib/storage/importBatches';
import type { EventRow } from '../lib/storage/rows';
import { saveUpload } from '../lib/storage/uploads';
import { nodeDigest } from '../lib/workflows/nodeDigest';
import { answer } from './measurement';
import { watchServer } from './serverCpu';
import type { Usage } from './usage';

export type StoreTask = { readonly file: string };
export type StoreAnswer = Usage & { readonly serverCpuSeconds: number; readonly rows: number };

const BATCH = 5_000;

/**
 * What the product's own way of storing parsed events costs: look-up of duplicates, COPY, counters, one
 * transaction for each batch. Parsing goes on between batches and is not counted.
 */
await answer(async ({ file }: StoreTask): Promise<StoreAnswer> => {
  const upload = await saveUpload(oneByte(), 1024);
  const { id: importId } = await createImport(upload, 'store', 'auto', 'bench');
  const identify = createIdentifier(nodeDigest);
  const serverCpu = watchServer();
  let batch: Omit<EventRow, 'hostId' | 'channelId'>[] = [];
  let after = 0;
  let rows = 0;
  let cpu = 0;
  let wall = 0;

  const flush = async () => {
    const full = batch;
    batch = [];
    const before = process.cpuUsage();
    const start = performance.now();
    await store(importId, after++, full);
    const spent = process.cpuUsage(before);
    wall += performance.now() - start;
    cpu += spent.user + spent.system;
    rows += full.length;
  };

  for await (const step of readUpload(file, { name: 'recording.ndjson' })) {
    if (step.step !== 'batch') continue;
    for (const { outcome, place, offset, length } of step.records) {
      if (outcome.outcome !== 'event') continue;
      const at = { importId, member: 0, recordIndex: place.index, rawAt: offset, rawLength: length };
      batch.push({ event: identify(outcome.event), place: at });
      if (batch.length >= BATCH) await flush();
    }
  }
  if (batch.length > 0) await flush();
  const serverCpuSeconds = serverCpu();
  await closeStorage();
  return { wallSeconds: wall / 1000, cpuSeconds: cpu / 1e6 + serverCpuSeconds, serverCpuSeconds, rows };
});

async function store(
  importId: number,
  after: number,
  batch: readonly Omit<EventRow, 'hostId' | 'channelId'>[],
): Promise<void> {
  const hosts = await ensureHosts(batch.map((row) => row.event.host));
  const channels = await ensureChannels(batch.map((row) => row.event.channel));
  await saveBatch({
    importId,
    after,
    members: [
      {
        n: 0,
        name: 'recording.ndjson',
        format: null,
        problem: null,
        confidence: null,
        reason: null,
        needsPassword: false,
        read: batch.length,
        ignored: 0,
        quarantined: 0,
        resumeIndex: 0,
      },
    ],
    rows: batch.map((row) => ({
      ...row,
      hostId: hosts.get(row.event.host) ?? 0,
      channelId: channels.get(row.event.channel) ?? 0,
    })),
    chunks: [],
    quarantined: [],
    released: [],
    stillHeld: [],
    runs: [],
    ignoredTypes: new Map(),
    devices: [],
    bytesRead: 0,
  });
}

async function* oneByte() {
  yield Buffer.from('\n');
}
