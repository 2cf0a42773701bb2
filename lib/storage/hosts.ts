import type { ClockSegment } from '../events/clock';
import type { EventKind } from '../events/endpointEvent';
import { groupHosts } from '../events/hostGroups';
import type { ProductClock } from '../events/productClock';
import { type Connection, pool, transaction } from './client';
import { loadIdentity } from './hostIdentity';
import { LOCK_CLASS, lockTransaction } from './locks';
import { addJobs } from './queue';
import { kindOf } from './rows';
import { queueCorrelationOf } from './sigma/correlationQueue';
import { isStorable } from './storableText';

/** A group of recorded names that are one machine. `id` is the canonical row's. */
export type HostGroup = {
  readonly id: number;
  readonly name: string;
  readonly members: readonly { readonly id: number; readonly name: string; readonly changes: number }[];
  /** Products whose clock is left as reported. */
  readonly asReported: readonly string[];
};

/** Ids of host names as recorded (lower case), creating those that are new. */
export async function ensureHosts(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const sorted = [...new Set(names)].sort();
  if (sorted.length === 0) return new Map();
  await pool().query(
    `WITH fresh AS (
       SELECT nextval('hosts_id_seq')::int AS id, name FROM unnest($1::text[]) AS name
       WHERE NOT EXISTS (SELECT 1 FROM hosts h WHERE h.name = name.name))
     INSERT INTO hosts (id, name, canonical_id) SELECT id, name, id FROM fresh ON CONFLICT (name) DO NOTHING`,
    [sorted],
  );
  const { rows } = await pool().query<{ id: number; name: string }>(
    'SELECT id, name FROM hosts WHERE name = ANY($1)',
    [sorted],
  );
  return new Map(rows.map((row) => [row.name, row.id]));
}

/** The group a canonical id stands for; undefined when it is no host's canonical id (any more). */
export async function loadHostGroup(canonicalId: number): Promise<HostGroup | undefined> {
  const { rows } = await pool().query<{ id: number; name: string; changes: number; as_reported: string[] }>(
    'SELECT id, name, changes, as_reported FROM hosts WHERE canonical_id = $1 ORDER BY id',
    [canonicalId],
  );
  const canonical = rows.find((row) => row.id === canonicalId);
  if (canonical === undefined) return undefined;
  return {
    id: canonicalId,
    name: canonical.name,
    members: rows.map(({ id, name, changes }) => ({ id, name, changes })),
    asReported: canonical.as_reported,
  };
}

/**
 * Decides again which names are one machine, over all names that have events, or records that rules of Sigma looked at,
 * and queues correlation of every host that has changed since it was last correlated. Serialised, and in one transaction
 * with the jobs.
 */
export async function regroupHosts(): Promise<void> {
  await transaction(async (connection) => {
    await lockTransaction(connection, LOCK_CLASS.hostNames, 0);
    const { rows } = await connection.query<{
      id: number;
      name: string;
      canonical_id: number;
      alive: boolean;
      because: string | null;
    }>(
      `SELECT id, name, canonical_id, joined_because AS because, ${HAS_EVENTS} OR ${HAS_RECORDS} AS alive FROM hosts h`,
    );
    // A name whose records have left says nothing about the others any more, and stands alone.
    const idOf = new Map(rows.flatMap((row) => (row.alive ? [[row.name, row.id] as const] : [])));
    const groups = groupHosts(idOf.keys(), ...(await loadIdentity(connection)));
    const decided = rows.map((row) => {
      const membership = groups.get(row.name);
      const canonical = idOf.get(membership?.canonical ?? row.name) ?? row.id;
      return { id: row.id, canonical, before: row.canonical_id, because: membership?.because ?? null };
    });
    const moved = decided.filter((row) => row.canonical !== row.before);
    if (moved.length > 0) await moveHosts(connection, moved);
    await explainHosts(connection, decided);
    await queueChangedHosts(connection);
  });
}

/** Keeps why each name is in its group. */
async function explainHosts(
  connection: Connection,
  decided: readonly { readonly id: number; readonly because: string | null }[],
): Promise<void> {
  await connection.query(
    `UPDATE hosts h SET joined_because = m.because FROM unnest($1::int[], $2::text[]) AS m(id, because)
     WHERE h.id = m.id AND h.joined_because IS DISTINCT FROM m.because`,
    [decided.map((row) => row.id), decided.map((row) => row.because)],
  );
}

/** SQL: whether the recorded name (alias `h`) has events. */
const HAS_EVENTS = 'EXISTS (SELECT 1 FROM host_kinds k WHERE k.host_id = h.id)';

/** SQL: whether rules looked at records of the recorded name (alias `h`): those of a host that became no event, too. */
const HAS_RECORDS = `EXISTS (SELECT 1 FROM sigma_sources x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run
  WHERE x.host_id = h.id)`;

