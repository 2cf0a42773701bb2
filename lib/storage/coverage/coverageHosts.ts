import type { DayRange } from '../../coverage/rollupPeriod';
import type { HeardDay } from '../../coverage/rollupQuiet';
import type { EventKind } from '../../events/endpointEvent';
import { pool } from '../client';
import { kindNumber } from '../rows';
import { REPORTS_AFTER } from './retirements';

/** A host as coverage looks at it: a group of recorded names that are one machine, under its canonical id and name. */
export type CoverageHostRow = {
  readonly id: number;
  readonly name: string;
  /** `windows`, `linux`, `macos`; null when nothing tells. */
  readonly os: string | null;
  /** First and last event of the kinds correlation looks at, microseconds; null when correlation has not looked. */
  readonly seenFrom: number | null;
  readonly seenTo: number | null;
  /** Whether a person said that it is no longer expected to report, and it has not since. */
  readonly retired: boolean;
};

/**
 * All hosts with events of these kinds, in order of name: those that coverage is known of, and those that correlation
 * has not looked at since it is kept.
 */
export async function loadCoverageHosts(kinds: readonly EventKind[]): Promise<readonly CoverageHostRow[]> {
  const { rows } = await pool().query<CoverageHostRow>({
    name: 'coverage_hosts',
    text: `SELECT h.id, h.name, h.os, h.seen_from AS "seenFrom", h.seen_to AS "seenTo",
        EXISTS (SELECT 1 FROM hosts m JOIN host_retirements r ON r.name = m.name WHERE m.canonical_id = h.id)
          AND NOT EXISTS (SELECT 1 FROM hosts m JOIN host_retirements r ON r.name = m.name
            WHERE m.canonical_id = h.id AND ${REPORTS_AFTER}) AS retired
      FROM hosts h
      WHERE h.id = h.canonical_id AND (h.seen_from IS NOT NULL OR EXISTS (SELECT 1 FROM hosts m
        JOIN host_kinds k ON k.host_id = m.id WHERE m.canonical_id = h.id AND k.kind = ANY($1::smallint[])))
      ORDER BY h.name`,
    values: [kinds.map(kindNumber)],
  });
  return rows;
}

/** Channels that delivered anything of each host between two UTC days (numbers since 1970, both included), by canonical id. */
export async function loadHostChannels(
  fromDay: number,
  toDay: number,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const { rows } = await pool().query<ChannelsRow>({
    name: 'coverage_channels',
    text: `SELECT h.canonical_id AS id, array_agg(DISTINCT c.name ORDER BY c.name) AS channels
      FROM (SELECT DISTINCT host_id, channel_id FROM ledger_days WHERE day BETWEEN $1 AND $2) l
        JOIN hosts h ON h.id = l.host_id JOIN channels c ON c.id = l.channel_id GROUP BY 1`,
    values: [fromDay, toDay],
  });
  return new Map(rows.map(({ id, channels }) => [id, channels]));
}

/** The same for hosts that delivered nothing in a period: the channels of the last day before which they had any. */
export async function loadLastChannels(
  hostIds: readonly number[],
  beforeDay: number,
): Promise<ReadonlyMap<number, readonly string[]>> {
  if (hostIds.length === 0) return new Map();
  const { rows } = await pool().query<ChannelsRow>({
    name: 'coverage_last_channels',
    text: `SELECT g.id, (SELECT array_agg(DISTINCT c.name ORDER BY c.name) FROM hosts m
          JOIN ledger_days l ON l.host_id = m.id JOIN channels c ON c.id = l.channel_id
          WHERE m.canonical_id = g.id AND l.day = (SELECT max(d.day) FROM hosts n JOIN ledger_days d ON d.host_id = n.id
            WHERE n.canonical_id = g.id AND d.day < $2)) AS channels
      FROM unnest($1::int[]) AS g(id)`,
    values: [hostIds, beforeDay],
  });
  return new Map(rows.map(({ id, channels }) => [id, channels ?? []]));
}

type ChannelsRow = { readonly id: number; readonly channels: readonly string[] };

/** SQL: bit `n` is set when any event came in hour `n` of the day. */
const HOUR_MASK = Array.from(
  { length: 24 },
  (_, hour) => `((max(l.hours[${hour + 1}]) > 0)::int << ${hour})`,
).join(' | ');

/**
 * Hours in which hosts recorded anything, per day in order, by canonical id. Of the given kinds only, where given; days
 * (both included) bound what is read.
 */
export async function loadHeardHours(
  hostIds: readonly number[],
  days: DayRange,
  kinds?: readonly EventKind[],
): Promise<ReadonlyMap<number, readonly HeardDay[]>> {
  if (hostIds.length === 0) return new Map();
  const { rows } = await pool().query<{ id: number; day: number; mask: number }>({
    name: 'coverage_heard_hours',
    text: `SELECT h.canonical_id AS id, l.day, ${HOUR_MASK} AS mask
      FROM hosts h JOIN ledger_days l ON l.host_id = h.id
      WHERE h.canonical_id = ANY($1::int[]) AND l.day BETWEEN $2 AND $3
        AND ($4::smallint[] IS NULL OR l.kind = ANY($4::smallint[]))
      GROUP BY 1, 2 ORDER BY 1, 2`,
    values: [hostIds, days.from, days.to, kinds?.map(kindNumber) ?? null],
  });
  const heard = new Map<number, HeardDay[]>();
  for (const { id, day, mask } of rows) {
    const known = heard.get(id);
    if (known === undefined) heard.set(id, [{ day, mask }]);
    else known.push({ day, mask });
  }
  return heard;
}
