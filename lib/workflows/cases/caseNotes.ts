import type { CaseNote } from '../../contracts/cases';
import { addNote, loadNoteVersions, saveNote, withdrawNote } from '../../storage/cases/caseNotes';
import { toCaseNote } from './caseViews';

type NoteText = { readonly title: string; readonly body: string };

/** Adds a note in Markdown, kept as it was written. Throws as `changeCase` does. */
export async function addCaseNote(caseId: number, text: NoteText, by: string): Promise<CaseNote> {
  return toCaseNote(await addNote(caseId, text, by));
}

/** Saves a note on the version it was written on. Throws as `saveNote` does. */
export async function saveCaseNote(
  caseId: number,
  noteId: number,
  text: NoteText & { readonly version: number },
  by: string,
): Promise<CaseNote> {
  return toCaseNote(await saveNote(caseId, noteId, text, by));
}

/** Withdraws a note; its versions stay. Throws `not_found`, `conflict`. */
export async function withdrawCaseNote(caseId: number, noteId: number, by: string): Promise<{ done: true }> {
  await withdrawNote(caseId, noteId, by);
  return { done: true };
}

/** Every text a note ever had, newest first. Throws `not_found`. */
export async function readNoteVersions(
  caseId: number,
  noteId: number,
): Promise<{ items: { version: number; title: string; body: string; by: string; at: string }[] }> {
  const versions = await loadNoteVersions(caseId, noteId);
  return { items: versions.map((one) => ({ ...one, at: one.at.toISOString() })) };
}
