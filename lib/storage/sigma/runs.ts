import { type Connection, pool, transaction } from '../client';
import { queueChangedHosts } from '../hosts';
import { ImportTakenOver } from '../importBatches';
import { coverHits } from './baselinesCover';
import { settleHits } from './hitsSettle';
import { lockSigma, markHosts } from './runsLock';
import { queueSigmaCorrelation } from './runsQueue';

export type SigmaRunState = 'waiting' | 'running' | 'done' | 'failed';

/** How far the rules have come over one import. */
export type StoredSigmaRun = {
  readonly importId: number;
  /** Hits and sources of this number count; 0: none do. */
  readonly run: number;
  /** Digest of the rules that `run` was made with. */
  readonly catalogue: string | null;
  readonly state: SigmaRunState;
  readonly error: string | null;
};

/** The run of an import; undefined where no rules were ever run over it. */
export async function loadSigmaRun(importId: number): Promise<StoredSigmaRun | undefined> {
  const { rows } = await pool().query<StoredSigmaRun>(
    'SELECT import_id AS "importId", run, catalogue, state, error FROM sigma_runs WHERE import_id = $1',
    [importId],
  );
  return rows[0];
}

/**
 * Begins a pass over an import and takes out what an earlier one left that was stopped. Returns the run that counts
 * until this pass is over. Throws ImportTakenOver when the import is gone or being cleared.
 */
export async function beginSigmaRun(importId: number, reading: number): Promise<number> {
  const { rows } = await pool().query<{ run: number }>(
    `INSERT INTO sigma_runs (import_id, state)
     SELECT id, 'running' FROM imports WHERE id = $1 AND reading = $2 AND clearing IS NULL
     ON CONFLICT (import_id) DO UPDATE SET state = 'running', records = 0, error = NULL, finished_at = NULL RETURNING run`,
    [importId, reading],
  );
  const run = rows[0]?.run;
  if (run === undefined) throw new ImportTakenOver(importId);
  await removeOtherRuns(importId, run);
  return run;
}

/** Notes how many records a pass has tried. Throws ImportTakenOver when the import is to be cleared or read again. */
export async function advanceSigmaRun(importId: number, reading: number, records: number): Promise<void> {
  const { rowCount } = await pool().query(
    `UPDATE sigma_runs u SET records = $3 FROM imports i
     WHERE u.import_id = $1 AND i.id = u.import_id AND i.reading = $2 AND i.clearing IS NULL`,
    [importId, reading, Math.min(records, MAX_INT4)],
  );
  if (rowCount !== 1) throw new ImportTakenOver(importId);
}

const MAX_INT4 = 2_147_483_647;

/** A pass that went through all of an import. */
export type FinishedPass = {
  readonly importId: number;
  readonly reading: number;
  /** The run that counted when it began. */
  readonly before: number;
  readonly catalogue: string;
  readonly records: number;
  /** What was left out, for people; null when nothing was. */
  readonly remark: string | null;
  /** Whether hosts are queued for correlation at once; else whoever runs the import does. */
  readonly queueHosts: boolean;
};

/**
 * Makes the hits of a pass the ones that count, and those before gone, in one transaction: with what baselines cover,
 * and with its hosts marked as changed where their hits are others than before. Throws ImportTakenOver, and nothing is
 * changed, when the import was changed or its hits were dropped meanwhile.
 */
export async function finishSigmaRun(pass: FinishedPass): Promise<void> {
  const { importId, before, catalogue, records, remark } = pass;
  const run = before + 1;
  await transaction(async (connection) => {
    await lockSigma(connection);
    await settleHits(connection, { importId, run });
    await coverHits(connection, { importId, run });
    const hostIds = await hostsThatDiffer(connection, importId, before, run);
    await markHosts(connection, hostIds);
    await claim(connection, importId, pass.reading);
    const { rowCount } = await connection.query(
      `UPDATE sigma_runs SET run = $3, catalogue = $4, state = 'done', records = $5, error = $6, finished_at = now()
       WHERE import_id = $1 AND run = $2`,
      [importId, before, run, catalogue, Math.min(records, MAX_INT4), remark],
    );
    if (rowCount !== 1) throw new ImportTakenOver(importId);
    if (hostIds.length > 0) await queueSigmaCorrelation(connection);
    if (pass.queueHosts) await queueChangedHosts(connection);
  });
  await removeOtherRuns(importId, run);
}

