'use client';

import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextArea } from '@/components/ui/TextArea';
import { Segmented } from '@/components/ui/Toggle';
import type { FindingSummary } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { HostileText } from '../MonoText';
import { StagePip } from '../StagePip';
import { blindRequired, COMMON_REASONS, VERDICT_MEANING, VERDICT_WORD, VERDICTS } from './verdictWords';

export type VerdictSubject = Pick<FindingSummary, 'id' | 'headline' | 'revision' | 'verdict'> & {
  stages: readonly Pick<FindingSummary['stages'][number], 'title' | 'required' | 'state'>[];
};

type VerdictDialogProps = {
  subjects: readonly VerdictSubject[];
  initial: VerdictValue;
  returnTo?: (() => HTMLElement | null) | undefined;
  onSave: (value: VerdictValue, reason: string) => void;
  onClose: () => void;
};

/** Verdict and reason for one finding or several; Ctrl+Enter saves. Mount it only while it is open. */
export function VerdictDialog({ subjects, initial, returnTo, onSave, onClose }: VerdictDialogProps) {
  const form = useId();
  const [value, setValue] = useState(initial);
  const [reason, setReason] = useState('');
  const [refused, setRefused] = useState(false);
  const blind = [...new Set(subjects.flatMap((subject) => blindRequired(subject.stages)))];
  const doubtful = value === 'false_positive' && blind.length > 0;

  const save = () => (reason.trim() === '' ? setRefused(true) : onSave(value, reason.trim()));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
    const common = event.altKey
      ? COMMON_REASONS[value][Number(event.code.replace('Digit', '')) - 1]
      : undefined;
    if (common) {
      event.preventDefault();
      setReason(common);
    }
  };

  const [first] = subjects;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      returnTo={returnTo}
      title={VERDICT_WORD[value]}
      description={
        subjects.length === 1 && first ? (
          <HostileText text={first.headline} />
        ) : (
          `${subjects.length} findings get the same verdict and reason.`
        )
      }
      footer={
        <>
          <span className="flex-1 text-text-3">{VERDICT_MEANING[value]}</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" keys="Ctrl Enter" type="submit" form={form}>
            Save and next
          </Button>
        </>
      }
    >
      <form id={form} className="space-y-4 px-5 py-4" onKeyDown={onKeyDown} onSubmit={onSubmit}>
        <Segmented
          label="Verdict"
          value={value}
          onChange={setValue}
          options={VERDICTS.map((each) => ({ value: each, label: VERDICT_WORD[each] }))}
        />
        {doubtful ? (
          <div role="note" className="flex gap-3 border-l-2 border-blind pl-3">
            <div className="flex-1">
              <p className="flex items-center gap-2 font-medium">
                <StagePip state="blind" size={12} />
                {blind.join(', ')} {blind.length === 1 ? 'is' : 'are'} required and blind
              </p>
              <p className="mt-0.5 text-text-2">
                Nobody could have seen {blind.length === 1 ? 'it' : 'them'} on this host then, so its silence
                does not show that nothing happened. Undetermined says what is known.
              </p>
            </div>
            <Button size="sm" onClick={() => setValue('undetermined')}>
              Use undetermined
            </Button>
          </div>
        ) : null}
        <TextArea
          label="Reason"
          data-autofocus
          value={reason}
          maxLength={4000}
          required
          error={
            refused && reason.trim() === ''
              ? 'A verdict needs a reason: the next person reads it.'
              : undefined
          }
          onChange={(event) => setReason(event.target.value)}
        />
        <fieldset className="flex flex-wrap gap-2">
          <legend className="label mb-1">Common reasons</legend>
          {COMMON_REASONS[value].map((common, place) => (
            <Button key={common} size="sm" keys={`Alt ${place + 1}`} onClick={() => setReason(common)}>
              {common}
            </Button>
          ))}
        </fieldset>
      </form>
    </Dialog>
  );
}
