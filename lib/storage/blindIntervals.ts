import type { EventKind } from '../events/endpointEvent';
import type { Connection } from './client';
import { createConditions } from './conditions';
import { copyRows } from './copyBinary';
import { kindNumber, kindOf } from './rows';
import { searching } from './searching';

/**
 * When one kind of event could not be seen on a host, in microseconds, and why. As correlation gives it, an end that
 * nothing bounds is the least or the greatest safe integer.
 */
export type KindBlindInterval = {
  readonly kind: EventKind;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
};

/** One as it is stored; `hostId` is the group's canonical id. */
export type StoredBlindInterval = KindBlindInterval & { readonly hostId: number };

/** Replaces when a host group was blind by what correlation just saw, within the caller's transaction. */
export async function replaceBlindIntervals(
  connection: Connection,
  canonicalId: number,
  memberIds: readonly number[],
  intervals: readonly KindBlindInterval[],
): Promise<void> {
  await connection.query({
    name: 'drop_blind_intervals',
    text: 'DELETE FROM blind_intervals WHERE host_id = ANY($1)',
    values: [memberIds],
  });
  if (intervals.length === 0) return;
  await copyRows(
    connection,
    'blind_intervals',
    [
      { name: 'host_id', type: 'int4' },
      { name: 'kind', type: 'int2' },
      { name: 'from', type: 'int8' },
      { name: 'to', type: 'int8' },
      { name: 'reason', type: 'text' },
    ],
    intervals.map(({ kind, from, to, reason }) => [canonicalId, kindNumber(kind), from, to, reason]),
  );
}

/** What of the blind intervals is asked for; what is absent asks for all. Times inclusive, microseconds. */
export type BlindFilter = {
  readonly kinds?: readonly EventKind[];
  readonly from?: number;
  readonly to?: number;
};

/**
 * When the given hosts could not have recorded kinds of events, in order of host, kind and time, cut to `from` and
 * `to` where given. Only intervals of some length in the window; in a window of a single moment, those that hold it.
 * Nothing for kinds that correlation did not load and for hosts not correlated since intervals are kept. Ids are
 * those of the groups or of any of their members.
 */
export async function loadBlindIntervals(
  hostIds: readonly number[],
  filter: BlindFilter = {},
): Promise<readonly StoredBlindInterval[]> {
  return (await readIntervals(hostIds, filter)).items;
}

/** The same, the first `limit` of them, and how many there are: of all hosts there can be very many. Throws `too_large`. */
export async function listBlindIntervals(
  hostIds: readonly number[],
  filter: BlindFilter,
  limit: number,
): Promise<{ readonly items: readonly StoredBlindInterval[]; readonly total: number }> {
  return readIntervals(hostIds, filter, limit);
}

async function readIntervals(
  hostIds: readonly number[],
  { kinds, from, to }: BlindFilter,
  limit?: number,
): Promise<{ readonly items: readonly StoredBlindInterval[]; readonly total: number }> {
  if (hostIds.length === 0) return { items: [], total: 0 };
  const conditions = createConditions();
  conditions.add(
    `b.host_id IN (SELECT h.canonical_id FROM hosts h WHERE h.id = ANY(${conditions.value(hostIds)}::int[]))`,
  );
  if (kinds !== undefined)
    conditions.add(`b.kind = ANY(${conditions.value(kinds.map(kindNumber))}::smallint[])`);
  const beyond = from !== undefined && from === to ? '=' : '';
  if (from !== undefined) conditions.add(`b."to" >${beyond} ${conditions.value(from)}::bigint`);
  if (to !== undefined) conditions.add(`b."from" <${beyond} ${conditions.value(to)}::bigint`);
  // Null is no limit.
  const most = conditions.value(limit ?? null);
  const { rows } = await searching((connection) =>
    connection.query<Omit<StoredBlindInterval, 'kind'> & { kind: number; total: number }>(
      `SELECT b.host_id AS "hostId", b.kind, b."from", b."to", b.reason, (count(*) OVER ())::int AS total
       FROM blind_intervals b WHERE ${conditions.where()} ORDER BY 1, 2, 3 LIMIT ${most}::int`,
      conditions.values(),
    ),
  );
  const items = rows.map((row) => ({
    hostId: row.hostId,
    kind: kindOf(row.kind),
    from: Math.max(row.from, from ?? row.from),
    to: Math.min(row.to, to ?? row.to),
    reason: row.reason,
  }));
  return { items, total: rows[0]?.total ?? 0 };
}
