import type { ClockSegment } from '../events/clock';
import { pool, prisma } from './client';
import type { Prisma } from './generated/client';

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
  /** How sure detection was, 0 to 1, and what it saw; null when a person chose the format. */
  readonly confidence: number | null;
  readonly reason: string | null;
  readonly needsPassword: boolean;
};

/** What follows once an import's events have been taken out. */
export type Clearing = 'reparse' | 'cancel' | 'delete';

/** What of an upload is read: all of it, or only the records that stand in quarantine. */
export type Scope = 'all' | 'quarantined';

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
  /** Formats a person chose for single members, by the member's name. */
  readonly memberFormats: Readonly<Record<string, string>>;
  readonly scope: Scope;
  readonly clearing: Clearing | null;
  /** Grows with every reading asked for. */
  readonly reading: number;
  /** A password opened members; the next reading needs it again. */
  readonly encrypted: boolean;
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

/** One import as its worker needs it, one that is being deleted included; undefined when there is none. */
export async function loadImportForWork(id: number): Promise<StoredImport | undefined> {
  const row = await prisma().import.findUnique({ where: { id }, omit: { password: true } });
  return row === null ? undefined : toStored(row);
}

/** One import; undefined when there is none with that id, or it is being deleted. */
export async function loadImport(id: number): Promise<StoredImport | undefined> {
  const found = await loadImportForWork(id);
  return found?.clearing === 'delete' ? undefined : found;
}

/** The password a person gave for the reading in progress; undefined when none was. For the worker only. */
export async function loadPassword(id: number): Promise<string | undefined> {
  const { rows } = await pool().query<{ password: string | null }>(
    'SELECT password FROM imports WHERE id = $1',
    [id],
  );
  return rows[0]?.password ?? undefined;
}

/** One import with members, hosts and the number of findings that cite it. */
export async function loadImportRecord(id: number): Promise<ImportRecord | undefined> {
  const row = await prisma().import.findUnique({
    where: { id, ...NOT_BEING_DELETED },
    omit: { password: true },
  });
  return row === null ? undefined : (await withParts([row]))[0];
}

/** Imports, newest first, with an id below `before`; without those that are being deleted. */
export async function listImportRecords(limit: number, before?: number): Promise<readonly ImportRecord[]> {
  const rows = await prisma().import.findMany({
    where: { ...NOT_BEING_DELETED, ...(before === undefined ? {} : { id: { lt: before } }) },
    omit: { password: true },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return withParts(rows);
}

/** SQL has three truths: "not delete" alone leaves out the many that are null. */
const NOT_BEING_DELETED = {
  OR: [{ clearing: null }, { clearing: { not: 'delete' } }],
} satisfies Prisma.ImportWhereInput;

/** An import as a host's page names it; `events` are those it brought of that host and no earlier import had. */
export type ImportOfHost = {
  readonly id: number;
  readonly name: string;
  readonly events: number;
  readonly createdAt: Date;
  /** Formats its members were read by, joined by commas; null when none was read. */
  readonly format: string | null;
};

/** Imports that brought something of a host group, newest first; without those that are being deleted. */
export async function loadImportsOfHost(canonicalId: number): Promise<readonly ImportOfHost[]> {
  const { rows } = await pool().query<ImportOfHost>(
    `SELECT i.id, i.name, sum(ih.events)::int AS events, i.created_at AS "createdAt",
       (SELECT string_agg(DISTINCT m.format, ',' ORDER BY m.format) FROM import_members m
        WHERE m.import_id = i.id) AS format
     FROM import_hosts ih JOIN hosts h ON h.id = ih.host_id JOIN imports i ON i.id = ih.import_id
     WHERE h.canonical_id = $1 AND i.clearing IS DISTINCT FROM 'delete' GROUP BY i.id ORDER BY i.id DESC`,
    [canonicalId],
  );
  return rows;
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

/**
 * Parsing is over: the import now waits for its hosts. Does nothing when another reading was asked for since
 * `reading`. The password has done its work and is forgotten.
 */
export async function startCorrelating(id: number, reading: number): Promise<void> {
  await pool().query(
    `UPDATE imports SET state = 'correlating', bytes_read = bytes, password = NULL
     WHERE id = $1 AND reading = $2 AND state = 'parsing' AND clearing IS NULL`,
    [id, reading],
  );
}

/** Ends every import whose hosts have all been correlated at or past its last batch. Returns their ids. */
export async function finishImports(): Promise<readonly number[]> {
  // Locked in order of id, as removal does, so that the two never wait for each other.
  const { rows } = await pool().query<{ id: number }>(
    `UPDATE imports i SET state = 'done', scope = 'all', finished_at = now()
     FROM (SELECT id FROM imports WHERE state = 'correlating' AND clearing IS NULL ORDER BY id FOR UPDATE) c
     WHERE i.id = c.id AND NOT EXISTS (
       SELECT 1 FROM import_hosts ih JOIN hosts h ON h.id = ih.host_id
       WHERE ih.import_id = i.id AND h.correlated_changes < ih.needs) RETURNING i.id`,
  );
  return rows.map((row) => row.id);
}

/**
 * Ends an import with a reason a person can act on. What was stored stays stored. Does nothing when another
 * reading was asked for since `reading`.
 */
export async function failImport(id: number, reading: number, failure: ImportFailure): Promise<void> {
  await pool().query(
    `UPDATE imports SET state = 'failed', error = $3, scope = 'all', password = NULL, finished_at = now()
     WHERE id = $1 AND reading = $2 AND state IN ('parsing', 'correlating') AND clearing IS NULL`,
    [id, reading, failure],
  );
}

/**
 * Ends an import that all attempts failed on, even in the middle of taking out its events: that goes on when
 * it is read again. One being deleted stays so; its job is tried again.
 */
export async function abandonImport(id: number, failure: ImportFailure): Promise<void> {
  await pool().query(
    `UPDATE imports SET state = 'failed', error = $2, scope = 'all', password = NULL, finished_at = now()
     WHERE id = $1 AND state IN ('parsing', 'correlating') AND clearing IS DISTINCT FROM 'delete'`,
    [id, failure],
  );
}

/** Ends the imports that wait for a host which could not be correlated. */
export async function failImportsOfHost(canonicalId: number, failure: ImportFailure): Promise<void> {
  await pool().query(
    `UPDATE imports i SET state = 'failed', error = $2, scope = 'all', finished_at = now()
     WHERE state = 'correlating' AND clearing IS NULL AND EXISTS (
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
    `SELECT state::text, count(*)::int AS imports FROM imports WHERE clearing IS DISTINCT FROM 'delete' GROUP BY 1`,
  );
  return new Map(rows.map((row) => [row.state, row.imports]));
}

type Row = Prisma.ImportGetPayload<{ omit: { password: true } }>;

function toStored(row: Row): StoredImport {
  return {
    ...row,
    bytes: Number(row.bytes),
    bytesRead: Number(row.bytesRead),
    ignoredTypes: row.ignoredTypes as Record<string, number>,
    eventKinds: row.eventKinds as Record<string, number>,
    error: row.error as ImportFailure | null,
    memberFormats: row.memberFormats as Record<string, string>,
    scope: row.scope as Scope,
    clearing: row.clearing as Clearing | null,
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
