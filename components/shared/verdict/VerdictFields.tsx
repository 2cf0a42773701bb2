'use client';

import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect } from 'react';
import { TextArea } from '@/components/ui/TextArea';
import { Segmented } from '@/components/ui/Toggle';
import { ProblemNote } from '../ProblemNote';
import { BlindGuard } from './BlindGuard';
import { CommonReasons, commonReasonOf } from './CommonReasons';
import { ConflictNote } from './ConflictNote';
import type { Outcome } from './judge';
import type { VerdictDraft } from './useVerdictDraft';
import { VERDICT_MEANING, VERDICT_SHORT, VERDICT_WORD, VERDICTS } from './verdictWords';

type VerdictFieldsProps = {
  id: string;
  draft: VerdictDraft;
  onSaved: (outcome: Outcome) => void;
  /** Something in `children` must be answered before it can be saved, by whatever key. */
  held?: boolean | undefined;
  /** Esc, where no dialog takes it. */
  onCancel?: (() => void) | undefined;
  /** Shorter words and less room: beside a list. */
  compact?: boolean | undefined;
  /** Between what is decided and why. */
  children?: ReactNode;
  /** Buttons inside of the form. */
  footer?: ReactNode;
};

/** Verdict, reason, what stands against it, and what became of saving. Ctrl+Enter saves; Alt and a digit is a reason. */
export function VerdictFields(props: VerdictFieldsProps) {
  const { id, draft, compact = false } = props;
  const { field } = draft;
  // What opened it asked for this field; a dialog does the same by its own means.
  useEffect(() => {
    if (compact) field.current?.focus();
  }, [compact, field]);
  const save = (reason?: string) => {
    if (props.held) return;
    void draft.save(reason).then((outcome) => outcome !== null && props.onSaved(outcome));
  };
  /** A common reason by its key is the whole verdict: `v t Alt+1`. One that was typed is only replaced. */
  const give = (common: string) => {
    const whole = draft.reason.trim() === '';
    draft.write(common);
    if (whole) save(common);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const common = commonReasonOf(draft.value, event);
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
    else if (event.key === 'Escape' && props.onCancel) props.onCancel();
    else if (common !== undefined) give(common);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      id={id}
      aria-label={`Verdict: ${VERDICT_WORD[draft.value]}`}
      className={compact ? 'space-y-2.5 px-4 py-3' : 'space-y-4 px-5 py-4'}
      onKeyDown={onKeyDown}
      onSubmit={onSubmit}
    >
      <div>
        <Segmented
          label="Verdict"
          value={draft.value}
          onChange={draft.choose}
          options={VERDICTS.map((value) => ({
            value,
            label: compact ? VERDICT_SHORT[value] : VERDICT_WORD[value],
            name: VERDICT_WORD[value],
          }))}
        />
        <p className="mt-1 text-12 text-text-3">{VERDICT_MEANING[draft.value]}</p>
      </div>
      <BlindGuard
        blind={draft.blind}
        value={draft.value}
        asked={draft.askedFalse}
        acknowledged={draft.acknowledged}
        missing={draft.missing === 'acknowledgement'}
        onUse={draft.choose}
        onAcknowledge={draft.acknowledge}
      />
      {props.children}
      <TextArea
        label="Reason"
        data-autofocus
        ref={draft.field}
        rows={compact ? 2 : 3}
        value={draft.reason}
        maxLength={4000}
        required
        placeholder="Why: what you saw, what you ruled out"
        error={
          draft.missing === 'reason' && draft.reason.trim() === ''
            ? 'A verdict needs a reason: the next person reads it.'
            : undefined
        }
        onChange={(event) => draft.write(event.target.value)}
      />
      <CommonReasons value={draft.value} onPick={draft.write} />
      {draft.conflict ? <ConflictNote {...draft.conflict} /> : null}
      {draft.error ? (
        <ProblemNote
          compact
          error={draft.error}
          what="The verdict was not saved"
          safe="Your words are still here."
        />
      ) : null}
      {props.footer}
    </form>
  );
}
