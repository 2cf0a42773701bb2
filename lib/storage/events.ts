import type { EventId, EventKind } from '../events/endpointEvent';
import type { PlacedEvent } from '../events/record';
import { channelNames } from './channels';
import { type Connection, pool } from './client';
import { readRows, type Value } from './copyBinary';
import { allHostIds, type EventFilter } from './eventFilter';
import { type EventCursor, type EventPage, readPage } from './eventPages';
import { canonicalHosts, type HostGroup } from './hosts';
import { memberNames } from './imports';
import { rawChunkRange } from './rawChunks';
import { kindNumber, READ_COLUMNS, READ_LIST, type StoredEvent, toEvent } from './rows';
import { uploadRange } from './uploads';

export type { EventFilter } from './eventFilter';
export type { EventCursor } from './eventPages';

/** How many distinct strings one load keeps to share: image paths, users, hashes come again and again. */
const INTERN_LIMIT = 50_000;

/**
 * All events of some kinds of one host group, in no order, under the group's name; with `importIds`, only those
 * that one of these imports contains, whichever import owns them. Streams out of the
 * database; memory is the events themselves, with repeated text held once.
 */
export async function loadHostEvents(
  connection: Connection,
  group: HostGroup,
  kinds: readonly EventKind[],
  importIds: readonly number[] = [],
): Promise<readonly PlacedEvent[]> {
  const place = await placesOf(connection, group);
  let channel = await channelNames([]);
  const unnamed: { readonly event: { channel: string }; readonly channelId: number }[] = [];
  const shared = new Map<string, string>();
  const names = {
    host: () => group.name,
    channel: (id: number) => channel(id),
    intern(text: string) {
      const known = shared.get(text);
      if (known !== undefined) return known;
      if (shared.size < INTERN_LIMIT) shared.set(text, text);
      return text;
    },
  };
  const events: PlacedEvent[] = [];
  // Numbers from our own tables: COPY takes no parameters.
  const hosts = group.members.map((member) => Number(member.id)).join(', ');
  const select = `SELECT ${READ_LIST} FROM events e WHERE e.host_id IN (${hosts}) AND e.kind IN (${kinds.map(kindNumber).join(', ')})${broughtBy(importIds)}`;
  await readRows(connection, select, READ_TYPES, (values) => {
    const stored = toEvent(values, names);
    if (stored.event.channel === '') {
      // A channel this process has not met yet; named after the stream has been read.
      unnamed.push({ event: stored.event as { channel: string }, channelId: values[CHANNEL_AT] as number });
    }
    const file = place.get(stored.importId)?.get(stored.member) ?? '';
    events.push(Object.assign(stored.event, { place: { file, index: stored.recordIndex } }));
  });
  if (unnamed.length > 0) {
    channel = await channelNames(unnamed.map((entry) => entry.channelId));
    for (const { event, channelId } of unnamed) event.channel = channel(channelId);
  }
  return events;
}

/** SQL: the event is contained in one of some imports; nothing when all will do. */
function broughtBy(importIds: readonly number[]): string {
  if (importIds.length === 0) return '';
  const ids = importIds.map(Number).join(', ');
  return ` AND (e.import_id IN (${ids}) OR EXISTS (SELECT 1 FROM sightings s
    WHERE s.host_id = e.host_id AND s.event_id = e.id AND s.import_id IN (${ids})))`;
}

const READ_TYPES = READ_COLUMNS.map((column) => column.type);
const CHANNEL_AT = READ_COLUMNS.findIndex((column) => column.name === 'channel_id');

/** Names of the members, by import and number, of all imports that brought something for a host group. */
async function placesOf(
  connection: Connection,
  group: HostGroup,
): Promise<ReadonlyMap<number, ReadonlyMap<number, string>>> {
  const { rows } = await connection.query<{ import_id: number; n: number; name: string }>({
    name: 'places_of_host',
    text: `SELECT import_id, n, name FROM import_members WHERE import_id IN
      (SELECT import_id FROM import_hosts WHERE host_id = ANY($1))`,
    values: [group.members.map((member) => member.id)],
  });
  const places = new Map<number, Map<number, string>>();
  for (const row of rows) {
    const members = places.get(row.import_id) ?? new Map<number, string>();
    places.set(row.import_id, members.set(row.n, row.name));
  }
  return places;
}

