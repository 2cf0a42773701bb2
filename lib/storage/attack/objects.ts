import type { AttackObject, AttackType } from '../../attack/attackObject';
import { type Connection, pool } from '../client';
import { containing } from '../conditions';
import { jsonText } from '../jsonText';

/** An object of a release as it is kept. */
export type StoredObject = Omit<AttackObject, 'domains'>;

const COLUMNS =
  'stix_id AS "stixId", type, attack_id AS "attackId", name, version, modified, sha256, url, revoked, deprecated, platforms, refs';
/** Rows per statement: some 300 kB of text. */
const AT_ONCE = 500;

/** Writes the objects of a release. */
export async function insertObjects(
  connection: Connection,
  bundleId: number,
  objects: readonly AttackObject[],
): Promise<void> {
  for (let at = 0; at < objects.length; at += AT_ONCE) {
    await connection.query(
      `INSERT INTO attack_objects (bundle_id, stix_id, type, attack_id, name, version, modified, sha256, url, revoked,
         deprecated, platforms, refs)
       SELECT $1, o."stixId", o.type, o."attackId", o.name, o.version, o.modified, o.sha256, o.url, o.revoked,
         o.deprecated, o.platforms, o.refs
       FROM jsonb_to_recordset($2::jsonb) AS o("stixId" text, type text, "attackId" text, name text, version text,
         modified text, sha256 text, url text, revoked boolean, deprecated boolean, platforms text[], refs jsonb)`,
      [bundleId, jsonText(objects.slice(at, at + AT_ONCE))],
    );
  }
}

/** Objects of a release by part of their id or name, the nearest first; `type` narrows. With how many there are. */
export async function searchObjects(
  bundleId: number,
  { q, type, limit }: { readonly q: string; readonly type?: AttackType | undefined; readonly limit: number },
): Promise<{ readonly items: readonly StoredObject[]; readonly total: number }> {
  const { rows } = await pool().query<StoredObject & { total: number }>(
    `SELECT ${COLUMNS}, count(*) OVER ()::int AS total FROM attack_objects
     WHERE bundle_id = $1 AND ($2::text IS NULL OR type = $2) AND (attack_id ILIKE $3 OR name ILIKE $3)
     ORDER BY revoked OR deprecated, lower(coalesce(attack_id, '')) = lower($4) DESC,
       starts_with(lower(coalesce(attack_id, '')), lower($4)) DESC, starts_with(lower(name), lower($4)) DESC,
       attack_id NULLS LAST, stix_id
     LIMIT $5`,
    [bundleId, type ?? null, containing(q), q, limit],
  );
  return { items: rows.map(({ total, ...object }) => object), total: rows[0]?.total ?? 0 };
}

/** Objects of a release by the ids ATT&CK publishes them under; of two of one id the one in force first. */
export async function objectsOfIds(
  bundleId: number,
  attackIds: readonly string[],
  connection?: Connection,
): Promise<readonly StoredObject[]> {
  const { rows } = await (connection ?? pool()).query<StoredObject>(
    `SELECT ${COLUMNS} FROM attack_objects WHERE bundle_id = $1 AND attack_id = ANY($2)
     ORDER BY attack_id, revoked OR deprecated, stix_id`,
    [bundleId, attackIds],
  );
  return rows;
}

/** The analytics of a release with these ids, the strategies that name them, and the techniques those detect. */
export async function objectsAbout(
  bundleId: number,
  analytics: readonly string[],
  connection?: Connection,
): Promise<readonly StoredObject[]> {
  const { rows } = await (connection ?? pool()).query<StoredObject>(
    `WITH own AS MATERIALIZED (
       SELECT stix_id FROM attack_objects WHERE bundle_id = $1 AND type = 'analytic' AND attack_id = ANY($2)
     ), strategies AS MATERIALIZED (
       SELECT stix_id, refs FROM attack_objects
       WHERE bundle_id = $1 AND type = 'strategy' AND refs->'analytics' ?| ARRAY(SELECT stix_id FROM own)
     )
     SELECT ${COLUMNS} FROM attack_objects WHERE bundle_id = $1 AND stix_id IN (
       SELECT stix_id FROM own UNION SELECT stix_id FROM strategies
       UNION SELECT t.id FROM strategies s, jsonb_array_elements_text(s.refs->'techniques') AS t(id))
     ORDER BY type, attack_id, stix_id`,
    [bundleId, analytics],
  );
  return rows;
}
