import type { Severity } from '../findings/finding';
import { countAlerts } from './alerts';
import { pool } from './client';
import { type FindingFilter, filterFindings, joinedBy } from './findingFilter';
import { AWAITED, DUE_BY, OPEN, SOON, severityOf } from './findingRows';
import { remembered } from './remembered';

export type Facet = { readonly value: string; readonly count: number };

/** Hosts a facet names: those with most findings. */
const HOSTS_NAMED = 500;

export type FindingCounts = {
  readonly total: number;
  readonly analytics: readonly Facet[];
  readonly hosts: readonly Facet[];
  readonly severities: readonly { readonly value: Severity; readonly count: number }[];
};

/** How many findings match, and how they spread over analytics, hosts (the 500 with most) and severities. */
export function countFindings(filter: FindingFilter): Promise<FindingCounts> {
  if (filter.since !== undefined) return countAnew(filter);
  return remembered(`findings ${JSON.stringify(filter)}`, () => countAnew(filter));
}

async function countAnew(filter: FindingFilter): Promise<FindingCounts> {
  const { conditions, needed } = filterFindings(filter);
  const { rows } = await pool().query<{
    analytic: string | null;
    host: string | null;
    severity: number | null;
    count: number;
    set: number;
  }>(
    // Hosts are counted by number and named at the end: a name per finding would cost more than the count.
    `SELECT s.analytic, h.name AS host, s.severity, s.count, s.set FROM (
       SELECT g.*, row_number() OVER (PARTITION BY set ORDER BY count DESC, host_id) AS place FROM (
         SELECT f.analytic, f.host_id, f.severity, count(*)::int AS count, grouping(f.analytic, f.host_id, f.severity) AS set
         ${joinedBy(needed)} WHERE ${conditions.where()}
         GROUP BY GROUPING SETS ((), (f.analytic), (f.host_id), (f.severity))) g) s
       LEFT JOIN hosts h ON h.id = s.host_id
     WHERE s.place <= ${HOSTS_NAMED} ORDER BY s.count DESC, s.analytic, h.name`,
    conditions.values(),
  );
  return {
    total: rows.find((row) => row.set === 7)?.count ?? 0,
    analytics: rows.flatMap((row) =>
      row.set === 3 ? [{ value: row.analytic ?? '', count: row.count }] : [],
    ),
    hosts: rows.flatMap((row) => (row.set === 5 ? [{ value: row.host ?? '', count: row.count }] : [])),
    severities: rows.flatMap((row) =>
      row.set === 6 ? [{ value: severityOf(row.severity ?? 0), count: row.count }] : [],
    ),
  };
}

/** How many findings match. */
export function countMatches(filter: FindingFilter): Promise<number> {
  // What is asked since a moment is asked once.
  if (filter.since !== undefined) return countMatchesAnew(filter);
  return remembered(`count ${JSON.stringify(filter)}`, () => countMatchesAnew(filter));
}

async function countMatchesAnew(filter: FindingFilter): Promise<number> {
  const { conditions, needed } = filterFindings(filter);
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(*)::int AS count ${joinedBy(needed)} WHERE ${conditions.where()}`,
    conditions.values(),
  );
  return rows[0]?.count ?? 0;
}

/** What is counted for the views. Of what nobody decided on, but those of the suppressed and the closed. */
const VIEWS = {
  open: OPEN,
  unassigned: `${OPEN} AND d.assignee IS NULL`,
  partial: `${OPEN} AND f.status = 'partial'`,
  blind: `${OPEN} AND f.blind`,
  due: `${AWAITED} AND ${DUE_BY} <= now() + ${SOON}`,
  suppressed: 'f.suppressed',
  closed: 'd.verdict IS NOT NULL',
  reopened: `${OPEN} AND d.reopened_at IS NOT NULL`,
} as const;

type OfAll = Readonly<Record<keyof typeof VIEWS, number>>;
export type ViewCounts = OfAll &
  Readonly<Record<'mine' | 'vendorAlerts' | 'chainedAlerts' | 'openAlerts', number>>;

/** Sizes of the views; `person` is whose own are counted. An alert is chained when a finding's chain explains any piece of its evidence. */
export async function countViews(person: string): Promise<ViewCounts> {
  const [all, mine, alerts] = await Promise.all([
    remembered('views', countAll),
    countMatches({ verdict: 'none', suppressed: false, assignee: person }),
    countAlerts(),
  ]);
  return {
    ...all,
    mine,
    vendorAlerts: alerts.total,
    chainedAlerts: alerts.total - alerts.unexplained,
    openAlerts: alerts.open,
  };
}

async function countAll(): Promise<OfAll> {
  const columns = Object.entries(VIEWS).map(
    ([name, condition]) => `count(*) FILTER (WHERE ${condition})::int AS "${name}"`,
  );
  const { rows } = await pool().query<OfAll>(`SELECT ${columns.join(', ')} ${joinedBy(new Set(['d']))}`);
  const [counted] = rows;
  if (counted === undefined) throw new Error('counts were not returned');
  return counted;
}

/**
 * The moment to ask for news from, ISO 8601: what was written before it can be seen now. Findings carry the time their
 * transaction began, so it is not later than the begin of any that still writes.
 */
export async function readMoment(): Promise<string> {
  const { rows } = await pool().query<{ moment: string }>({
    name: 'read_moment',
    // Bounded: one that hangs must not make everything since look new.
    text: `SELECT to_char(greatest(now() - interval '1 minute', least(now(), min(xact_start) - interval '1 microsecond'))
        AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS moment
      FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL`,
  });
  return rows[0]?.moment ?? new Date().toISOString();
}
