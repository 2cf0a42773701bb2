'use client';

import { type KeyboardEvent, useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { unseenStages, VERDICT_MEANING, VERDICT_WORD } from './verdict';

/** The reason for a verdict, in the header itself: what is being judged stays in sight. Esc cancels. */
export function VerdictForm(props: {
  finding: FindingDetail;
  verdict: VerdictValue;
  saving: boolean;
  error: Error | null;
  onVerdict: (verdict: VerdictValue) => void;
  onSave: (reason: string, next: boolean) => void;
  onCancel: () => void;
}) {
  const { finding, verdict } = props;
  const [reason, setReason] = useState(finding.verdict?.value === verdict ? finding.verdict.reason : '');
  const [acknowledged, setAcknowledged] = useState(false);
  const unseen = unseenStages(finding, verdict);
  const ready = !props.saving && (unseen.length === 0 || acknowledged);
  const conflict = props.error instanceof ApiError && props.error.status === 409;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') props.onCancel();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      if (ready) props.onSave(reason, true);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <form
      aria-label={`Verdict: ${VERDICT_WORD[verdict]}`}
      className="no-print animate-appear border-b bg-surface-2 px-5 py-2.5"
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) props.onSave(reason, false);
      }}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="shrink-0">
          <span className="font-medium">{VERDICT_WORD[verdict]}.</span>{' '}
          <span className="text-text-2">{VERDICT_MEANING[verdict]}</span>
        </p>
        <textarea
          // biome-ignore lint/a11y/noAutofocus: the reader has just asked for this field with a key
          autoFocus
          aria-label="Reason"
          placeholder="Why: what you saw, what you ruled out"
          rows={1}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          className="h-8 min-h-8 min-w-60 flex-1 resize-y rounded-md border border-line-strong bg-surface-0 px-2 py-1.5 placeholder:text-text-3"
        />
        <Button type="submit" disabled={!ready}>
          Save
        </Button>
        <Button
          variant="primary"
          keys="Ctrl+Enter"
          disabled={!ready}
          onClick={() => props.onSave(reason, true)}
        >
          Save and next
        </Button>
        <Button variant="quiet" keys="Esc" onClick={props.onCancel}>
          Cancel
        </Button>
      </div>
      {unseen.length === 0 ? null : (
        <div
          role="alert"
          className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 border-l-2 border-blind pl-3"
        >
          <p className="min-w-0 flex-1">
            {unseen
              .map(
                (stage) =>
                  `${stage.title} was blind${stage.stateReason === null ? '' : `: ${stage.stateReason}`}`,
              )
              .join('. ')}
            {'. A false positive says it did not happen; here it could not have been seen.'}
          </p>
          <label className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-(--accent)"
              checked={acknowledged}
              onChange={(event) => setAcknowledged(event.target.checked)}
            />
            I have ruled it out another way
          </label>
          <Button size="sm" onClick={() => props.onVerdict('undetermined')}>
            Use undetermined instead
          </Button>
        </div>
      )}
      {props.error === null ? null : (
        <div className="mt-2">
          <ProblemNote
            compact
            error={props.error}
            what={
              conflict
                ? 'Somebody changed this finding while you were reading it'
                : 'The verdict was not saved'
            }
            safe={
              conflict
                ? `Your words are still here. Now: ${finding.verdict === null ? 'no verdict' : `${VERDICT_WORD[finding.verdict.value]} by ${finding.verdict.by}`}${finding.assignee === null ? '' : `, with ${finding.assignee}`}. Saving again replaces it.`
                : 'Your words are still here.'
            }
          />
        </div>
      )}
    </form>
  );
}
