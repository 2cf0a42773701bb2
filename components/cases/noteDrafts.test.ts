import { describe, expect, it } from 'vitest';
import type { CaseNote } from '@/lib/contracts/cases';
import { dropNoteDraft, keepNoteDraft, noteDraft, rememberWritten, unsavedNote } from './noteDrafts';

const note = (id: number): CaseNote => ({
  id,
  caseId: 1,
  title: 't',
  body: '',
  version: 2,
  createdBy: 'anna',
  createdAt: '2026-01-01T00:00:00Z',
  by: 'anna',
  at: '2026-01-01T00:00:00Z',
});

describe('text of a note that is not saved', () => {
  it('is kept with the version it was written on until it is saved', () => {
    keepNoteDraft(7, { title: '', body: '', version: 2 });
    expect(noteDraft(7)).toEqual({ title: '', body: '', version: 2 });
    dropNoteDraft(7, { title: '', body: 'before' });
    expect(noteDraft(7)?.version).toBe(2);
    dropNoteDraft(7, { title: '', body: '' });
    expect(noteDraft(7)).toBeNull();
  });

  it('is found by its case, also when the note is gone, and no longer once it is saved', () => {
    rememberWritten(1, note(8));
    expect(unsavedNote(1)).toBeNull();
    keepNoteDraft(8, { title: 't', body: 'mine', version: 2 });
    expect(unsavedNote(1)?.id).toBe(8);
    expect(unsavedNote(2)).toBeNull();
    dropNoteDraft(8, { title: 't', body: 'mine' });
    expect(unsavedNote(1)).toBeNull();
  });
});
