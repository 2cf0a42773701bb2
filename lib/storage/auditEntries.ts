import type { AuditNote } from './audit';
import { pool } from './client';
import { type Conditions, containing, createConditions } from './conditions';
import { isStorable } from './storableText';

/** An entry as it stands in the chain. */
export type AuditEntry = Omit<AuditNote, 'action'> & {
  readonly id: number;
  /** ISO 8601 UTC with microseconds, as it is hashed. */
  readonly at: string;
  readonly action: string;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly previous: string;
  readonly hash: string;
};

/** An entry with the very text its hash was made of. */
export type HashedEntry = AuditEntry & { readonly text: string };

/** Which entries: all that is given must hold. */
export type AuditFilter = {
  readonly subject?: string;
  /** Any of these, besides `subject`. */
  readonly subjects?: readonly string[];
  readonly by?: string;
  /** Any of these actions, or of the beginnings of actions up to a dot: `import`, `import.deleted`. */
  readonly actions?: readonly string[];
  /** Looked for in person, action, subject and details, whatever its case. */
  readonly text?: string;
  /** ISO 8601; from is included, to is not. */
  readonly from?: string;
  readonly to?: string;
};

/**
 * What is hashed, written out here and not by the function that the trigger calls: whoever could change that function
 * could make a changed entry look right.
 */
export const ENTRY_TEXT = `jsonb_build_array(a.id, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), a.by,
  a.action, a.subject, a.details)::text`;

const COLUMNS = `a.id, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, a.by, a.action, a.subject,
  a.details, a.previous, a.hash`;

/** Entries newest first, with an id below `before` if given. */
export async function listAudit(
  filter: AuditFilter,
  page: { readonly limit: number; readonly before?: number },
): Promise<readonly AuditEntry[]> {
  const conditions = conditionsOf(filter);
  if (page.before !== undefined) conditions.add(`a.id < ${conditions.value(page.before)}::bigint`);
  const { rows } = await pool().query<AuditEntry>(
    `SELECT ${COLUMNS} FROM audit a WHERE ${conditions.where()} ORDER BY a.id DESC LIMIT ${conditions.value(page.limit)}`,
    conditions.values(),
  );
  return rows;
}

/** Entries read in one go: bounds memory. */
const PAGE = 1000;

/** All entries that match, oldest first, page by page, each with the text it was hashed from. */
export async function* auditPages(
  filter: AuditFilter,
): AsyncGenerator<readonly HashedEntry[], void, undefined> {
  for (let after = 0; ; ) {
    const conditions = conditionsOf(filter);
    conditions.add(`a.id > ${conditions.value(after)}::bigint`);
    const { rows } = await pool().query<HashedEntry>(
      `SELECT ${COLUMNS}, ${ENTRY_TEXT} AS text FROM audit a WHERE ${conditions.where()}
       ORDER BY a.id LIMIT ${PAGE}`,
      conditions.values(),
    );
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.id;
  }
}

/** Everybody who ever acted, in order of name. */
export async function auditActors(): Promise<readonly string[]> {
  // A loose scan of the index over `by`: as many look-ups as there are people, however long the trail.
  const { rows } = await pool().query<{ by: string }>(
    `WITH RECURSIVE people(by) AS (
       (SELECT by FROM audit ORDER BY by LIMIT 1) UNION ALL
       SELECT (SELECT a.by FROM audit a WHERE a.by > p.by ORDER BY a.by LIMIT 1) FROM people p WHERE p.by IS NOT NULL)
     SELECT by FROM people WHERE by IS NOT NULL LIMIT 500`,
  );
  return rows.map((row) => row.by);
}

function conditionsOf(filter: AuditFilter): Conditions {
  const conditions = createConditions();
  const { value, add } = conditions;
  const { subject, subjects, by, actions, text, from, to } = filter;
  if (![subject, by, text, ...(actions ?? []), ...(subjects ?? [])].every((one) => isStorable(one ?? '')))
    add('FALSE');
  else {
    if (subject !== undefined) add(`a.subject = ${value(subject)}`);
    if (subjects !== undefined) add(`a.subject = ANY(${value(subjects)}::text[])`);
    if (by !== undefined) add(`a.by = ${value(by)}`);
    if (actions !== undefined)
      add(
        `EXISTS (SELECT 1 FROM unnest(${value(actions)}::text[]) AS g(given) WHERE starts_with(a.action || '.', g.given || '.'))`,
      );
    if (from !== undefined) add(`a.at >= ${value(from)}::timestamptz`);
    if (to !== undefined) add(`a.at < ${value(to)}::timestamptz`);
    if (text !== undefined && text.trim() !== '') {
      const pattern = value(containing(text.trim()));
      add(`concat_ws(' ', a.by, a.action, a.subject, a.details::text) ILIKE ${pattern}`);
    }
  }
  return conditions;
}
