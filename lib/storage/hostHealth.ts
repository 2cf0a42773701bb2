import type { EventKind, RecordedField } from '../events/endpointEvent';
import { columnOf, EVENT_PROCESS, kindOf } from './rows';
import { searching } from './searching';

/** These read every event of a host; nobody can ask for less of one. */
const WHOLE_HOST_MS = 60_000;
const ADVICE = 'This host has more events than can be counted at once; search them by kind or time instead.';

/** How one kind's events are spread over time, and how many of them carry each field. */
export type KindHealth = {
  readonly kind: EventKind;
  readonly events: number;
  /** In order; empty stretches are left out. */
  readonly bins: readonly { readonly bin: number; readonly count: number }[];
  readonly from: number;
  readonly to: number;
  /** Events with a value, by the fields asked for. */
  readonly filled: ReadonlyMap<RecordedField, number>;
};

/**
 * Counts a host's events by kind in stretches of `binMicros` from `start`, and those of them that carry each of the
 * fields, reading each event once. Throws `too_large`.
 */
export async function countHealth(
  hostIds: readonly number[],
  start: number,
  binMicros: number,
  fields: readonly RecordedField[],
): Promise<readonly KindHealth[]> {
  // Names from our own vocabulary, never a user's text.
  const counts = fields.map((field) => `count(e."${columnOf(field)}")::int`);
  const { rows } = await searching(
    (connection) =>
      connection.query<number[]>({
        rowMode: 'array',
        text: `SELECT e.kind::int, ((e.time - $2::bigint) / $3::bigint)::int, count(*)::int, min(e.time), max(e.time)
         ${counts.map((count) => `, ${count}`).join('')}
       FROM events e WHERE e.host_id = ANY($1) GROUP BY 1, 2 ORDER BY 1, 2`,
        values: [hostIds, start, Math.max(1, Math.round(binMicros))],
      }),
    WHOLE_HOST_MS,
    ADVICE,
  );
  const byKind = new Map<number, number[][]>();
  for (const row of rows) {
    const own = byKind.get(row[0] ?? -1);
    if (own === undefined) byKind.set(row[0] ?? -1, [row]);
    else own.push(row);
  }
  return [...byKind].map(([kind, own]) => toHealth(kindOf(kind), own, fields));
}

/** Rows of one kind: kind, bin, count, first, last, and the counts of the fields. */
function toHealth(kind: EventKind, rows: readonly number[][], fields: readonly RecordedField[]): KindHealth {
  const column = (at: number) => rows.map((row) => row[at] ?? 0);
  const sum = (at: number) => column(at).reduce((total, count) => total + count, 0);
  return {
    kind,
    events: sum(2),
    bins: rows.map((row) => ({ bin: row[1] ?? 0, count: row[2] ?? 0 })),
    from: Math.min(...column(3)),
    to: Math.max(...column(4)),
    filled: new Map(fields.map((field, i) => [field, sum(5 + i)])),
  };
}

/** An account of a host: events under its name, the processes they are of, and its first and last. */
export type HostUser = {
  readonly user: string;
  readonly events: number;
  readonly processes: number;
  readonly from: number;
  readonly to: number;
};

/** Accounts that events of a host name, whatever their case, the most active first, and how many there are. Throws `too_large`. */
export async function countUsers(
  hostIds: readonly number[],
  limit: number,
): Promise<{ readonly users: readonly HostUser[]; readonly total: number }> {
  const { rows } = await searching(
    (connection) =>
      connection.query<HostUser & { total: number }>(
        `SELECT min(name) AS "user", sum(n)::int AS events, count(process)::int AS processes,
       min(first) AS "from", max(last) AS "to", (count(*) OVER ())::int AS total
     FROM (SELECT lower(e.user_name) AS person, min(e.user_name) AS name, ${EVENT_PROCESS} AS process,
         count(*) AS n, min(e.time) AS first, max(e.time) AS last
       FROM events e WHERE e.host_id = ANY($1) AND e.user_name IS NOT NULL GROUP BY 1, 3) s
     GROUP BY person ORDER BY events DESC, person LIMIT $2`,
        [hostIds, limit],
      ),
    WHOLE_HOST_MS,
    ADVICE,
  );
  return { users: rows.map(({ total: _total, ...user }) => user), total: rows[0]?.total ?? 0 };
}
