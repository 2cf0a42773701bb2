import { type Connection, pool, transaction } from './client';
import { lockHosts } from './hosts';
import type { Clearing } from './imports';
import { kindOf } from './rows';

/** Where a batch of removal ended; undefined when nothing is left. */
export type RemovalCursor = string | undefined;

/** Below every event id. */
const FIRST: string = '00000000-0000-0000-0000-000000000000';

type Owned = { readonly id: string; readonly kind: number };
type Sighted = {
  readonly event_id: string;
  readonly import_id: number;
  readonly member: number;
  readonly record_index: number;
  readonly raw_at: number;
  readonly raw_length: number;
  readonly raw_chunk: number | null;
};

/** Recorded hosts an import brought something for. */
export async function hostsOfImport(importId: number): Promise<readonly number[]> {
  const { rows } = await pool().query<{ id: number }>(
    'SELECT host_id AS id FROM import_hosts WHERE import_id = $1 ORDER BY 1',
    [importId],
  );
  return rows.map((row) => row.id);
}

/**
 * Recorded hosts whose findings may change when an import leaves: those it brought something for, those it gave
 * a device's name to, and all that are one machine with them. Asked before it is cleared.
 */
export async function hostsTouched(importId: number): Promise<readonly number[]> {
  const { rows } = await pool().query<{ id: number }>(
    `SELECT b.id FROM hosts b WHERE b.canonical_id IN (
       SELECT a.canonical_id FROM hosts a WHERE a.id IN (SELECT host_id FROM import_hosts WHERE import_id = $1)
         OR a.name IN (SELECT unnest(ARRAY[lower(d.name), lower(d.device)]) FROM host_devices d WHERE d.import_id = $1))
     ORDER BY 1`,
    [importId],
  );
  return rows.map((row) => row.id);
}

/** Whether any of these recorded hosts has changed since it was last correlated. */
export async function areWaiting(hostIds: readonly number[]): Promise<boolean> {
  const { rowCount } = await pool().query(
    'SELECT 1 FROM hosts WHERE id = ANY($1) AND correlated_changes < changes LIMIT 1',
    [hostIds],
  );
  return rowCount === 1;
}

/**
 * Takes up to `limit` events of one host away from an import that is being cleared, in order of id after
 * `after`: each passes to the import with the lowest id that sighted it, with that import's place and
 * counters, or is deleted. One transaction; done twice it finds nothing. Returns where it ended.
 */
export async function removeEvents(
  importId: number,
  hostId: number,
  limit: number,
  after: string = FIRST,
): Promise<RemovalCursor> {
  return transaction(async (connection) => {
    await lockHosts(connection, 'id = $1', [hostId]);
    const { rows: owned } = await connection.query<Owned>(
      'SELECT id, kind FROM events WHERE host_id = $1 AND import_id = $2 AND id > $3 ORDER BY id LIMIT $4',
      [hostId, importId, after, limit],
    );
    if (owned.length === 0) return undefined;
    const heirs = await findHeirs(connection, hostId, owned);
    await rehome(connection, hostId, owned, heirs);
    await dropEvents(
      connection,
      hostId,
      owned.filter((event) => !heirs.has(event.id)),
    );
    await connection.query('UPDATE hosts SET changes = changes + 1 WHERE id = $1', [hostId]);
    return owned.at(-1)?.id;
  });
}

/** For each event that stays, the sighting it passes to. Locks the rows of the imports concerned. */
async function findHeirs(
  connection: Connection,
  hostId: number,
  owned: readonly Owned[],
): Promise<ReadonlyMap<string, Sighted>> {
  const { rows } = await connection.query<Sighted>(
    `SELECT event_id, import_id, member, record_index, raw_at, raw_length, raw_chunk FROM sightings
     WHERE host_id = $1 AND event_id = ANY($2::uuid[]) ORDER BY import_id DESC`,
    [hostId, owned.map((event) => event.id)],
  );
  if (rows.length === 0) return new Map();
  // An import that is itself being cleared takes nothing over: it is about to lose, or to read again, all it has.
  const { rows: living } = await connection.query<{ id: number }>(
    'SELECT id FROM imports WHERE id = ANY($1) AND clearing IS NULL ORDER BY id FOR UPDATE',
    [[...new Set(rows.map((row) => row.import_id))]],
  );
  const alive = new Set(living.map((row) => row.id));
  // Highest id first, so that the lowest is what stays in the map.
  return new Map(rows.filter((row) => alive.has(row.import_id)).map((row) => [row.event_id, row]));
}

