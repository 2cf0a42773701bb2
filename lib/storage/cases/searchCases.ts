import { pool } from '../client';

/** Where words of a search were found, with a piece of the text, « » around each word. */
export type FoundPiece = {
  readonly where: 'title' | 'note' | 'comment' | 'task' | 'indicator';
  readonly text: string;
};

type Place = {
  readonly where: FoundPiece['where'];
  /** SQL of its rows, and of the case, the text as it is indexed, and the text as it is shown. */
  readonly from: string;
  readonly caseId: string;
  readonly indexed: string;
};

/** Everything of a case that is searched; the indexed texts are those of the GIN indexes, word for word. */
const PLACES: readonly Place[] = [
  { where: 'title', from: 'cases s', caseId: 's.id', indexed: `s."title" || ' ' || s."summary"` },
  {
    where: 'note',
    from: `case_note_versions s JOIN case_notes n ON n.id = s.note_id AND n.version = s.version AND n.withdrawn_at IS NULL`,
    caseId: 'n.case_id',
    indexed: `s."title" || ' ' || s."body"`,
  },
  {
    where: 'comment',
    from: '(SELECT * FROM case_comments WHERE withdrawn_at IS NULL) s',
    caseId: 's.case_id',
    indexed: `s."text"`,
  },
  { where: 'task', from: 'case_tasks s', caseId: 's.case_id', indexed: `s."text" || ' ' || s."outcome"` },
  {
    where: 'indicator',
    from: '(SELECT * FROM case_indicators WHERE withdrawn_at IS NULL) s',
    caseId: 's.case_id',
    indexed: `s."value" || ' ' || s."note"`,
  },
];

/** The last word, where it may be a beginning: not in quotes, not what must not be there. */
const LAST_WORD = /(?:^|\s)([^\s"-][^\s"]*)$/;

/**
 * SQL of the question: words as in a web search ("…", or, -), in which the last one may also be the beginning of a word.
 * What a person typed only ever is a parameter, and never read as the language of tsquery.
 */
function question(q: string, value: (given: unknown) => string): string {
  const whole = `websearch_to_tsquery('simple', ${value(q)})`;
  const last = (q.match(/"/g)?.length ?? 0) % 2 === 0 ? LAST_WORD.exec(q)?.[1] : undefined;
  if (last === undefined) return whole;
  const rest = value(q.slice(0, q.length - last.length));
  const word = `websearch_to_tsquery('simple', ${value(last)})`;
  // The text of a tsquery is one, with its words in quotes; `:*` after the last of them makes it a beginning.
  return `(${whole} || CASE WHEN numnode(${word}) = 0 THEN ''::tsquery
    ELSE websearch_to_tsquery('simple', ${rest}) && (${word}::text || ':*')::tsquery END)`;
}

/** SQL of the numbers of all cases whose text matches, merged ones under the case they are read in. */
export function hitsOf(q: string, value: (given: unknown) => string): string {
  const asked = question(q, value);
  const hits = PLACES.map(
    ({ from, caseId, indexed }) =>
      `SELECT ${caseId} AS id FROM ${from}, asked WHERE to_tsvector('simple', ${indexed}) @@ asked.words`,
  ).join(' UNION ');
  return `WITH RECURSIVE asked(words) AS MATERIALIZED (SELECT ${asked}), hits(id) AS (${hits}),
    up(id, next) AS (SELECT c.id, c.merged_into FROM hits JOIN cases c ON c.id = hits.id
      UNION SELECT c.id, c.merged_into FROM cases c JOIN up ON c.id = up.next)
    SELECT id FROM up WHERE next IS NULL`;
}

/** Pieces shown of one case. */
const PIECES = 4;

/** Where the words of a search were found in each of some cases, and in those merged into them. */
export async function foundIn(
  caseIds: readonly number[],
  q: string,
): Promise<ReadonlyMap<number, readonly FoundPiece[]>> {
  if (caseIds.length === 0) return new Map();
  const values: unknown[] = [caseIds];
  const value = (given: unknown) => `$${values.push(given)}`;
  const asked = question(q, value);
  const hits = PLACES.map(
    ({ where, from, caseId, indexed }, place) =>
      `SELECT f.top, ${place} AS place, '${where}' AS "where", s.id AS item, ${indexed} AS text
       FROM ${from.replace('case_note_versions s', '(SELECT note_id AS id, * FROM case_note_versions) s')}, asked, family f
       WHERE f.id = ${caseId} AND to_tsvector('simple', ${indexed}) @@ asked.words`,
  ).join(' UNION ALL ');
  const { rows } = await pool().query<FoundPiece & { top: number }>(
    `WITH RECURSIVE family(top, id) AS (SELECT id, id FROM cases WHERE id = ANY($1::int[])
       UNION SELECT f.top, c.id FROM cases c JOIN family f ON c.merged_into = f.id),
     asked(words) AS MATERIALIZED (SELECT ${asked}),
     hits AS (SELECT *, row_number() OVER (PARTITION BY top ORDER BY place, item) AS n FROM (${hits}) h)
     SELECT top, "where", ts_headline('simple', text, asked.words,
       'StartSel=«, StopSel=», MaxFragments=1, MaxWords=24, MinWords=8, FragmentDelimiter=" … "') AS text
     FROM hits, asked WHERE n <= ${PIECES} ORDER BY top, n`,
    values,
  );
  const found = new Map<number, FoundPiece[]>();
  for (const { top, where, text } of rows) found.set(top, [...(found.get(top) ?? []), { where, text }]);
  return found;
}
