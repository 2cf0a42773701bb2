'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { caseQuery } from '@/components/shared/cases/caseQuery';
import { useLeaveWarning } from '@/components/shared/useLeaveWarning';
import type { CaseNote } from '@/lib/contracts/cases';
import type { Problem } from '@/lib/contracts/problem';
import { saveNote } from './caseQueries';
import { dropNoteDraft, keepNoteDraft, type NoteText, noteDraft } from './noteDrafts';

/** Pause in typing after which a note is saved. */
const PAUSE = 1_200;

/** What somebody else saved of a note meanwhile. */
export type Theirs = NonNullable<Problem['theirs']>;

export type Autosave = {
  text: NoteText;
  write: (text: NoteText) => void;
  state: 'saved' | 'writing' | 'saving' | 'failed';
  error: Error | null;
  /** What somebody else saved meanwhile; nothing is saved until one was chosen. */
  theirs: Theirs | null;
  /** Goes on from the other's version: with one's own text on top of it, or with theirs. */
  resolve: (keep: 'mine' | 'theirs') => void;
  /** Saves what is not saved yet; true when all is. */
  flush: () => Promise<boolean>;
  /** Gives up what is not saved: it stands elsewhere, or is not wanted. */
  forget: () => void;
};

/**
 * Saves a note a moment after each change, one request at a time, each on the version before it. What is not saved yet
 * outlasts the editor: it is taken up again, on the version it was written on, when the note is next written.
 */
export function useAutosave(caseId: number, note: CaseNote): Autosave {
  const client = useQueryClient();
  const [begun] = useState(() => noteDraft(note.id));
  const [text, setText] = useState<NoteText>(begun ?? { title: note.title, body: note.body });
  const [state, setState] = useState<Autosave['state']>(begun ? 'writing' : 'saved');
  const [error, setError] = useState<Error | null>(null);
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  const latest = useRef(text);
  const stored = useRef<NoteText>({ title: note.title, body: note.body });
  const version = useRef(begun?.version ?? note.version);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<Promise<boolean> | null>(null);

  useLeaveWarning(state !== 'saved');

  const isSaved = () =>
    latest.current.title === stored.current.title && latest.current.body === stored.current.body;

  const save = async (): Promise<boolean> => {
    clearTimeout(timer.current);
    if (running.current) await running.current;
    if (isSaved()) {
      dropNoteDraft(note.id, latest.current);
      setState('saved');
      return true;
    }
    const sent = latest.current;
    setState('saving');
    running.current = saveNote(caseId, note.id, { ...sent, version: version.current }).then(
      (answer) => {
        version.current = answer.version;
        stored.current = sent;
        if (isSaved()) dropNoteDraft(note.id, sent);
        else keepNoteDraft(note.id, { ...latest.current, version: answer.version });
        setTheirs(null);
        setError(null);
        setState(isSaved() ? 'saved' : 'writing');
        return isSaved();
      },
      (failure: Error) => {
        const other = failure instanceof ApiError && failure.status === 409 ? theirsOf(failure) : null;
        setTheirs(other);
        setError(other ? null : failure);
        setState('failed');
        return false;
      },
    );
    const saved = await running.current;
    running.current = null;
    return saved;
  };

  const write = (next: NoteText) => {
    latest.current = next;
    keepNoteDraft(note.id, { ...next, version: version.current });
    setText(next);
    setState('writing');
    clearTimeout(timer.current);
    if (theirs === null) timer.current = setTimeout(() => void save(), PAUSE);
  };

  const resolve = (keep: 'mine' | 'theirs') => {
    if (theirs === null) return;
    version.current = theirs.version;
    stored.current = { title: theirs.title, body: theirs.body };
    setTheirs(null);
    if (keep === 'theirs') {
      dropNoteDraft(note.id, latest.current);
      latest.current = stored.current;
      setText(stored.current);
      setState('saved');
    } else {
      keepNoteDraft(note.id, { ...latest.current, version: version.current });
      void save();
    }
  };

  const forget = () => {
    clearTimeout(timer.current);
    dropNoteDraft(note.id, latest.current);
    latest.current = stored.current;
    setText(stored.current);
    setState('saved');
  };

  const saveNow = useRef(save);
  useEffect(() => {
    saveNow.current = save;
  });
  useEffect(() => {
    // Taken up again: what was left unsaved is tried at once, and told if somebody else saved meanwhile.
    if (begun) void saveNow.current();
  }, [begun]);
  useEffect(() => {
    const onHide = () => {
      if (document.hidden) void saveNow.current();
    };
    document.addEventListener('visibilitychange', onHide);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      clearTimeout(timer.current);
      // Left for another tab of the case: what was typed last is sent all the same.
      void saveNow.current().then(() => client.invalidateQueries({ queryKey: caseQuery(caseId).queryKey }));
    };
  }, [caseId, client]);

  return { text, write, state, error, theirs, resolve, flush: save, forget };
}

function theirsOf(failure: ApiError): Theirs | null {
  return failure.problem?.theirs ?? null;
}
