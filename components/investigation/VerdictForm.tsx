'use client';

import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { personName } from '@/components/shared/people';
import {
  blindRequired,
  COMMON_REASONS,
  VERDICT_MEANING,
  VERDICT_WORD,
} from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';

/** The reason for a verdict, in the header itself: what is being judged stays in sight. Esc cancels. */
export function VerdictForm(props: {
  finding: FindingDetail;
  verdict: VerdictValue;
  reason: string;
  field: RefObject<HTMLTextAreaElement | null>;
  saving: boolean;
  error: Error | null;
  onReason: (reason: string) => void;
  onVerdict: (verdict: VerdictValue) => void;
  onSave: (reason: string, next: boolean) => void;
  onCancel: () => void;
}) {
  const { finding, verdict, reason, onReason } = props;
  const [acknowledged, setAcknowledged] = useState(false);
  const unseen = verdict === 'false_positive' ? blindRequired(finding.stages) : [];
  const [asked, setAsked] = useState(false);
  // Two keys in a row must not save twice and pass over the next finding; a refusal may be tried again.
  const sent = useRef(false);
  useEffect(() => {
    if (props.error !== null) sent.current = false;
  }, [props.error]);
  const ready = !props.saving && (unseen.length === 0 || acknowledged);
  const save = (next: boolean, why = reason) => {
    setAsked(true);
    if (!ready || why.trim() === '' || sent.current) return;
    sent.current = true;
    props.onSave(why.trim(), next);
  };
  /** A common reason by its key is the whole verdict: `v t Alt+1`. One that was typed is only replaced. */
  const give = (common: string) => {
    if (reason.trim() === '') save(true, common);
    onReason(common);
  };
  const conflict = props.error instanceof ApiError && props.error.status === 409;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') props.onCancel();
    else if (event.altKey && commonAt(verdict, event.code) !== undefined)
      give(commonAt(verdict, event.code) ?? '');
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      save(true);
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
        save(false);
      }}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="shrink-0">
          <span className="font-medium">{VERDICT_WORD[verdict]}.</span>{' '}
          <span className="text-text-2">{VERDICT_MEANING[verdict]}</span>
        </p>
        <textarea
          ref={props.field}
          // biome-ignore lint/a11y/noAutofocus: the reader has just asked for this field with a key
          autoFocus
          aria-label="Reason"
          aria-invalid={asked && reason.trim() === ''}
          maxLength={4000}
          placeholder="Why: what you saw, what you ruled out"
          rows={1}
          value={reason}
          onChange={(event) => onReason(event.target.value)}
          className="h-8 min-h-8 min-w-60 flex-1 resize-y rounded-md border border-line-strong bg-surface-0 px-2 py-1.5 placeholder:text-text-3"
        />
        <Button type="submit" disabled={!ready}>
          Save
        </Button>
        <Button variant="primary" keys="Ctrl+Enter" disabled={!ready} onClick={() => save(true)}>
          Save and next
        </Button>
        <Button variant="quiet" keys="Esc" onClick={props.onCancel}>
          Cancel
        </Button>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <span className="label" title="By its key it saves and goes on; a click fills it in">
          Common reasons
        </span>
        {COMMON_REASONS[verdict].map((common, place) => (
          <Button key={common} size="sm" keys={`Alt ${place + 1}`} onClick={() => onReason(common)}>
            {common}
          </Button>
        ))}
        {asked && reason.trim() === '' ? (
          <span id="reason-missing" role="alert" className="text-danger">
            A verdict needs a reason: the next person reads it.
          </span>
        ) : null}
      </div>
      {unseen.length === 0 ? null : (
        <div
          role="alert"
          className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 border-l-2 border-blind pl-3"
        >
          <p className="min-w-0 flex-1">
            {`${unseen.join(', ')} ${unseen.length === 1 ? 'is' : 'are'} required and blind. Nobody could have seen ${unseen.length === 1 ? 'it' : 'them'} here, so silence does not show that nothing happened.`}
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
                ? `Your words are still here. Now: ${finding.verdict === null ? 'no verdict' : `${VERDICT_WORD[finding.verdict.value]} by ${personName(finding.verdict.by)}`}${finding.assignee === null ? '' : `, with ${personName(finding.assignee)}`}. Saving again replaces it.`
                : 'Your words are still here.'
            }
          />
        </div>
      )}
    </form>
  );
}

function commonAt(verdict: VerdictValue, code: string): string | undefined {
  return COMMON_REASONS[verdict][Number(code.replace('Digit', '')) - 1];
}