/** Whether any of the recorded hosts has events: one whose import was deleted may have none. */
export async function haveEvents(connection: Connection, hostIds: readonly number[]): Promise<boolean> {
  const { rowCount } = await connection.query('SELECT 1 FROM host_kinds WHERE host_id = ANY($1) LIMIT 1', [
    hostIds,
  ]);
  return rowCount === 1;
}

/** Queues correlation of every host group with changes that correlation has not seen. */
export async function queueChangedHosts(connection: Connection): Promise<void> {
  const { rows } = await connection.query<{ id: number }>(
    'SELECT DISTINCT canonical_id AS id FROM hosts WHERE correlated_changes < changes ORDER BY 1',
  );
  await addJobs(
    connection,
    'correlate_host',
    rows.map((row) => ({ payload: { hostId: row.id }, key: `host:${row.id}` })),
  );
}

/**
 * Marks every host that has events as changed and queues it: all analytics run again over what is stored. Within the
 * caller's transaction: what is the reason for it and the jobs commit together.
 */
export async function queueHostsOf(connection: Connection): Promise<number> {
  await lockHosts(connection, 'TRUE', []);
  const { rowCount } = await connection.query(
    'UPDATE hosts SET changes = changes + 1 WHERE EXISTS (SELECT 1 FROM host_kinds k WHERE k.host_id = hosts.id)',
  );
  await queueChangedHosts(connection);
  return rowCount ?? 0;
}

/** How many host groups have events, and how many of them have changes that correlation has not seen. */
export async function correlationProgress(): Promise<{ readonly waiting: number; readonly hosts: number }> {
  const { rows } = await pool().query<{ waiting: number; hosts: number }>(
    `SELECT count(DISTINCT canonical_id) FILTER (WHERE correlated_changes < changes)::int AS waiting,
       count(DISTINCT canonical_id)::int AS hosts FROM hosts h WHERE ${HAS_EVENTS}`,
  );
  return rows[0] ?? { waiting: 0, hosts: 0 };
}

/** How many hosts have changes that correlation has not seen. */
export async function hostsWaiting(): Promise<number> {
  const { rows } = await pool().query<{ waiting: number }>(
    'SELECT count(*)::int AS waiting FROM hosts WHERE correlated_changes < changes',
  );
  return rows[0]?.waiting ?? 0;
}

/** Locks host rows in order of id, so that transactions over the same hosts wait and never deadlock. */
export async function lockHosts(
  connection: Connection,
  where: string,
  values: readonly unknown[],
): Promise<void> {
  await connection.query(`SELECT id FROM hosts WHERE ${where} ORDER BY id FOR UPDATE`, [...values]);
}

/** A name a host is also written as, and why it is taken for the same machine. */
export type HostAlias = { readonly name: string; readonly because: string };

export type HostSummary = {
  readonly id: number;
  readonly name: string;
  readonly aliases: readonly HostAlias[];
  readonly productClocks: readonly ProductClock[];
  readonly asReported: readonly string[];
  readonly counts: ReadonlyMap<EventKind, number>;
  readonly events: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly findings: number;
  readonly clock: readonly ClockSegment[];
};

type SummaryRow = {
  readonly id: number;
  readonly name: string;
  readonly aliases: HostAlias[] | null;
  readonly productClocks: ProductClock[];
  readonly asReported: string[];
  readonly kinds: Record<string, number> | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly findings: number;
  readonly clock: ClockSegment[];
};

/** Host groups that have events in order of name, after `after`, or the one with an id. Times by index: two look-ups per name. */
export async function loadHostSummaries(filter: {
  readonly id?: number;
  readonly after?: string;
  readonly limit: number;
}): Promise<readonly HostSummary[]> {
  const { rows } = await pool().query<SummaryRow>(
    `SELECT h.id, h.name, h.clock, h.product_clocks AS "productClocks", h.as_reported AS "asReported",
       (SELECT jsonb_agg(jsonb_build_object('name', m.name, 'because', coalesce(m.joined_because, '')) ORDER BY m.name)
          FROM hosts m WHERE m.canonical_id = h.id AND m.id <> h.id) AS aliases,
       (SELECT jsonb_object_agg(kind, events) FROM (SELECT k.kind, sum(k.events)::int AS events
          FROM host_kinds k JOIN hosts m ON m.id = k.host_id WHERE m.canonical_id = h.id GROUP BY k.kind) s) AS kinds,
       (SELECT min(t.time) FROM hosts m CROSS JOIN LATERAL
          (SELECT time FROM events e WHERE e.host_id = m.id ORDER BY time LIMIT 1) t WHERE m.canonical_id = h.id) AS "from",
       (SELECT max(t.time) FROM hosts m CROSS JOIN LATERAL
          (SELECT time FROM events e WHERE e.host_id = m.id ORDER BY time DESC LIMIT 1) t WHERE m.canonical_id = h.id) AS "to",
       (SELECT count(*)::int FROM findings f WHERE f.host_id = h.id) AS findings
     FROM hosts h
     WHERE h.id = h.canonical_id AND EXISTS (SELECT 1 FROM hosts m JOIN host_kinds k ON k.host_id = m.id WHERE m.canonical_id = h.id)
       AND ($1::int IS NULL OR h.id = $1) AND ($2::text IS NULL OR h.name > $2)
     ORDER BY h.name LIMIT $3`,
    // A cursor is a text of anybody's; what no name holds does not change the order.
    [filter.id ?? null, filter.after?.replaceAll('\0', '') ?? null, filter.limit],
  );
  return rows.map((row) => {
    const counts = new Map(
      Object.entries(row.kinds ?? {}).map(([kind, events]) => [kindOf(Number(kind)), events]),
    );
    return {
      id: row.id,
      name: row.name,
      aliases: row.aliases ?? [],
      productClocks: row.productClocks,
      asReported: row.asReported,
      counts,
      events: [...counts.values()].reduce((sum, count) => sum + count, 0),
      from: row.from,
      to: row.to,
      findings: row.findings,
      clock: row.clock,
    };
  });
}

