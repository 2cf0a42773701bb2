import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { createIdentifier } from '../lib/events/identify';
import { detectFormat } from '../lib/formats/detectFormat';
import { type ExportFormat, SAMPLE_BYTES, type VendorRecord } from '../lib/formats/exportFormat';
import { type Connection, closeStorage, pool, withConnection } from '../lib/storage/client';
import { copyRows } from '../lib/storage/copyBinary';
import { packRawChunk, saveRawChunks } from '../lib/storage/rawChunks';
import { EVENT_COLUMNS, type EventRow, toValues } from '../lib/storage/rows';
import { type Block, lineBlocks, parseLines } from './lines';
import { answer } from './measurement';
import { watchServer } from './serverCpu';
import { measured, peakBytes, type Usage } from './usage';

/**
 * `copy`: COPY of rows made beforehand, and nothing else. `bare`: JSON.parse of every line, COPY of the same
 * rows made beforehand, gzip of the raw text. `whole`: the same, but the rows are made from the parsed lines.
 */
export type FloorTask = {
  readonly how: 'copy' | 'bare' | 'whole';
  readonly file: string;
  readonly bytes: number;
  readonly rowsFile: string;
};
export type FloorAnswer = Usage & {
  readonly serverCpuSeconds: number;
  readonly rows: number;
  readonly peakBytes: number;
};

const BATCH = 5_000;
/** As the product's own uploads: enough for compressor and database to work side by side. */
const CHUNKS_IN_FLIGHT = 3;

/** What storing a recording costs at the least: into the product's tables and indexes, by one connection for rows and one for raw text. */
await answer(async (task: FloorTask): Promise<FloorAnswer> => {
  const importId = await makeImport();
  const serverCpu = watchServer();
  const { usage } = await measured(() => run(task, importId));
  const serverCpuSeconds = serverCpu();
  const { rows } = await pool().query<{ n: number }>('SELECT count(*)::int AS n FROM events');
  await closeStorage();
  return {
    wallSeconds: usage.wallSeconds,
    cpuSeconds: usage.cpuSeconds + serverCpuSeconds,
    serverCpuSeconds,
    rows: rows[0]?.n ?? 0,
    peakBytes: peakBytes(),
  };
});

function run(task: FloorTask, importId: number): Promise<void> {
  switch (task.how) {
    case 'copy':
      return copyOnly(task);
    case 'bare':
      return bare(task, importId);
    case 'whole':
      return whole(task, importId);
  }
}

async function copyOnly({ rowsFile }: FloorTask): Promise<void> {
  await withConnection(async (connection) => {
    const rows = openCopy(connection);
    for await (const chunk of createReadStream(rowsFile, { highWaterMark: 512 * 1024 }))
      await rows.write(chunk as Buffer);
    await rows.end();
  });
}

async function bare(task: FloorTask, importId: number): Promise<void> {
  await withConnection(async (connection) => {
    const rows = openCopy(connection);
    const prepared = createReadStream(task.rowsFile, { highWaterMark: 512 * 1024 })[Symbol.asyncIterator]();
    const raw = createRawWriter(importId);
    const { size } = await stat(task.rowsFile);
    let parsed = 0;
    for await (const block of lineBlocks(task.file)) {
      await raw.add(block);
      parseLines(block, () => {
        parsed++;
      });
      // The rows go in at the pace at which their lines are parsed.
      const share = (block.at + block.bytes.length) / task.bytes;
      while (rows.written() < share * size) {
        const next = await prepared.next();
        if (next.done === true) break;
        await rows.write(next.value as Buffer);
      }
    }
    for (let next = await prepared.next(); next.done !== true; next = await prepared.next())
      await rows.write(next.value as Buffer);
    await rows.end();
    await raw.end();
    if (parsed === 0) throw new Error('no line was parsed');
  });
}

async function whole(task: FloorTask, importId: number): Promise<void> {
  const format = await formatOf(task.file);
  const identify = createIdentifier(() => randomUUID().replaceAll('-', ''));
  const hosts = new Map<string, number>();
  const channels = new Map<string, number>();
  const raw = createRawWriter(importId);
  await withConnection(async (connection) => {
    await connection.query('BEGIN');
    let batch: EventRow[] = [];
    let saving: Promise<void> = Promise.resolve();
    const flush = async () => {
      const full = batch;
      batch = [];
      await saving;
      saving = copyRows(connection, 'events', EVENT_COLUMNS, full.map(toValues));
      saving.catch(() => undefined);
    };
    let index = 0;
    for await (const block of lineBlocks(task.file)) {
      await raw.add(block);
      parseLines(block, (value, offset, length) => {
        const record = format.normalise(value as VendorRecord);
        index++;
        if (record.outcome !== 'event') return;
        const event = identify(record.event);
        batch.push({
          event,
          hostId: numberOf(hosts, event.host),
          channelId: numberOf(channels, event.channel),
          place: { importId, member: 0, recordIndex: index - 1, rawAt: offset, rawLength: length },
        });
      });
      if (batch.length >= BATCH) await flush();
    }
    await flush();
    await saving;
    await connection.query('COMMIT');
  });
  await raw.end();
}

/** Gzips and stores blocks of raw text, a few at a time, on connections of their own. */
function createRawWriter(importId: number) {
  const inFlight = new Set<Promise<void>>();
  let n = 0;
  return {
    async add({ bytes }: Block): Promise<void> {
      if (inFlight.size >= CHUNKS_IN_FLIGHT) await Promise.race(inFlight);
      const number = n++;
      const saving = packRawChunk(number, bytes)
        .then((chunk) => withConnection((connection) => saveRawChunks(connection, importId, [chunk])))
        .finally(() => inFlight.delete(saving));
      inFlight.add(saving);
    },
    async end(): Promise<void> {
      await Promise.all(inFlight);
    },
  };
}

/** One COPY for all rows, fed with bytes that already are in its format. */
function openCopy(connection: Connection) {
  const names = EVENT_COLUMNS.map((column) => `"${column.name}"`).join(', ');
  const stream = connection.query(copyFrom(`COPY events (${names}) FROM STDIN (FORMAT binary)`));
  const done = finished(stream);
  done.catch(() => undefined);
  let written = 0;
  return {
    written: () => written,
    async write(bytes: Buffer): Promise<void> {
      written += bytes.length;
      if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), done]);
    },
    async end(): Promise<void> {
      stream.end();
      await done;
    },
  };
}

async function makeImport(): Promise<number> {
  const id = randomUUID();
  await pool().query('INSERT INTO uploads (id) VALUES ($1)', [id]);
  const { rows } = await pool().query<{ id: number }>(
    `INSERT INTO imports (upload_id, name, requested_format, sha256, bytes) VALUES ($1, 'floor', 'auto', repeat('0', 64), 0) RETURNING id`,
    [id],
  );
  return rows[0]?.id ?? 0;
}

async function formatOf(file: string): Promise<ExportFormat> {
  for await (const { bytes } of lineBlocks(file))
    return detectFormat(bytes.subarray(0, SAMPLE_BYTES), false).format;
  throw new Error(`${file} is empty`);
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name) ?? numbers.size + 1;
  numbers.set(name, known);
  return known;
}
