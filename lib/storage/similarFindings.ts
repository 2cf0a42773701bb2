import { pool } from './client';
import { type FindingRow, FROM, ROW, type Row, toRow } from './findingRows';

/** What two findings have in common. */
type Likeness = 'shape' | 'root' | 'destination';

/** A finding that is like another one, and in what. */
export type SimilarFinding = {
  readonly row: FindingRow;
  readonly because: readonly Likeness[];
  /** The first destination both reached; null when there is none. */
  readonly destination: string | null;
};

/**
 * Findings that ran the same images or began with the same process by the same analytic, or reached the same
 * destination by any. Those with most in common first, then the newest; at most `limit` of `total`.
 */
export async function similarFindings(
  id: string,
  limit: number,
): Promise<{ readonly items: readonly SimilarFinding[]; readonly total: number }> {
  const { rows } = await pool().query<Row & Shared>({
    name: 'similar_findings',
    text: `SELECT ${ROW}, l.shape AS same_shape, l.root AS same_root, l.destination AS same_destination, count(*) OVER ()::int AS total
     ${FROM} JOIN findings o ON o.id = $1
     CROSS JOIN LATERAL (SELECT f.analytic = o.analytic AND f.shape <> '' AND f.shape = o.shape AS shape,
       f.analytic = o.analytic AND f.root IS NOT NULL AND f.root = o.root AS root,
       (SELECT min(d) FROM unnest(f.destinations) AS d WHERE d = ANY(o.destinations)) AS destination) l
     WHERE f.id <> o.id AND ((f.analytic = o.analytic AND (f.shape = o.shape OR f.root = o.root)) OR f.destinations && o.destinations)
       AND (l.shape OR l.root OR l.destination IS NOT NULL)
     ORDER BY coalesce(l.shape, false)::int + coalesce(l.root, false)::int + (l.destination IS NOT NULL)::int DESC, f.from_time DESC, f.id
     LIMIT $2`,
    values: [id, limit],
  });
  return { items: rows.map(toSimilar), total: rows[0]?.total ?? 0 };
}

type Shared = {
  readonly same_shape: boolean | null;
  readonly same_root: boolean | null;
  readonly same_destination: string | null;
  readonly total: number;
};

function toSimilar(row: Row & Shared): SimilarFinding {
  const because: readonly [Likeness, boolean][] = [
    ['shape', row.same_shape === true],
    ['root', row.same_root === true],
    ['destination', row.same_destination !== null],
  ];
  return {
    row: toRow(row),
    because: because.filter(([, holds]) => holds).map(([likeness]) => likeness),
    destination: row.same_destination,
  };
}
