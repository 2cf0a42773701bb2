'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/TextArea';
import { Toggle } from '@/components/ui/Toggle';
import { createDrafts } from '../drafts';
import { HostileText } from '../MonoText';
import { Allowed, useMay, useMe } from '../me';
import { ProblemNote } from '../ProblemNote';
import { PersonName } from '../people';
import { AgeText } from '../TimeText';
import { takeWantedFocus } from './commentFocus';
import { PanelSection } from './PanelSection';
import { useAnnotations } from './useAnnotations';

const drafts = createDrafts(100);

/** What analysts said of an event: its flag, its comments, and the means to add to them. */
export function AnnotationsSection({ eventId }: { eventId: string }) {
  const said = useAnnotations(eventId);
  const me = useMe().handle;
  const mayAnnotate = useMay('events.annotate');
  const flag = said.annotations?.flag;
  const comments = said.annotations?.comments ?? [];
  return (
    <PanelSection
      title="Flag and comments"
      aside={
        <Allowed to="events.annotate">
          <Toggle pressed={said.flagged} onChange={said.toggleFlag}>
            {said.flagged ? 'Flagged' : 'Flag'}
          </Toggle>
        </Allowed>
      }
    >
      {flag ? (
        <p className="text-12 text-text-3">
          flagged by <PersonName handle={flag.by} />, <AgeText at={flag.at} />
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
                  <PersonName handle={comment.by} capital />, <AgeText at={comment.at} />
                </span>
                {comment.by === me && mayAnnotate ? (
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
      <Allowed to="events.annotate" told>
        <CommentForm key={eventId} eventId={eventId} onSend={said.comment} pending={said.pending} />
      </Allowed>
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

/** What is written stays with its event until it is stored: another event may be looked at meanwhile. */
function CommentForm(props: { eventId: string; onSend: (text: string) => Promise<void>; pending: boolean }) {
  const { eventId } = props;
  const [text, setText] = useState(() => drafts.get(eventId));
  const write = (next: string) => {
    drafts.keep(eventId, next);
    setText(next);
  };
  useEffect(() => takeWantedFocus(eventId), [eventId]);
  // The keys are quicker than the render that disables the button.
  const sending = useRef(false);
  const send = async () => {
    if (sending.current || text.trim() === '') return;
    sending.current = true;
    try {
      await props.onSend(text);
      if (drafts.get(eventId) === text) drafts.keep(eventId, '');
      setText((now) => (now === text ? '' : now));
    } catch {
      // Why it failed is told below the form, by `error`; what was written stays.
    } finally {
      sending.current = false;
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <form onSubmit={onSubmit} className="space-y-1.5">
      <TextArea
        label="Comment"
        hideLabel
        data-field="event-comment"
        data-event={eventId}
        rows={2}
        maxLength={4000}
        placeholder="What this event shows, for whoever reads the case next"
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        }}
      />
      <Button size="sm" type="submit" disabled={props.pending || text.trim() === ''} keys="Ctrl Enter">
        Comment
      </Button>
    </form>
  );
}
