'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { ApiError } from '@/components/shared/apiClient';
import type { CaseNote } from '@/lib/contracts/cases';
import { saveNote } from './caseQueries';

/** Pause in typing after which a note is saved. */
const PAUSE = 1_200;

export type NoteText = { title: string; body: string };

const theirsShape = z.object({
  version: z.int(),
  title: z.string(),
  body: z.string(),
  by: z.string(),
  at: z.string(),
});
export type Theirs = z.infer<typeof theirsShape>;

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
};

/** Saves a note a moment after each change, one request at a time, each on the version before it. */
export function useAutosave(caseId: number, note: CaseNote): Autosave {
  const client = useQueryClient();
  const [text, setText] = useState<NoteText>({ title: note.title, body: note.body });
  const [state, setState] = useState<Autosave['state']>('saved');
  const [error, setError] = useState<Error | null>(null);
  const [theirs, setTheirs] = useState<Theirs | null>(null);
  const latest = useRef(text);
  const stored = useRef<NoteText>(text);
  const version = useRef(note.version);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<Promise<boolean> | null>(null);

  const isSaved = () =>
    latest.current.title === stored.current.title && latest.current.body === stored.current.body;

  const save = async (): Promise<boolean> => {
    clearTimeout(timer.current);
    if (running.current) await running.current;
    if (isSaved()) return true;
    const sent = latest.current;
    setState('saving');
    running.current = saveNote(caseId, note.id, { ...sent, version: version.current }).then(
      (answer) => {
        version.current = answer.version;
        stored.current = sent;
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
      latest.current = stored.current;
      setText(stored.current);
      setState('saved');
    } else void save();
  };

  const saveNow = useRef(save);
  useEffect(() => {
    saveNow.current = save;
  });
  useEffect(() => {
    const onHide = () => {
      if (document.hidden) void saveNow.current();
    };
    document.addEventListener('visibilitychange', onHide);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      clearTimeout(timer.current);
      // Left for another tab of the case: what was typed last is sent all the same.
      void saveNow.current().then(() => client.invalidateQueries({ queryKey: ['cases', 'one', caseId] }));
    };
  }, [caseId, client]);

  return { text, write, state, error, theirs, resolve, flush: save };
}

function theirsOf(failure: ApiError): Theirs | null {
  const { theirs } = (failure.problem ?? {}) as { theirs?: unknown };
  const read = theirsShape.safeParse(theirs);
  return read.success ? read.data : null;
}
