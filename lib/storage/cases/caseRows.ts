import type { Severity } from '../../findings/finding';
import { type Connection, pool } from '../client';
import { severityOf, type VerdictValue } from '../findingRows';

export type CaseState = 'open' | 'in_review' | 'sent_back' | 'closed';

/** A case as its own row says it, without what stands in it. */
export type CaseRow = {
  readonly id: number;
  readonly title: string;
  readonly summary: string;
  readonly state: CaseState;
  readonly severity: Severity;
  readonly owner: string | null;
  /** Verdict of the whole, once closed. */
  readonly outcome: VerdictValue | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly stateAt: Date;
  readonly closedAt: Date | null;
  readonly updatedAt: Date;
  readonly revision: number;
  /** The case it was merged into itself, which may be merged further. */
  readonly mergedInto: number | null;
  readonly mergedAt: Date | null;
  readonly mergedBy: string | null;
};

type Stored = Omit<CaseRow, 'severity'> & { readonly severity: number };

const COLUMNS = `c.id, c.title, c.summary, c.state, c.severity, c.owner, c.outcome, c.created_at AS "createdAt",
  c.created_by AS "createdBy", c.state_at AS "stateAt", c.closed_at AS "closedAt", c.updated_at AS "updatedAt",
  c.revision, c.merged_into AS "mergedInto", c.merged_at AS "mergedAt", c.merged_by AS "mergedBy"`;

type Reader = Pick<Connection, 'query'>;

/** Cases by number, in order of it; those that are not there are left out. */
export async function loadCaseRows(
  ids: readonly number[],
  reader: Reader = pool(),
): Promise<readonly CaseRow[]> {
  const { rows } = await reader.query<Stored>(
    `SELECT ${COLUMNS} FROM cases c WHERE c.id = ANY($1::int[]) ORDER BY c.id`,
    [ids],
  );
  return rows.map(toCaseRow);
}

/** The same, locked until the transaction ends; always in order of number, so that two transactions wait and never meet. */
export async function lockCaseRows(
  connection: Connection,
  ids: readonly number[],
): Promise<readonly CaseRow[]> {
  const { rows } = await connection.query<Stored>(
    `SELECT ${COLUMNS} FROM cases c WHERE c.id = ANY($1::int[]) ORDER BY c.id FOR UPDATE`,
    [ids],
  );
  return rows.map(toCaseRow);
}

/** A case's number and those of all merged into it, directly or through another; itself first. */
export async function caseFamily(caseId: number, reader: Reader = pool()): Promise<readonly number[]> {
  const { rows } = await reader.query<{ id: number }>(
    `WITH RECURSIVE family(id) AS (SELECT $1::int UNION SELECT c.id FROM cases c JOIN family f ON c.merged_into = f.id)
     SELECT id FROM family ORDER BY id <> $1, id`,
    [caseId],
  );
  return rows.map((row) => row.id);
}

/** Where each case is read: itself, or the case it was merged into at last. */
export async function topCases(
  ids: readonly number[],
  reader: Reader = pool(),
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await reader.query<{ start: number; id: number }>(
    `WITH RECURSIVE up(start, id, next) AS (SELECT id, id, merged_into FROM cases WHERE id = ANY($1::int[])
       UNION SELECT up.start, c.id, c.merged_into FROM cases c JOIN up ON c.id = up.next)
     SELECT start, id FROM up WHERE next IS NULL`,
    [ids],
  );
  return new Map(rows.map((row) => [row.start, row.id]));
}

function toCaseRow(row: Stored): CaseRow {
  return { ...row, severity: severityOf(row.severity) };
}
