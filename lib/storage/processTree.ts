import type { EventKind } from '../events/endpointEvent';
import { pool } from './client';
import { EVENT_PROCESS, kindOf } from './rows';
import { searching } from './searching';

/**
 * What a host group's lineage is drawn from before any process is looked at closely: one entry per process, in
 * order of first sight and entity id. The arrays go together by index.
 */
export type ProcessTree = {
  readonly entityIds: readonly string[];
  /** Entity id of the parent as stored; null for none. It need not be among the processes, and may close a cycle. */
  readonly parentIds: readonly (string | null)[];
  readonly images: readonly (string | null)[];
  /** Entity id of who asked for the start, where that is not the parent. */
  readonly askerIds: readonly (string | null)[];
  /** Microseconds. */
  readonly firstSeen: readonly number[];
  /** How many have a recorded end. */
  readonly ended: number;
  /** Events each process did itself, by entity id. */
  readonly events: ReadonlyMap<string, readonly (readonly [EventKind, number])[]>;
};

type Kept = { readonly stamp: string; readonly tree: Promise<ProcessTree> };

/** How long one pass over a host's events may take: all of it is needed, and it is kept then. */
const COUNT_MS = 60_000;
const ADVICE = 'This host has more events than can be counted at once; search them by kind or time instead.';

/** Host groups whose tree is kept; with the largest hosts (100,000 processes) a few dozen megabytes each. */
const KEPT = 4;

// By pool, so that a process that turns to another database begins anew.
const keptOf = new WeakMap<object, Map<number, Kept>>();

/**
 * The tree of a host group, kept in memory until an import or a correlation changes the host: opening one more node
 * must not read a million events again. Two statements when it is read, one small one when it is kept. Throws `too_large`
 * when its events cannot be counted in COUNT_MS.
 */
export async function loadProcessTree(hostId: number, memberIds: readonly number[]): Promise<ProcessTree> {
  const stamp = await stampOf(hostId);
  const database = pool();
  const kept = keptOf.get(database) ?? new Map<number, Kept>();
  keptOf.set(database, kept);
  const known = kept.get(hostId);
  kept.delete(hostId);
  const entry = known?.stamp === stamp ? known : { stamp, tree: readTree(hostId, memberIds) };
  kept.set(hostId, entry);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  try {
    return await entry.tree;
  } catch (error) {
    if (kept.get(hostId) === entry) kept.delete(hostId);
    throw error;
  }
}

/** Text that changes whenever the events or processes of a host group may have changed. */
async function stampOf(hostId: number): Promise<string> {
  const { rows } = await pool().query<{ stamp: string }>(
    `SELECT concat_ws('/', count(*), sum(changes), sum(correlated_changes), max(correlated_at)) AS stamp
     FROM hosts WHERE canonical_id = $1`,
    [hostId],
  );
  return rows[0]?.stamp ?? '';
}

async function readTree(hostId: number, memberIds: readonly number[]): Promise<ProcessTree> {
  const [processes, events] = await Promise.all([
    pool().query<[string, string | null, string | null, string | null, number, boolean]>({
      text: `SELECT entity_id, parent_id, image, requested_by::json->>'from', first_seen, ended_at IS NOT NULL
             FROM processes WHERE host_id = $1 ORDER BY first_seen, entity_id`,
      values: [hostId],
      rowMode: 'array',
    }),
    countEvents(memberIds),
  ]);
  // Image paths come again and again; one copy of each is kept.
  const images = new Map<string, string>();
  const shared = (image: string | null) => {
    if (image === null) return null;
    const known = images.get(image);
    if (known === undefined) images.set(image, image);
    return known ?? image;
  };
  return {
    entityIds: processes.rows.map((row) => row[0]),
    parentIds: processes.rows.map((row) => row[1]),
    images: processes.rows.map((row) => shared(row[2])),
    askerIds: processes.rows.map((row) => row[3]),
    firstSeen: processes.rows.map((row) => row[4]),
    ended: processes.rows.reduce((sum, row) => sum + (row[5] ? 1 : 0), 0),
    events,
  };
}

/** One pass over the host's events. Given the memory to count in, the database hashes instead of sorting texts on disk. */
async function countEvents(memberIds: readonly number[]): Promise<ProcessTree['events']> {
  const rows = await searching(
    async (connection) => {
      await connection.query("SET LOCAL work_mem = '128MB'");
      const counted = await connection.query<[string, number, number]>({
        text: `SELECT ${EVENT_PROCESS}, e.kind, count(*)::int FROM events e
             WHERE e.host_id = ANY($1) AND ${EVENT_PROCESS} IS NOT NULL GROUP BY 1, 2`,
        values: [memberIds],
        rowMode: 'array',
      });
      return counted.rows;
    },
    COUNT_MS,
    ADVICE,
  );
  const events = new Map<string, (readonly [EventKind, number])[]>();
  for (const [entity, kind, count] of rows) {
    const own = events.get(entity);
    if (own === undefined) events.set(entity, [[kindOf(kind), count]]);
    else own.push([kindOf(kind), count]);
  }
  return events;
}
