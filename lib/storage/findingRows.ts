import type { Finding, FindingStage, Severity } from '../findings/finding';

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
};

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
};

/** Severities in order of their stored number. */
export const SEVERITIES: readonly Severity[] = ['informational', 'low', 'medium', 'high', 'critical'];

/** What is proven ranks above what is in part, whatever its score. */
export const PROVEN = `(f.status = 'complete')::int`;

/** SQL: findings `f` with their host `h` and what was decided about them, `d`. */
export const FROM = `FROM findings f JOIN hosts h ON h.id = f.host_id LEFT JOIN decisions d ON d.finding_id = f.id`;

/** SQL: the columns of a queue row. */
export const ROW = `f.id, f.host_id, h.name AS host, f.analytic, f.body->>'analyticTitle' AS analytic_title, f.status, f.severity, f.score,
  f.user_name, f.headline, f.trail, f.suppressed, f.stale, f.from_time, f.to_time, f.revision, f.created_at, f.strip,
  d.verdict, d.verdict_reason, d.verdict_by, d.verdict_at, d.assignee`;

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
  readonly assignee: string | null;
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
          },
    assignee: row.assignee,
  };
}

/** The severity a stored number stands for. */
export function severityOf(index: number): Severity {
  return SEVERITIES[index] ?? 'informational';
}
