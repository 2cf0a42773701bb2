import { pool } from '../client';
import {
  counts,
  holds,
  isOfAge,
  METRIC_LISTS,
  type MetricListName,
  metricList,
  RELATIONS,
  type Subject,
} from './metricLists';
import { AGES, type Bound, bindScope, type MetricScope, microsOf } from './metricScope';

/** Lists that are told from history alone and not counted with the others: the weeks tell them. */
const ELSEWHERE: ReadonlySet<MetricListName> = new Set(['open_at_end']);
/** Lists whose lengths of time are a number of their own. */
const TIMED = ['triage', 'verdict', 'review'] as const satisfies readonly MetricListName[];
/** Lists that are told by week, by the weeks of their own instant. */
const WEEKLY = [
  'findings',
  'verdict',
  'precision',
  'true_positives',
  'benign_true_positives',
  'verdicts_given',
  'blind_limited',
] as const satisfies readonly MetricListName[];

/** Counts by column, of one severity and analytic; `oldest` is a time in microseconds, or null. */
export type FoldedGroup = {
  readonly severity: number | null;
  readonly analytic: string | null;
  readonly counts: Readonly<Record<string, number | null>>;
};

/** Minutes of a timed list, of a severity, an analytic or (both null) all. */
export type FoldedLength = {
  readonly list: MetricListName;
  readonly severity: number | null;
  readonly analytic: string | null;
  readonly minutes: readonly (number | null)[];
};

/** Rows of a list in the week of a UTC Monday; `median` minutes where the list is timed. */
export type FoldedWeek = {
  readonly list: MetricListName;
  readonly week: string;
  readonly count: number;
  readonly median: number | null;
};

export type Folded = {
  readonly groups: readonly FoldedGroup[];
  readonly lengths: readonly FoldedLength[];
  readonly weeks: readonly FoldedWeek[];
};

/**
 * Everything that is counted of a subject, in one pass over its relation: each row is held against every list once, and
 * what is left of it, a few flags, is counted by severity and analytic, by length of time and by week (from `weeksFrom`
 * on). Reviews and alerts are of no analytic, and alerts are graded by their vendors: they are one group.
 */
export async function foldSubject(subject: Subject, scope: MetricScope, weeksFrom: Date): Promise<Folded> {
  const p = bindScope(scope);
  const names = (Object.keys(METRIC_LISTS) as MetricListName[]).filter(
    (name) => METRIC_LISTS[name].of === subject && !ELSEWHERE.has(name),
  );
  const timed = TIMED.filter((name) => names.includes(name));
  const weekly = WEEKLY.filter((name) => names.includes(name));
  const { rows } = await pool().query<Folded>(
    `WITH told AS MATERIALIZED (SELECT ${flagsOf(subject, names, timed, weekly, p, weekly.length === 0 ? '' : p.value(weeksFrom))} FROM ${RELATIONS[subject](p)} m)
     SELECT ${arrayOf(groupsSql(subject, names))} AS groups, ${arrayOf(timed.map(lengthsSql).join(' UNION ALL '))} AS lengths,
       ${arrayOf(weekly.map(weeksSql).join(' UNION ALL '))} AS weeks`,
    p.values(),
  );
  return rows[0] ?? { groups: [], lengths: [], weeks: [] };
}

function flagsOf(
  subject: Subject,
  names: readonly MetricListName[],
  timed: readonly MetricListName[],
  weekly: readonly MetricListName[],
  p: Bound,
  weeksFrom: string,
): string {
  const grouped = subject === 'finding' || subject === 'verdict';
  return [
    grouped ? 'm.severity, m.analytic' : 'NULL::int AS severity, NULL::text AS analytic',
    ...names.map((name) => `(${counts(metricList(name), p)}) AS "${name}"`),
    ...timed.map((name) => `${minutesOf(name, p)} AS "${name} minutes"`),
    ...weekly.map((name) => {
      const list = metricList(name);
      const inside = `${list.when} >= ${weeksFrom}::timestamptz AND ${list.when} < ${p.to} AND ${holds(list, p)}`;
      return `CASE WHEN ${inside} THEN date_trunc('week', ${list.when} AT TIME ZONE 'UTC')::date END AS "${name} week"`;
    }),
    ...(subject === 'finding'
      ? [
          `CASE WHEN ${counts(METRIC_LISTS.backlog, p)} THEN m.created_at END AS oldest`,
          ...AGES.map((age) => `(m.open AND ${isOfAge(p, age)}) AS "age ${age}"`),
        ]
      : []),
  ].join(', ');
}

function minutesOf(name: MetricListName, p: Bound): string {
  return `date_part('epoch', ${metricList(name).length?.(p)}) / 60`;
}

function groupsSql(subject: Subject, names: readonly MetricListName[]): string {
  const flags = [...names, ...(subject === 'finding' ? AGES.map((age) => `age ${age}`) : [])];
  const counted = flags.map((name) => `'${name}', count(*) FILTER (WHERE t."${name}")`);
  if (subject === 'finding') counted.push(`'oldest', ${microsOf('min(t.oldest)')}`);
  return `SELECT t.severity, t.analytic, jsonb_build_object(${counted.join(', ')}) AS counts FROM told t GROUP BY 1, 2`;
}

function lengthsSql(name: MetricListName): string {
  return `SELECT '${name}' AS list, t.severity, t.analytic,
      percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY t."${name} minutes") AS minutes
    FROM told t WHERE t."${name}" GROUP BY GROUPING SETS ((), (t.severity), (t.analytic))`;
}

function weeksSql(name: MetricListName): string {
  const median =
    name === 'verdict' ? `percentile_cont(0.5) WITHIN GROUP (ORDER BY t."${name} minutes")` : 'NULL::float8';
  return `SELECT '${name}' AS list, t."${name} week" AS week, count(*) AS count, ${median} AS median
    FROM told t WHERE t."${name} week" IS NOT NULL GROUP BY 2`;
}

/** SQL: the rows of a query as one JSON array; empty for no query. */
function arrayOf(query: string): string {
  return query === '' ? `'[]'::jsonb` : `(SELECT coalesce(jsonb_agg(to_jsonb(x)), '[]') FROM (${query}) x)`;
}