/** Gives events to their heirs: place, counters of import, member and host, and the sighting has become the event. */
async function rehome(
  connection: Connection,
  hostId: number,
  owned: readonly Owned[],
  heirs: ReadonlyMap<string, Sighted>,
): Promise<void> {
  if (heirs.size === 0) return;
  const rows = [...heirs.values()];
  await connection.query(
    `UPDATE events e SET import_id = s.import_id, member = s.member, record_index = s.record_index,
       raw_at = s.raw_at, raw_length = s.raw_length, raw_chunk = s.raw_chunk
     FROM unnest($2::uuid[], $3::int[], $4::int[], $5::int[], $6::bigint[], $7::int[], $8::int[])
       AS s(event_id, import_id, member, record_index, raw_at, raw_length, raw_chunk)
     WHERE e.host_id = $1 AND e.id = s.event_id`,
    [
      hostId,
      rows.map((row) => row.event_id),
      rows.map((row) => row.import_id),
      rows.map((row) => row.member),
      rows.map((row) => row.record_index),
      rows.map((row) => row.raw_at),
      rows.map((row) => row.raw_length),
      rows.map((row) => row.raw_chunk),
    ],
  );
  await connection.query(
    `DELETE FROM sightings s USING unnest($2::uuid[], $3::int[]) AS t(event_id, import_id)
     WHERE s.host_id = $1 AND s.event_id = t.event_id AND s.import_id = t.import_id`,
    [hostId, rows.map((row) => row.event_id), rows.map((row) => row.import_id)],
  );
  const kinds = new Map(owned.map((event) => [event.id, event.kind]));
  const tallies = new Map<number, Tally>();
  for (const row of rows) tally(tallies, row, kinds.get(row.event_id) ?? -1);
  for (const [importId, counts] of [...tallies].sort(([a], [b]) => a - b))
    await countRehomed(connection, importId, hostId, counts);
}

type Tally = { events: number; readonly members: Map<number, number>; readonly kinds: Map<string, number> };

function tally(tallies: Map<number, Tally>, row: Sighted, kind: number): void {
  const entry = tallies.get(row.import_id) ?? { events: 0, members: new Map(), kinds: new Map() };
  tallies.set(row.import_id, entry);
  entry.events++;
  entry.members.set(row.member, (entry.members.get(row.member) ?? 0) + 1);
  const name = kindOf(kind);
  entry.kinds.set(name, (entry.kinds.get(name) ?? 0) + 1);
}

async function countRehomed(
  connection: Connection,
  importId: number,
  hostId: number,
  { events, members, kinds }: Tally,
): Promise<void> {
  await connection.query(
    `UPDATE import_members m SET events = m.events + t.moved, duplicates = m.duplicates - t.moved
     FROM unnest($2::int[], $3::int[]) AS t(n, moved) WHERE m.import_id = $1 AND m.n = t.n`,
    [importId, [...members.keys()], [...members.values()]],
  );
  await connection.query(
    `UPDATE imports SET events = events + $2, duplicates = duplicates - $2,
       event_kinds = (SELECT coalesce(jsonb_object_agg(key, sum), '{}') FROM (SELECT key, sum(value::bigint) AS sum FROM
         (SELECT * FROM jsonb_each_text(event_kinds) UNION ALL SELECT * FROM jsonb_each_text($3::jsonb)) both_ GROUP BY key) sums)
     WHERE id = $1`,
    [importId, events, JSON.stringify(Object.fromEntries(kinds))],
  );
  await connection.query(
    'UPDATE import_hosts SET events = events + $3 WHERE import_id = $1 AND host_id = $2',
    [importId, hostId, events],
  );
}

