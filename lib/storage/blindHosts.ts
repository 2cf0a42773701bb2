import type { EventKind } from '../events/endpointEvent';
import { pool } from './client';
import { kindNumber } from './rows';
import { searching } from './searching';

/** Those of the kinds that no name of a host group ever had an event of, in their order. */
export async function kindsNeverCame(
  hostId: number,
  kinds: readonly EventKind[],
): Promise<readonly EventKind[]> {
  if (kinds.length === 0) return [];
  const { rows } = await pool().query<{ kind: number }>({
    name: 'kinds_that_came',
    text: `SELECT DISTINCT k.kind FROM hosts h JOIN hosts m ON m.canonical_id = h.canonical_id
      JOIN host_kinds k ON k.host_id = m.id WHERE h.id = $1 AND k.kind = ANY($2::smallint[])`,
    values: [hostId, kinds.map(kindNumber)],
  });
  const came = new Set(rows.map(({ kind }) => kind));
  return kinds.filter((kind) => !came.has(kindNumber(kind)));
}

/** How many host groups have events at all, and how many of them could not have recorded something. */
export type BlindHosts = {
  readonly hosts: number;
  /** None of the kinds at any moment. */
  readonly blind: number;
  /** Not every kind at every moment. */
  readonly partly: number;
};

/**
 * How many hosts could have recorded kinds of events between two times (microseconds). `watched` are kinds of which
 * blind intervals are kept; of `others` only that none ever came is known, which counts as blind. Throws `too_large`.
 */
export async function countBlindHosts(asked: {
  readonly watched: readonly EventKind[];
  readonly others: readonly EventKind[];
  readonly from: number;
  readonly to: number;
  /** A host, by the id of any of its names, that is not counted. */
  readonly without?: number;
}): Promise<BlindHosts> {
  const { watched, others, from, to, without } = asked;
  // A moment is looked at as the microsecond it is.
  const end = Math.max(to, from + 1);
  const { rows } = await searching((connection) =>
    connection.query<BlindHosts>(
      `WITH groups AS (SELECT DISTINCT h.canonical_id AS id FROM hosts h JOIN host_kinds k ON k.host_id = h.id
          WHERE $5::int IS NULL OR h.canonical_id <> (SELECT canonical_id FROM hosts WHERE id = $5)),
        dark AS (SELECT b.host_id AS id, sum(least(b."to", $4::bigint) - greatest(b."from", $3::bigint)) AS micros
          FROM blind_intervals b WHERE b.kind = ANY($1::smallint[]) AND b."to" > $3 AND b."from" < $4 GROUP BY 1),
        came AS (SELECT h.canonical_id AS id, count(DISTINCT k.kind) AS kinds
          FROM hosts h JOIN host_kinds k ON k.host_id = h.id WHERE k.kind = ANY($2::smallint[]) GROUP BY 1),
        seen AS (SELECT coalesce(d.micros, 0)
            + (cardinality($2::smallint[]) - coalesce(c.kinds, 0)) * ($4::bigint - $3::bigint)::numeric AS dark,
            (cardinality($1::smallint[]) + cardinality($2::smallint[])) * ($4::bigint - $3::bigint)::numeric AS whole
          FROM groups g LEFT JOIN dark d ON d.id = g.id LEFT JOIN came c ON c.id = g.id)
       SELECT count(*)::int AS hosts, (count(*) FILTER (WHERE dark >= whole))::int AS blind,
         (count(*) FILTER (WHERE dark > 0 AND dark < whole))::int AS partly FROM seen`,
      [watched.map(kindNumber), others.map(kindNumber), from, end, without ?? null],
    ),
  );
  return rows[0] ?? { hosts: 0, blind: 0, partly: 0 };
}
