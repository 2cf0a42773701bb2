import { AppError } from '../../base/appError';
import { caseSubject } from '../audit';
import { type Connection, pool } from '../client';
import { changeCase, familyOrRefuse, noItem } from './changeCase';

/** A note as it stands: its newest text. */
export type StoredNote = {
  readonly id: number;
  readonly caseId: number;
  readonly title: string;
  readonly body: string;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Who saved the newest text, and when. */
  readonly by: string;
  readonly at: Date;
};

/** A text a note had. */
export type NoteVersion = {
  readonly version: number;
  readonly title: string;
  readonly body: string;
  readonly by: string;
  readonly at: Date;
};

const NOTE = `n.id, n.case_id AS "caseId", v.title, v.body, n.version, n.created_by AS "createdBy",
  n.created_at AS "createdAt", v.by, v.at, n.withdrawn_by AS "withdrawnBy"`;
const FROM = 'FROM case_notes n JOIN case_note_versions v ON v.note_id = n.id AND v.version = n.version';
type Row = StoredNote & { readonly withdrawnBy: string | null };

/** Notes of cases that are not withdrawn, oldest first. */
export async function loadNotes(family: readonly number[]): Promise<readonly StoredNote[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${NOTE} ${FROM} WHERE n.case_id = ANY($1::int[]) AND n.withdrawn_at IS NULL ORDER BY n.id`,
    [family],
  );
  return rows.map(toNote);
}

/** Every text a note of the case ever had, newest first; of a withdrawn one too. Throws `not_found`. */
export async function loadNoteVersions(caseId: number, noteId: number): Promise<readonly NoteVersion[]> {
  const { rows } = await pool().query<NoteVersion>(
    `SELECT v.version, v.title, v.body, v.by, v.at FROM case_notes n JOIN case_note_versions v ON v.note_id = n.id
     WHERE n.id = $1 AND n.case_id = ANY($2::int[]) ORDER BY v.version DESC`,
    [noteId, await familyOrRefuse(caseId)],
  );
  if (rows.length === 0) throw noItem(caseId, 'note', noteId);
  return rows;
}

/** Adds a note. Throws as `changeCase` does. */
export async function addNote(
  caseId: number,
  text: { readonly title: string; readonly body: string },
  by: string,
): Promise<StoredNote> {
  return changeCase(caseId, by, async ({ connection, audit }) => {
    const { rows } = await connection.query<{ id: number }>(
      'INSERT INTO case_notes (case_id, title, created_by) VALUES ($1, $2, $3) RETURNING id',
      [caseId, text.title, by],
    );
    const id = rows[0]?.id ?? 0;
    await insertVersion(connection, id, 1, text, by);
    audit('case.note_added', { note: id });
    return toNote(await noteOrRefuse(connection, caseId, [caseId], id));
  });
}

/**
 * Saves a note's text as a version after the one it was written on; the same text again writes nothing. Throws
 * `not_found`, and `conflict` when another version or its withdrawal came first, with that text as `theirs`.
 */
export async function saveNote(
  caseId: number,
  noteId: number,
  text: { readonly title: string; readonly body: string; readonly version: number },
  by: string,
): Promise<StoredNote> {
  return changeCase(caseId, by, async ({ connection, family, audit }) => {
    const note = await noteOrRefuse(connection, caseId, family, noteId);
    if (note.withdrawnBy !== null)
      throw new AppError(
        'conflict',
        `${note.withdrawnBy} withdrew this note meanwhile. Add a new one to keep your text.`,
        {
          revision: note.version,
          by: note.withdrawnBy,
        },
      );
    if (note.title === text.title && note.body === text.body) return toNote(note);
    if (note.version !== text.version) throw changedMeanwhile(note);
    await insertVersion(connection, noteId, note.version + 1, text, by);
    await connection.query('UPDATE case_notes SET version = $2, title = $3 WHERE id = $1', [
      noteId,
      note.version + 1,
      text.title,
    ]);
    if (!(await saidRecently(connection, note.caseId, noteId, by)))
      audit('case.note_saved', { note: noteId, version: note.version + 1 }, note.caseId);
    return toNote(await noteOrRefuse(connection, caseId, family, noteId));
  });
}

/** Withdraws a note; its versions stay. Once withdrawn it stays so. Throws `not_found`. */
export async function withdrawNote(caseId: number, noteId: number, by: string): Promise<void> {
  await changeCase(caseId, by, async ({ connection, family, audit }) => {
    const note = await noteOrRefuse(connection, caseId, family, noteId);
    if (note.withdrawnBy !== null) return;
    await connection.query('UPDATE case_notes SET withdrawn_at = now(), withdrawn_by = $2 WHERE id = $1', [
      noteId,
      by,
    ]);
    audit('case.note_withdrawn', { note: noteId }, note.caseId);
  });
}

function changedMeanwhile(note: StoredNote): AppError {
  return new AppError(
    'conflict',
    `${note.by} saved this note since you began. Look at both texts, then save what should stand.`,
    {
      revision: note.version,
      by: note.by,
      theirs: {
        version: note.version,
        by: note.by,
        at: note.at.toISOString(),
        title: note.title,
        body: note.body,
      },
    },
  );
}

/** The note of the case, locked. Throws `not_found`. */
async function noteOrRefuse(
  connection: Connection,
  caseId: number,
  family: readonly number[],
  noteId: number,
): Promise<Row> {
  const { rows } = await connection.query<Row>(
    `SELECT ${NOTE} ${FROM} WHERE n.id = $1 AND n.case_id = ANY($2::int[]) FOR UPDATE OF n`,
    [noteId, family],
  );
  const row = rows[0];
  if (row === undefined) throw noItem(caseId, 'note', noteId);
  return row;
}

async function insertVersion(
  connection: Connection,
  noteId: number,
  version: number,
  { title, body }: { readonly title: string; readonly body: string },
  by: string,
): Promise<void> {
  await connection.query(
    'INSERT INTO case_note_versions (note_id, version, title, body, by) VALUES ($1, $2, $3, $4, $5)',
    [noteId, version, title, body, by],
  );
}

/** Whether the trail says of the last ten minutes that this person saved this note: once for an hour of autosaves would not do, once for each would drown it. */
async function saidRecently(
  connection: Connection,
  caseId: number,
  noteId: number,
  by: string,
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `SELECT 1 FROM audit WHERE subject = $1 AND action = 'case.note_saved' AND by = $2 AND details->'note' = to_jsonb($3::int)
       AND at > now() - interval '10 minutes' LIMIT 1`,
    [caseSubject(caseId), by, noteId],
  );
  return rowCount === 1;
}

function toNote({ withdrawnBy: _withdrawn, ...note }: Row): StoredNote {
  return note;
}
