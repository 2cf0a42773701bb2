'use client';

import { type KeyboardEvent, useEffect } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { BlindGuard } from '@/components/shared/verdict/BlindGuard';
import { CommonReasons, commonReasonOf } from '@/components/shared/verdict/CommonReasons';
import { ConflictNote } from '@/components/shared/verdict/ConflictNote';
import type { Outcome } from '@/components/shared/verdict/judge';
import type { VerdictDraft } from '@/components/shared/verdict/useVerdictDraft';
import { VERDICT_MEANING, VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';

/** The reason for a verdict, in the header itself: what is being judged stays in sight. Esc cancels. */
export function VerdictForm(props: {
  draft: VerdictDraft;
  onSaved: (outcome: Outcome, next: boolean) => void;
  onCancel: () => void;
}) {
  const { draft } = props;
  const { value, reason, field, saving } = draft;
  useEffect(() => field.current?.focus(), [field]);
  const save = (next: boolean, why?: string) =>
    void draft.save(why).then((outcome) => outcome !== null && props.onSaved(outcome, next));
  /** A common reason by its key is the whole verdict: `v t Alt+1`. One that was typed is only replaced. */
  const give = (common: string) => {
    const whole = reason.trim() === '';
    draft.write(common);
    if (whole) save(true, common);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const common = commonReasonOf(value, event);
    if (event.key === 'Escape') props.onCancel();
    else if (common !== undefined) give(common);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const missing = draft.missing === 'reason' && reason.trim() === '';

  return (
    <form
      aria-label={`Verdict: ${VERDICT_WORD[value]}`}
      className="no-print animate-appear space-y-2 border-b bg-surface-2 px-5 py-2.5"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        save(false);
      }}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="shrink-0">
          <span className="font-medium">{VERDICT_WORD[value]}.</span>{' '}
          <span className="text-text-2">{VERDICT_MEANING[value]}</span>
        </p>
        <textarea
          ref={field}
          aria-label="Reason"
          aria-invalid={missing}
          maxLength={4000}
          placeholder="Why: what you saw, what you ruled out"
          rows={1}
          value={reason}
          onChange={(event) => draft.write(event.target.value)}
          className="h-8 min-h-8 min-w-60 flex-1 resize-y rounded-md border border-line-strong bg-surface-0 px-2 py-1.5 placeholder:text-text-3"
        />
        <Button type="submit" disabled={saving}>
          {draft.conflict ? 'Decide again' : 'Save'}
        </Button>
        <Button variant="primary" keys="Ctrl+Enter" disabled={saving} onClick={() => save(true)}>
          {draft.conflict ? 'Decide again and next' : 'Save and next'}
        </Button>
        <Button variant="quiet" keys="Esc" onClick={props.onCancel}>
          Cancel
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <CommonReasons value={value} onPick={draft.write} />
        {missing ? (
          <span role="alert" className="text-danger">
            A verdict needs a reason: the next person reads it.
          </span>
        ) : null}
      </div>
      <BlindGuard
        blind={draft.blind}
        value={value}
        asked={draft.askedFalse}
        acknowledged={draft.acknowledged}
        missing={draft.missing === 'acknowledgement'}
        onUse={draft.choose}
        onAcknowledge={draft.acknowledge}
      />
      {draft.conflict ? <ConflictNote {...draft.conflict} /> : null}
      {draft.error ? (
        <ProblemNote
          compact
          error={draft.error}
          what="The verdict was not saved"
          safe="Your words are still here."
        />
      ) : null}
    </form>
  );
}
