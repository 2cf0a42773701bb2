import { AppError } from '../../base/appError';
import { type Connection, pool } from '../client';
import { changeCase, noItem } from './changeCase';

/** A value that tells of an attack, linked to a case. */
export type StoredIndicator = {
  readonly id: number;
  readonly caseId: number;
  readonly type: string;
  readonly value: string;
  readonly note: string;
  readonly by: string;
  readonly at: Date;
  /** Other cases with the same type and value, some of them, as they are read: under the case they were merged into. */
  readonly cases: readonly { readonly id: number; readonly title: string }[];
};

/** Other cases that one indicator names. */
const OTHER_CASES = 20;

const INDICATOR = `i.id, i.case_id AS "caseId", i.type, i.value, i.note, i.by, i.at`;

/** Indicators of cases that are not withdrawn, oldest first, each with the other cases that have it. */
export async function loadIndicators(family: readonly number[]): Promise<readonly StoredIndicator[]> {
  const { rows } = await pool().query<StoredIndicator>(
    `${READ} WHERE i.case_id = ANY($1::int[]) AND i.withdrawn_at IS NULL ORDER BY i.id`,
    [family],
  );
  return rows;
}

/** SQL: indicators `i` with their other cases; $1 is the family of the case they are read in. */
const READ = `SELECT ${INDICATOR}, coalesce((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'title', o.title) ORDER BY o.id) FROM
    (WITH RECURSIVE up(id, next) AS (SELECT c.id, c.merged_into FROM case_indicators x JOIN cases c ON c.id = x.case_id
         WHERE x.type = i.type AND x.value = i.value AND x.withdrawn_at IS NULL AND x.case_id <> ALL($1::int[])
       UNION SELECT c.id, c.merged_into FROM cases c JOIN up ON c.id = up.next)
     SELECT DISTINCT c.id, c.title FROM up JOIN cases c ON c.id = up.id WHERE up.next IS NULL AND c.id <> ALL($1::int[])
     ORDER BY c.id LIMIT ${OTHER_CASES}) o), '[]') AS cases
  FROM case_indicators i`;

/**
 * Links a value to a case; one that is linked already is given back as it is. Throws as `changeCase` does, and
 * `bad_request` for a value of more than can be looked up.
 */
export async function addIndicator(
  caseId: number,
  given: Pick<StoredIndicator, 'type' | 'value' | 'note'>,
  by: string,
): Promise<StoredIndicator> {
  return changeCase(caseId, by, async ({ connection, family, audit }) => {
    const { rows: known } = await connection.query<{ id: number }>(
      `SELECT id FROM case_indicators WHERE case_id = ANY($1::int[]) AND type = $2 AND value = $3 AND withdrawn_at IS NULL LIMIT 1`,
      [family, given.type, given.value],
    );
    if (known[0] !== undefined) return indicatorOrRefuse(connection, caseId, family, known[0].id);
    const id = await insertIndicator(connection, caseId, given, by);
    audit('case.indicator_added', { indicator: id, type: given.type });
    return indicatorOrRefuse(connection, caseId, family, id);
  });
}

const PROGRAM_LIMIT = '54000';

async function insertIndicator(
  connection: Connection,
  caseId: number,
  { type, value, note }: Pick<StoredIndicator, 'type' | 'value' | 'note'>,
  by: string,
): Promise<number> {
  try {
    const { rows } = await connection.query<{ id: number }>(
      'INSERT INTO case_indicators (case_id, type, value, note, by) VALUES ($1, $2, $3, $4, $5) RETURNING id',
      [caseId, type, value, note, by],
    );
    return rows[0]?.id ?? 0;
  } catch (error) {
    // An index row holds some 2,700 bytes of it.
    if ((error as { code?: unknown } | null)?.code !== PROGRAM_LIMIT) throw error;
    throw new AppError('bad_request', 'The value is too long to be looked up in other cases.', {
      errors: [{ path: 'value', message: 'is too long' }],
    });
  }
}

/** Takes a value out of a case; the row stays. Throws `not_found`, `conflict`. */
export async function withdrawIndicator(caseId: number, indicatorId: number, by: string): Promise<void> {
  await changeCase(caseId, by, async ({ connection, family, audit }) => {
    const { rows } = await connection.query<{ caseId: number }>(
      `UPDATE case_indicators SET withdrawn_at = clock_timestamp()
       WHERE id = $1 AND case_id = ANY($2::int[]) AND withdrawn_at IS NULL RETURNING case_id AS "caseId"`,
      [indicatorId, family],
    );
    const own = rows[0]?.caseId;
    if (own === undefined) throw noItem(caseId, 'indicator', indicatorId);
    audit('case.indicator_withdrawn', { indicator: indicatorId }, own);
  });
}

async function indicatorOrRefuse(
  connection: Connection,
  caseId: number,
  family: readonly number[],
  indicatorId: number,
): Promise<StoredIndicator> {
  const { rows } = await connection.query<StoredIndicator>(
    `${READ} WHERE i.id = $2 AND i.case_id = ANY($1::int[])`,
    [family, indicatorId],
  );
  const indicator = rows[0];
  if (indicator === undefined) throw noItem(caseId, 'indicator', indicatorId);
  return indicator;
}
