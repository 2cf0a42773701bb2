import { pool } from './client';
import { type FindingFilter, filterFindings, joinedBy } from './findingFilter';
import { PROVEN } from './findingRows';
import { remembered } from './remembered';

/** Findings of one analytic whose chains have one shape. */
export type StoredGroup = {
  readonly analytic: string;
  readonly shape: string;
  readonly findings: number;
  readonly hosts: number;
  readonly users: number;
  readonly open: number;
  /** Micros. */
  readonly from: number;
  readonly to: number;
  /** Highest rank in it: what is proven counts 1000, then the score. */
  readonly rank: number;
  /** Id of the finding that ranks highest. */
  readonly first: string;
};

/** Where a page of groups ended. */
export type GroupCursor = readonly [rank: number, findings: number, analytic: string, shape: string];

/** SQL: what groups and a finding in them are ordered by. */
const RANK = `(${PROVEN} * 1000 + f.score)`;

/** One page of groups of the findings that match, the one that ranks highest first, then the largest; `total` of all. */
export function listGroups(filter: FindingFilter, limit: number, after?: GroupCursor): Promise<GroupPage> {
  const name = `groups ${JSON.stringify([filter, limit, after ?? null])}`;
  return remembered(name, () => listAnew(filter, limit, after));
}

type GroupPage = {
  readonly groups: readonly StoredGroup[];
  readonly total: number;
  readonly more: boolean;
};

async function listAnew(filter: FindingFilter, limit: number, after?: GroupCursor): Promise<GroupPage> {
  const { conditions, needed } = filterFindings(filter);
  const { value } = conditions;
  // By host and user first: counting what differs in a group by sorting all of it costs several times as much.
  const sql = `WITH parts AS MATERIALIZED (
      SELECT f.analytic, f.shape, f.host_id, lower(f.user_name) AS user_name, count(*)::int AS findings,
        count(*) FILTER (WHERE d.verdict IS NULL)::int AS open, min(f.from_time) AS "from", max(f.to_time) AS "to",
        max(ARRAY[${RANK}, f.severity, f.from_time]) AS rank
      ${joinedBy(new Set([...needed, 'd']))} WHERE ${conditions.where()} GROUP BY 1, 2, 3, 4),
    groups AS MATERIALIZED (
      SELECT analytic, shape, sum(findings)::int AS findings, count(DISTINCT host_id)::int AS hosts,
        count(DISTINCT user_name)::int AS users, sum(open)::int AS open, min("from") AS "from", max("to") AS "to", max(rank) AS rank
      FROM parts GROUP BY 1, 2),
    page AS (SELECT *, rank[1] AS top FROM groups ${
      after === undefined
        ? ''
        : `WHERE (rank[1], findings, analytic, shape) < (${value(after[0])}::bigint, ${value(after[1])}::bigint, ${value(after[2])}::text, ${value(after[3])}::text)`
    } ORDER BY top DESC, findings DESC, analytic DESC, shape DESC LIMIT ${value(limit + 1)})
    SELECT page.analytic, page.shape, page.findings, page.hosts, page.users, page.open, page."from", page."to", page.top AS rank,
      (SELECT count(*)::int FROM groups) AS total, page.rank AS ranks FROM page
    ORDER BY top DESC, findings DESC, analytic DESC, shape DESC`;
  const { rows } = await pool().query<
    Omit<StoredGroup, 'first'> & { readonly total: number; readonly ranks: readonly number[] }
  >(sql, conditions.values());
  const shown = rows.slice(0, limit);
  const first = await firstOf(filter, shown);
  return {
    groups: shown.flatMap(({ total: _total, ranks: _ranks, ...group }, i) => {
      const id = first.get(i);
      return id === undefined ? [] : [{ ...group, first: id }];
    }),
    total: rows[0]?.total ?? (after === undefined ? 0 : await countGroups(filter)),
    more: rows.length > limit,
  };
}

async function countGroups(filter: FindingFilter): Promise<number> {
  const { conditions, needed } = filterFindings(filter);
  const { rows } = await pool().query<{ total: number }>(
    `SELECT count(*)::int AS total FROM (SELECT 1 ${joinedBy(needed)} WHERE ${conditions.where()} GROUP BY f.analytic, f.shape) g`,
    conditions.values(),
  );
  return rows[0]?.total ?? 0;
}

/** The finding of each group that ranks highest, by the group's place. */
async function firstOf(
  filter: FindingFilter,
  groups: readonly { readonly analytic: string; readonly shape: string; readonly ranks: readonly number[] }[],
): Promise<ReadonlyMap<number, string>> {
  if (groups.length === 0) return new Map();
  const { conditions, needed } = filterFindings(filter);
  const { value, add } = conditions;
  add(
    `f.analytic = g.analytic AND f.shape = g.shape AND ${RANK} = g.top AND f.severity = g.severity AND f.from_time = g.began`,
  );
  const { rows } = await pool().query<{ place: number; id: string }>(
    `SELECT g.place::int AS place, min(f.id) AS id
     FROM unnest(${value(groups.map((one) => one.analytic))}::text[], ${value(groups.map((one) => one.shape))}::text[],
       ${value(groups.map((one) => one.ranks[0]))}::bigint[], ${value(groups.map((one) => one.ranks[1]))}::bigint[],
       ${value(groups.map((one) => one.ranks[2]))}::bigint[]) WITH ORDINALITY AS g(analytic, shape, top, severity, began, place)
       CROSS JOIN LATERAL (SELECT f.id ${joinedBy(needed)} WHERE ${conditions.where()}) f
     GROUP BY g.place`,
    conditions.values(),
  );
  return new Map(rows.map((row) => [row.place - 1, row.id]));
}

