import type { EventKind } from '../events/endpointEvent';
import { type Connection, pool } from './client';
import { createConditions } from './conditions';
import { copyRows } from './copyBinary';
import { kindNumber, kindOf } from './rows';

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
  { kinds, from, to }: BlindFilter = {},
): Promise<readonly StoredBlindInterval[]> {
  if (hostIds.length === 0) return [];
  const conditions = createConditions();
  conditions.add(
    `b.host_id IN (SELECT h.canonical_id FROM hosts h WHERE h.id = ANY(${conditions.value(hostIds)}::int[]))`,
  );
  if (kinds !== undefined)
    conditions.add(`b.kind = ANY(${conditions.value(kinds.map(kindNumber))}::smallint[])`);
  const beyond = from !== undefined && from === to ? '=' : '';
  if (from !== undefined) conditions.add(`b."to" >${beyond} ${conditions.value(from)}::bigint`);
  if (to !== undefined) conditions.add(`b."from" <${beyond} ${conditions.value(to)}::bigint`);
  const { rows } = await pool().query<Omit<StoredBlindInterval, 'kind'> & { kind: number }>(
    `SELECT b.host_id AS "hostId", b.kind, b."from", b."to", b.reason FROM blind_intervals b
     WHERE ${conditions.where()} ORDER BY 1, 2, 3`,
    conditions.values(),
  );
  return rows.map((row) => ({
    hostId: row.hostId,
    kind: kindOf(row.kind),
    from: Math.max(row.from, from ?? row.from),
    to: Math.min(row.to, to ?? row.to),
    reason: row.reason,
  }));
}