/** Locks the import's row if it is as it was when the pass began. */
async function claim(connection: Connection, importId: number, reading: number): Promise<void> {
  const { rowCount } = await connection.query(
    'SELECT id FROM imports WHERE id = $1 AND reading = $2 AND clearing IS NULL FOR UPDATE',
    [importId, reading],
  );
  if (rowCount !== 1) throw new ImportTakenOver(importId);
}

/** Hosts, as recorded, whose hits of an import are others in the second run than in the first. */
async function hostsThatDiffer(
  connection: Connection,
  importId: number,
  before: number,
  after: number,
): Promise<readonly number[]> {
  const { rows } = await connection.query<{ id: number }>(
    `SELECT host_id AS id FROM sigma_hits WHERE import_id = $1 AND run IN ($2, $3)
     GROUP BY host_id, event_id, rule_id, silent, baseline_id HAVING count(*) = 1`,
    [importId, before, after],
  );
  return [...new Set(rows.map(({ id }) => id))];
}

/** Rules in force by the rows of their texts, and those of them that are silent. */
export type RowsInForce = { readonly rules: readonly number[]; readonly silent: readonly number[] };

/**
 * Ends a pass that cannot be made. What counted goes on counting, but for hits of rules that are not in force any more,
 * where it is told which are.
 */
export async function failSigmaRun(importId: number, error: string, inForce?: RowsInForce): Promise<void> {
  await transaction(async (connection) => {
    await lockSigma(connection);
    if (inForce !== undefined) await keepInForce(connection, importId, inForce);
    await connection.query(
      `UPDATE sigma_runs SET state = 'failed', error = $2, finished_at = now() WHERE import_id = $1`,
      [importId, error],
    );
  });
}

async function keepInForce(
  connection: Connection,
  importId: number,
  { rules, silent }: RowsInForce,
): Promise<void> {
  const { rows } = await connection.query<{ id: number }>(
    `SELECT DISTINCT host_id AS id FROM sigma_hits
     WHERE import_id = $1 AND (NOT rule_id = ANY($2) OR silent <> (rule_id = ANY($3)))`,
    [importId, rules, silent],
  );
  if (rows.length === 0) return;
  await markHosts(
    connection,
    rows.map(({ id }) => id),
  );
  await connection.query('DELETE FROM sigma_hits WHERE import_id = $1 AND NOT rule_id = ANY($2)', [
    importId,
    rules,
  ]);
  await connection.query(
    `UPDATE sigma_hits SET silent = NOT silent WHERE import_id = $1 AND silent <> (rule_id = ANY($2))`,
    [importId, silent],
  );
  await queueChangedHosts(connection);
  await queueSigmaCorrelation(connection);
}

/** Rows of one statement, so that none takes long. */
const BATCH = 20_000;

/** Deletes hits and sources of an import's other runs, which count no more. */
export async function removeOtherRuns(importId: number, run: number): Promise<void> {
  for (const table of ['sigma_hits', 'sigma_sources'])
    for (let gone = BATCH; gone > 0; ) {
      const { rowCount } = await pool().query(
        `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
           SELECT ctid FROM ${table} WHERE import_id = $1 AND (run < $2 OR run > $2) LIMIT ${BATCH}))`,
        [importId, run],
      );
      gone = rowCount ?? 0;
    }
}

/** Takes everything out that rules left of an import, where no rule is in force. */
export async function removeSigmaRun(importId: number): Promise<void> {
  await pool().query('DELETE FROM sigma_runs WHERE import_id = $1', [importId]);
  await removeOtherRuns(importId, NO_RUN);
}

const NO_RUN = -1;

/**
 * Before an import's own rows go: marks the hosts its hits are on, and has correlations of Sigma worked out without
 * them. They count no more since its clearing was asked for.
 */
export async function leaveSigma(importId: number): Promise<void> {
  await transaction(async (connection) => {
    await lockSigma(connection);
    const { rows } = await connection.query<{ id: number }>(
      'SELECT DISTINCT host_id AS id FROM sigma_hits WHERE import_id = $1',
      [importId],
    );
    if (rows.length === 0) return;
    await markHosts(
      connection,
      rows.map(({ id }) => id),
    );
    await queueSigmaCorrelation(connection);
  });
}
