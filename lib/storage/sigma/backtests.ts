import { type Connection, pool } from '../client';
import { jsonText } from '../jsonText';
import { addJob } from '../queue';

export type SigmaBacktestState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** Rules being tried on stored records. */
export type StoredSigmaBacktest = {
  readonly id: number;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly rules: readonly { readonly path: string; readonly text: string }[];
  /** Empty: all. */
  readonly importIds: readonly number[];
  readonly state: SigmaBacktestState;
  readonly progress: { readonly imports: number; readonly of: number; readonly records: number } | null;
  readonly result: unknown;
  readonly error: string | null;
};

/** Adds a back-test with its job and returns its id; undefined, and nothing is added, while one of that person is not over. */
export async function addSigmaBacktest(
  connection: Connection,
  { askedBy, rules, importIds }: Pick<StoredSigmaBacktest, 'askedBy' | 'rules' | 'importIds'>,
): Promise<number | undefined> {
  await connection.query('LOCK TABLE sigma_backtests IN SHARE ROW EXCLUSIVE MODE');
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO sigma_backtests (asked_by, rules, import_ids) SELECT $1::text, $2::jsonb, $3::int[]
     WHERE NOT EXISTS (SELECT 1 FROM sigma_backtests WHERE asked_by = $1::text AND state IN ('waiting', 'running')) RETURNING id`,
    [askedBy, jsonText(rules), importIds],
  );
  const id = rows[0]?.id;
  if (id === undefined) return undefined;
  // One at a time, and beside the passes: somebody waits for it.
  await addJob(connection, 'backtest_sigma', { backtestId: id }, `sigma_backtest:${id}`, 'sigma_backtests');
  return id;
}

const COLUMNS = `id, asked_by AS "askedBy", asked_at AS "askedAt", import_ids AS "importIds", state, progress, result, error`;

/** One back-test without the texts of its rules; undefined when there is none. */
export async function loadSigmaBacktest(id: number): Promise<Omit<StoredSigmaBacktest, 'rules'> | undefined> {
  const { rows } = await pool().query<StoredSigmaBacktest>(
    `SELECT ${COLUMNS} FROM sigma_backtests WHERE id = $1`,
    [id],
  );
  return rows[0];
}

/** Begins, or begins again after a worker died, with the texts of its rules; undefined when it is over. */
export async function beginSigmaBacktest(id: number): Promise<StoredSigmaBacktest | undefined> {
  const { rows } = await pool().query<StoredSigmaBacktest>(
    `UPDATE sigma_backtests SET state = 'running', progress = NULL WHERE id = $1 AND state IN ('waiting', 'running')
     RETURNING ${COLUMNS}, rules`,
    [id],
  );
  return rows[0];
}

/** Commits how far it has come; false when somebody cancelled it. */
export async function advanceSigmaBacktest(
  id: number,
  progress: NonNullable<StoredSigmaBacktest['progress']>,
): Promise<boolean> {
  const { rowCount } = await pool().query(
    `UPDATE sigma_backtests SET progress = $2 WHERE id = $1 AND state = 'running'`,
    [id, jsonText(progress)],
  );
  return rowCount === 1;
}

/** Ends one that is not over, and forgets the texts of its rules; false when it was over already. */
export async function endSigmaBacktest(
  id: number,
  how:
    | { readonly state: 'done'; readonly result: unknown; readonly remark: string | null }
    | { readonly state: 'failed'; readonly error: string }
    | { readonly state: 'cancelled' },
  writer: Pick<Connection, 'query'> = pool(),
): Promise<boolean> {
  const { rowCount } = await writer.query(
    `UPDATE sigma_backtests SET state = $2, result = $3, error = $4, rules = '[]', finished_at = now()
     WHERE id = $1 AND state IN ('waiting', 'running')`,
    [
      id,
      how.state,
      how.state === 'done' ? jsonText(how.result) : null,
      how.state === 'done' ? how.remark : how.state === 'failed' ? how.error : null,
    ],
  );
  return rowCount === 1;
}

/** Ids of imports to try rules on, oldest first: some, or all that hold records and are over. */
export async function importsToTry(ids: readonly number[]): Promise<readonly number[]> {
  const { rows } = await pool().query<{ id: number }>(
    `SELECT id FROM imports WHERE clearing IS NULL AND (state IN ('done', 'correlating') OR (state = 'failed' AND events > 0)) AND ($1 OR id = ANY($2)) ORDER BY id`,
    [ids.length === 0, ids],
  );
  return rows.map(({ id }) => id);
}

/** Texts of stored rules, each under the place it has in its set; those that are gone are left out. */
export async function ruleTexts(
  ruleIds: readonly number[],
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const { rows } = await pool().query<{ path: string; text: string }>(
    `SELECT coalesce((SELECT m.path FROM sigma_set_rules m WHERE m.rule_id = r.id ORDER BY m.set_id, m.n DESC LIMIT 1), r.title) AS path,
       r.yaml AS text FROM sigma_rules r WHERE r.id = ANY($1) ORDER BY r.id`,
    [ruleIds],
  );
  return rows;
}

/** Texts of the rules of a set's newest version, chosen or not; undefined when there is no such set. */
export async function setTexts(
  setId: number,
): Promise<readonly { readonly path: string; readonly text: string }[] | undefined> {
  const { rows } = await pool().query<{ path: string | null; text: string | null }>(
    `SELECT m.path, r.yaml AS text FROM sigma_sets s
     LEFT JOIN sigma_set_rules m ON m.set_id = s.id AND m.n = s.version LEFT JOIN sigma_rules r ON r.id = m.rule_id
     WHERE s.id = $1 ORDER BY m.path, m.line`,
    [setId],
  );
  if (rows.length === 0) return undefined;
  return rows.flatMap(({ path, text }) => (path === null || text === null ? [] : [{ path, text }]));
}
