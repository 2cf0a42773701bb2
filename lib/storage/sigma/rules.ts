import { AppError } from '../../base/appError';
import type { Logsource, SigmaDocument } from '../../sigma/rule';
import { SIGMA_LEVELS } from '../../sigma/rule';
import { type Connection, pool, transaction } from '../client';
import { jsonText } from '../jsonText';
import { lockSets } from './sets';

/** A document as it is written: what it says of itself, by the hash of its own text. */
export type RuleToKeep = {
  readonly sha256: string;
  readonly document: SigmaDocument;
};

/** Rows per statement: some 2 MB of text. */
const AT_ONCE = 500;

/** Writes documents, each text once; the row of each by its hash. */
export async function insertRules(
  connection: Connection,
  rules: readonly RuleToKeep[],
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  for (let at = 0; at < rules.length; at += AT_ONCE) {
    const part = rules.slice(at, at + AT_ONCE);
    await connection.query(
      `INSERT INTO sigma_rules (sha256, yaml, rule_id, name, kind, title, level, status, description, author, license, date,
         modified, tags, "references", false_positives, product, category, service, fields, names)
       SELECT r.sha256, r.yaml, r."ruleId", r.name, r.kind, r.title, r.level, r.status, r.description, r.author, r.license,
         r.date, r.modified, r.tags, r."references", r."falsePositives", r.product, r.category, r.service, r.fields, r.names
       FROM jsonb_to_recordset($1::jsonb) AS r(sha256 text, yaml text, "ruleId" text, name text, kind text, title text,
         level smallint, status text, description text, author text, license text, date text, modified text, tags text[],
         "references" text[], "falsePositives" text[], product text, category text, service text, fields text[],
         names text[])
       ON CONFLICT (sha256) DO NOTHING`,
      [jsonText(part.map(toRow))],
    );
    const { rows } = await connection.query<{ id: number; sha256: string }>(
      'SELECT id, sha256 FROM sigma_rules WHERE sha256 = ANY($1)',
      [part.map(({ sha256 }) => sha256)],
    );
    for (const { id, sha256 } of rows) ids.set(sha256, id);
  }
  return ids;
}

function toRow({ sha256, document }: RuleToKeep): Record<string, unknown> {
  const { id, yaml, name, kind, title, level, status, description, author, license, date, modified } =
    document;
  const logsource: Logsource = document.kind === 'correlation' ? {} : document.logsource;
  return {
    ...{ sha256, yaml, ruleId: id, name, kind, title, status, description, author, license, date, modified },
    level: SIGMA_LEVELS.indexOf(level),
    tags: document.tags,
    references: document.references,
    falsePositives: document.falsePositives,
    ...logsource,
    fields: document.fields,
    names: document.kind === 'detection' ? [] : document.rules,
  };
}

/** A member of a set's newest version, with what choosing and linking rules looks at. */
export type MemberRow = {
  readonly setId: number;
  /** Of its text. */
  readonly id: number;
  readonly ruleId: string;
  readonly name: string | null;
  readonly kind: SigmaDocument['kind'];
  /** Index into SIGMA_LEVELS. */
  readonly level: number;
  readonly status: string;
  readonly tags: readonly string[];
  readonly product: string | null;
  readonly category: string | null;
  readonly service: string | null;
  /** Ids or names of rules it correlates or filters. */
  readonly names: readonly string[];
  readonly path: string;
  readonly line: number;
  readonly chosen: boolean;
};

const MEMBER = `m.set_id AS "setId", r.id, r.rule_id AS "ruleId", r.name, r.kind, r.level, r.status, r.tags, r.product, r.category,
  r.service, r.names, m.path, m.line, m.chosen`;
const MEMBERS = `sigma_sets s JOIN sigma_set_rules m ON m.set_id = s.id AND m.n = s.version JOIN sigma_rules r ON r.id = m.rule_id`;

/** Members of the newest version of one set, in the order of their files. */
export async function loadMembers(
  setId: number,
  reader: Pick<Connection, 'query'> = pool(),
): Promise<readonly MemberRow[]> {
  const { rows } = await reader.query<MemberRow>(
    `SELECT ${MEMBER} FROM ${MEMBERS} WHERE s.id = $1 ORDER BY m.path, m.line, r.id`,
    [setId],
  );
  return rows;
}

