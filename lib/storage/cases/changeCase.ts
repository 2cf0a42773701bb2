import { AppError } from '../../base/appError';
import { type AuditNote, addAudit, caseSubject } from '../audit';
import type { AuditAction } from '../auditActions';
import { type Connection, pool, transaction } from '../client';
import { type Note, notify } from '../notifications';
import { type CaseRow, caseFamily, loadCaseRows, lockCaseRows, topCases } from './caseRows';

/** A case whose row is locked, while something of it is changed. */
export type HeldCase = {
  readonly connection: Connection;
  readonly row: CaseRow;
  /** Numbers of the case and of all merged into it. */
  readonly family: readonly number[];
  readonly by: string;
  /** Notes what was done, to be written last; of a case merged into this one where its number is given. */
  readonly audit: (action: AuditAction, details: AuditNote['details'], caseId?: number) => void;
  /** Notes whom to tell; the one who acts is not told. */
  readonly tell: (note: Omit<Note, 'by' | 'link'>) => void;
};

/**
 * Changes something of a case in one transaction that holds its row: changes of one case follow each other, and none
 * goes to a case that is merged away meanwhile. What was done is audited last. Throws `not_found`, and `conflict` for a
 * case that was merged into another.
 */
export async function changeCase<Result>(
  caseId: number,
  by: string,
  work: (held: HeldCase) => Promise<Result>,
): Promise<Result> {
  return searchable(() =>
    transaction(async (connection) => {
      const [row] = await lockCaseRows(connection, [caseId]);
      if (row === undefined) throw noCase(caseId);
      await refuseMerged(connection, row);
      return holding(connection, row, by, work);
    }),
  );
}

/** The same for a row that the caller has locked already, within the caller's transaction. */
export async function holding<Result>(
  connection: Connection,
  row: CaseRow,
  by: string,
  work: (held: HeldCase) => Promise<Result>,
): Promise<Result> {
  const written: AuditNote[] = [];
  const told: Note[] = [];
  const result = await work({
    connection,
    row,
    family: await caseFamily(row.id, connection),
    by,
    audit: (action, details, caseId = row.id) =>
      void written.push({ by, action, subject: caseSubject(caseId), details }),
    tell: (note) => void told.push({ ...note, by, link: `/cases/${row.id}` }),
  });
  await touchCase(connection, row.id);
  await notify(connection, told);
  for (const note of written) await addAudit(connection, note);
  return result;
}

/** Says that something of a case changed. */
async function touchCase(connection: Connection, caseId: number): Promise<void> {
  await connection.query('UPDATE cases SET updated_at = clock_timestamp() WHERE id = $1', [caseId]);
}

/** The refusal for a number without a case. */
export function noCase(caseId: number): AppError {
  return new AppError('not_found', `There is no case ${caseId}.`);
}

/** The refusal for a thing that is not of the case: whether it is another's is not told. */
export function noItem(caseId: number, what: string, item: number): AppError {
  return new AppError('not_found', `Case ${caseId} has no ${what} ${item}.`);
}

/** Throws `conflict` for a case that was merged into another: it is worked on there. */
export async function refuseMerged(connection: Pick<Connection, 'query'>, row: CaseRow): Promise<void> {
  if (row.mergedInto === null) return;
  const top = (await topCases([row.id], connection)).get(row.id) ?? row.mergedInto;
  throw new AppError(
    'conflict',
    `Case ${row.id} was merged into case ${top}${row.mergedBy === null ? '' : ` by ${row.mergedBy}`}. Work on it there.`,
    {
      revision: row.revision,
      mergedInto: top,
      ...(row.mergedBy === null ? {} : { by: row.mergedBy }),
    },
  );
}

/** What changes a case's revision. */
const REVISING = [
  'case.changed',
  'case.closed',
  'case.reopened',
  'case.items_added',
  'case.items_removed',
  'case.merged',
  'case.unmerged',
  'case.submitted',
  'case.withdrawn',
  'case.approved',
  'case.sent_back',
];

/** Throws `conflict` unless the case still is as it was seen; the refusal says who changed it. */
export async function refuseStale(connection: Connection, row: CaseRow, seen: number): Promise<void> {
  if (row.revision === seen) return;
  const { rows } = await connection.query<{ by: string }>(
    'SELECT by FROM audit WHERE subject = $1 AND action = ANY($2::text[]) ORDER BY id DESC LIMIT 1',
    [caseSubject(row.id), REVISING],
  );
  const by = rows[0]?.by;
  throw new AppError(
    'conflict',
    `${by ?? 'Somebody'} changed this case since you opened it. Look at it as it is now, then do it again.`,
    { revision: row.revision, ...(by === undefined ? {} : { by }) },
  );
}

/** Numbers of a case and of all merged into it, for reading. Throws `not_found`. */
export async function familyOrRefuse(caseId: number): Promise<readonly number[]> {
  const { rowCount } = await pool().query('SELECT 1 FROM cases WHERE id = $1', [caseId]);
  if (rowCount === 0) throw noCase(caseId);
  return caseFamily(caseId);
}

/** For reading before a change that takes long. Throws `not_found`, and `conflict` for a case that was merged. */
export async function changeableOrRefuse(caseId: number): Promise<void> {
  const [row] = await loadCaseRows([caseId]);
  if (row === undefined) throw noCase(caseId);
  await refuseMerged(pool(), row);
}

const PROGRAM_LIMIT = '54000';

/** Throws `bad_request` where a text holds more different words than full-text search can keep. */
export async function searchable<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== PROGRAM_LIMIT) throw error;
    throw new AppError('bad_request', 'The text holds too many different words to be searched; split it up.');
  }
}
