import { type Connection, transaction } from './client';
import type { VerdictValue } from './findingRows';
import { jsonText } from './jsonText';

/** What stands decided of a finding. Times are dates in memory and ISO texts in an act's body. */
export type Standing = {
  readonly verdict: VerdictValue | null;
  readonly verdictReason: string;
  readonly verdictBy: string | null;
  readonly verdictAt: Date | string | null;
  readonly verdictId: number | null;
  readonly assignee: string | null;
  readonly reopenedAt: Date | string | null;
  readonly reopenedWhy: string | null;
};

/** One finding of an act: what stood before, and the revision the act left. */
export type BulkItem = { readonly id: string; readonly left: number; readonly before: Standing };

/** One decision about one or many findings, to be undone as one. */
export type NewAct = {
  readonly by: string;
  readonly what: 'verdict' | 'assignee';
  readonly text: string;
  readonly items: readonly BulkItem[];
  /** How many it was asked of, those left alone among them; absent in acts of before. */
  readonly asked?: number;
};

export type StoredAct = NewAct & {
  readonly id: number;
  readonly undone: boolean;
  /** Whether it can still be undone. */
  readonly recent: boolean;
};

/** How long an act can be undone. */
export const UNDO_MINUTES = 10;

/** Keeps an act within the caller's transaction, and gives it a number. */
export async function addBulkAct(connection: Connection, { by, ...body }: NewAct): Promise<number> {
  const { rows } = await connection.query<{ id: number }>(
    'INSERT INTO bulk_acts (by, body) VALUES ($1, $2) RETURNING id',
    [by, jsonText(body)],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('a bulk act was not returned');
  return id;
}

/** Works on an act that nobody else works on meanwhile; undefined when there is none with that number. */
export async function withBulkAct<Result>(
  id: number,
  work: (connection: Connection, act: StoredAct | undefined) => Promise<Result>,
): Promise<Result> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<{
      by: string;
      body: Omit<NewAct, 'by'>;
      undone: boolean;
      recent: boolean;
    }>(
      `SELECT by, body, undone_at IS NOT NULL AS undone, at > now() - make_interval(mins => $2) AS recent
       FROM bulk_acts WHERE id = $1 FOR UPDATE`,
      [id, UNDO_MINUTES],
    );
    const [row] = rows;
    return work(
      connection,
      row === undefined ? undefined : { id, by: row.by, ...row.body, undone: row.undone, recent: row.recent },
    );
  });
}

/** Notes that an act was undone. */
export async function endBulkAct(connection: Connection, id: number): Promise<void> {
  await connection.query('UPDATE bulk_acts SET undone_at = now() WHERE id = $1', [id]);
}
