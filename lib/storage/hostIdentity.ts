import type { HostDecision, HostDevice } from '../events/hostGroups';
import { type Connection, pool } from './client';

/**
 * Keeps which device ids an import's records give with which names, within the batch's transaction: the facts
 * leave with the import.
 */
export async function saveHostDevices(
  connection: Connection,
  importId: number,
  devices: readonly HostDevice[],
): Promise<void> {
  if (devices.length === 0) return;
  await connection.query(
    `INSERT INTO host_devices (import_id, name, device)
     SELECT $1, f.name, f.device FROM unnest($2::text[], $3::text[]) AS f(name, device) ON CONFLICT DO NOTHING`,
    [importId, devices.map((one) => one.name), devices.map((one) => one.device)],
  );
}

/** Everything but the names themselves that grouping decides from. */
export async function loadIdentity(
  connection: Connection,
): Promise<readonly [readonly HostDevice[], readonly HostDecision[]]> {
  const devices = await connection.query<HostDevice>('SELECT DISTINCT name, device FROM host_devices');
  const decisions = await connection.query<HostDecision>('SELECT name, "with", decision FROM host_decisions');
  return [devices.rows, decisions.rows];
}

/** Writes down a person's word on two names, or takes it back (`automatic`). */
export async function saveHostDecision(
  connection: Connection,
  pair: { readonly name: string; readonly with: string },
  decision: HostDecision['decision'] | 'automatic',
  by: string,
): Promise<void> {
  await connection.query(
    'DELETE FROM host_decisions WHERE (name = $1 AND "with" = $2) OR (name = $2 AND "with" = $1)',
    [pair.name, pair.with],
  );
  if (decision === 'automatic') return;
  await connection.query('INSERT INTO host_decisions (name, "with", decision, by) VALUES ($1, $2, $3, $4)', [
    pair.name,
    pair.with,
    decision,
    by,
  ]);
}

export type KeptDecision = HostDecision & { readonly by: string; readonly at: Date };

/** The decisions about any of these names, oldest first. */
export async function loadHostDecisions(names: readonly string[]): Promise<readonly KeptDecision[]> {
  const { rows } = await pool().query<KeptDecision>(
    'SELECT name, "with", decision, by, at FROM host_decisions WHERE name = ANY($1) OR "with" = ANY($1) ORDER BY at',
    [names],
  );
  return rows;
}

/** Device ids seen with any of these names. */
export async function loadHostDevices(names: readonly string[]): Promise<readonly HostDevice[]> {
  const { rows } = await pool().query<HostDevice>(
    'SELECT DISTINCT name, device FROM host_devices WHERE name = ANY($1) OR device = ANY($1) ORDER BY device, name',
    [names],
  );
  return rows;
}

/** Sets whether a product's clock on a host is moved or left as reported; the host counts as changed. */
export async function saveClockChoice(
  connection: Connection,
  canonicalId: number,
  product: string,
  choice: 'estimated' | 'as_reported',
): Promise<void> {
  await connection.query(
    `UPDATE hosts SET changes = changes + 1,
       as_reported = CASE WHEN $3 = 'estimated' THEN array_remove(as_reported, $2)
         ELSE array_append(array_remove(as_reported, $2), $2) END
     WHERE id = $1`,
    [canonicalId, product, choice],
  );
}
