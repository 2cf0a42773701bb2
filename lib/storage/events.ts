import type { EventId, EventKind } from '../events/endpointEvent';
import type { PlacedEvent } from '../events/record';
import { channelNames } from './channels';
import { type Connection, pool } from './client';
import { type Conditions, createConditions } from './conditions';
import { readRows, type Value } from './copyBinary';
import { hostsOfQuery, type PreparedQuery, queryCondition } from './eventQuery';
import { canonicalHosts, type HostGroup } from './hosts';
import { memberNames } from './imports';
import { rawChunkRange } from './rawChunks';
import {
  EVENT_PROCESS,
  kindNumber,
  kindOf,
  READ_COLUMNS,
  READ_LIST,
  type StoredEvent,
  toEvent,
} from './rows';
import { searching } from './searching';
import { uploadRange } from './uploads';

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

/** Position in a list ordered by time and id. */
export type EventCursor = { readonly time: number; readonly id: string };

export type EventFilter = {
  /** Recorded host ids; absent means all. */
  readonly hostIds?: readonly number[];
  readonly kinds?: readonly EventKind[];
  readonly entityIds?: readonly string[];
  /** With entityIds: these events belong to what is asked for whatever process they are of. */
  readonly alsoIds?: readonly string[];
  /** Only these events. */
  readonly ids?: readonly string[];
  /** Inclusive, microseconds. */
  readonly from?: number;
  readonly to?: number;
  /** A query of docs/QUERY.md, from prepareQuery. */
  readonly query?: PreparedQuery;
};

/** An event with the names its numbers stand for. */
export type FoundEvent = StoredEvent & {
  readonly canonical: { readonly id: number; readonly name: string };
  readonly file: string;
};

/**
 * Events that match, in order of time and id, after the cursor. Each host's events are taken in the order of
 * its index and merged, so that a page costs a page and not a sort of everything.
 */
export async function findEvents(
  filter: EventFilter,
  page: { readonly limit: number; readonly after?: EventCursor; readonly newestFirst: boolean },
): Promise<readonly FoundEvent[]> {
  const conditions = createConditions();
  const hosts = conditions.value(await hostsToSearch(filter));
  addConditions(conditions, filter);
  const [order, beyond] = page.newestFirst ? ['DESC', '<'] : ['ASC', '>'];
  if (page.after !== undefined) {
    const time = conditions.value(page.after.time);
    conditions.add(`(e.time, e.id) ${beyond} (${time}::bigint, ${conditions.value(page.after.id)}::uuid)`);
    // The row comparison alone does not bound an index on (host_id, time).
    conditions.add(`e.time ${beyond}= ${time}::bigint`);
  }
  const limit = conditions.value(page.limit);
  const { rows } = await searching((connection) =>
    connection.query<Value[]>({
      rowMode: 'array',
      text: `SELECT x.* FROM unnest(${hosts}::int[]) AS h(id) CROSS JOIN LATERAL (
          SELECT ${READ_LIST} FROM events e WHERE e.host_id = h.id AND ${conditions.where()}
          ORDER BY e.time ${order}, e.id ${order} LIMIT ${limit}) x
        ORDER BY x.time ${order}, x.id ${order} LIMIT ${limit}`,
      values: conditions.values(),
    }),
  );
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

/** First and last time of matching events; undefined when there are none. */
export async function timeSpan(
  filter: EventFilter,
): Promise<{ readonly from: number; readonly to: number } | undefined> {
  const conditions = createConditions();
  addHosts(conditions, filter);
  addConditions(conditions, filter);
  const { rows } = await pool().query<{ from: number | null; to: number | null }>(
    `SELECT min(e.time) AS "from", max(e.time) AS "to" FROM events e WHERE ${conditions.where()}`,
    conditions.values(),
  );
  const row = rows[0];
  return row?.from == null || row.to == null ? undefined : { from: row.from, to: row.to };
}

/** Events of each kind that processes did themselves, by entity id. */
export async function countByProcess(
  hostIds: readonly number[],
  entityIds: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<EventKind, number>>> {
  const { rows } = await pool().query<{ entity: string; kind: number; count: number }>(
    `SELECT ${EVENT_PROCESS} AS entity, e.kind, count(*)::int AS count FROM events e
     WHERE e.host_id = ANY($1) AND ${EVENT_PROCESS} = ANY($2) GROUP BY 1, 2`,
    [hostIds, entityIds],
  );
  const counts = new Map<string, Map<EventKind, number>>();
  for (const row of rows) {
    const own = counts.get(row.entity) ?? new Map<EventKind, number>();
    own.set(kindOf(row.kind), row.count);
    counts.set(row.entity, own);
  }
  return counts;
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

/** Adds what a filter asks of events (alias `e`) to a query of another file. */
export function addEventFilter(conditions: Conditions, filter: EventFilter): void {
  addHosts(conditions, filter);
  addConditions(conditions, filter);
}

function addHosts(conditions: Conditions, filter: EventFilter): void {
  if (filter.hostIds !== undefined)
    conditions.add(`e.host_id = ANY(${conditions.value(filter.hostIds)}::int[])`);
}

function addConditions(conditions: Conditions, filter: EventFilter): void {
  if (filter.kinds !== undefined)
    conditions.add(`e.kind = ANY(${conditions.value(filter.kinds.map(kindNumber))}::smallint[])`);
  if (filter.entityIds !== undefined) {
    const ofProcess = `${EVENT_PROCESS} = ANY(${conditions.value(filter.entityIds)}::text[])`;
    const also = filter.alsoIds ?? [];
    conditions.add(
      also.length === 0 ? ofProcess : `(${ofProcess} OR e.id = ANY(${conditions.value(also)}::uuid[]))`,
    );
  }
  if (filter.ids !== undefined) conditions.add(`e.id = ANY(${conditions.value(filter.ids)}::uuid[])`);
  if (filter.from !== undefined) conditions.add(`e.time >= ${conditions.value(filter.from)}::bigint`);
  if (filter.to !== undefined) conditions.add(`e.time <= ${conditions.value(filter.to)}::bigint`);
  if (filter.query !== undefined) conditions.add(queryCondition(filter.query, conditions));
}

/** Recorded ids of hosts that can have what is asked for: those of the filter, and of the query where it names them. */
export async function hostsToSearch({ hostIds, query }: EventFilter): Promise<readonly number[]> {
  const named = query === undefined ? undefined : hostsOfQuery(query);
  if (hostIds === undefined) return named ?? allHostIds();
  return named === undefined ? hostIds : hostIds.filter((id) => named.includes(id));
}

async function allHostIds(): Promise<readonly number[]> {
  const { rows } = await pool().query<{ id: number }>('SELECT id FROM hosts');
  return rows.map((row) => row.id);
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
