'use client';

import { useId, useMemo, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { HostileText } from '../MonoText';
import { ChosenList } from './ChosenList';
import type { Judge, Outcome, VerdictSubject } from './judge';
import { useVerdictDraft } from './useVerdictDraft';
import { VerdictFields } from './VerdictFields';
import { VERDICT_WORD } from './verdictWords';

type VerdictDialogProps = {
  subjects: readonly VerdictSubject[];
  /** Those that are left out until they are taken in, each with what sets it apart. */
  apart?: ReadonlyMap<string, string> | undefined;
  initial: VerdictValue;
  judge: Judge;
  returnTo?: (() => HTMLElement | null) | undefined;
  onSaved: (outcome: Outcome, value: VerdictValue) => void;
  onClose: () => void;
};

const NONE: ReadonlyMap<string, string> = new Map();

/** Verdict and reason for one or several, less those left out; Ctrl+Enter saves. Mount it only while it is open. */
export function VerdictDialog(props: VerdictDialogProps) {
  const { subjects, apart = NONE, onClose } = props;
  const form = useId();
  const [left, setLeft] = useState<ReadonlySet<string>>(() => new Set(apart.keys()));
  const chosen = useMemo(() => subjects.filter(({ id }) => !left.has(id)), [subjects, left]);
  const draft = useVerdictDraft(chosen, props.initial, props.judge);
  const [first] = subjects;
  const alone = subjects.length === 1;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      returnTo={props.returnTo}
      title={VERDICT_WORD[draft.value]}
      description={
        alone && first ? (
          <HostileText text={first.headline} />
        ) : (
          `${chosen.length.toLocaleString('en')} of ${subjects.length.toLocaleString('en')} get the same verdict and reason.`
        )
      }
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            keys="Ctrl Enter"
            type="submit"
            form={form}
            disabled={draft.saving || chosen.length === 0}
          >
            {draft.saving ? 'Saving…' : draft.conflict ? 'Decide again' : 'Save and next'}
          </Button>
        </>
      }
    >
      <VerdictFields id={form} draft={draft} onSaved={(outcome) => props.onSaved(outcome, draft.value)}>
        {alone ? null : <ChosenList subjects={subjects} apart={apart} left={left} onChange={setLeft} />}
      </VerdictFields>
    </Dialog>
  );
}
