import type { ClockSegment } from '../events/clock';
import { type Connection, pool, prisma, transaction } from './client';
import type { Prisma } from './generated/client';
import { addJob } from './queue';
import { deleteUpload, type SavedUpload } from './uploads';

export type ImportState = 'parsing' | 'correlating' | 'done' | 'failed';

/** read = events + ignored + duplicates + quarantined, always. */
export type Ledger = {
  readonly read: number;
  readonly events: number;
  readonly ignored: number;
  readonly duplicates: number;
  readonly quarantined: number;
};

export type StoredMember = Ledger & {
  readonly n: number;
  readonly name: string;
  readonly format: string | null;
  /** Number of the first record not yet accounted for. */
  readonly resumeIndex: number;
  readonly problem: string | null;
};

export type ImportFailure = { readonly message: string; readonly detail: string | null };

/** What an import brought for one host, on the clocks it was recorded with. */
export type ImportedHost = {
  readonly name: string;
  readonly clock: readonly ClockSegment[];
  readonly sourceFrom: number | null;
  readonly sourceTo: number | null;
  readonly recordFrom: number | null;
  readonly recordTo: number | null;
  readonly correlated: boolean;
};

export type StoredImport = Ledger & {
  readonly id: number;
  readonly uploadId: string;
  readonly name: string;
  readonly requestedFormat: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly state: ImportState;
  readonly ignoredTypes: Readonly<Record<string, number>>;
  readonly eventKinds: Readonly<Record<string, number>>;
  readonly bytesRead: number;
  /** Committed batches: the version that the next batch must find. */
  readonly batches: number;
  readonly error: ImportFailure | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
};

/** An import with all that its page shows. */
export type ImportRecord = StoredImport & {
  readonly members: readonly StoredMember[];
  readonly hosts: readonly ImportedHost[];
  readonly findings: number;
};

/**
 * Makes an upload an import and queues its parsing, in one transaction. The same bytes are the same import:
 * the upload is then dropped and the existing import returned. One that had failed is queued once more, with
 * the format now asked for.
 */
export async function createImport(
  upload: SavedUpload,
  name: string,
  requestedFormat: string,
): Promise<{ readonly id: number; readonly created: boolean }> {
  const outcome = await transaction(async (connection) => {
    const { rows } = await connection.query<{ id: number }>(
      `INSERT INTO imports (upload_id, name, requested_format, sha256, bytes) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (sha256) DO NOTHING RETURNING id`,
      [upload.uploadId, name, requestedFormat, upload.sha256, upload.bytes],
    );
    const created = rows[0];
    if (created !== undefined) {
      await addJob(connection, 'run_import', { importId: created.id }, `import:${created.id}`);
      return { id: created.id, created: true };
    }
    return { id: await reopen(connection, upload.sha256, requestedFormat), created: false };
  });
  if (!outcome.created) await deleteUpload(upload.uploadId);
  return outcome;
}

async function reopen(connection: Connection, sha256: string, requestedFormat: string): Promise<number> {
  const { rows } = await connection.query<{ id: number; state: ImportState; read: number }>(
    'SELECT id, state, read FROM imports WHERE sha256 = $1 FOR UPDATE',
    [sha256],
  );
  const known = rows[0];
  if (known === undefined) throw new Error(`import ${sha256} vanished while it was looked up`);
  if (known.state === 'failed') {
    // Another format only while nothing was counted under the first: a resume point holds for one reading.
    await connection.query(
      `UPDATE imports SET state = 'parsing', error = NULL, finished_at = NULL,
         requested_format = CASE WHEN read = 0 THEN $2 ELSE requested_format END WHERE id = $1`,
      [known.id, requestedFormat],
    );
    await addJob(connection, 'run_import', { importId: known.id }, `import:${known.id}`);
  }
  return known.id;
}

/** One import; undefined when there is none with that id. */
export async function loadImport(id: number): Promise<StoredImport | undefined> {
  const row = await prisma().import.findUnique({ where: { id } });
  return row === null ? undefined : toStored(row);
}

/** One import with members, hosts and the number of findings that cite it. */
export async function loadImportRecord(id: number): Promise<ImportRecord | undefined> {
  const row = await prisma().import.findUnique({ where: { id } });
  return row === null ? undefined : (await withParts([row]))[0];
}

/** Imports, newest first, with an id below `before`. */
export async function listImportRecords(limit: number, before?: number): Promise<readonly ImportRecord[]> {
  const rows = await prisma().import.findMany({
    ...(before === undefined ? {} : { where: { id: { lt: before } } }),
    orderBy: { id: 'desc' },
    take: limit,
  });
  return withParts(rows);
}

/** Members as they stand, by number. */
export async function loadMembers(importId: number): Promise<readonly StoredMember[]> {
  return prisma().importMember.findMany({
    where: { importId },
    orderBy: { n: 'asc' },
    omit: { importId: true },
  });
}

/** Names of the members of several imports, as `import:n` → name: what a record's place is called. */
export async function memberNames(
  importIds: readonly number[],
): Promise<(importId: number, member: number) => string> {
  const rows = await prisma().importMember.findMany({
    where: { importId: { in: [...new Set(importIds)] } },
    select: { importId: true, n: true, name: true },
  });
  const names = new Map(rows.map((row) => [`${row.importId}:${row.n}`, row.name]));
  return (importId, member) => names.get(`${importId}:${member}`) ?? '';
}

