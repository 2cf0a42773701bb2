import type { SigmaRefusal } from '../../sigma/rule';
import { type Connection, pool } from '../client';
import { jsonText } from '../jsonText';

/** What a set held at one time. */
export type StoredVersion = {
  readonly n: number;
  readonly by: string;
  readonly at: Date;
  readonly note: string;
  readonly files: number;
  readonly rules: number;
  readonly refused: number;
  /** Over its rules' hashes, in order. */
  readonly sha256: string;
};

/** A rule in a version: the row of its text, and where it stands. */
export type VersionRule = {
  readonly rule: number;
  readonly path: string;
  readonly line: number;
  readonly chosen: boolean;
};

/** Writes the next version of a set with its members. */
export async function insertVersion(
  connection: Connection,
  setId: number,
  version: Pick<StoredVersion, 'n' | 'by' | 'note' | 'files' | 'sha256'> & {
    readonly rules: readonly VersionRule[];
    readonly refused: readonly SigmaRefusal[];
  },
): Promise<void> {
  const { n, by, note, files, sha256, rules, refused } = version;
  await connection.query(
    `INSERT INTO sigma_set_versions (set_id, n, by, note, files, rules, sha256, refused)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)`,
    [setId, n, by, note, files, rules.length, sha256, jsonText(refused)],
  );
  await connection.query(
    `INSERT INTO sigma_set_rules (set_id, n, rule_id, path, line, chosen)
     SELECT $1, $2, m.rule, m.path, m.line, m.chosen
     FROM unnest($3::int[], $4::text[], $5::int[], $6::boolean[]) AS m(rule, path, line, chosen)`,
    [
      setId,
      n,
      rules.map(({ rule }) => rule),
      rules.map(({ path }) => path),
      rules.map(({ line }) => line),
      rules.map(({ chosen }) => chosen),
    ],
  );
}

/** Versions of a set, newest first. */
export async function listVersions(setId: number): Promise<readonly StoredVersion[]> {
  const { rows } = await pool().query<StoredVersion>(
    `SELECT n, by, at, note, files, rules, jsonb_array_length(refused) AS refused, sha256
     FROM sigma_set_versions WHERE set_id = $1 ORDER BY n DESC`,
    [setId],
  );
  return rows;
}

/** What one version is made of: the hash of its rules and what was refused. Undefined when it is not there. */
export async function loadVersion(
  setId: number,
  n: number,
  reader: Pick<Connection, 'query'> = pool(),
): Promise<{ readonly sha256: string; readonly refused: readonly SigmaRefusal[] } | undefined> {
  const { rows } = await reader.query<{ sha256: string; refused: readonly SigmaRefusal[] }>(
    'SELECT sha256, refused FROM sigma_set_versions WHERE set_id = $1 AND n = $2',
    [setId, n],
  );
  return rows[0];
}

/** How the rules of a version differ, by their own ids, from those of the version before. */
export type VersionChanges = {
  readonly n: number;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
};

/** What came, went and changed with each version of a set but the first. */
export async function countVersionChanges(setId: number): Promise<readonly VersionChanges[]> {
  const { rows } = await pool().query<VersionChanges>(
    `WITH held AS MATERIALIZED (
       SELECT m.n, m.rule_id AS text, r.rule_id AS id FROM sigma_set_rules m JOIN sigma_rules r ON r.id = m.rule_id
       WHERE m.set_id = $1)
     SELECT v.n, (count(*) FILTER (WHERE c.before IS NULL))::int AS added,
       (count(*) FILTER (WHERE c.after IS NULL))::int AS removed,
       (count(*) FILTER (WHERE c.after <> c.before))::int AS changed
     FROM sigma_set_versions v CROSS JOIN LATERAL (
       SELECT a.text AS after, b.text AS before FROM (SELECT * FROM held WHERE held.n = v.n) a
       FULL JOIN (SELECT * FROM held WHERE held.n = v.n - 1) b ON b.id = a.id) c
     WHERE v.set_id = $1 AND v.n > 1 GROUP BY v.n ORDER BY v.n`,
    [setId],
  );
  return rows;
}

/** Says which members of a version the set's choice takes in, by the rows of their texts. */
export async function chooseMembers(
  connection: Connection,
  setId: number,
  n: number,
  chosen: ReadonlySet<number>,
): Promise<void> {
  await connection.query(
    `UPDATE sigma_set_rules SET chosen = rule_id = ANY($3::int[])
     WHERE set_id = $1 AND n = $2 AND chosen <> (rule_id = ANY($3::int[]))`,
    [setId, n, [...chosen]],
  );
}
