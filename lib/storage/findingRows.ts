import type { Finding, FindingStage, Severity } from '../findings/finding';
import { type Connection, pool } from './client';

/** What a row of the queue shows of one stage. */
export type StagePip = {
  readonly id: string;
  readonly title: string;
  readonly required: boolean;
  readonly group: string | null;
  readonly state: FindingStage['state'];
  readonly stateReason: string | null;
  readonly time: number | null;
  readonly strength: 'exact' | 'inferred' | 'weak' | 'broken' | null;
};

export type VerdictValue = 'true_positive' | 'benign_true_positive' | 'false_positive' | 'undetermined';

export type StoredVerdict = {
  readonly value: VerdictValue;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
  /** True when a required stage was blind and its author said to know it. */
  readonly blindAcknowledged: boolean;
};

/** Where a finding stands against the service clock of its severity. */
export type ClockState = 'running' | 'soon' | 'breached' | 'met' | 'missed';

/** A finding as the queue lists it. */
export type FindingRow = {
  readonly id: string;
  readonly hostId: number;
  readonly host: string;
  readonly analytic: string;
  readonly analyticTitle: string;
  readonly status: Finding['status'];
  readonly severity: Severity;
  readonly score: number;
  readonly user: string | null;
  readonly headline: string;
  readonly trail: string;
  readonly suppressed: boolean;
  readonly stale: boolean;
  readonly from: number;
  readonly to: number;
  readonly revision: number;
  readonly createdAt: Date;
  readonly strip: readonly StagePip[];
  readonly verdict: StoredVerdict | null;
  readonly assignee: string | null;
  /** The case it is in: of one that was merged, the case it went into. */
  readonly case: { readonly id: number; readonly title: string } | null;
  /** When its verdict is due, and how that stands now; null without a clock of its severity. */
  readonly due: Date | null;
  readonly clock: ClockState | null;
  /** What later data took away of what its verdict rested on, until somebody decides again. */
  readonly reopened: { readonly at: Date; readonly why: string } | null;
  readonly shape: string;
};

/** Severities in order of their stored number. */
export const SEVERITIES: readonly Severity[] = ['informational', 'low', 'medium', 'high', 'critical'];

/** What is proven ranks above what is in part, whatever its score. */
export const PROVEN = `(f.status = 'complete')::int`;

/** SQL: finding `f`, decided as `d`, is open: nobody gave a verdict and no baseline hides it. */
export const OPEN = 'd.verdict IS NULL AND NOT f.suppressed';

/** SQL: an open finding whose clock runs; for what the data no longer gives nobody waits. */
export const AWAITED = `${OPEN} AND NOT f.stale`;

/** SQL: minutes of the service clock of finding `f`, from a list that is read once per query; null without a clock. */
const MINUTES = `(ARRAY(SELECT c.minutes FROM generate_series(0, 4) AS s(severity) LEFT JOIN service_clocks c ON c.severity = s.severity
  ORDER BY s.severity))[f.severity + 1]`;

/** SQL: when the clock of finding `f`, decided as `d`, began: as it came up, or as later data opened it again. */
export const BEGAN = 'greatest(f.created_at, d.reopened_at)';

/** SQL: when a verdict on finding `f`, decided as `d`, is due, if anybody waits for one. */
export const DUE_BY = `${BEGAN} + make_interval(mins => ${MINUTES})`;

/** SQL: the earliest that can be, told of finding `f` alone: what is not due by this is not due. */
export const DUE_EARLIEST = `f.created_at + make_interval(mins => ${MINUTES})`;

/**
 * SQL: when a verdict on finding `f`, decided as `d`, is due. What a baseline hides and what the data no longer gives
 * waits for nobody.
 */
export const DUE = `CASE WHEN d.verdict IS NOT NULL OR NOT (f.suppressed OR f.stale) THEN ${DUE_BY} END`;

/** How long before it is due a finding counts as due soon. */
export const SOON = `interval '60 minutes'`;

/** SQL: how a finding stands against its clock now. */
const CLOCK = `CASE WHEN ${DUE} IS NULL THEN NULL WHEN d.verdict IS NOT NULL THEN CASE WHEN d.verdict_at <= ${DUE} THEN 'met' ELSE 'missed' END
  WHEN now() > ${DUE} THEN 'breached' WHEN now() > ${DUE} - ${SOON} THEN 'soon' ELSE 'running' END`;

/** How often a case may have been merged into one that was merged itself. */
const MERGES = 100;

/** SQL: the case of something, as JSON: of a merged one the one it went into in the end. Text is SQL of ours. */
export function caseOf(kind: 'finding' | 'alert' | 'hit', ref: string): string {
  return `(WITH RECURSIVE up AS (SELECT k.id, k.title, k.merged_into, 0 AS n FROM case_items i JOIN cases k ON k.id = i.case_id
      WHERE i.kind = '${kind}' AND i.ref ${ref}
    UNION ALL SELECT k.id, k.title, k.merged_into, n + 1 FROM up JOIN cases k ON k.id = up.merged_into WHERE n < ${MERGES})
    SELECT jsonb_build_object('id', up.id, 'title', up.title) FROM up WHERE up.merged_into IS NULL LIMIT 1)`;
}

