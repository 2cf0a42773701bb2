import { type Connection, pool, transaction } from '../client';
import { queueChangedHosts } from '../hosts';
import { ImportTakenOver } from '../importBatches';
import { retried } from '../retried';
import { coverHits } from './baselinesCover';
import { queueSigmaCorrelation } from './correlationQueue';
import { settleHits } from './hitsSettle';
import { lockHostsOfHits, lockSigma, markHosts } from './runsLock';

export type SigmaRunState = 'waiting' | 'running' | 'done' | 'failed';

/** How far the rules have come over one import. */
export type StoredSigmaRun = {
  readonly importId: number;
  /** Hits and sources of this number count; 0: none do. */
  readonly run: number;
  /** Digest of the rules that were tried last: once done, those that `run` was made with; once failed, those that failed. */
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

/** Thrown when a pass is not wanted any more, though its import stands: the last rule was taken out of force meanwhile. */
export class SigmaRunDropped extends Error {
  constructor(importId: number) {
    super(`no rules are to be run over import ${importId} any more`);
    this.name = 'SigmaRunDropped';
  }
}

/**
 * Begins a pass of rules over an import and takes out what an earlier one left that was stopped. Returns the run that
 * counts until this pass is over. Throws ImportTakenOver when the import is gone or being cleared.
 */
export async function beginSigmaRun(importId: number, reading: number, catalogue: string): Promise<number> {
  const { rows } = await pool().query<{ run: number }>(
    `INSERT INTO sigma_runs (import_id, state, catalogue)
     SELECT id, 'running', $3 FROM imports WHERE id = $1 AND reading = $2 AND clearing IS NULL
     ON CONFLICT (import_id) DO UPDATE SET state = 'running', catalogue = $3, records = 0, error = NULL, finished_at = NULL
     RETURNING run`,
    [importId, reading, catalogue],
  );
  const run = rows[0]?.run;
  if (run === undefined) throw new ImportTakenOver(importId);
  await removeOtherRuns(importId, run);
  return run;
}

/**
 * Notes how many records a pass has tried. Throws ImportTakenOver when the import is to be cleared or read again,
 * SigmaRunDropped when no rule is in force any more.
 */
export async function advanceSigmaRun(importId: number, reading: number, records: number): Promise<void> {
  const { rowCount } = await pool().query(
    `UPDATE sigma_runs u SET records = $3 FROM imports i
     WHERE u.import_id = $1 AND i.id = u.import_id AND i.reading = $2 AND i.clearing IS NULL`,
    [importId, reading, Math.min(records, MAX_INT4)],
  );
  if (rowCount === 1) return;
  await transaction((connection) => claim(connection, importId, reading));
  throw new SigmaRunDropped(importId);
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
  /** Whether all its hosts are to be correlated again, whatever was hit: what can be decided on them may have changed. */
  readonly everyHost: boolean;
  /** Whether hosts are queued for correlation at once; else whoever runs the import does. */
  readonly queueHosts: boolean;
};

/**
 * Makes the hits of a pass the ones that count, and those before gone, in one transaction: with what baselines cover,
 * and with its hosts marked as changed where what is told of them is other than before. Throws ImportTakenOver when the
 * import was changed meanwhile, SigmaRunDropped when its hits were dropped; nothing is changed then.
 */
export async function finishSigmaRun(pass: FinishedPass): Promise<void> {
  await retried(() => transaction((connection) => finish(connection, pass)));
  await removeOtherRuns(pass.importId, pass.before + 1);
}

async function finish(connection: Connection, pass: FinishedPass): Promise<void> {
  const { importId, before, catalogue, records, remark } = pass;
  const run = before + 1;
  await lockSigma(connection);
  const everyHost = pass.everyHost ? await hostsOfPass(connection, importId, run) : [];
  await lockHostsOfHits(
    connection,
    'x.import_id = $1 AND x.run IN ($2, $3)',
    [importId, before, run],
    everyHost,
  );
  await settleHits(connection, { importId, run });
  await coverHits(connection, { importId, run });
  const differing = await hitsThatDiffer(connection, importId, before, run);
  // Nobody is told of a silent hit: it raises no score.
  await markHosts(connection, [
    ...everyHost,
    ...differing.filter(({ silent }) => !silent).map(({ hostId }) => hostId),
  ]);
  await claim(connection, importId, pass.reading);
  const { rowCount } = await connection.query(
    `UPDATE sigma_runs SET run = $3, catalogue = $4, state = 'done', records = $5, error = $6, finished_at = now()
     WHERE import_id = $1 AND run = $2`,
    [importId, before, run, catalogue, Math.min(records, MAX_INT4), remark],
  );
  if (rowCount !== 1) throw new SigmaRunDropped(importId);
  if (differing.length > 0) await queueSigmaCorrelation(connection);
  if (pass.queueHosts) await queueChangedHosts(connection);
}

/** Locks the import's row if it is as it was when the pass began. */
async function claim(connection: Connection, importId: number, reading: number): Promise<void> {
  const { rowCount } = await connection.query(
    'SELECT id FROM imports WHERE id = $1 AND reading = $2 AND clearing IS NULL FOR UPDATE',
    [importId, reading],
  );
  if (rowCount !== 1) throw new ImportTakenOver(importId);
}

/** Recorded hosts that an import brought events of, or records that rules looked at. */
async function hostsOfPass(
  connection: Connection,
  importId: number,
  run: number,
): Promise<readonly number[]> {
  const { rows } = await connection.query<{ id: number }>(
    `SELECT host_id AS id FROM import_hosts WHERE import_id = $1
     UNION SELECT host_id FROM sigma_sources WHERE import_id = $1 AND run = $2`,
    [importId, run],
  );
  return rows.map(({ id }) => id);
}

/** Hosts, as recorded, on which an import's hits are others in the second run than in the first: told ones, and silent ones. */
async function hitsThatDiffer(
  connection: Connection,
  importId: number,
  before: number,
  after: number,
): Promise<readonly { readonly hostId: number; readonly silent: boolean }[]> {
  const { rows } = await connection.query<{ hostId: number; silent: boolean }>(
    `SELECT DISTINCT host_id AS "hostId", silent FROM (
       SELECT host_id, silent FROM sigma_hits WHERE import_id = $1 AND run IN ($2, $3)
       GROUP BY host_id, event_id, rule_id, silent, baseline_id HAVING count(*) = 1) differing`,
    [importId, before, after],
  );
  return rows;
}

/** Rules in force by the rows of their texts, and those of them that are silent. */
export type RowsInForce = { readonly rules: readonly number[]; readonly silent: readonly number[] };

/**
 * Ends a pass that cannot be made; one that was asked for meanwhile goes on waiting. What counted goes on counting, but
 * for hits of rules that are not in force any more, where it is told which are.
 */
export async function failSigmaRun(importId: number, error: string, inForce?: RowsInForce): Promise<void> {
  await transaction(async (connection) => {
    await lockSigma(connection);
    if (inForce !== undefined) await keepInForce(connection, importId, inForce);
    await connection.query(
      `UPDATE sigma_runs SET state = 'failed', error = $2, finished_at = now() WHERE import_id = $1 AND state = 'running'`,
      [importId, error],
    );
  });
}

/** Ends a pass that is not made, begun or not: the job that was to make it is gone. */
export async function abandonSigmaRun(importId: number, error: string): Promise<void> {
  await pool().query(
    `UPDATE sigma_runs SET state = 'failed', error = $2, finished_at = now()
     WHERE import_id = $1 AND state IN ('waiting', 'running')`,
    [importId, error],
  );
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
      const { rowCount } = await retried(() =>
        pool().query(
          `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
             SELECT ctid FROM ${table} WHERE import_id = $1 AND (run < $2 OR run > $2) LIMIT ${BATCH}))`,
          [importId, run],
        ),
      );
      gone = rowCount ?? 0;
    }
}

/**
 * Takes everything out that rules left of an import, where no rule is in force or nothing of it was read; what counted
 * is no more on its hosts, nor in correlations.
 */
export async function removeSigmaRun(importId: number): Promise<void> {
  await transaction(async (connection) => {
    await lockSigma(connection);
    const { rows } = await connection.query<{ id: number; silent: boolean }>(
      `SELECT DISTINCT x.host_id AS id, x.silent FROM sigma_hits x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run
       WHERE x.import_id = $1`,
      [importId],
    );
    await markHosts(
      connection,
      rows.filter(({ silent }) => !silent).map(({ id }) => id),
    );
    await connection.query('DELETE FROM sigma_runs WHERE import_id = $1', [importId]);
    if (rows.length === 0) return;
    await queueChangedHosts(connection);
    await queueSigmaCorrelation(connection);
  });
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