/** An event with the names its numbers stand for. */
export type FoundEvent = StoredEvent & {
  readonly canonical: { readonly id: number; readonly name: string };
  readonly file: string;
};

/** Events that match, in order of time and id, after the cursor. Throws `too_large`. */
export async function findEvents(filter: EventFilter, page: EventPage): Promise<readonly FoundEvent[]> {
  return named(await readPage(READ_LIST, filter, page));
}

/** Which event it is and where it stands in a list ordered by time and id. */
export type EventKey = EventCursor & { readonly hostId: number };

/** The same with no more than what names them: many at once, for loadEvents. */
export async function findEventKeys(filter: EventFilter, page: EventPage): Promise<readonly EventKey[]> {
  const rows = await readPage('e.time, e.id, e.host_id', filter, page);
  return rows.map((row) => ({ time: row[0] as number, id: row[1] as string, hostId: row[2] as number }));
}

/** The events of keys, in their order; those that are gone meanwhile are left out. */
export async function loadEvents(keys: readonly EventKey[]): Promise<readonly FoundEvent[]> {
  const { rows } = await pool().query<Value[]>({
    rowMode: 'array',
    text: `SELECT ${READ_LIST} FROM unnest($1::int[], $2::uuid[]) WITH ORDINALITY AS k(host_id, id, n)
      JOIN events e ON e.host_id = k.host_id AND e.id = k.id ORDER BY k.n`,
    values: [keys.map((key) => key.hostId), keys.map((key) => key.id)],
  });
  return named(rows);
}

/** One event by id; undefined when no host has it. `hostId` makes it a single look-up. */
export async function findEvent(id: EventId): Promise<FoundEvent | undefined> {
  const { rows } = await pool().query<Value[]>({
    rowMode: 'array',
    text: `SELECT x.* FROM unnest($1::int[]) AS h(id) CROSS JOIN LATERAL
      (SELECT ${READ_LIST} FROM events e WHERE e.host_id = h.id AND e.id = $2) x LIMIT 1`,
    values: [await allHostIds(), id],
  });
  return (await named(rows))[0];
}

/** The bytes of the record an event came from, exactly as the export held them. */
export async function loadRaw(hostId: number, id: EventId): Promise<Buffer> {
  const { rows } = await pool().query<{
    uploadId: string;
    importId: number;
    chunk: number | null;
    at: number;
    length: number;
  }>(
    `SELECT i.upload_id AS "uploadId", e.import_id AS "importId", e.raw_chunk AS chunk, e.raw_at AS at, e.raw_length AS length
     FROM events e JOIN imports i ON i.id = e.import_id WHERE e.host_id = $1 AND e.id = $2`,
    [hostId, id],
  );
  const row = rows[0];
  if (row === undefined) throw new Error(`event ${id} of host ${hostId} has no import`);
  return row.chunk === null
    ? uploadRange(row.uploadId, row.at, row.length)
    : rawChunkRange(row.importId, row.chunk, row.at, row.length);
}

/** Imports whose records the given events of a host group came from, by event id. */
export async function importsOfEvents(
  connection: Connection,
  hostIds: readonly number[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await connection.query<{ id: string; import_id: number }>({
    name: 'imports_of_events',
    text: 'SELECT id, import_id FROM events WHERE host_id = ANY($1) AND id = ANY($2::uuid[])',
    values: [hostIds, ids],
  });
  return new Map(rows.map((row) => [row.id, row.import_id]));
}

async function named(rows: readonly Value[][]): Promise<readonly FoundEvent[]> {
  if (rows.length === 0) return [];
  const at = (name: string) => READ_COLUMNS.findIndex((column) => column.name === name);
  const [hostAt, importAt] = [at('host_id'), at('import_id')];
  const hosts = await canonicalHosts(rows.map((row) => row[hostAt] as number));
  const channel = await channelNames(rows.map((row) => row[CHANNEL_AT] as number));
  const file = await memberNames(rows.map((row) => row[importAt] as number));
  return rows.map((row) => {
    const stored = toEvent(row, { host: (id) => hosts.get(id)?.name ?? '', channel, attributed: true });
    const canonical = hosts.get(stored.hostId) ?? { id: stored.hostId, name: '' };
    return { ...stored, canonical, file: file(stored.importId, stored.member) };
  });
}