/** SQL: findings `f` with their host `h`, what was decided about them `d` and what that rested on `v`. */
export const FROM = `FROM findings f JOIN hosts h ON h.id = f.host_id LEFT JOIN decisions d ON d.finding_id = f.id
  LEFT JOIN verdicts v ON v.id = d.verdict_id`;

/** SQL: the columns of a queue row but its analytic's title. */
const COLUMNS = `f.id, f.host_id, h.name AS host, f.analytic, f.status, f.severity, f.score,
  f.user_name, f.headline, f.trail, f.suppressed, f.stale, f.from_time, f.to_time, f.revision, f.created_at, f.strip, f.shape,
  d.verdict, d.verdict_reason, d.verdict_by, d.verdict_at, coalesce(v.blind_acknowledged, false) AS blind_acknowledged, d.assignee,
  d.reopened_at, d.reopened_why, ${DUE} AS due, ${CLOCK} AS clock, ${caseOf('finding', '= f.id')} AS "case"`;

/** SQL: the columns of a queue row, for a few findings: the title stands in the body, which is large. */
export const ROW = `${COLUMNS}, f.body->>'analyticTitle' AS analytic_title`;

/** The rows of these findings, in their order; those that are gone are left out. One body is read per analytic and version. */
export async function loadRows(
  ids: readonly string[],
  connection?: Connection,
): Promise<readonly FindingRow[]> {
  if (ids.length === 0) return [];
  const { rows } = await (connection ?? pool()).query<Row>({
    name: 'finding_rows',
    text: `WITH page AS MATERIALIZED (SELECT p.id, p.place, o.analytic, o.analytic_version
        FROM unnest($1::text[]) WITH ORDINALITY AS p(id, place) JOIN findings o ON o.id = p.id),
      titles AS MATERIALIZED (SELECT t.analytic, t.analytic_version, o.body->>'analyticTitle' AS title
        FROM (SELECT analytic, analytic_version, min(id) AS id FROM page GROUP BY 1, 2) t JOIN findings o ON o.id = t.id)
      SELECT ${COLUMNS}, t.title AS analytic_title ${FROM} JOIN page ON page.id = f.id
        JOIN titles t ON t.analytic = page.analytic AND t.analytic_version = page.analytic_version
      ORDER BY page.place`,
    values: [ids],
  });
  return rows.map(toRow);
}

/** A queue row as the database gives it. */
export type Row = {
  readonly id: string;
  readonly host_id: number;
  readonly host: string;
  readonly analytic: string;
  readonly analytic_title: string;
  readonly status: Finding['status'];
  readonly severity: number;
  readonly score: number;
  readonly user_name: string | null;
  readonly headline: string;
  readonly trail: string;
  readonly suppressed: boolean;
  readonly stale: boolean;
  readonly from_time: number;
  readonly to_time: number;
  readonly revision: number;
  readonly created_at: Date;
  readonly strip: readonly StagePip[];
  readonly verdict: VerdictValue | null;
  readonly verdict_reason: string | null;
  readonly verdict_by: string | null;
  readonly verdict_at: Date | null;
  readonly blind_acknowledged: boolean;
  readonly assignee: string | null;
  readonly case: { readonly id: number; readonly title: string } | null;
  readonly due: Date | null;
  readonly clock: ClockState | null;
  readonly reopened_at: Date | null;
  readonly reopened_why: string | null;
  readonly shape: string;
};

/** A queue row under the names the product uses. */
export function toRow(row: Row): FindingRow {
  return {
    id: row.id,
    hostId: row.host_id,
    host: row.host,
    analytic: row.analytic,
    analyticTitle: row.analytic_title,
    status: row.status,
    severity: severityOf(row.severity),
    score: row.score,
    user: row.user_name,
    headline: row.headline,
    trail: row.trail,
    suppressed: row.suppressed,
    stale: row.stale,
    from: row.from_time,
    to: row.to_time,
    revision: row.revision,
    createdAt: row.created_at,
    strip: row.strip,
    verdict:
      row.verdict === null || row.verdict_at === null
        ? null
        : {
            value: row.verdict,
            reason: row.verdict_reason ?? '',
            by: row.verdict_by ?? '',
            at: row.verdict_at,
            blindAcknowledged: row.blind_acknowledged,
          },
    assignee: row.assignee,
    case: row.case,
    due: row.due,
    clock: row.clock,
    reopened: row.reopened_at === null ? null : { at: row.reopened_at, why: row.reopened_why ?? '' },
    shape: row.shape,
  };
}

/** The severity a stored number stands for. */
export function severityOf(index: number): Severity {
  return SEVERITIES[index] ?? 'informational';
}
