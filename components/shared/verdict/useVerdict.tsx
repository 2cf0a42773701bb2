'use client';

import { type ReactNode, useRef, useState } from 'react';
import { useToast } from '@/components/ui/Toast';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { ApiError } from '../apiClient';
import { useGiveVerdict } from '../findingQueries';
import { VerdictDialog, type VerdictSubject } from './VerdictDialog';
import { VERDICT_WORD } from './verdictWords';

/** How long an undo is offered, in milliseconds. */
const UNDO_MS = 10_000;

type Saved = { subject: VerdictSubject; revision: number };

export type VerdictFlow = {
  /** Opens the dialog on these findings. */
  begin: (subjects: readonly VerdictSubject[], value: VerdictValue) => void;
  /** Takes back the verdict given last, within ten seconds. */
  undo: () => void;
  /** The dialog while it is open; render it once. */
  dialog: ReactNode;
};

/**
 * Verdict, then undo: the same in the queue and in the investigation. `onSave` runs as the dialog closes and moves
 * on to the next finding; the server is told behind it, and its refusal is a toast that names who was first.
 */
export function useVerdict(onSave: (ids: readonly string[]) => void): VerdictFlow {
  const [asked, setAsked] = useState<{ subjects: readonly VerdictSubject[]; value: VerdictValue } | null>(
    null,
  );
  const last = useRef<{ saved: Saved[]; toast: number; at: number } | null>(null);
  const give = useGiveVerdict();
  const toast = useToast();

  const undo = async () => {
    const entry = last.current;
    last.current = null;
    if (!entry || Date.now() - entry.at > UNDO_MS + 2000) return;
    toast.dismiss(entry.toast);
    const results = await Promise.allSettled(
      entry.saved.map(({ subject, revision }) =>
        give.mutateAsync({
          id: subject.id,
          revision,
          verdict: subject.verdict?.value ?? null,
          reason: subject.verdict?.reason ?? '',
        }),
      ),
    );
    const failed = results.find((result) => result.status === 'rejected');
    toast.show(
      failed
        ? { text: refusal(failed.reason), tone: 'danger' }
        : { text: 'Verdict taken back.', duration: 4000 },
    );
  };

  const save = async (subjects: readonly VerdictSubject[], value: VerdictValue, reason: string) => {
    setAsked(null);
    onSave(subjects.map((subject) => subject.id));
    const saved: Saved[] = [];
    const refused: unknown[] = [];
    for (const subject of subjects) {
      try {
        const answer = await give.mutateAsync({
          id: subject.id,
          revision: subject.revision,
          verdict: value,
          reason,
        });
        saved.push({ subject, revision: answer.revision });
      } catch (error) {
        refused.push(error);
      }
    }
    if (saved.length > 0) {
      const text =
        saved.length === 1
          ? `${VERDICT_WORD[value]} saved.`
          : `${VERDICT_WORD[value]} saved for ${saved.length} findings.`;
      const id = toast.show({
        text,
        duration: UNDO_MS,
        action: { label: 'Undo', keys: 'z', run: () => void undo() },
      });
      last.current = { saved, toast: id, at: Date.now() };
    }
    if (refused.length > 0)
      toast.show({ text: refusal(refused[0], refused.length), tone: 'danger', duration: 20_000 });
  };

  return {
    begin: (subjects, value) => subjects.length > 0 && setAsked({ subjects, value }),
    undo: () => void undo(),
    dialog: asked ? (
      <VerdictDialog
        subjects={asked.subjects}
        initial={asked.value}
        onSave={(value, reason) => void save(asked.subjects, value, reason)}
        onClose={() => setAsked(null)}
      />
    ) : null,
  };
}

function refusal(error: unknown, count = 1): string {
  const many = count > 1 ? `${count} verdicts were not saved. ` : 'The verdict was not saved. ';
  if (error instanceof ApiError && error.status === 409)
    return `${many}${error.message} The newer state is shown.`;
  return `${many}${error instanceof Error ? error.message : 'The server did not answer.'} Nothing was changed; try again.`;
}
