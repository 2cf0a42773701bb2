import { type Connection, pool } from '../client';
import { LOCK_CLASS, lockTransaction } from '../locks';
import { addJob } from '../queue';

export type ValidationState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** A count of right ones among some, as a report has it. */
type Count = { readonly share: number | null; readonly right: number; readonly of: number };

/** A run as it is kept, without its report. */
export type StoredRun = {
  readonly id: number;
  readonly cause: 'asked' | 'schedule';
  readonly askedBy: string | null;
  readonly state: ValidationState;
  readonly ablation: boolean;
  readonly shipped: boolean;
  /** Uploaded recordings it is limited to; empty: all. */
  readonly recordingIds: readonly number[];
  readonly done: number;
  readonly total: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly regressed: boolean | null;
  readonly sha256: string | null;
  readonly error: string | null;
  /** What its report counts; null while it has none. */
  readonly counts: {
    readonly recordings: number;
    readonly cases: number;
    readonly wrong: number;
    /** One per analytic. */
    readonly analytics: readonly {
      readonly recall: Count;
      readonly precision: Count;
      readonly quiet: Count;
    }[];
  } | null;
};

/** A report with what proves it. */
export type SignedReport = {
  /** Byte for byte as it was signed. */
  readonly text: string;
  readonly sha256: string;
  /** Base64, Ed25519. */
  readonly signature: string;
  /** PEM. */
  readonly publicKey: string;
};

const COUNTS = `CASE WHEN r.report IS NULL THEN NULL ELSE (
  SELECT jsonb_build_object('recordings', d.report->'recordings', 'cases', jsonb_array_length(d.report->'cases'),
    'wrong', (SELECT count(*) FROM jsonb_array_elements(d.report->'cases') c WHERE c->'ok' = 'false'),
    'analytics', (SELECT coalesce(jsonb_agg(jsonb_build_object('recall', a->'recall', 'precision', a->'precision',
        'quiet', a->'quiet')), '[]') FROM jsonb_array_elements(d.report->'analytics') a))
  FROM (SELECT r.report::jsonb AS report OFFSET 0) d) END`;

const COLUMNS = `r.id, r.cause, r.asked_by AS "askedBy", r.state, r.ablation, r.shipped, r.recording_ids AS "recordingIds",
  r.done, r.total, r.created_at AS "createdAt", r.ended_at AS "endedAt", r.regressed, r.sha256, r.error, ${COUNTS} AS counts`;

/** Runs, newest first, with an id below `before`. */
export async function listRuns(limit: number, before?: number): Promise<readonly StoredRun[]> {
  const { rows } = await pool().query<StoredRun>(
    `SELECT ${COLUMNS} FROM validation_runs r WHERE $2::int IS NULL OR r.id < $2 ORDER BY r.id DESC LIMIT $1`,
    [limit, before ?? null],
  );
  return rows;
}

/** One run; undefined when there is none. */
export async function loadRun(
  id: number,
  reader: Pick<Connection, 'query'> = pool(),
): Promise<StoredRun | undefined> {
  const { rows } = await reader.query<StoredRun>(`SELECT ${COLUMNS} FROM validation_runs r WHERE r.id = $1`, [
    id,
  ]);
  return rows[0];
}

/** The signed report of a run; undefined while it has none. */
export async function loadReport(id: number): Promise<SignedReport | undefined> {
  const { rows } = await pool().query<SignedReport>(
    `SELECT report AS text, sha256, signature, public_key AS "publicKey" FROM validation_runs
     WHERE id = $1 AND report IS NOT NULL`,
    [id],
  );
  return rows[0];
}

/**
 * Adds a run with its job, or gives back the one that waits or runs already, and whether that is as good: `same` is over
 * the same recordings, with ablation where it is wanted. Whoever asks at the same time waits for the end of this
 * transaction.
 */
export async function addRun(
  connection: Connection,
  run: Pick<StoredRun, 'cause' | 'askedBy' | 'ablation' | 'shipped' | 'recordingIds'>,
): Promise<{ readonly id: number; readonly created: boolean; readonly same: boolean }> {
  await lockTransaction(connection, LOCK_CLASS.validation, 0);
  const { rows: open } = await connection.query<{ id: number; same: boolean }>(
    `SELECT id, shipped = $1 AND recording_ids = $2::int[] AND (ablation OR NOT $3::boolean) AS same
     FROM validation_runs WHERE state IN ('queued', 'running') ORDER BY id LIMIT 1`,
    [run.shipped, run.recordingIds, run.ablation],
  );
  if (open[0] !== undefined) return { ...open[0], created: false };
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO validation_runs (cause, asked_by, ablation, shipped, recording_ids) VALUES ($1, $2, $3, $4, $5)
     RETURNING id`,
    [run.cause, run.askedBy, run.ablation, run.shipped, run.recordingIds],
  );
  const id = rows[0]?.id ?? 0;
  // One at a time: each holds a recording's events in memory, and imports come first.
  await addJob(connection, 'run_validation', { runId: id }, `validation:${id}`, 'validation');
  return { id, created: true, same: true };
}

/** Begins, or begins again after a worker died; false when it was cancelled or has ended. */
export async function beginRun(id: number, total: number): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE validation_runs SET state = 'running', done = 0, total = $2, started_at = now()
     WHERE id = $1 AND state IN ('queued', 'running')`,
    [id, total],
  );
  return rowCount === 1;
}

/** Commits how far it has come; false when somebody cancelled it. */
export async function advanceRun(id: number, done: number): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE validation_runs SET done = $2 WHERE id = $1 AND state = 'running'`,
    [id, done],
  );
  return rowCount === 1;
}

/** Ends one that is not over without a report; false when it had ended. */
export async function stopRun(
  id: number,
  how: { readonly state: 'failed'; readonly error: string } | { readonly state: 'cancelled' },
  writer: Pick<Connection, 'query'> = pool(),
): Promise<boolean> {
  const { rowCount } = await writer.query(
    `UPDATE validation_runs SET state = $2, error = $3, ended_at = now()
     WHERE id = $1 AND state IN ('queued', 'running')`,
    [id, how.state, how.state === 'failed' ? how.error : null],
  );
  return rowCount === 1;
}

/** Ends a run with its report; false when it was cancelled meanwhile. */
export async function finishRun(
  connection: Connection,
  id: number,
  report: SignedReport,
  outcome: { readonly previousId: number | null; readonly regressed: boolean | null },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE validation_runs SET state = 'done', done = total, ended_at = now(), report = $2, sha256 = $3, signature = $4,
       public_key = $5, previous_id = $6, regressed = $7
     WHERE id = $1 AND state = 'running'`,
    [
      id,
      report.text,
      report.sha256,
      report.signature,
      report.publicKey,
      outcome.previousId,
      outcome.regressed,
    ],
  );
  return rowCount === 1;
}

/**
 * The run that one is compared with: the newest that was done before it over the same choice of recordings, else the
 * newest that was done at all. Undefined for the first.
 */
export async function previousRun(
  run: Pick<StoredRun, 'id' | 'shipped' | 'recordingIds'>,
): Promise<{ readonly id: number; readonly sha256: string; readonly report: string } | undefined> {
  const { rows } = await pool().query<{ id: number; sha256: string; report: string }>(
    `SELECT id, sha256, report FROM validation_runs WHERE state = 'done' AND id < $1
     ORDER BY (shipped = $2 AND recording_ids = $3::int[]) DESC, id DESC LIMIT 1`,
    [run.id, run.shipped, run.recordingIds],
  );
  return rows[0];
}
