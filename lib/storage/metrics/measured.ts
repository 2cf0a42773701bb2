import { findingSubject } from '../audit';
import { AWAITED, DUE_BY, DUE_EARLIEST, OPEN } from '../findingRows';
import type { Bound } from './metricScope';

/**
 * SQL: verdict row `alias` was part of an act that was undone, or is what was put back then: nobody meant it. Acts that
 * were undone are few; what such an act decided and somebody decided anew meanwhile stands.
 */
function undone(alias: string): string {
  return `(${alias}.bulk_id IS NOT NULL AND ${alias}.bulk_id IN (SELECT b.id FROM bulk_acts b WHERE b.undone_at IS NOT NULL)
    AND EXISTS (SELECT 1 FROM verdicts u WHERE u.finding_id = ${alias}.finding_id AND u.bulk_id = ${alias}.bulk_id AND u.id <> ${alias}.id))`;
}

/** SQL: finding `f` is of the severity and the analytic asked for. */
function narrowed(p: Bound): string {
  const conditions = [
    ...(p.severity === null ? [] : [`f.severity = ${p.severity}`]),
    ...(p.analytic === null ? [] : [`f.analytic = ${p.analytic}`]),
  ];
  return conditions.length === 0 ? 'TRUE' : conditions.join(' AND ');
}

/** SQL: findings that were in a case when it was submitted, by the moment it was sent back. */
const SENT_BACK = `(SELECT jsonb_path_query(r.seen, '$.findings[*].findingId') #>> '{}' AS finding_id, r.decided_at
  FROM case_reviews r WHERE r.state = 'sent_back')`;

const ASSIGNED = findingSubject('');

/**
 * SQL: every finding asked for with what was done about it. `judged`: its first verdict; `assigned`: first given to
 * somebody; `opened`: first looked into; each since it came up, null for never. `touched`: the first of them.
 */
export function measuredFindings(p: Bound): string {
  return `(SELECT s.*, least(s.opened, s.assigned, s.judged) AS touched FROM (
    SELECT f.id, f.host_id, f.analytic, f.severity, f.headline, f.created_at, f.from_time, f.suppressed, f.stale, f.baseline_ids,
      d.verdict, d.verdict_at, ${OPEN} AS open, ${AWAITED} AS awaited, ${DUE_EARLIEST} AS due_first, ${DUE_BY} AS due,
      least(j.at, CASE WHEN d.verdict_at >= f.created_at THEN d.verdict_at END) AS judged,
      CASE WHEN g.at >= f.created_at THEN g.at END AS assigned,
      CASE WHEN o.first >= f.created_at THEN o.first WHEN o.last >= f.created_at THEN o.last END AS opened
    FROM findings f LEFT JOIN decisions d ON d.finding_id = f.id
    LEFT JOIN (SELECT v.finding_id, min(v.at) AS at FROM verdicts v WHERE v.value IS NOT NULL AND NOT ${undone('v')}
      GROUP BY 1) j ON j.finding_id = f.id AND j.at >= f.created_at
    LEFT JOIN (SELECT substr(a.subject, ${ASSIGNED.length + 1}) AS finding_id, min(a.at) AS at FROM audit a
      WHERE a.action = 'finding.assigned' AND a.details->>'assignee' IS NOT NULL GROUP BY 1) g ON g.finding_id = f.id
    LEFT JOIN (SELECT e.finding_id, min(e.first_at) AS first, max(e.last_at) AS last FROM evidence_opened e GROUP BY 1) o
      ON o.finding_id = f.id
    WHERE ${narrowed(p)}) s)`;
}

/**
 * SQL: every verdict that was given (none of an act that was undone), on the findings asked for; `blind`: on a finding
 * with a blind required stage. `sent_back` and `reopened`: when a case its finding was submitted in was sent back, and
 * when later data took away a verdict on it; null for never.
 */
export function givenVerdicts(p: Bound): string {
  return `(SELECT v.id, v.finding_id, v.value, v.at, v.blind_stages <> '{}' AS blind, f.host_id, f.analytic, f.severity, f.headline,
      b.at AS sent_back, o.at AS reopened
    FROM verdicts v JOIN findings f ON f.id = v.finding_id
    LEFT JOIN (SELECT s.finding_id, array_agg(s.decided_at) AS at FROM ${SENT_BACK} s GROUP BY 1) b ON b.finding_id = v.finding_id
    LEFT JOIN (SELECT r.finding_id, array_agg(r.at) AS at FROM finding_revisions r WHERE r.reopened GROUP BY 1) o ON o.finding_id = v.finding_id
    WHERE v.value IS NOT NULL AND NOT ${undone('v')} AND ${narrowed(p)})`;
}

