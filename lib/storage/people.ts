import { type Connection, pool } from './client';
import { LOCK_CLASS, lockTransaction } from './locks';

/** A person as stored. */
export type StoredPerson = {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly deactivatedAt: Date | null;
  readonly deactivatedBy: string | null;
  readonly twoFactor: boolean;
  readonly createdAt: Date;
};

/** A person with what an administrator wants to know of their account. */
export type StoredAccount = StoredPerson & {
  readonly passkeys: number;
  readonly sessions: number;
  /** True while there is neither a password nor an identity of single sign-on. */
  readonly invited: boolean;
  readonly lastSeenAt: Date | null;
};

const COLUMNS = `p.id, p.handle, p.name, p.email, p.role, p.deactivated_at AS "deactivatedAt",
  p.deactivated_by AS "deactivatedBy", p.two_factor_enabled AS "twoFactor", p.created_at AS "createdAt"`;

const ACCOUNTS = `SELECT ${COLUMNS},
    (SELECT count(*)::int FROM passkeys k WHERE k.user_id = p.id) AS passkeys,
    (SELECT count(*)::int FROM sessions s WHERE s.user_id = p.id AND s.expires_at > now()) AS sessions,
    NOT EXISTS (SELECT 1 FROM accounts a WHERE a.user_id = p.id) AS invited,
    (SELECT max(s.updated_at) FROM sessions s WHERE s.user_id = p.id) AS "lastSeenAt"
  FROM people p`;

/** Everybody who is or was here, by name. */
export async function listPeople(): Promise<readonly StoredPerson[]> {
  const { rows } = await pool().query<StoredPerson>(
    `SELECT ${COLUMNS} FROM people p ORDER BY lower(p.name), p.handle`,
  );
  return rows;
}

/** Everybody with the state of their account, by name. */
export async function listAccounts(): Promise<readonly StoredAccount[]> {
  const { rows } = await pool().query<StoredAccount>(`${ACCOUNTS} ORDER BY lower(p.name), p.handle`);
  return rows;
}

/** One account by handle; undefined when nobody is called so. */
export async function findAccount(handle: string): Promise<StoredAccount | undefined> {
  const { rows } = await pool().query<StoredAccount>(`${ACCOUNTS} WHERE p.handle = $1`, [handle]);
  return rows[0];
}

/** One person by a column that tells them apart; undefined when there is none. Addresses in lower case. */
export async function findPerson(
  by: 'id' | 'handle' | 'email',
  value: string,
  connection: Pick<Connection, 'query'> = pool(),
): Promise<StoredPerson | undefined> {
  const { rows } = await connection.query<StoredPerson>(
    `SELECT ${COLUMNS} FROM people p WHERE p.${by} = $1`,
    [value],
  );
  return rows[0];
}

/** Whether nobody is here yet. */
export async function isNobodyHere(connection: Pick<Connection, 'query'> = pool()): Promise<boolean> {
  const { rows } = await connection.query('SELECT 1 FROM people LIMIT 1');
  return rows.length === 0;
}

/** Waits until nobody else changes who is here, until the transaction ends. */
export async function lockPeople(connection: Connection): Promise<void> {
  await lockTransaction(connection, LOCK_CLASS.people, 0);
}

/** Adds a person; their address counts as verified, since an administrator or a link vouches for it. */
export async function insertPerson(
  connection: Connection,
  person: Pick<StoredPerson, 'id' | 'handle' | 'name' | 'email' | 'role'>,
): Promise<void> {
  await connection.query(
    `INSERT INTO people (id, handle, name, email, email_verified, role) VALUES ($1, $2, $3, $4, true, $5)`,
    [person.id, person.handle, person.name, person.email, person.role],
  );
}

/** Writes what may change of a person. `deactivatedBy` null makes them active. */
export async function updatePerson(
  connection: Connection,
  id: string,
  person: Pick<StoredPerson, 'name' | 'email' | 'role' | 'deactivatedBy'>,
): Promise<void> {
  await connection.query(
    `UPDATE people SET name = $2, email = $3, role = $4, deactivated_by = $5, updated_at = now(),
       deactivated_at = CASE WHEN $5::text IS NULL THEN NULL ELSE coalesce(deactivated_at, now()) END
     WHERE id = $1`,
    [id, person.name, person.email, person.role, person.deactivatedBy],
  );
}

/** Changes the name a person is shown by, and nothing else of them. */
export async function renamePerson(connection: Connection, id: string, name: string): Promise<void> {
  await connection.query('UPDATE people SET name = $2, updated_at = now() WHERE id = $1', [id, name]);
}

/** How many active administrators there are besides this person. Right only under `lockPeople`. */
export async function otherAdministrators(connection: Connection, id: string): Promise<number> {
  const { rows } = await connection.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM people WHERE role = 'administrator' AND deactivated_at IS NULL AND id <> $1`,
    [id],
  );
  return rows[0]?.n ?? 0;
}

/** Sets a person's password by its hash, in place of an earlier one. */
export async function setPasswordHash(connection: Connection, personId: string, hash: string): Promise<void> {
  const { rowCount } = await connection.query(
    `UPDATE accounts SET password = $2, updated_at = now() WHERE user_id = $1 AND provider_id = 'credential'`,
    [personId, hash],
  );
  if (rowCount === 0)
    await connection.query(
      `INSERT INTO accounts (id, account_id, provider_id, user_id, password)
       VALUES (gen_random_uuid()::text, $1, 'credential', $1, $2)`,
      [personId, hash],
    );
}

/** Takes away a person's authenticator app and passkeys, as when they are lost. Answers how many of each. */
export async function dropFactors(
  connection: Connection,
  personId: string,
): Promise<{ readonly apps: number; readonly passkeys: number }> {
  const apps = await connection.query('DELETE FROM two_factors WHERE user_id = $1', [personId]);
  const passkeys = await connection.query('DELETE FROM passkeys WHERE user_id = $1', [personId]);
  await connection.query('UPDATE people SET two_factor_enabled = false WHERE id = $1', [personId]);
  return { apps: apps.rowCount ?? 0, passkeys: passkeys.rowCount ?? 0 };
}

/** The person whose second factor is asked for, by the challenge in their cookie; undefined when it is over. */
export async function personOfChallenge(challenge: string): Promise<StoredPerson | undefined> {
  const { rows } = await pool().query<StoredPerson>(
    `SELECT ${COLUMNS} FROM people p JOIN verifications v ON v.value = p.id WHERE v.identifier = $1`,
    [challenge],
  );
  return rows[0];
}

/** The handle, or with the first number after it that nobody has. */
export async function freeHandle(wanted: string): Promise<string> {
  const { rows } = await pool().query<{ handle: string }>(
    'SELECT handle FROM people WHERE handle = $1 OR starts_with(handle, $2)',
    [wanted, `${wanted}-`],
  );
  const taken = new Set(rows.map((row) => row.handle));
  if (!taken.has(wanted)) return wanted;
  for (let n = 2; ; n++) if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
}
