import type { EndpointEvent, EventKind } from '../events/endpointEvent';
import type { HostDevice } from '../events/hostGroups';
import { type Connection, transaction } from './client';
import { copyRows } from './copyBinary';
import { saveHostDevices } from './hostIdentity';
import { lockHosts } from './hosts';
import { type StoredRun, saveRecordRuns } from './ledger/recordRuns';
import {
  type Held,
  type QuarantineRow,
  releaseQuarantine,
  type StillHeld,
  saveQuarantine,
} from './quarantine';
import { type RawChunk, saveRawChunks } from './rawChunks';
import { EVENT_COLUMNS, type EventRow, kindNumber, toValues } from './rows';
import { saveSightings } from './sightings';

/** What a batch adds to one member of the upload. */
export type MemberProgress = {
  readonly n: number;
  readonly name: string;
  readonly format: string | null;
  readonly problem: string | null;
  /** How sure detection was and what it saw; null before the member's end, or when a person chose. */
  readonly confidence: number | null;
  readonly reason: string | null;
  readonly needsPassword: boolean;
  /**
   * Records accounted for in this batch, by what became of them; events and duplicates are told apart here. A
   * record that leaves quarantine counts -1 quarantined and was read before.
   */
  readonly read: number;
  readonly ignored: number;
  readonly quarantined: number;
  /** Number of the first record not accounted for after this batch. */
  readonly resumeIndex: number;
};

/** A stretch of an upload, parsed: all that one transaction adds to an import. */
export type ImportBatch = {
  readonly importId: number;
  /** How many batches the import has; another number in the database means another worker has gone on. */
  readonly after: number;
  readonly members: readonly MemberProgress[];
  readonly rows: readonly EventRow[];
  readonly chunks: readonly RawChunk[];
  readonly quarantined: readonly QuarantineRow[];
  /** Records that stood in quarantine and do no longer, and those that still do; empty but for a second reading. */
  readonly released: readonly Held[];
  readonly stillHeld: readonly StillHeld[];
  readonly ignoredTypes: ReadonlyMap<string, number>;
  /** Names of machines that records gave together with a vendor's id of them. */
  readonly devices: readonly HostDevice[];
  /** Which numbers of which logs came, whatever became of the records. */
  readonly runs: readonly StoredRun[];
  /** Bytes of the upload read up to here. */
  readonly bytesRead: number;
};

/** Thrown when another worker has taken the import over: this one must stop, and has changed nothing. */
export class ImportTakenOver extends Error {
  constructor(importId: number) {
    super(`import ${importId} is being run by another worker`);
    this.name = 'ImportTakenOver';
  }
}

/**
 * Stores one batch: events that are new, raw chunks, quarantine, counts and the resume point commit together
 * or not at all. Events already stored, by this or any other import, count as duplicates; those of another
 * are noted as sighted, so that they can pass to this import. The rows of the batch's hosts are locked first,
 * in order, then the import's own, so that imports of the same hosts running side by side never store an
 * event twice and never deadlock. Throws ImportTakenOver when the import was cancelled, deleted or restarted.
 */
export async function saveBatch(batch: ImportBatch): Promise<void> {
  await transaction(async (connection) => {
    const hostIds = [...new Set(batch.rows.map((row) => row.hostId))];
    await lockHosts(connection, 'id = ANY($1)', [hostIds]);
    await claim(connection, batch);
    const { fresh, sighted } = await split(connection, batch);
    if (fresh.length > 0) await copyRows(connection, 'events', EVENT_COLUMNS, valuesOf(fresh));
    await saveSightings(connection, batch.importId, sighted);
    // A chunk that only holds records this import stored before is not kept a second time.
    const needed = new Set([...fresh, ...sighted].map((row) => row.place.rawChunk));
    await saveRawChunks(
      connection,
      batch.importId,
      batch.chunks.filter((chunk) => needed.has(chunk.n)),
    );
    await saveQuarantine(connection, batch.importId, batch.quarantined);
    await releaseQuarantine(connection, batch.importId, batch.released, batch.stillHeld);
    await saveHostDevices(connection, batch.importId, batch.devices);
    await saveRecordRuns(connection, batch.importId, batch.runs);
    await countHosts(connection, batch, fresh);
    await countImport(connection, batch, fresh);
  });
}

/** Locks the import's row, if it is still this worker's to go on with. */
async function claim(connection: Connection, batch: ImportBatch): Promise<void> {
  const { rowCount } = await connection.query(
    `SELECT id FROM imports WHERE id = $1 AND batches = $2 AND state = 'parsing' AND clearing IS NULL FOR UPDATE`,
    [batch.importId, batch.after],
  );
  if (rowCount !== 1) throw new ImportTakenOver(batch.importId);
}

