'use client';

import { type ReactNode, useRef, useState } from 'react';
import { onDemand } from '@/components/ui/onDemand';
import { useToast } from '@/components/ui/Toast';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { ApiError } from '../apiClient';
import { useGiveVerdict } from '../findingQueries';
import { HostileText } from '../MonoText';
import type { VerdictSubject } from './VerdictDialog';
import { VERDICT_WORD } from './verdictWords';

const VerdictDialog = onDemand(
  async () => (await import('./VerdictDialog')).VerdictDialog,
  (props) => props.onClose(),
);

/** How long an undo is offered, in milliseconds. */
const UNDO_MS = 10_000;

type Given = { subject: VerdictSubject; revision: number };
type Last = { saving: Promise<Given[]>; toast: number; until: number };

export type VerdictFlow = {
  /** Opens the dialog on these findings. */
  begin: (subjects: readonly VerdictSubject[], value: VerdictValue) => void;
  /** Takes back the verdict given last, within ten seconds. */
  undo: () => void;
  /** The dialog while it is open; render it once. */
  dialog: ReactNode;
};

type VerdictOptions = {
  /** As the dialog closes, before the server has answered: go on to the next finding. */
  onSave: (ids: readonly string[]) => void;
  /** Where focus goes when the dialog closes, if not back to where it was. */
  returnTo?: (() => HTMLElement | null) | undefined;
};

/**
 * Verdict, then undo. The server is told behind the next finding; its refusal is a toast that says what happened, and
 * the caches go back to what they were.
 */
export function useVerdict({ onSave, returnTo }: VerdictOptions): VerdictFlow {
  const [asked, setAsked] = useState<{ subjects: readonly VerdictSubject[]; value: VerdictValue } | null>(
    null,
  );
  const last = useRef<Last | null>(null);
  const give = useGiveVerdict();
  const toast = useToast();

  const undo = async () => {
    const entry = last.current;
    last.current = null;
    if (!entry || Date.now() > entry.until) return;
    toast.dismiss(entry.toast);
    const given = await entry.saving;
    const results = await Promise.allSettled(
      given.map(({ subject, revision }) =>
        give.mutateAsync({
          id: subject.id,
          revision,
          verdict: subject.verdict?.value ?? null,
          reason: subject.verdict?.reason ?? '',
        }),
      ),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) toast.show({ text: refusal(failed.reason), tone: 'danger' });
    else if (given.length > 0) toast.show({ text: 'Verdict taken back.', duration: 4000 });
  };

  const saveAll = async (
    subjects: readonly VerdictSubject[],
    value: VerdictValue,
    reason: string,
  ): Promise<Given[]> => {
    const results = await Promise.allSettled(
      subjects.map((subject) =>
        give.mutateAsync({ id: subject.id, revision: subject.revision, verdict: value, reason }),
      ),
    );
    return subjects.flatMap((subject, place) => {
      const result = results[place];
      if (result?.status === 'fulfilled') return [{ subject, revision: result.value.revision }];
      toast.show({ text: refusal(result?.reason), tone: 'danger', duration: 20_000 });
      return [];
    });
  };

  const save = (subjects: readonly VerdictSubject[], value: VerdictValue, reason: string) => {
    setAsked(null);
    onSave(subjects.map((subject) => subject.id));
    const [first] = subjects;
    const saving = saveAll(subjects, value, reason);
    const id = toast.show({
      text: (
        <span className="block truncate">
          {VERDICT_WORD[value]}:{' '}
          {first && subjects.length === 1 ? (
            <HostileText text={first.headline} />
          ) : (
            `${subjects.length} findings`
          )}
        </span>
      ),
      duration: UNDO_MS,
      action: { label: 'Undo', keys: 'z', run: () => void undo() },
    });
    last.current = { saving, toast: id, until: Date.now() + UNDO_MS };
    void saving.then((given) => given.length === 0 && toast.dismiss(id));
  };

  return {
    begin: (subjects, value) => subjects.length > 0 && setAsked({ subjects, value }),
    undo: () => void undo(),
    dialog: asked ? (
      <VerdictDialog
        subjects={asked.subjects}
        initial={asked.value}
        returnTo={returnTo}
        onSave={(value, reason) => save(asked.subjects, value, reason)}
        onClose={() => setAsked(null)}
      />
    ) : null,
  };
}

function refusal(error: unknown): string {
  if (error instanceof ApiError && error.status === 409)
    return `The verdict was not saved. ${error.message} The newer state is shown.`;
  return `The verdict was not saved. ${error instanceof Error ? error.message : 'The server did not answer.'} Nothing was changed; try again.`;
}