/** Members of the newest versions of all sets that are switched on: sets made last first, in the order of their files. */
export async function loadEnabledMembers(
  reader: Pick<Connection, 'query'> = pool(),
): Promise<readonly MemberRow[]> {
  const { rows } = await reader.query<MemberRow>(
    `SELECT ${MEMBER} FROM ${MEMBERS} WHERE s.enabled ORDER BY s.id DESC, m.path, m.line, r.id`,
  );
  return rows;
}

/** Texts of rules by the ids of their rows. */
export async function loadRuleTexts(
  ids: readonly number[],
  reader: Pick<Connection, 'query'> = pool(),
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await reader.query<{ id: number; yaml: string }>(
    'SELECT id, yaml FROM sigma_rules WHERE id = ANY($1::int[])',
    [ids],
  );
  return new Map(rows.map(({ id, yaml }) => [id, yaml]));
}

/** A rule that is called by a name from another set, with its text. */
export type NamedRule = {
  readonly id: number;
  readonly ruleId: string;
  readonly name: string | null;
  readonly names: readonly string[];
  readonly yaml: string;
};

/** Rules of the newest versions of all sets but one whose id or name, in lower case, is among these. Of two of one id both. */
export async function loadNamedRules(
  names: readonly string[],
  exceptSet: number | undefined,
): Promise<readonly NamedRule[]> {
  if (names.length === 0) return [];
  const { rows } = await pool().query<NamedRule>(
    `SELECT DISTINCT r.id, r.rule_id AS "ruleId", r.name, r.names, r.yaml FROM ${MEMBERS}
     WHERE s.id IS DISTINCT FROM $2::int AND r.kind <> 'filter' AND (lower(r.rule_id) = ANY($1) OR lower(r.name) = ANY($1))
     ORDER BY r.id`,
    [names, exceptSet ?? null],
  );
  return rows;
}

/** Whether any of these rules may hold placeholders, whose values are given here. */
export async function anyExpands(
  ids: readonly number[],
  reader: Pick<Connection, 'query'> = pool(),
): Promise<boolean> {
  const { rows } = await reader.query<{ any: boolean }>(
    "SELECT EXISTS (SELECT 1 FROM sigma_rules WHERE id = ANY($1::int[]) AND strpos(yaml, 'expand') > 0) AS any",
    [ids],
  );
  return rows[0]?.any === true;
}

/** Forgets the texts that no version of a set holds any more and that no hit names, stored or in a case; how many. */
export async function deleteUnheldRules(connection: Connection): Promise<number> {
  const { rowCount } = await connection.query(
    `DELETE FROM sigma_rules r WHERE NOT EXISTS (SELECT 1 FROM sigma_set_rules m WHERE m.rule_id = r.id)
       AND NOT EXISTS (SELECT 1 FROM sigma_hits x WHERE x.rule_id = r.id)
       AND NOT EXISTS (SELECT 1 FROM sigma_runs u WHERE u.state IN ('waiting', 'running'))
       AND r.id::text NOT IN (SELECT substring(i.ref FROM '[0-9]+$') FROM case_items i WHERE i.kind = 'hit' AND i.ref ~ '[0-9]$')`,
  );
  return rowCount ?? 0;
}

/** Forgets such texts now, beside all changes of sets; how many. */
export async function sweepRules(): Promise<number> {
  return transaction(async (connection) => {
    await lockSets(connection);
    return deleteUnheldRules(connection);
  });
}

/** A rule whole, in the set that holds it. */
export type WholeRule = {
  readonly description: string;
  readonly license: string | null;
  readonly date: string | null;
  readonly modified: string | null;
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly fields: readonly string[];
  readonly yaml: string;
};

/** What a rule says of itself beyond its line in a list. Throws `not_found`. */
export async function loadWholeRule(id: number): Promise<WholeRule> {
  const { rows } = await pool().query<WholeRule>(
    `SELECT description, license, date, modified, "references", false_positives AS "falsePositives", fields, yaml
     FROM sigma_rules WHERE id = $1`,
    [id],
  );
  const [found] = rows;
  if (found === undefined) throw noRule(id);
  return found;
}

/** The refusal for a rule that is not there. */
export function noRule(id: number): AppError {
  return new AppError('not_found', `There is no rule ${id}.`);
}
