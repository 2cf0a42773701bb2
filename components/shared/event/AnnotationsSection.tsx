'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/TextArea';
import { Toggle } from '@/components/ui/Toggle';
import { HostileText } from '../MonoText';
import { ProblemNote } from '../ProblemNote';
import { ME, personName } from '../people';
import { AgeText } from '../TimeText';
import { PanelSection } from './PanelSection';
import { useAnnotations } from './useAnnotations';

const COMMENT = 'event-comment';

/** Puts the cursor where a comment is written, as soon as the panel is there; what `c` does. */
export function focusComment(tries = 20): void {
  const field = document.querySelector<HTMLTextAreaElement>(`textarea[data-field="${COMMENT}"]`);
  if (field !== null) field.focus();
  else if (tries > 0) requestAnimationFrame(() => focusComment(tries - 1));
}

/** What analysts said of an event: its flag, its comments, and the means to add to them. */
export function AnnotationsSection({ eventId }: { eventId: string }) {
  const said = useAnnotations(eventId);
  const flag = said.annotations?.flag;
  const comments = said.annotations?.comments ?? [];
  return (
    <PanelSection
      title="Flag and comments"
      aside={
        <Toggle pressed={said.flagged} onChange={said.toggleFlag}>
          {said.flagged ? 'Flagged' : 'Flag'}
        </Toggle>
      }
    >
      {flag ? (
        <p className="text-12 text-text-3">
          flagged by {personName(flag.by)}, <AgeText at={flag.at} />
        </p>
      ) : null}
      {comments.length === 0 ? null : (
        <ul className="mb-2">
          {comments.map((comment) => (
            <li key={comment.id} className="border-b py-1.5 last:border-b-0">
              <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">
                <CommentText text={comment.text} />
              </p>
              <p className="flex items-center gap-2 text-12 text-text-3">
                <span className="flex-1">
                  {personName(comment.by)}, <AgeText at={comment.at} />
                </span>
                {comment.by === ME ? (
                  <Button
                    size="sm"
                    variant="quiet"
                    disabled={said.pending}
                    onClick={() => said.withdraw(comment.id)}
                  >
                    Withdraw
                  </Button>
                ) : null}
              </p>
            </li>
          ))}
        </ul>
      )}
      <CommentForm onSend={said.comment} pending={said.pending} />
      {said.error ? (
        <div className="mt-2">
          <ProblemNote
            compact
            error={said.error}
            what="It was not stored"
            safe="The event and its other comments are as before."
          />
        </div>
      ) : null}
    </PanelSection>
  );
}

/** A comment may quote telemetry: its hidden characters are shown too, its lines kept. */
function CommentText({ text }: { text: string }) {
  return text.split('\n').map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change
    <span key={index} className="block min-h-5">
      <HostileText text={line} />
    </span>
  ));
}

function CommentForm(props: { onSend: (text: string) => Promise<void>; pending: boolean }) {
  const [text, setText] = useState('');
  const send = (event: FormEvent | undefined) => {
    event?.preventDefault();
    // Why it failed is told below the form; what was written stays.
    props.onSend(text).then(
      () => setText(''),
      () => undefined,
    );
  };
  return (
    <form onSubmit={send} className="space-y-1.5">
      <TextArea
        label="Comment"
        hideLabel
        data-field={COMMENT}
        rows={2}
        maxLength={4000}
        placeholder="What this event shows, for whoever reads the case next"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(undefined);
        }}
      />
      <Button size="sm" type="submit" disabled={props.pending || text.trim() === ''} keys="Ctrl Enter">
        Comment
      </Button>
    </form>
  );
}