/** Parsing is over: the import now waits for its hosts. */
export async function startCorrelating(id: number): Promise<void> {
  await pool().query(
    `UPDATE imports SET state = 'correlating', bytes_read = bytes WHERE id = $1 AND state = 'parsing'`,
    [id],
  );
}

/** Ends every import whose hosts have all been correlated at or past its last batch. Returns their ids. */
export async function finishImports(): Promise<readonly number[]> {
  const { rows } = await pool().query<{ id: number }>(
    `UPDATE imports i SET state = 'done', finished_at = now() WHERE state = 'correlating' AND NOT EXISTS (
       SELECT 1 FROM import_hosts ih JOIN hosts h ON h.id = ih.host_id
       WHERE ih.import_id = i.id AND h.correlated_changes < ih.needs) RETURNING id`,
  );
  return rows.map((row) => row.id);
}

/** Ends an import with a reason a person can act on. What was stored stays stored. */
export async function failImport(id: number, failure: ImportFailure): Promise<void> {
  await pool().query(
    `UPDATE imports SET state = 'failed', error = $2, finished_at = now() WHERE id = $1 AND state IN ('parsing', 'correlating')`,
    [id, failure],
  );
}

/** Ends the imports that wait for a host which could not be correlated. */
export async function failImportsOfHost(canonicalId: number, failure: ImportFailure): Promise<void> {
  await pool().query(
    `UPDATE imports i SET state = 'failed', error = $2, finished_at = now() WHERE state = 'correlating' AND EXISTS (
       SELECT 1 FROM import_hosts ih JOIN hosts h ON h.id = ih.host_id
       WHERE ih.import_id = i.id AND h.canonical_id = $1 AND h.correlated_changes < ih.needs)`,
    [canonicalId, failure],
  );
}

/** Ids of the imports that are being parsed, or wait for it. */
export async function parsingImports(): Promise<ReadonlySet<number>> {
  const { rows } = await pool().query<{ id: number }>(`SELECT id FROM imports WHERE state = 'parsing'`);
  return new Set(rows.map((row) => row.id));
}

/** How many imports stand in each state; for metrics. */
export async function importCounts(): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool().query<{ state: string; imports: number }>(
    'SELECT state::text, count(*)::int AS imports FROM imports GROUP BY 1',
  );
  return new Map(rows.map((row) => [row.state, row.imports]));
}

export type QuarantinedRecord = {
  readonly n: number;
  readonly file: string;
  readonly index: number;
  readonly offset: number;
  readonly reason: string;
  readonly bytes: Uint8Array;
  readonly size: number;
};

/** Quarantined records of an import in order, after number `after`. */
export async function loadQuarantine(
  importId: number,
  limit: number,
  after?: number,
): Promise<readonly QuarantinedRecord[]> {
  const rows = await prisma().quarantine.findMany({
    where: { importId, ...(after === undefined ? {} : { n: { gt: after } }) },
    orderBy: { n: 'asc' },
    take: limit,
    omit: { importId: true },
  });
  return rows.map((row) => ({ ...row, offset: Number(row.offset) }));
}

type Row = Prisma.ImportGetPayload<Record<string, never>>;

function toStored(row: Row): StoredImport {
  return {
    ...row,
    bytes: Number(row.bytes),
    bytesRead: Number(row.bytesRead),
    ignoredTypes: row.ignoredTypes as Record<string, number>,
    eventKinds: row.eventKinds as Record<string, number>,
    error: row.error as ImportFailure | null,
  };
}

type HostRow = ImportedHost & { readonly importId: number };

async function withParts(rows: readonly Row[]): Promise<readonly ImportRecord[]> {
  const ids = rows.map((row) => row.id);
  const [members, hosts, findings] = await Promise.all([
    prisma().importMember.findMany({ where: { importId: { in: ids } }, orderBy: { n: 'asc' } }),
    pool().query<HostRow>(
      `SELECT ih.import_id AS "importId", c.name, c.clock, ih.source_from AS "sourceFrom", ih.source_to AS "sourceTo",
         ih.record_from AS "recordFrom", ih.record_to AS "recordTo", h.correlated_changes >= ih.needs AS correlated
       FROM import_hosts ih JOIN hosts h ON h.id = ih.host_id JOIN hosts c ON c.id = h.canonical_id
       WHERE ih.import_id = ANY($1) ORDER BY c.name`,
      [ids],
    ),
    pool().query<{ id: number; findings: number }>(
      `SELECT i.id, count(f.id)::int AS findings FROM unnest($1::int[]) AS i(id)
       JOIN findings f ON f.import_ids @> ARRAY[i.id] GROUP BY i.id`,
      [ids],
    ),
  ]);
  const findingsOf = new Map(findings.rows.map((row) => [row.id, row.findings]));
  return rows.map((row) => ({
    ...toStored(row),
    members: members.filter((member) => member.importId === row.id),
    hosts: hosts.rows.filter((host) => host.importId === row.id),
    findings: findingsOf.get(row.id) ?? 0,
  }));
}
