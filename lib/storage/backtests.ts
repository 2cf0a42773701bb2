import { type Connection, pool } from './client';
import { jsonText } from './jsonText';
import { addJob } from './queue';

export type BacktestState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** A proposed change being tried on stored events. */
export type StoredBacktest = {
  readonly id: number;
  readonly subject: string;
  readonly change: unknown;
  /** Of the subject, the change and the settings it is tried against. */
  readonly digest: string;
  readonly importIds: readonly number[];
  readonly state: BacktestState;
  readonly hostsDone: number;
  readonly hostsTotal: number;
  readonly result: unknown;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly endedAt: Date | null;
};

const COLUMNS = `id, subject, change, digest, import_ids AS "importIds", state, hosts_done AS "hostsDone",
  hosts_total AS "hostsTotal", result, error, created_at AS "createdAt", created_by AS "createdBy", ended_at AS "endedAt"`;

/** Adds a back-test with its job and returns its id. */
export async function addBacktest(
  connection: Connection,
  backtest: Pick<StoredBacktest, 'subject' | 'change' | 'digest' | 'importIds' | 'createdBy'>,
): Promise<number> {
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO backtests (subject, change, digest, import_ids, created_by) VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [backtest.subject, jsonText(backtest.change), backtest.digest, backtest.importIds, backtest.createdBy],
  );
  const id = rows[0]?.id ?? 0;
  // One at a time: each holds a host's events in memory, and imports come first.
  await addJob(connection, 'run_backtest', { backtestId: id }, `backtest:${id}`, 'backtests');
  return id;
}

/** One back-test; undefined when there is none. */
export async function loadBacktest(id: number): Promise<StoredBacktest | undefined> {
  const { rows } = await pool().query<StoredBacktest>(`SELECT ${COLUMNS} FROM backtests WHERE id = $1`, [id]);
  return rows[0];
}

/** Begins, or begins again after a worker died; false when it was cancelled or has ended. */
export async function beginBacktest(id: number, hostsTotal: number): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE backtests SET state = 'running', hosts_done = 0, hosts_total = $2
     WHERE id = $1 AND state IN ('queued', 'running')`,
    [id, hostsTotal],
  );
  return rowCount === 1;
}

/** Commits how far it has come; false when somebody cancelled it. */
export async function advanceBacktest(id: number, hostsDone: number): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE backtests SET hosts_done = $2 WHERE id = $1 AND state = 'running'`,
    [id, hostsDone],
  );
  return rowCount === 1;
}

/** Ends one that is not over; false when it was cancelled meanwhile. */
export async function endBacktest(
  id: number,
  how:
    | { readonly state: 'done'; readonly result: unknown }
    | { readonly state: 'failed'; readonly error: string }
    | { readonly state: 'cancelled' },
  writer: Pick<Connection, 'query'> = pool(),
): Promise<boolean> {
  const { rowCount } = await writer.query(
    `UPDATE backtests SET state = $2, result = $3, error = $4, ended_at = now()
     WHERE id = $1 AND state IN ('queued', 'running')`,
    [
      id,
      how.state,
      how.state === 'done' ? jsonText(how.result) : null,
      how.state === 'failed' ? how.error : null,
    ],
  );
  return rowCount === 1;
}

/** Canonical ids of the host groups that have events, of some imports if given, in order. */
export async function hostsToTry(importIds: readonly number[]): Promise<readonly number[]> {
  const { rows } = await pool().query<{ id: number }>(
    importIds.length === 0
      ? `SELECT DISTINCT canonical_id AS id FROM hosts h
         WHERE EXISTS (SELECT 1 FROM host_kinds k WHERE k.host_id = h.id) ORDER BY 1`
      : `SELECT DISTINCT h.canonical_id AS id FROM hosts h WHERE h.id IN (
           SELECT host_id FROM import_hosts WHERE import_id = ANY($1)
           UNION SELECT host_id FROM sightings WHERE import_id = ANY($1)) ORDER BY 1`,
    importIds.length === 0 ? [] : [importIds],
  );
  return rows.map(({ id }) => id);
}

/** Which of some imports there are. */
export async function importsThatExist(ids: readonly number[]): Promise<ReadonlySet<number>> {
  const { rows } = await pool().query<{ id: number }>(
    `SELECT id FROM imports WHERE id = ANY($1) AND clearing IS DISTINCT FROM 'delete'`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** People's verdicts on findings, by the finding's id; those without one are left out. */
export async function verdictsOn(
  findingIds: readonly string[],
  reader: Pick<Connection, 'query'> = pool(),
): Promise<ReadonlyMap<string, string>> {
  if (findingIds.length === 0) return new Map();
  const { rows } = await reader.query<{ id: string; verdict: string }>(
    'SELECT finding_id AS id, verdict FROM decisions WHERE finding_id = ANY($1) AND verdict IS NOT NULL',
    [findingIds],
  );
  return new Map(rows.map(({ id, verdict }) => [id, verdict]));
}
