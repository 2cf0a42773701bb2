import { pool } from '../../storage/client';
import { exampleFinding, storeFindings } from '../testFindings';

/** For tests: what people and data did to one finding; times are ISO 8601, absent: it did not happen. */
export type Told = {
  readonly id: string;
  readonly created: string;
  readonly severity?: number;
  readonly analytic?: string;
  readonly suppressed?: boolean;
  readonly stale?: boolean;
  readonly baselines?: readonly number[];
  readonly opened?: string;
  readonly assigned?: string;
  /** In order; a null value takes the one before back. */
  readonly verdicts?: readonly {
    readonly value: string | null;
    readonly at: string;
    readonly blind?: boolean;
    readonly bulk?: number;
  }[];
  /** When later data took its verdict away. */
  readonly reopened?: string;
  /** Event time of its beginning. */
  readonly from?: string;
};

/** For tests: stores findings with their history, as the product would have written it over the weeks. */
export async function tell(findings: readonly Told[]): Promise<void> {
  await storeFindings(findings.map(({ id }) => exampleFinding(id)));
  await pool().query(
    `UPDATE findings f SET created_at = g.created::timestamptz, severity = coalesce(g.severity, 3), analytic = coalesce(g.analytic, 'AN1397'),
       suppressed = coalesce(g.suppressed, FALSE), stale = coalesce(g.stale, FALSE),
       baseline_ids = ARRAY(SELECT jsonb_array_elements_text(coalesce(g.baselines, '[]'))::int),
       from_time = (extract(epoch FROM coalesce(g."from", g.created)::timestamptz) * 1000000)::bigint
     FROM jsonb_to_recordset($1::jsonb) AS g(id text, created text, severity int, analytic text, suppressed bool, stale bool, baselines jsonb, "from" text)
     WHERE f.id = g.id`,
    [JSON.stringify(findings)],
  );
  for (const finding of findings) await tellOne(finding);
}

async function tellOne({ id, opened, assigned, verdicts = [], reopened }: Told): Promise<void> {
  if (opened !== undefined)
    await pool().query(
      `INSERT INTO evidence_opened (finding_id, person, what, first_at, last_at) VALUES ($1, 'anna', 'finding', $2, $2)`,
      [id, opened],
    );
  if (assigned !== undefined) await tellAssigned(id, assigned);
  for (const { value, at, blind, bulk } of verdicts)
    await pool().query(
      `WITH given AS (INSERT INTO verdicts (finding_id, value, by, at, finding_revision, analytic_version, status, score, severity, stages, telemetry, blind_stages, bulk_id)
         VALUES ($1, $2, 'anna', $3, 1, '1.0', 'complete', 50, 3, '[]', '[]', $4, $5) RETURNING id)
       INSERT INTO decisions (finding_id, verdict, verdict_at, verdict_id)
         SELECT $1, $2::text, CASE WHEN $2::text IS NOT NULL THEN $3::timestamptz END, CASE WHEN $2::text IS NOT NULL THEN id END FROM given
       ON CONFLICT (finding_id) DO UPDATE SET verdict = excluded.verdict, verdict_at = excluded.verdict_at, verdict_id = excluded.verdict_id`,
      [id, value, at, blind === true ? ['spawn'] : [], bulk ?? null],
    );
  if (reopened === undefined) return;
  await pool().query(
    `INSERT INTO finding_revisions (finding_id, revision, at, before, after, reopened)
     VALUES ($1, 2, $2, '{"suppressed":false}', '{"suppressed":false}', TRUE)`,
    [id, reopened],
  );
  await pool().query(
    'UPDATE decisions SET verdict = NULL, verdict_at = NULL, reopened_at = $2 WHERE finding_id = $1',
    [id, reopened],
  );
}

/** The trail writes the time itself: only the database's owner can tell another. */
async function tellAssigned(id: string, at: string): Promise<void> {
  await pool().query('ALTER TABLE audit DISABLE TRIGGER USER');
  await pool().query(
    `INSERT INTO audit (at, by, action, subject, details) VALUES ($2, 'anna', 'finding.assigned', $1, '{"assignee":"bert"}')`,
    [`finding:${id}`, at],
  );
  await pool().query('ALTER TABLE audit ENABLE TRIGGER USER');
}

/** For tests: a case with findings that was sent back, or approved, after a wait. */
export async function tellReview(review: {
  readonly findings: readonly string[];
  readonly submitted: string;
  readonly decided: string;
  readonly state: 'approved' | 'sent_back' | 'withdrawn';
}): Promise<void> {
  await pool().query(
    `WITH made AS (INSERT INTO cases (title, severity, created_by) VALUES ('a case', 3, 'anna') RETURNING id)
     INSERT INTO case_reviews (case_id, submitted_by, submitted_at, seen, state, decided_by, decided_at)
     SELECT id, 'anna', $1, $2, $3, 'lea', $4 FROM made`,
    [
      review.submitted,
      JSON.stringify({
        findings: review.findings.map((findingId) => ({ findingId, analytic: 'AN1397' })),
        tasksOpen: 0,
        work: [],
      }),
      review.state,
      review.decided,
    ],
  );
}

/** For tests: vendors' alerts, one piece of evidence each; `finding` is the one that explains it. */
export async function tellAlerts(
  alerts: readonly {
    readonly alert: string;
    readonly at: string;
    readonly severity: number;
    readonly finding?: string;
  }[],
): Promise<void> {
  await pool().query(
    `INSERT INTO alerts (host_id, event_id, alert, rule, product, severity, time, finding_id)
     SELECT 1, gen_random_uuid(), g.alert, 'a rule', 'a product', g.severity, (extract(epoch FROM g.at::timestamptz) * 1000000)::bigint, g.finding
     FROM jsonb_to_recordset($1::jsonb) AS g(alert text, at text, severity int, finding text)`,
    [JSON.stringify(alerts)],
  );
}
