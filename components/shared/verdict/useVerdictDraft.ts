'use client';

import { type RefObject, useMemo, useRef, useState } from 'react';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { ApiError } from '../apiClient';
import { createDrafts } from '../drafts';
import type { Judge, Newest, Outcome, VerdictSubject } from './judge';
import { reasonFor } from './reasonFor';
import { type BlindStage, blindAmong, proposedVerdict } from './verdictWords';

/** Words about findings that were not stored yet, for every form there is: they belong to the finding. */
export const reasonDrafts = createDrafts(50);

export type VerdictDraft = {
  value: VerdictValue;
  choose: (value: VerdictValue) => void;
  /** Begins again with another verdict asked for by key; the words stay where they fit. */
  ask: (asked: VerdictValue) => void;
  reason: string;
  write: (reason: string) => void;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Required stages that nobody could have seen. */
  blind: readonly BlindStage[];
  /** A false positive was asked for. */
  askedFalse: boolean;
  acknowledged: boolean;
  acknowledge: (acknowledged: boolean) => void;
  /** What saving was tried without. */
  missing: 'reason' | 'acknowledgement' | null;
  saving: boolean;
  error: Error | null;
  /** Somebody was faster: what stands now, who changed it (null: data did, or nothing tells), and that in a sentence. */
  conflict: { newest: Newest; by: string | null; detail: string } | null;
  /** Null when it was not saved, and the form says why. */
  save: (reason?: string) => Promise<Outcome | null>;
};

/**
 * A verdict that is being written on one or several. Its words are kept until they are stored, whatever becomes of
 * the form; a refusal stays with the form, so that it can be tried again. Mount it anew for other subjects.
 */
export function useVerdictDraft(
  subjects: readonly VerdictSubject[],
  asked: VerdictValue,
  judge: Judge,
): VerdictDraft {
  const [only] = subjects;
  const single = only !== undefined && subjects.length === 1 ? only : null;
  const blindKnown = useMemo(() => blindAmong(subjects), [subjects]);
  const [blindTold, setBlindTold] = useState<readonly BlindStage[]>([]);
  const blind = blindTold.length > 0 ? blindTold : blindKnown;
  const [value, setValue] = useState(() => proposedVerdict(asked, blindKnown));
  const [askedFalse, setAskedFalse] = useState(asked === 'false_positive');
  const [reason, setReason] = useState(() =>
    single ? reasonFor(value, reasonDrafts.get(single.id), single.verdict) : '',
  );
  const [acknowledged, setAcknowledged] = useState(false);
  const [missing, setMissing] = useState<VerdictDraft['missing']>(null);
  const [error, setError] = useState<Error | null>(null);
  const [conflict, setConflict] = useState<VerdictDraft['conflict']>(null);
  const [saving, setSaving] = useState(false);
  const sent = useRef(false);
  const field = useRef<HTMLTextAreaElement>(null);

  const write = (words: string) => {
    if (single) reasonDrafts.keep(single.id, words);
    setReason(words);
  };
  const choose = (next: VerdictValue) => {
    if (next === 'false_positive') setAskedFalse(true);
    setValue(next);
    setMissing(null);
    if (single) setReason(reasonFor(next, reason, single.verdict));
  };

  const ask = (next: VerdictValue) => {
    const proposed = proposedVerdict(next, blind);
    setAskedFalse(next === 'false_positive');
    setAcknowledged(false);
    setMissing(null);
    setError(null);
    setValue(proposed);
    if (single) setReason(reasonFor(proposed, reasonDrafts.get(single.id) || reason, single.verdict));
    field.current?.focus();
  };

  const refused = async (problem: ApiError) => {
    if (problem.code === 'blind_unacknowledged') {
      const told = problem.problem?.blindStages ?? [];
      setBlindTold(told.length > 0 ? told : [{ id: '', title: 'A required stage', why: problem.message }]);
      setAskedFalse(true);
      setAcknowledged(false);
      return setMissing('acknowledgement');
    }
    if (problem.status === 409 && single) {
      const revision = problem.problem?.revision;
      const newest = (await judge.newest(single.id)) ?? {
        revision: typeof revision === 'number' ? revision : single.revision,
        verdict: undefined,
        assignee: null,
      };
      return setConflict({ newest, by: problem.problem?.by ?? null, detail: problem.message });
    }
    setError(problem);
  };

  const save = async (why = reason): Promise<Outcome | null> => {
    if (sent.current) return null;
    if (why.trim() === '') {
      setMissing('reason');
      field.current?.focus();
      return null;
    }
    const doubtful = value === 'false_positive' && blind.length > 0;
    if (doubtful && !acknowledged) {
      setMissing('acknowledgement');
      return null;
    }
    // Two keys in a row must not save twice; a refusal may be tried again.
    sent.current = true;
    setSaving(true);
    setMissing(null);
    setError(null);
    const seen = conflict ? subjects.map((each) => asNow(each, conflict.newest)) : subjects;
    try {
      const outcome = await judge.give(seen, {
        value,
        reason: why.trim(),
        blindAcknowledged: doubtful && acknowledged,
      });
      for (const id of outcome.done) reasonDrafts.keep(id, '');
      return outcome;
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      await refused(problem);
      return null;
    } finally {
      sent.current = false;
      setSaving(false);
    }
  };

  return {
    value,
    choose,
    ask,
    reason,
    write,
    field,
    blind,
    askedFalse,
    acknowledged,
    acknowledge: setAcknowledged,
    missing,
    saving,
    error,
    conflict,
    save,
  };
}

/** A subject as it stands since somebody was faster; a verdict that is not known counts as one of theirs. */
function asNow(subject: VerdictSubject, { revision, verdict }: Newest): VerdictSubject {
  return { ...subject, revision, verdict: verdict === undefined ? UNKNOWN_VERDICT : verdict };
}

const UNKNOWN_VERDICT: VerdictSubject['verdict'] = { value: 'undetermined', reason: '' };