/** A finding that differs from most of its group in something. */
export type Outlier = {
  /** Place of its group among those asked about. */
  readonly place: number;
  readonly id: string;
  readonly host: string;
  readonly what: 'destination' | 'root' | 'user' | 'stages';
  readonly value: string;
  readonly usual: string;
  /** Of its group, before the list was cut. */
  readonly total: number;
};

/** Findings looked at for outliers on one page, shared out among its groups; the newest of each. */
const LOOKED_AT = 10_000;
/** Outliers that are named per group. */
const NAMED = 20;
/** Most a value may be shared by to be odd, and least the usual one must be, of a group's findings. */
const ODD = 0.2;
const USUAL = 0.6;

/**
 * Findings whose destination, root process, user or stage states at most a fifth of their group share, where another
 * value is that of most; the rarest first. Of very large groups the newest findings are compared.
 */
export async function findOutliers(
  filter: FindingFilter,
  groups: readonly GroupSize[],
): Promise<readonly Outlier[]> {
  if (groups.length === 0) return [];
  const sizes = groups.map(({ analytic, shape, findings }) => [analytic, shape, findings]);
  return remembered(`outliers ${JSON.stringify([filter, sizes])}`, () => findAnew(filter, groups));
}

type GroupSize = Pick<StoredGroup, 'analytic' | 'shape' | 'findings'>;

async function findAnew(filter: FindingFilter, groups: readonly GroupSize[]): Promise<readonly Outlier[]> {
  const shares = shareOut(groups.map((group) => group.findings));
  const { conditions, needed } = filterFindings(filter);
  const { value, add } = conditions;
  add('f.analytic = g.analytic AND f.shape = g.shape');
  const { rows } = await pool().query<Outlier>(
    `WITH g AS (SELECT * FROM unnest(${value(groups.map((one) => one.analytic))}::text[], ${value(groups.map((one) => one.shape))}::text[],
        ${value(shares)}::int[]) WITH ORDINALITY AS u(analytic, shape, share, place)),
      members AS MATERIALIZED (SELECT g.place, m.* FROM g CROSS JOIN LATERAL (
        SELECT f.id, f.host_id, f.user_name, f.root, f.destinations, f.strip ${joinedBy(needed)} WHERE ${conditions.where()}
        ORDER BY f.from_time DESC, f.id DESC LIMIT g.share) m),
      sizes AS (SELECT place, count(*) AS size FROM members GROUP BY place HAVING count(*) >= 5),
      said AS MATERIALIZED (
        SELECT place, id, 'user' AS what, user_name AS value FROM members WHERE user_name IS NOT NULL
        UNION ALL SELECT place, id, 'root', root FROM members WHERE root IS NOT NULL
        UNION ALL SELECT place, id, 'destination', d FROM members CROSS JOIN LATERAL (SELECT DISTINCT unnest(destinations)) AS u(d)
        UNION ALL SELECT place, id, 'stages', jsonb_path_query_array(strip, '$[*].state')::text FROM members),
      shares AS MATERIALIZED (SELECT s.place, s.what, s.value, count(*) AS times, z.size, min(s.id) AS example
        FROM said s JOIN sizes z ON z.place = s.place GROUP BY s.place, s.what, s.value, z.size),
      usual AS (SELECT DISTINCT ON (place, what) place, what, value, example FROM shares WHERE times >= ${USUAL} * size
        ORDER BY place, what, times DESC, value),
      odd AS (SELECT s.place, s.what, s.value, s.times, u.value AS usual, u.example FROM shares s
        JOIN usual u ON u.place = s.place AND u.what = s.what WHERE s.times <= ${ODD} * s.size),
      named AS (SELECT o.*, s.id, row_number() OVER (PARTITION BY o.place ORDER BY o.times, o.what, o.value, s.id) AS n,
          count(*) OVER (PARTITION BY o.place)::int AS total
        FROM odd o JOIN said s ON s.place = o.place AND s.what = o.what AND s.value = o.value)
      SELECT (n.place - 1)::int AS place, n.id, h.name AS host, n.what, n.total,
        CASE WHEN n.what = 'stages' THEN ${differing('f', 'e')} ELSE n.value END AS value,
        CASE WHEN n.what = 'stages' THEN ${differing('e', 'f')} ELSE n.usual END AS usual
      FROM named n JOIN findings f ON f.id = n.id JOIN findings e ON e.id = n.example JOIN hosts h ON h.id = f.host_id
      WHERE n.n <= ${NAMED} ORDER BY n.place, n.n`,
    conditions.values(),
  );
  return rows;
}

/** SQL: the stages of one finding whose state another's is not: "Callback: blind". */
function differing(one: string, other: string): string {
  return `coalesce((SELECT string_agg((a.pip->>'title') || ': ' || (a.pip->>'state'), '; ' ORDER BY a.n)
    FROM jsonb_array_elements(${one}.strip) WITH ORDINALITY AS a(pip, n)
    WHERE NOT ${other}.strip @> jsonb_build_array(jsonb_build_object('id', a.pip->'id', 'state', a.pip->'state'))), '')`;
}

/** Shares of what is looked at: small groups whole, the rest in equal parts. */
function shareOut(sizes: readonly number[]): readonly number[] {
  let left = LOOKED_AT;
  const shares = sizes.map(() => 0);
  const ascending = sizes.map((size, place) => ({ size, place })).sort((a, b) => a.size - b.size);
  ascending.forEach(({ size, place }, i) => {
    const share = Math.min(size, Math.floor(left / (ascending.length - i)));
    shares[place] = share;
    left -= share;
  });
  return shares;
}
