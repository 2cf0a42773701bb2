import { createDrafts } from '@/components/shared/drafts';
import type { CaseNote } from '@/lib/contracts/cases';

export type NoteText = { title: string; body: string };
/** Text that is not saved yet, and the version of the note it was written on. */
type NoteDraft = NoteText & { version: number };

const MOST = 50;
const drafts = createDrafts(MOST);
/** The note written last in each case, as it stood then: it may be withdrawn while its text is not saved. */
const written = new Map<number, CaseNote>();

/** What of a note is not saved yet; null when all is. */
export function noteDraft(note: number): NoteDraft | null {
  const kept = drafts.get(String(note));
  return kept === '' ? null : (JSON.parse(kept) as NoteDraft);
}

export function keepNoteDraft(note: number, draft: NoteDraft): void {
  drafts.keep(String(note), JSON.stringify(draft));
}

/** Forgets the text of a note that was saved or given up; what was typed since then, in another editor too, stays. */
export function dropNoteDraft(note: number, done: NoteText): void {
  const kept = noteDraft(note);
  if (kept?.title === done.title && kept.body === done.body) drafts.keep(String(note), '');
}

/** Remembers which note of a case is being written. */
export function rememberWritten(caseId: number, note: CaseNote): void {
  written.delete(caseId);
  written.set(caseId, note);
  const [oldest] = written.keys();
  if (written.size > MOST && oldest !== undefined) written.delete(oldest);
}

/** The note of a case that was written last and is not all saved; null when there is none. */
export function unsavedNote(caseId: number): CaseNote | null {
  const note = written.get(caseId);
  return note !== undefined && noteDraft(note.id) !== null ? note : null;
}