/** SQL: the verdict row that came after given verdict `m`, null where it was taken back. */
export const NEXT = `SELECT w.at, w.value FROM verdicts w WHERE w.finding_id = m.finding_id AND w.id > m.id AND NOT ${undone('w')} ORDER BY w.id LIMIT 1`;

/** SQL: reviews a lead decided, of cases asked for: of the severity, with a finding of the analytic in what was submitted. */
export function decidedReviews(p: Bound): string {
  const conditions = [
    `r.state IN ('approved', 'sent_back')`,
    ...(p.severity === null ? [] : [`k.severity = ${p.severity}`]),
    ...(p.analytic === null
      ? []
      : [`jsonb_path_query_array(r.seen, '$.findings[*].analytic') @> to_jsonb(${p.analytic})`]),
  ];
  return `(SELECT r.id, r.case_id, k.title, k.severity, r.state, r.submitted_at, r.decided_at
    FROM case_reviews r JOIN cases k ON k.id = r.case_id WHERE ${conditions.join(' AND ')})`;
}

/** SQL: vendors' alerts, each once per host, by their first evidence; `explained`: a chain explains any piece of it. */
export function joinedAlerts(p: Bound): string {
  const severity =
    p.alertFrom === null
      ? ''
      : `HAVING max(a.severity) >= ${p.alertFrom} AND max(a.severity) < ${p.alertBelow}`;
  return `(SELECT a.host_id, a.alert, min(a.time) AS time, max(a.severity)::int AS severity, min(a.rule) AS rule,
      min(a.finding_id) AS finding_id, count(a.finding_id) > 0 AS explained
    FROM alerts a GROUP BY a.host_id, a.alert ${severity})`;
}

/** SQL: the turns of findings between open and closed: verdicts, verdicts taken away by later data and given back by it. */
const TURNS = `SELECT v.finding_id, v.at, v.id AS tie, v.value IS NOT NULL AS closed, NULL::timestamptz AS created_at, NULL::bool AS suppressed FROM verdicts v
  UNION ALL SELECT d.finding_id, d.verdict_at, 0, TRUE, NULL, NULL FROM decisions d WHERE d.verdict IS NOT NULL AND d.verdict_id IS NULL
  UNION ALL SELECT r.finding_id, r.at, r.revision, FALSE, NULL, NULL FROM finding_revisions r WHERE r.reopened
  UNION ALL SELECT substr(a.subject, ${ASSIGNED.length + 1}), a.at, a.id, TRUE, NULL, NULL FROM audit a WHERE a.action = 'finding.restored'`;

/**
 * SQL: `[begins, ends)` that findings asked for were open or closed for, `ends` null for still; before its first turn each
 * is open. `created_at` and `suppressed` are the finding's now; null for one that was not asked for.
 */
function stretches(p: Bound): string {
  return `(SELECT e.finding_id, e.closed, e.at AS begins, lead(e.at) OVER turns AS ends,
      first_value(e.created_at) OVER turns AS created_at, first_value(e.suppressed) OVER turns AS suppressed
    FROM (SELECT f.id AS finding_id, '-infinity'::timestamptz AS at, 0::bigint AS tie, FALSE AS closed, f.created_at, f.suppressed
        FROM findings f WHERE ${narrowed(p)} UNION ALL ${TURNS}) e
    WINDOW turns AS (PARTITION BY e.finding_id ORDER BY e.at, e.tie))`;
}

/**
 * SQL: pairs (moment, id) of the findings that were open just before each moment of `moments` (a relation with the
 * column `moment`): without a verdict in force and hidden by no baseline then. Findings the data took away since, that
 * nobody had decided on, are not known any more.
 */
export function openAt(p: Bound, moments: string): string {
  return `(SELECT w.moment, o.finding_id AS id FROM ${stretches(p)} o
    JOIN ${moments} w ON o.created_at < w.moment AND o.begins < w.moment AND (o.ends IS NULL OR o.ends >= w.moment)
    LEFT JOIN (SELECT DISTINCT r.finding_id FROM finding_revisions r WHERE r.before->'suppressed' <> r.after->'suppressed') c
      ON c.finding_id = o.finding_id
    WHERE NOT o.closed AND NOT CASE WHEN c.finding_id IS NULL THEN o.suppressed
      ELSE coalesce((SELECT (r.before->>'suppressed')::bool FROM finding_revisions r
        WHERE r.finding_id = o.finding_id AND r.at >= w.moment ORDER BY r.revision LIMIT 1), o.suppressed) END)`;
}

/** SQL: event time `micros` lies in the period. */
export function happened(p: Bound, micros: string): string {
  return `${micros} >= ${p.fromMicros} AND ${micros} < ${p.toMicros}`;
}
