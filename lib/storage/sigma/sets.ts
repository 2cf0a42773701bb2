import { AppError } from '../../base/appError';
import type { SigmaDocument } from '../../sigma/rule';
import { type Connection, pool } from '../client';
import { jsonText } from '../jsonText';

/** A set of rules that somebody brought under one name. */
export type StoredSet = {
  readonly id: number;
  readonly name: string;
  readonly enabled: boolean;
  /** lib/contracts/sigma.ts sigmaChoice, as it was saved. */
  readonly chosen: unknown;
  /** Its newest version. */
  readonly version: number;
  readonly revision: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedBy: string;
  readonly updatedAt: Date;
};

const COLUMNS = `s.id, s.name, s.enabled, s.chosen, s.version, s.revision, s.created_by AS "createdBy", s.created_at AS "createdAt",
  s.updated_by AS "updatedBy", s.updated_at AS "updatedAt"`;

/** Lets one change of sets at a time look at what there is and decide; reading goes on. Until the transaction ends. */
export async function lockSets(connection: Connection): Promise<void> {
  await connection.query('LOCK TABLE sigma_sets IN SHARE ROW EXCLUSIVE MODE');
}

/** All sets, by name. */
export async function listSets(reader: Pick<Connection, 'query'> = pool()): Promise<readonly StoredSet[]> {
  const { rows } = await reader.query<StoredSet>(
    `SELECT ${COLUMNS} FROM sigma_sets s ORDER BY lower(s.name), s.id`,
  );
  return rows;
}

/** One set. Throws `not_found`. */
export async function loadSet(id: number, reader: Pick<Connection, 'query'> = pool()): Promise<StoredSet> {
  const { rows } = await reader.query<StoredSet>(`SELECT ${COLUMNS} FROM sigma_sets s WHERE s.id = $1`, [id]);
  const [found] = rows;
  if (found === undefined) throw new AppError('not_found', `There is no set of rules ${id}.`);
  return found;
}

/** The set of a name; undefined when there is none. */
export async function setOfName(connection: Connection, name: string): Promise<StoredSet | undefined> {
  const { rows } = await connection.query<StoredSet>(
    `SELECT ${COLUMNS} FROM sigma_sets s WHERE s.name = $1`,
    [name],
  );
  return rows[0];
}

/** Writes the row of a new set, switched off; its first version follows in the same transaction. Its id. */
export async function insertSet(
  connection: Connection,
  { name, chosen, by }: { readonly name: string; readonly chosen: unknown; readonly by: string },
): Promise<number> {
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO sigma_sets (name, chosen, created_by, updated_by) VALUES ($1, $2::jsonb, $3, $3) RETURNING id`,
    [name, jsonText(chosen), by],
  );
  const [saved] = rows;
  if (saved === undefined) throw new Error('a set of rules was not returned');
  return saved.id;
}

/** Saves a set's name, whether it runs, its choice and its newest version; counts the change. */
export async function updateSet(
  connection: Connection,
  { id, name, enabled, chosen, version }: Pick<StoredSet, 'id' | 'name' | 'enabled' | 'chosen' | 'version'>,
  by: string,
): Promise<void> {
  await connection.query(
    `UPDATE sigma_sets SET name = $2, enabled = $3, chosen = $4::jsonb, version = $5, revision = revision + 1,
       updated_by = $6, updated_at = now() WHERE id = $1`,
    [id, name, enabled, jsonText(chosen), version, by],
  );
}

/** Forgets a set with its versions. What its rules found stays until their run is made anew. */
export async function deleteSet(connection: Connection, id: number): Promise<void> {
  await connection.query('DELETE FROM sigma_sets WHERE id = $1', [id]);
}

/** A short text that differs whenever the sets that are switched on differ; empty while none is. */
export async function enabledSetsStamp(reader: Pick<Connection, 'query'> = pool()): Promise<string> {
  const { rows } = await reader.query<{ stamp: string }>({
    name: 'sigma_enabled_sets',
    text: `SELECT coalesce(string_agg(concat_ws('.', id, version, revision), ' ' ORDER BY id), '') AS stamp
      FROM sigma_sets WHERE enabled`,
  });
  return rows[0]?.stamp ?? '';
}

/** How many rules of one log source the newest version of a set holds. */
export type MemberCount = {
  readonly setId: number;
  readonly kind: SigmaDocument['kind'];
  readonly product: string | null;
  readonly category: string | null;
  readonly service: string | null;
  readonly loaded: number;
  readonly chosen: number;
};

/** Rules of the newest versions by kind and log source, of one set or of all. */
export async function countMembers(setId?: number): Promise<readonly MemberCount[]> {
  const { rows } = await pool().query<MemberCount>(
    `SELECT s.id AS "setId", r.kind, r.product, r.category, r.service, count(*)::int AS loaded,
       (count(*) FILTER (WHERE m.chosen))::int AS chosen
     FROM sigma_sets s JOIN sigma_set_rules m ON m.set_id = s.id AND m.n = s.version JOIN sigma_rules r ON r.id = m.rule_id
     WHERE $1::int IS NULL OR s.id = $1 GROUP BY 1, 2, 3, 4, 5`,
    [setId ?? null],
  );
  return rows;
}

/** How many documents the newest version of each set refused, by set; of one set or of all. */
export async function countRefused(setId?: number): Promise<ReadonlyMap<number, number>> {
  const { rows } = await pool().query<{ id: number; refused: number }>(
    `SELECT s.id, jsonb_array_length(v.refused) AS refused
     FROM sigma_sets s JOIN sigma_set_versions v ON v.set_id = s.id AND v.n = s.version WHERE $1::int IS NULL OR s.id = $1`,
    [setId ?? null],
  );
  return new Map(rows.map(({ id, refused }) => [id, refused]));
}
