import { pool } from '../client';
import {
  counts,
  type MetricList,
  type MetricListName,
  metricList,
  RELATIONS,
  type Subject,
} from './metricLists';
import { type Bound, bindScope, type MetricScope } from './metricScope';

/** One row behind a number. */
export type MetricItem = {
  /** Of the finding or the case; an alert's is the vendor's, of its host. */
  readonly id: string;
  readonly hostId: number | null;
  readonly title: string;
  readonly host: string | null;
  readonly analytic: string | null;
  /** Stored number; of alerts the vendor's, 0 to 99. */
  readonly severity: number;
  /** Length of time in microseconds, where the list is of one. */
  readonly length: number | null;
  /** One or two words: a verdict or a word of ours, and what became of it. */
  readonly outcome: string;
  /** Microseconds. */
  readonly at: number;
  /** Where a page ends here. */
  readonly cursor: ItemCursor;
};

/** The place of a row in its list: how bad it is, and what tells it from its equals. */
export type ItemCursor = readonly [worst: number, key: string];

/** What of a subject's relation `m` a row shows; `key` tells rows apart. */
const SHOWN: Readonly<
  Record<Subject, { readonly key: string; readonly columns: string; readonly joins: string }>
> = {
  finding: {
    key: 'm.id',
    columns: 'm.id, m.host_id AS "hostId", m.headline AS title, h.name AS host, m.analytic, m.severity',
    joins: 'LEFT JOIN hosts h ON h.id = m.host_id',
  },
  verdict: {
    key: `lpad(m.id::text, 20, '0')`,
    columns:
      'm.finding_id AS id, m.host_id AS "hostId", m.headline AS title, h.name AS host, m.analytic, m.severity',
    joins: 'LEFT JOIN hosts h ON h.id = m.host_id',
  },
  review: {
    key: `lpad(m.id::text, 20, '0')`,
    columns:
      'm.case_id::text AS id, NULL::int AS "hostId", m.title, NULL::text AS host, NULL::text AS analytic, m.severity',
    joins: '',
  },
  alert: {
    key: `concat_ws('/', m.host_id, m.alert)`,
    columns: 'm.alert AS id, m.host_id AS "hostId", m.rule AS title, h.name AS host, f.analytic, m.severity',
    joins: 'LEFT JOIN hosts h ON h.id = m.host_id LEFT JOIN findings f ON f.id = m.finding_id',
  },
};

/** The rows of a list after the cursor, the worst first: the longest, else the most severe and then the newest; and how many it has in all. */
export async function loadMetricItems(
  name: MetricListName,
  scope: MetricScope,
  limit: number,
  after?: ItemCursor,
): Promise<{ readonly items: readonly MetricItem[]; readonly total: number }> {
  const list = metricList(name);
  const rows = await loadPage(list, scope, limit, after);
  return {
    items: rows.map(({ worst, key, total: _total, ...item }) => ({ ...item, cursor: [worst, key] })),
    // An empty page does not tell how many there are.
    total: rows[0]?.total ?? (await countList(list, scope)),
  };
}

async function countList(list: MetricList, scope: MetricScope): Promise<number> {
  const p = bindScope(scope);
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${RELATIONS[list.of](p)} m WHERE ${counts(list, p)}`,
    p.values(),
  );
  return rows[0]?.count ?? 0;
}

type Row = Omit<MetricItem, 'cursor'> & {
  readonly worst: number;
  readonly key: string;
  readonly total: number;
};

async function loadPage(
  list: MetricList,
  scope: MetricScope,
  limit: number,
  after: ItemCursor | undefined,
): Promise<readonly Row[]> {
  const p = bindScope(scope);
  const { key, columns, joins } = SHOWN[list.of];
  const length = lengthOf(list, p);
  const worst = length ?? `(m.severity * 100000000000 + ${list.at} / 1000000)`;
  const since =
    after === undefined
      ? 'TRUE'
      : `(m.worst, m.key COLLATE "C") < (${p.value(after[0])}::bigint, ${p.value(after[1])}::text)`;
  const { rows } = await pool().query<Row>(
    `SELECT ${columns}, m.worst, m.key, m.total, ${length ?? 'NULL::bigint'} AS length, ${list.outcome} AS outcome, ${list.at} AS at
     FROM (SELECT m.*, ${worst} AS worst, ${key} AS key, (count(*) OVER ())::int AS total FROM ${RELATIONS[list.of](p)} m WHERE ${counts(list, p)}) m
     ${joins} WHERE ${since} ORDER BY m.worst DESC, m.key COLLATE "C" DESC LIMIT ${p.value(limit)}`,
    p.values(),
  );
  return rows;
}

function lengthOf(list: MetricList, p: Bound): string | null {
  return list.length === undefined ? null : `(extract(epoch FROM ${list.length(p)}) * 1000000)::bigint`;
}