function* valuesOf(rows: readonly EventRow[]) {
  for (const row of rows) yield toValues(row);
}

/** The rows whose event is not stored yet, the first of equals within the batch; and those another import owns. */
async function split(
  connection: Connection,
  batch: ImportBatch,
): Promise<{ readonly fresh: readonly EventRow[]; readonly sighted: readonly EventRow[] }> {
  const { rows } = batch;
  if (rows.length === 0) return { fresh: [], sighted: [] };
  const { rows: known } = await connection.query<{ host_id: number; id: string; import_id: number }>({
    name: 'known_events',
    text: `SELECT e.host_id, e.id, e.import_id FROM unnest($1::int[], $2::uuid[]) AS b(host_id, id)
      JOIN events e ON e.host_id = b.host_id AND e.id = b.id`,
    values: [rows.map((row) => row.hostId), rows.map((row) => row.event.id)],
  });
  const owners = new Map(known.map((row) => [keyOf(row.host_id, row.id), row.import_id]));
  const fresh: EventRow[] = [];
  const sighted: EventRow[] = [];
  for (const row of rows) {
    const key = keyOf(row.hostId, row.event.id);
    const owner = owners.get(key);
    if (owner === undefined) {
      owners.set(key, batch.importId);
      fresh.push(row);
    } else if (owner !== batch.importId) sighted.push(row);
  }
  return { fresh, sighted };
}

function keyOf(hostId: number, id: string): string {
  return `${hostId}/${id}`;
}

type HostTally = {
  events: number;
  sourceFrom: number | null;
  sourceTo: number | null;
  recordFrom: number | null;
  recordTo: number | null;
};

/** Counts by host and kind, and the change counters that tell correlation what it has not seen. */
async function countHosts(
  connection: Connection,
  batch: ImportBatch,
  fresh: readonly EventRow[],
): Promise<void> {
  const tallies = new Map<number, HostTally>();
  for (const row of batch.rows) widen(tallyOf(tallies, row.hostId), row.event);
  if (tallies.size === 0) return;
  const kinds = new Map<string, { hostId: number; kind: number; events: number }>();
  for (const { hostId, event } of fresh) {
    tallyOf(tallies, hostId).events++;
    const kind = kindNumber(event.kind);
    const entry = kinds.get(`${hostId}/${kind}`);
    if (entry === undefined) kinds.set(`${hostId}/${kind}`, { hostId, kind, events: 1 });
    else entry.events++;
  }
  const entries = [...kinds.values()];
  await connection.query(
    `INSERT INTO host_kinds AS k (host_id, kind, events) SELECT * FROM unnest($1::int[], $2::smallint[], $3::int[])
     ON CONFLICT (host_id, kind) DO UPDATE SET events = k.events + excluded.events`,
    [
      entries.map((entry) => entry.hostId),
      entries.map((entry) => entry.kind),
      entries.map((entry) => entry.events),
    ],
  );
  await connection.query('UPDATE hosts SET changes = changes + 1 WHERE id = ANY($1)', [
    [...new Set(fresh.map((row) => row.hostId))],
  ]);
  const hosts = [...tallies];
  // `least` and `greatest` pass over nulls, so a span that does not exist yet takes the other's ends.
  await connection.query(
    `INSERT INTO import_hosts AS ih (import_id, host_id, events, needs, source_from, source_to, record_from, record_to)
     SELECT $1, t.host_id, t.events, h.changes, t.source_from, t.source_to, t.record_from, t.record_to
     FROM unnest($2::int[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
       AS t(host_id, events, source_from, source_to, record_from, record_to)
     JOIN hosts h ON h.id = t.host_id
     ON CONFLICT (import_id, host_id) DO UPDATE SET events = ih.events + excluded.events, needs = excluded.needs,
       source_from = least(ih.source_from, excluded.source_from), source_to = greatest(ih.source_to, excluded.source_to),
       record_from = least(ih.record_from, excluded.record_from), record_to = greatest(ih.record_to, excluded.record_to)`,
    [
      batch.importId,
      hosts.map(([hostId]) => hostId),
      hosts.map(([, tally]) => tally.events),
      hosts.map(([, tally]) => tally.sourceFrom),
      hosts.map(([, tally]) => tally.sourceTo),
      hosts.map(([, tally]) => tally.recordFrom),
      hosts.map(([, tally]) => tally.recordTo),
    ],
  );
}

function tallyOf(tallies: Map<number, HostTally>, hostId: number): HostTally {
  let tally = tallies.get(hostId);
  if (tally === undefined) {
    tally = { events: 0, sourceFrom: null, sourceTo: null, recordFrom: null, recordTo: null };
    tallies.set(hostId, tally);
  }
  return tally;
}