async function dropEvents(connection: Connection, hostId: number, gone: readonly Owned[]): Promise<void> {
  if (gone.length === 0) return;
  await connection.query('DELETE FROM events WHERE host_id = $1 AND id = ANY($2::uuid[])', [
    hostId,
    gone.map((event) => event.id),
  ]);
  const kinds = new Map<number, number>();
  for (const { kind } of gone) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  await connection.query(
    `UPDATE host_kinds k SET events = k.events - t.gone FROM unnest($2::smallint[], $3::int[]) AS t(kind, gone)
     WHERE k.host_id = $1 AND k.kind = t.kind`,
    [hostId, [...kinds.keys()], [...kinds.values()]],
  );
  await connection.query('DELETE FROM host_kinds WHERE host_id = $1 AND events <= 0', [hostId]);
}

/**
 * Puts events without a sensor time of their own back on the log's time where a host has lost every event
 * that could show how far the two are apart: correlation has nothing to measure there any more and leaves
 * them as they are.
 */
export async function forgetClocks(hostIds: readonly number[]): Promise<void> {
  for (const hostId of hostIds) await transaction((connection) => forgetClockOf(connection, hostId));
}

async function forgetClockOf(connection: Connection, hostId: number): Promise<void> {
  // Against an import that brings a sensor time, or a correlation that measures one, at this moment.
  await lockHosts(connection, 'canonical_id = (SELECT a.canonical_id FROM hosts a WHERE a.id = $1)', [
    hostId,
  ]);
  const { rowCount } = await connection.query(
    `SELECT 1 FROM events WHERE sensor_clock AND host_id = ANY(ARRAY(
       SELECT b.id FROM hosts a JOIN hosts b ON b.canonical_id = a.canonical_id WHERE a.id = $1)) LIMIT 1`,
    [hostId],
  );
  if (rowCount !== 0) return;
  await connection.query(
    `UPDATE events SET time = recorded
     WHERE host_id = ANY(ARRAY(SELECT b.id FROM hosts a JOIN hosts b ON b.canonical_id = a.canonical_id WHERE a.id = $1))
       AND NOT sensor_clock AND reported IS NULL AND time <> recorded`,
    [hostId],
  );
}

/** Tables of rows that belong to one import alone, and how many of each go in one statement. */
const OWN_ROWS = {
  sightings: 10_000,
  quarantine: 1_000,
  raw_chunks: 50,
  host_devices: 10_000,
  record_runs: 10_000,
  sigma_hits: 5_000,
  sigma_sources: 10_000,
} as const;
export const OWN_TABLES = Object.keys(OWN_ROWS) as readonly (keyof typeof OWN_ROWS)[];

/**
 * Deletes one batch of an import's own rows from a table. Returns whether more may be left: only a batch that
 * found nothing shows that none is, since one may find rows that another is deleting at that moment.
 */
export async function removeOwnRows(importId: number, table: keyof typeof OWN_ROWS): Promise<boolean> {
  const limit = OWN_ROWS[table];
  const { rowCount } = await pool().query(
    `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${table} WHERE import_id = $1 LIMIT ${limit}))`,
    [importId],
  );
  return (rowCount ?? 0) > 0;
}

/**
 * Ends the clearing of an import all of whose rows are gone: an import being deleted is no more, a cancelled
 * one has failed, one to be read again is as if it had just arrived. Returns the upload that nothing names
 * any more, if so.
 */
export async function finishClearing(importId: number, reading: number): Promise<string | undefined> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<{ clearing: Clearing | null; uploadId: string }>(
      'SELECT clearing, upload_id AS "uploadId" FROM imports WHERE id = $1 AND reading = $2 FOR UPDATE',
      [importId, reading],
    );
    const row = rows[0];
    if (row === undefined || row.clearing === null) return undefined;
    if (row.clearing === 'delete') {
      await connection.query('DELETE FROM imports WHERE id = $1', [importId]);
      return row.uploadId;
    }
    await connection.query('DELETE FROM import_members WHERE import_id = $1', [importId]);
    await connection.query('DELETE FROM import_hosts WHERE import_id = $1', [importId]);
    await connection.query(
      `UPDATE imports SET clearing = NULL, batches = batches + 1,
         state = CASE WHEN clearing = 'cancel' THEN 'failed' ELSE state END,
         finished_at = CASE WHEN clearing = 'cancel' THEN now() ELSE finished_at END WHERE id = $1`,
      [importId],
    );
    return undefined;
  });
}
