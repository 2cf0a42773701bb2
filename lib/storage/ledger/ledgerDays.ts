import type { EventKind } from '../../events/endpointEvent';
import { LEDGER_FACTS } from '../../visibility/ledgerFacts';
import { pool } from '../client';
import { kindOf } from '../rows';

/** What one recorded host delivered of a kind through a channel on a UTC day (number of days since 1970). */
export type LedgerDay = {
  readonly day: number;
  readonly channelId: number;
  readonly kind: EventKind;
  readonly events: number;
  /** Events in each hour of the day, 24 numbers. */
  readonly hours: readonly number[];
  /** Events that carry each of LEDGER_FACTS, in their order. */
  readonly filled: readonly number[];
};

/** All days of the given recorded hosts, oldest first; several of one day, channel and kind where several hosts have it. */
export async function loadLedgerDays(hostIds: readonly number[]): Promise<readonly LedgerDay[]> {
  const { rows } = await pool().query<Omit<LedgerDay, 'kind'> & { kind: number }>(
    `SELECT day, channel_id AS "channelId", kind, events, hours, filled FROM ledger_days
     WHERE host_id = ANY($1) ORDER BY day, channel_id, kind, host_id`,
    [hostIds],
  );
  return rows.map((row) => ({ ...row, kind: kindOf(row.kind) }));
}

/** What one host group delivered of a kind through a channel in a period. */
export type FleetKind = {
  readonly hostId: number;
  readonly host: string;
  readonly channelId: number;
  readonly kind: EventKind;
  readonly events: number;
  /** Numbers of the UTC hours since 1970 of its first and last event. */
  readonly firstHour: number;
  readonly lastHour: number;
  /** Events that carry each of LEDGER_FACTS, in their order. */
  readonly filled: readonly number[];
};

/** UTC days since 1970, both included; an absent end asks for all. */
export type Days = { readonly from?: number; readonly to?: number };

/** What every host group delivered in a period, by channel and kind, in order of host name. */
export async function loadFleetKinds({ from, to }: Days): Promise<readonly FleetKind[]> {
  const { rows } = await pool().query<Omit<FleetKind, 'kind'> & { kind: number }>(
    `WITH groups AS (
       SELECT h.canonical_id AS host_id, l.channel_id, l.kind, sum(l.events)::float8 AS events,
         ARRAY[${SUMS}]::float8[] AS filled, min(l.day * 24 + ${FIRST}) AS first, max(l.day * 24 + ${LAST}) AS last
       FROM ledger_days l JOIN hosts h ON h.id = l.host_id
       WHERE ($1::int IS NULL OR l.day >= $1) AND ($2::int IS NULL OR l.day <= $2)
       GROUP BY 1, 2, 3)
     SELECT g.host_id AS "hostId", c.name AS host, g.channel_id AS "channelId", g.kind, g.events, g.filled,
       g.first AS "firstHour", g.last AS "lastHour"
     FROM groups g JOIN hosts c ON c.id = g.host_id ORDER BY c.name, g.channel_id, g.kind`,
    [from ?? null, to ?? null],
  );
  return rows.map((row) => ({ ...row, kind: kindOf(row.kind) }));
}

/** The newest day, up to `latest`, on which any host delivered anything; undefined when none did. */
export async function newestLedgerDay(latest: number): Promise<number | undefined> {
  const { rows } = await pool().query<{ day: number | null }>(
    'SELECT max(day) AS day FROM ledger_days WHERE day <= $1',
    [latest],
  );
  return rows[0]?.day ?? undefined;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const SUMS = LEDGER_FACTS.map((_, i) => `sum(l.filled[${i + 1}])`).join(', ');

/** SQL: the first and the last hour of a day with events. */
const FIRST = hourAmong(HOURS);
const LAST = hourAmong([...HOURS].reverse());

/** SQL: of these hours in their order, the first with events. */
function hourAmong(hours: readonly number[]): string {
  return `CASE ${hours.map((hour) => `WHEN l.hours[${hour + 1}] > 0 THEN ${hour}`).join(' ')} END`;
}