/** Canonical id of any host id or of a name as written anywhere, an id first; undefined for neither. */
export async function findHost(idOrName: string): Promise<number | undefined> {
  if (!isStorable(idOrName)) return undefined;
  const id = /^\d{1,9}$/.test(idOrName) ? Number(idOrName) : null;
  const { rows } = await pool().query<{ id: number }>(
    'SELECT canonical_id AS id FROM hosts WHERE name = $1 OR id = $2 ORDER BY (id = $2) DESC NULLS LAST LIMIT 1',
    [idOrName.trim().toLowerCase(), id],
  );
  return rows[0]?.id;
}

/** Text that changes whenever events of the recorded hosts may have come, gone or been given another time. */
export async function changeStamp(hostIds: readonly number[]): Promise<string> {
  const { rows } = await pool().query<{ stamp: string }>(
    `SELECT concat_ws('/', count(*), sum(changes), sum(correlated_changes), max(correlated_at)) AS stamp
     FROM hosts WHERE id = ANY($1)`,
    [hostIds],
  );
  return rows[0]?.stamp ?? '';
}

/** Ids of all recorded names of a group, for `host_id = ANY(…)`. */
export async function memberIds(canonicalId: number): Promise<readonly number[]> {
  const { rows } = await pool().query<{ id: number }>('SELECT id FROM hosts WHERE canonical_id = $1', [
    canonicalId,
  ]);
  return rows.map((row) => row.id);
}

/** Canonical id and name of recorded host ids. */
export async function canonicalHosts(
  hostIds: readonly number[],
): Promise<ReadonlyMap<number, { readonly id: number; readonly name: string }>> {
  const { rows } = await pool().query<{ member: number; id: number; name: string }>(
    'SELECT m.id AS member, h.id, h.name FROM hosts m JOIN hosts h ON h.id = m.canonical_id WHERE m.id = ANY($1)',
    [[...new Set(hostIds)]],
  );
  return new Map(rows.map((row) => [row.member, { id: row.id, name: row.name }]));
}

/**
 * Both the group a name left and the one it joined must be correlated again, so all their rows change.
 * What stood under a canonical id that no longer is one is taken over by the group's next correlation.
 */
async function moveHosts(
  connection: Connection,
  moved: readonly { readonly id: number; readonly canonical: number; readonly before: number }[],
): Promise<void> {
  const touched = [...new Set(moved.flatMap((row) => [row.id, row.canonical, row.before]))];
  await lockHosts(connection, 'id = ANY($1) OR canonical_id = ANY($1)', [touched]);
  await connection.query(
    `UPDATE hosts h SET canonical_id = m.canonical FROM unnest($1::int[], $2::int[]) AS m(id, canonical) WHERE h.id = m.id`,
    [moved.map((row) => row.id), moved.map((row) => row.canonical)],
  );
  await connection.query(
    'UPDATE hosts SET changes = changes + 1 WHERE id = ANY($1) OR canonical_id = ANY($1)',
    [touched],
  );
  await queueCorrelationOf(connection, touched);
}

/** Canonical id and name of every host by each of its names as recorded. */
export async function canonicalByName(): Promise<
  ReadonlyMap<string, { readonly id: number; readonly name: string }>
> {
  const { rows } = await pool().query<{ recorded: string; id: number; name: string }>(
    'SELECT m.name AS recorded, h.id, h.name FROM hosts m JOIN hosts h ON h.id = m.canonical_id',
  );
  return new Map(rows.map((row) => [row.recorded, { id: row.id, name: row.name }]));
}
