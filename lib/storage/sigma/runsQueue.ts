import type { Connection } from '../client';
import { queueChangedHosts } from '../hosts';
import { addJobs } from '../queue';
import { IN_FORCE, queueSigmaCorrelation, SIGMA_LINE } from './correlationQueue';
import { lockSigma, markHosts } from './runsLock';

/** SQL: an import that has something to try rules on, or will have. */
const HAS_RECORDS = `i.clearing IS DISTINCT FROM 'delete' AND (i.state <> 'failed' OR i.events > 0)`;

/**
 * Queues a pass of the rules in force over everything that is stored, within the transaction that changed them. Where
 * no rule is in force any more, all hits stop counting at once and are taken out.
 */
export async function queueSigmaPasses(connection: Connection): Promise<void> {
  await lockSigma(connection);
  const { rowCount } = await connection.query(`SELECT 1 FROM ${IN_FORCE} LIMIT 1`);
  const ids = rowCount === 0 ? await dropRuns(connection) : await awaitRuns(connection);
  await addJobs(
    connection,
    'match_sigma',
    ids.map((importId) => ({ payload: { importId }, key: passKey(importId) })),
    SIGMA_LINE,
  );
  await queueSigmaCorrelation(connection);
}

/** All imports wait for a pass from now on; what counted goes on counting until theirs is over. */
async function awaitRuns(connection: Connection): Promise<readonly number[]> {
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO sigma_runs AS u (import_id, state) SELECT i.id, 'waiting' FROM imports i WHERE ${HAS_RECORDS} ORDER BY i.id
     ON CONFLICT (import_id) DO UPDATE SET state = 'waiting', error = NULL RETURNING u.import_id AS id`,
  );
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

async function dropRuns(connection: Connection): Promise<readonly number[]> {
  const { rows: hosts } = await connection.query<{ id: number }>(
    `SELECT DISTINCT x.host_id AS id FROM sigma_hits x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run
     WHERE NOT x.silent`,
  );
  await markHosts(
    connection,
    hosts.map(({ id }) => id),
  );
  const { rows } = await connection.query<{ id: number }>('DELETE FROM sigma_runs RETURNING import_id AS id');
  await queueChangedHosts(connection);
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

/** Asks for a pass again later: the import is being read, or was taken from the worker that tried. */
export async function postponeSigmaPass(
  connection: Connection,
  importId: number,
  until: Date,
): Promise<void> {
  await connection.query(
    `UPDATE sigma_runs SET state = 'waiting' WHERE import_id = $1 AND state = 'running'`,
    [importId],
  );
  await addJobs(
    connection,
    'match_sigma',
    [{ payload: { importId }, key: passKey(importId), runAt: until }],
    SIGMA_LINE,
  );
}

/**
 * Asks for a pass over an import: other rules came into force while it was read, or nobody could say why its own pass
 * ended. `inForce`: whether any rule is; where none is, the pass takes out what is there.
 */
export async function askSigmaPass(
  connection: Connection,
  importId: number,
  inForce: boolean,
): Promise<void> {
  await connection.query(
    inForce
      ? `INSERT INTO sigma_runs (import_id, state) SELECT i.id, 'waiting' FROM imports i WHERE i.id = $1 AND ${HAS_RECORDS}
         ON CONFLICT (import_id) DO UPDATE SET state = 'waiting', error = NULL`
      : `UPDATE sigma_runs SET state = 'waiting' WHERE import_id = $1`,
    [importId],
  );
  await addJobs(connection, 'match_sigma', [{ payload: { importId }, key: passKey(importId) }], SIGMA_LINE);
}

/** Key of a pass's job. */
function passKey(importId: number): string {
  return `sigma:${importId}`;
}

/** Has passes that wait run even where the same rules were run before. */
export async function forgetCatalogues(connection: Connection): Promise<void> {
  await connection.query('UPDATE sigma_runs SET catalogue = NULL');
}