function widen(tally: HostTally, event: EndpointEvent): void {
  if (event.clock === 'source') {
    tally.sourceFrom = Math.min(tally.sourceFrom ?? event.time, event.time);
    tally.sourceTo = Math.max(tally.sourceTo ?? event.time, event.time);
  } else {
    tally.recordFrom = Math.min(tally.recordFrom ?? event.recorded, event.recorded);
    tally.recordTo = Math.max(tally.recordTo ?? event.recorded, event.recorded);
  }
}

type Sums = { events: number; duplicates: number };

async function countImport(
  connection: Connection,
  batch: ImportBatch,
  fresh: readonly EventRow[],
): Promise<void> {
  const byMember = new Map<number, Sums>(
    batch.members.map((member) => [member.n, { events: 0, duplicates: 0 }]),
  );
  const kinds = new Map<EventKind, number>();
  for (const row of batch.rows) sumsOf(byMember, row).duplicates++;
  for (const row of fresh) {
    const sums = sumsOf(byMember, row);
    sums.events++;
    sums.duplicates--;
    kinds.set(row.event.kind, (kinds.get(row.event.kind) ?? 0) + 1);
  }
  await saveMembers(connection, batch, byMember);
  const total = (pick: (member: MemberProgress) => number) =>
    batch.members.reduce((sum, member) => sum + pick(member), 0);
  const { rowCount } = await connection.query(
    `UPDATE imports SET batches = batches + 1, read = read + $3, events = events + $4, ignored = ignored + $5,
       duplicates = duplicates + $6, quarantined = quarantined + $7, bytes_read = greatest(bytes_read, $8),
       ignored_types = ${addedTo('ignored_types', '$9')}, event_kinds = ${addedTo('event_kinds', '$10')}
     WHERE id = $1 AND batches = $2`,
    [
      batch.importId,
      batch.after,
      total((member) => member.read),
      fresh.length,
      total((member) => member.ignored),
      batch.rows.length - fresh.length,
      total((member) => member.quarantined),
      batch.bytesRead,
      JSON.stringify(Object.fromEntries(batch.ignoredTypes)),
      JSON.stringify(Object.fromEntries(kinds)),
    ],
  );
  if (rowCount !== 1) throw new ImportTakenOver(batch.importId);
}

function sumsOf(byMember: Map<number, Sums>, row: EventRow): Sums {
  const sums = byMember.get(row.place.member);
  if (sums === undefined)
    throw new Error(`batch holds an event of member ${row.place.member} but no progress of it`);
  return sums;
}

/** SQL that adds the numbers of one JSON object to those of a column, key by key. */
function addedTo(column: string, parameter: string): string {
  return `(SELECT coalesce(jsonb_object_agg(key, sum), '{}') FROM (SELECT key, sum(value::bigint) AS sum FROM
    (SELECT * FROM jsonb_each_text(imports.${column}) UNION ALL SELECT * FROM jsonb_each_text(${parameter}::jsonb)) both_
    GROUP BY key) sums)`;
}

async function saveMembers(
  connection: Connection,
  batch: ImportBatch,
  sums: ReadonlyMap<number, Sums>,
): Promise<void> {
  const members = batch.members;
  await connection.query(
    `INSERT INTO import_members AS m (import_id, n, name, format, problem, read, ignored, quarantined, events, duplicates, resume_index,
       confidence, reason, needs_password)
     SELECT $1, * FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[], $8::int[], $9::int[], $10::int[], $11::int[],
       $12::float8[], $13::text[], $14::bool[])
     ON CONFLICT (import_id, n) DO UPDATE SET format = coalesce(excluded.format, m.format), problem = coalesce(excluded.problem, m.problem),
       read = m.read + excluded.read, ignored = m.ignored + excluded.ignored, quarantined = m.quarantined + excluded.quarantined,
       events = m.events + excluded.events, duplicates = m.duplicates + excluded.duplicates,
       resume_index = greatest(m.resume_index, excluded.resume_index), confidence = coalesce(excluded.confidence, m.confidence),
       reason = coalesce(excluded.reason, m.reason), needs_password = m.needs_password OR excluded.needs_password`,
    [
      batch.importId,
      members.map((member) => member.n),
      members.map((member) => member.name),
      members.map((member) => member.format),
      members.map((member) => member.problem),
      members.map((member) => member.read),
      members.map((member) => member.ignored),
      members.map((member) => member.quarantined),
      members.map((member) => sums.get(member.n)?.events ?? 0),
      members.map((member) => sums.get(member.n)?.duplicates ?? 0),
      members.map((member) => member.resumeIndex),
      members.map((member) => member.confidence),
      members.map((member) => member.reason),
      members.map((member) => member.needsPassword),
    ],
  );
}
