import { type Connection, pool } from '../client';

/** A technique that an analytic is about, in force. */
export type StoredTechniqueMapping = {
  readonly id: number;
  readonly analytic: string;
  readonly technique: string;
  readonly origin: 'bundle' | 'person';
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
};

const COLUMNS = 'id, analytic, technique, origin, reason, by, at';

/** Lets one change at a time look at what is mapped and decide; reading goes on. Until the transaction ends. */
export async function lockTechniqueMappings(connection: Connection): Promise<void> {
  await connection.query('LOCK TABLE technique_mappings IN SHARE ROW EXCLUSIVE MODE');
}

/** Mappings in force, by analytic and technique; what a release says before what people say. */
export async function listTechniqueMappings(
  connection?: Connection,
): Promise<readonly StoredTechniqueMapping[]> {
  const { rows } = await (connection ?? pool()).query<StoredTechniqueMapping>(
    `SELECT ${COLUMNS} FROM technique_mappings WHERE removed_at IS NULL ORDER BY analytic, technique, origin, id`,
  );
  return rows;
}

/** Writes a mapping; its id. */
export async function insertTechniqueMapping(
  connection: Connection,
  mapping: Omit<StoredTechniqueMapping, 'id' | 'at'>,
): Promise<number> {
  const { analytic, technique, origin, reason, by } = mapping;
  const { rows } = await connection.query<{ id: number }>(
    'INSERT INTO technique_mappings (analytic, technique, origin, reason, by) VALUES ($1, $2, $3, $4, $5) RETURNING id',
    [analytic, technique, origin, reason, by],
  );
  const [saved] = rows;
  if (saved === undefined) throw new Error('a mapping was not returned');
  return saved.id;
}

/** Takes mappings out of force; their rows stay. */
export async function removeTechniqueMappings(
  connection: Connection,
  ids: readonly number[],
  by: string,
): Promise<void> {
  await connection.query(
    'UPDATE technique_mappings SET removed_by = $2, removed_at = now() WHERE id = ANY($1) AND removed_at IS NULL',
    [ids, by],
  );
}
