import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { to as copyTo } from 'pg-copy-streams';
import type { EventId } from '../lib/events/endpointEvent';
import { closeStorage, pool, withConnection } from '../lib/storage/client';
import { loadRaw } from '../lib/storage/events';
import { loadImport } from '../lib/storage/imports';
import { EVENT_COLUMNS } from '../lib/storage/rows';
import { uploadBytes } from '../lib/storage/uploads';
import { receiveImport } from '../lib/workflows/receiveImport';
import { answer } from './measurement';
import { watchServer } from './serverCpu';
import { measured, type Usage } from './usage';
import { startWorker } from './worker';

export type ImportTask = {
  readonly file: string;
  readonly bytes: number;
  /** Where to leave the stored rows as one binary COPY, for the floors. */
  readonly rowsFile: string;
};

export type ImportAnswer = Usage & {
  readonly uploadSeconds: number;
  readonly parseSeconds: number;
  readonly correlateSeconds: number;
  readonly serverCpuSeconds: number;
  readonly workerCpuSeconds: number;
  readonly workerPeakBytes: number;
  readonly read: number;
  readonly events: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly findings: number;
  readonly databaseBytes: number;
  readonly parts: {
    readonly rows: number;
    readonly indexes: number;
    readonly raw: number;
    readonly other: number;
  };
  /** The upload and sampled records came back as they were sent. */
  readonly rawIntact: boolean;
};

const SAMPLED = 200;

/** Uploads a recording with a worker running, waits until it is correlated, and takes stock. */
await answer(async (task: ImportTask): Promise<ImportAnswer> => {
  const worker = await startWorker();
  try {
    const workerBefore = worker.usage();
    const serverCpu = watchServer();
    const { result, usage } = await measured(() => importFile(task.file));
    const serverCpuSeconds = serverCpu();
    const workerAfter = worker.usage();
    const workerCpuSeconds = (workerAfter?.cpuSeconds ?? 0) - (workerBefore?.cpuSeconds ?? 0);
    const stored = await loadImport(result.id);
    if (stored?.state !== 'done')
      throw new Error(`the import ended as ${stored?.state}: ${stored?.error?.message}`);
    const parts = await sizes();
    await keepRows(task.rowsFile);
    const { rows } = await pool().query<{ n: number }>('SELECT count(*)::int AS n FROM findings');
    return {
      wallSeconds: usage.wallSeconds,
      cpuSeconds: usage.cpuSeconds + workerCpuSeconds + serverCpuSeconds,
      uploadSeconds: result.uploadSeconds,
      parseSeconds: result.parseSeconds,
      correlateSeconds: usage.wallSeconds - result.uploadSeconds - result.parseSeconds,
      serverCpuSeconds,
      workerCpuSeconds,
      workerPeakBytes: workerAfter?.peakBytes ?? 0,
      read: stored.read,
      events: stored.events,
      duplicates: stored.duplicates,
      quarantined: stored.quarantined,
      findings: rows[0]?.n ?? 0,
      databaseBytes: parts.rows + parts.indexes + parts.raw + parts.other,
      parts,
      rawIntact: (await uploadIntact(stored.uploadId, task.file)) && (await recordsIntact(task.file)),
    };
  } finally {
    await worker.stop();
    await closeStorage();
  }
});

async function importFile(
  file: string,
): Promise<{ id: number; uploadSeconds: number; parseSeconds: number }> {
  const start = performance.now();
  const received = await receiveImport(createReadStream(file, { highWaterMark: 1024 * 1024 }), {
    name: path.basename(file),
    format: 'auto',
    wait: false,
  });
  const uploaded = performance.now();
  const id = Number(received.import.id);
  let parsed: number | undefined;
  for (;;) {
    const { rows } = await pool().query<{ state: string }>('SELECT state FROM imports WHERE id = $1', [id]);
    const state = rows[0]?.state;
    if (state !== 'parsing') parsed ??= performance.now();
    if (state === 'done' || state === 'failed') break;
    await sleep(50);
  }
  return {
    id,
    uploadSeconds: (uploaded - start) / 1000,
    parseSeconds: ((parsed ?? uploaded) - uploaded) / 1000,
  };
}

/** Bytes on disk, by what they hold: rows with their overflow, indexes, raw text, and all other tables. */
async function sizes(): Promise<ImportAnswer['parts']> {
  const { rows } = await pool().query<{ name: string; table: number; indexes: number }>(
    `SELECT relname AS name, pg_table_size(oid) AS table, pg_indexes_size(oid) AS indexes
     FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  );
  const parts = { rows: 0, indexes: 0, raw: 0, other: 0 };
  for (const { name, table, indexes } of rows) {
    if (name === 'events') {
      parts.rows += table;
      parts.indexes += indexes;
    } else if (name === 'upload_parts' || name === 'raw_chunks') parts.raw += table + indexes;
    else parts.other += table + indexes;
  }
  return parts;
}

async function keepRows(file: string): Promise<void> {
  const columns = EVENT_COLUMNS.map((column) => `"${column.name}"`).join(', ');
  await withConnection((connection) =>
    pipeline(
      connection.query(
        copyTo(
          `COPY (SELECT ${columns} FROM events ORDER BY member, record_index) TO STDOUT (FORMAT binary)`,
        ),
      ),
      createWriteStream(file),
    ),
  );
}

async function uploadIntact(uploadId: string, file: string): Promise<boolean> {
  const sent = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }))
    sent.update(chunk as Buffer);
  const back = createHash('sha256');
  for await (const part of uploadBytes(uploadId)) back.update(part);
  return sent.digest('hex') === back.digest('hex');
}

/** Takes events from all over the recording and compares their raw text with the lines of the file. */
async function recordsIntact(file: string): Promise<boolean> {
  const { rows } = await pool().query<{ host_id: number; id: EventId; record_index: number }>(
    'SELECT host_id, id, record_index FROM events ORDER BY md5(id::text) LIMIT $1',
    [SAMPLED],
  );
  const wanted = new Map(rows.map((row) => [row.record_index, row]));
  const handle = await open(file);
  let index = 0;
  for await (const line of handle.readLines()) {
    const row = wanted.get(index++);
    if (row === undefined) continue;
    const raw = await loadRaw(row.host_id, row.id);
    if (raw.toString('utf8') !== line) return false;
    wanted.delete(row.record_index);
    if (wanted.size === 0) break;
  }
  await handle.close();
  return wanted.size === 0;
}
