import type { Finding, StageVisibility } from '../findings/finding';
import { type Connection, pool } from './client';
import type { StagePip, VerdictValue } from './findingRows';

/** A verdict as history keeps it: what was said, and everything it rested on then. */
export type VerdictEntry = {
  /** Null: the one before was taken back. */
  readonly value: VerdictValue | null;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
  readonly findingRevision: number;
  readonly analyticVersion: string;
  readonly status: Finding['status'];
  readonly score: number;
  readonly severity: number;
  readonly stages: readonly StagePip[];
  readonly telemetry: readonly StageVisibility[];
  readonly baselineIds: readonly number[];
  readonly blindStages: readonly string[];
  readonly blindAcknowledged: boolean;
  /** Whether it was given for several findings at once. */
  readonly several: boolean;
};

/** A verdict to be added to a finding's history. */
export type NewVerdict = {
  readonly findingId: string;
  readonly value: VerdictValue | null;
  readonly reason: string;
  readonly by: string;
  readonly blindStages: readonly string[];
  readonly blindAcknowledged: boolean;
};

/**
 * Adds verdicts with what each finding is now, whose rows the caller holds; gives back their ids by finding. `bulkId`
 * is the act they are part of, if one.
 */
export async function addVerdicts(
  connection: Connection,
  verdicts: readonly NewVerdict[],
  bulkId?: number,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await connection.query<{ id: number; finding_id: string }>({
    name: 'add_verdicts',
    text: `INSERT INTO verdicts (finding_id, value, reason, by, finding_revision, analytic_version, status, score, severity,
        stages, telemetry, baseline_ids, blind_stages, blind_acknowledged, bulk_id)
      SELECT f.id, g.value, g.reason, g.by, f.revision, f.analytic_version, f.status, f.score, f.severity,
        f.strip, coalesce(f.body->'telemetry', '[]'), f.baseline_ids, ARRAY(SELECT jsonb_array_elements_text(g.blind)), g.acknowledged, $2
      FROM jsonb_to_recordset($1::jsonb) AS g(id text, value text, reason text, by text, blind jsonb, acknowledged bool)
        JOIN findings f ON f.id = g.id
      ORDER BY f.id RETURNING id, finding_id`,
    values: [
      JSON.stringify(
        verdicts.map((one) => ({
          id: one.findingId,
          value: one.value,
          reason: one.reason,
          by: one.by,
          blind: one.blindStages,
          acknowledged: one.blindAcknowledged,
        })),
      ),
      bulkId ?? null,
    ],
  });
  return new Map(rows.map((row) => [row.finding_id, row.id]));
}

/** Every verdict a finding ever had, newest first. */
export async function loadVerdicts(findingId: string): Promise<readonly VerdictEntry[]> {
  const { rows } = await pool().query<VerdictEntry>(
    `SELECT value, reason, by, at, finding_revision AS "findingRevision", analytic_version AS "analyticVersion", status, score,
       severity, stages, telemetry, baseline_ids AS "baselineIds", blind_stages AS "blindStages",
       blind_acknowledged AS "blindAcknowledged",
       bulk_id IS NOT NULL AND coalesce(
         (SELECT (b.body->>'asked')::int > 1 FROM bulk_acts b WHERE b.id = verdicts.bulk_id), true) AS several
     FROM verdicts WHERE finding_id = $1 ORDER BY id DESC`,
    [findingId],
  );
  return rows;
}

/**
 * Required stages that could not be seen, and blind alternatives of a group of which none matched: what a false positive
 * cannot rest on. Empty when nothing that the chain needs was blind.
 */
export function blindRequired(stages: readonly StagePip[]): readonly StagePip[] {
  const matched = new Set(stages.flatMap(({ group, state }) => (state === 'matched' ? (group ?? []) : [])));
  return stages.filter(
    ({ state, required, group }) => state === 'blind' && (group === null ? required : !matched.has(group)),
  );
}
