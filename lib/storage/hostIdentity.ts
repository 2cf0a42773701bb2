import type { HostDecision, HostDevice } from '../events/hostGroups';
import { type Connection, pool } from './client';

/** Keeps which device ids were seen with which names; facts known already cost one look-up. */
export async function saveHostDevices(devices: readonly HostDevice[]): Promise<void> {
  if (devices.length === 0) return;
  const unique = [...new Map(devices.map((one) => [`${one.device}\n${one.name}`, one])).entries()].sort(
    (a, b) => (a[0] < b[0] ? -1 : 1),
  );
  await pool().query(
    `INSERT INTO host_devices (name, device) SELECT f.name, f.device FROM unnest($1::text[], $2::text[]) AS f(name, device)
     WHERE NOT EXISTS (SELECT 1 FROM host_devices d WHERE d.name = f.name AND d.device = f.device) ON CONFLICT DO NOTHING`,
    [unique.map(([, one]) => one.name), unique.map(([, one]) => one.device)],
  );
}

/** Everything but the names themselves that grouping decides from. */
export async function loadIdentity(
  connection: Connection,
): Promise<readonly [readonly HostDevice[], readonly HostDecision[]]> {
  const devices = await connection.query<HostDevice>('SELECT name, device FROM host_devices');
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
    'SELECT name, device FROM host_devices WHERE name = ANY($1) OR device = ANY($1) ORDER BY device, name',
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
