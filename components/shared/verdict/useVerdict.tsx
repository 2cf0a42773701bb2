'use client';

import { type ReactNode, useState } from 'react';
import { onDemand } from '@/components/ui/onDemand';
import { useToast } from '@/components/ui/Toast';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { HostileText } from '../MonoText';
import type { Judge, Outcome, VerdictSubject } from './judge';
import { useUndo } from './useUndo';
import { VERDICT_WORD } from './verdictWords';

const VerdictDialog = onDemand(
  async () => (await import('./VerdictDialog')).VerdictDialog,
  (props) => props.onClose(),
);
const RefusedDialog = onDemand(
  async () => (await import('./RefusedDialog')).RefusedDialog,
  (props) => props.onClose(),
);

type Asked = {
  subjects: readonly VerdictSubject[];
  value: VerdictValue;
  apart?: ReadonlyMap<string, string> | undefined;
  unnamed?: number | undefined;
};

export type VerdictFlow = {
  /**
   * Opens the dialog on these; those `apart` are left out at first, each with what sets it apart. `unnamed` is how many
   * more differ that cannot be named: they are agreed to before anything is saved.
   */
  begin: (
    subjects: readonly VerdictSubject[],
    value: VerdictValue,
    apart?: ReadonlyMap<string, string>,
    unnamed?: number,
  ) => void;
  /** Says what was saved and offers its undo; for forms that stand elsewhere. */
  saved: (subjects: readonly VerdictSubject[], outcome: Outcome, value: VerdictValue) => void;
  /** Takes back the verdict given last, while that is offered. */
  undo: () => void;
  /** The dialogs while they are open; render them once. */
  dialog: ReactNode;
};

type VerdictOptions = {
  judge: Judge;
  /** What has a verdict now: go on to the next. */
  onSaved: (ids: readonly string[]) => void;
  /** Selects again what was refused. */
  onSelect?: ((ids: readonly string[]) => void) | undefined;
  /** Where focus goes when a dialog closes, if not back to where it was. */
  returnTo?: (() => HTMLElement | null) | undefined;
};

/** Verdict, then undo: for one or several, by the dialog or by a form of the screen. */
export function useVerdict({ judge, onSaved, onSelect, returnTo }: VerdictOptions): VerdictFlow {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [left, setLeft] = useState<{ subjects: readonly VerdictSubject[]; outcome: Outcome } | null>(null);
  const { offer, undo } = useUndo();
  const toast = useToast();

  const saved = (subjects: readonly VerdictSubject[], outcome: Outcome, value: VerdictValue) => {
    setAsked(null);
    const { done, refused } = outcome;
    if (refused.length > 0) setLeft({ subjects, outcome });
    if (done.length === 0) return;
    onSaved(done);
    const only = done.length === 1 ? subjects.find(({ id }) => id === done[0]) : undefined;
    const text = (
      <span className="block truncate">
        {VERDICT_WORD[value]} saved:{' '}
        {only ? <HostileText text={only.headline} /> : `${done.length.toLocaleString('en')} findings`}
      </span>
    );
    if (outcome.undo) offer(text, outcome.undo);
    else toast.show({ text, duration: 4000 });
  };

  return {
    begin: (subjects, value, apart, unnamed) => {
      if (subjects.length > 0) setAsked({ subjects, value, apart, unnamed });
    },
    saved,
    undo,
    dialog: (
      <>
        {asked ? (
          <VerdictDialog
            subjects={asked.subjects}
            apart={asked.apart}
            unnamed={asked.unnamed}
            initial={asked.value}
            judge={judge}
            returnTo={returnTo}
            onSaved={(outcome, value) => saved(asked.subjects, outcome, value)}
            onClose={() => setAsked(null)}
          />
        ) : null}
        {left ? (
          <RefusedDialog
            refused={left.outcome.refused}
            subjects={left.subjects}
            done={left.outcome.done.length}
            onSelect={
              onSelect &&
              (() => {
                setLeft(null);
                onSelect(left.outcome.refused.map(({ id }) => id));
              })
            }
            onClose={() => setLeft(null)}
          />
        ) : null}
      </>
    ),
  };
}
