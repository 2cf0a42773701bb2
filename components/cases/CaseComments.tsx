'use client';

import Link from 'next/link';
import type { FormEvent } from 'react';
import { createDrafts } from '@/components/shared/drafts';
import { HostileText } from '@/components/shared/MonoText';
import { useMe } from '@/components/shared/me';
import { PersonName, usePeople } from '@/components/shared/people';
import { AgeText } from '@/components/shared/TimeText';
import { useDraft } from '@/components/shared/useDraft';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { TextArea } from '@/components/ui/TextArea';
import type { CaseComment, CaseDetail } from '@/lib/contracts/cases';
import { CaseProblem } from './CaseProblem';
import { useChangeCasePart } from './caseQueries';
import { eventHref } from './eventHref';

/** What people say to each other about the case; a reviewer's remarks lead to what they are pinned to. */
export function CaseComments({ shown, mayWrite }: { shown: CaseDetail; mayWrite: boolean }) {
  const open = shown.comments.filter((each) => each.resolvedAt === null && !each.withdrawn);
  const rest = shown.comments.filter((each) => each.resolvedAt !== null || each.withdrawn);
  return (
    <div className="max-w-[92ch] space-y-4 px-4 py-3">
      {shown.comments.length === 0 ? (
        <EmptyState title="Nothing said yet">
          <p>Ask a colleague with @ and their handle; they are told.</p>
        </EmptyState>
      ) : null}
      <ul aria-label="Open comments">
        {open.map((comment) => (
          <Comment key={comment.id} caseId={shown.id} comment={comment} mayWrite={mayWrite} />
        ))}
      </ul>
      {mayWrite ? <CommentForm caseId={shown.id} /> : null}
      {rest.length === 0 ? null : (
        <details>
          <summary className="num cursor-pointer py-1 text-text-2">
            {rest.length} answered or withdrawn
          </summary>
          <ul aria-label="Answered comments">
            {rest.map((comment) => (
              <Comment key={comment.id} caseId={shown.id} comment={comment} mayWrite={mayWrite} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Comment({ caseId, comment, mayWrite }: { caseId: number; comment: CaseComment; mayWrite: boolean }) {
  const change = useChangeCasePart(caseId);
  const me = useMe().handle;
  const { pin } = comment;
  return (
    <li className="border-b py-2">
      <p className="flex flex-wrap items-baseline gap-x-2 text-12 text-text-3">
        <span className="font-medium text-text-2">
          <PersonName handle={comment.by} capital />
        </span>
        <AgeText at={comment.at} />
        {comment.reviewId === null ? '' : '· in review'}
        {comment.caseId === caseId ? '' : `· with case #${comment.caseId}`}
        {comment.resolvedBy ? (
          <span>
            · answered, says <PersonName handle={comment.resolvedBy} />
          </span>
        ) : null}
      </p>
      {pin?.findingId ? (
        <p className="text-12">
          <Link className="link [overflow-wrap:anywhere]" href={eventHref(pin.findingId, pin.eventId)}>
            <HostileText text={comment.pinText ?? 'What it was pinned to is gone'} />
          </Link>
        </p>
      ) : comment.pinText ? (
        <p className="text-12 text-text-2">
          <HostileText text={comment.pinText} />
        </p>
      ) : null}
      {comment.withdrawn ? (
        <p className="text-text-3">Withdrawn.</p>
      ) : (
        comment.text.split('\n').map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that does not change
          <span key={place} className="block min-h-5 [overflow-wrap:anywhere]">
            <HostileText text={line} />
          </span>
        ))
      )}
      {mayWrite && !comment.withdrawn ? (
        <p className="mt-1 flex gap-2">
          <Button
            size="sm"
            variant="quiet"
            disabled={change.isPending}
            onClick={() =>
              change.mutate({
                part: 'comment.resolve',
                id: comment.id,
                resolved: comment.resolvedAt === null,
              })
            }
          >
            {comment.resolvedAt === null ? 'Answered' : 'Open again'}
          </Button>
          {comment.by === me ? (
            <Button
              size="sm"
              variant="quiet"
              disabled={change.isPending}
              onClick={() => change.mutate({ part: 'comment.withdraw', id: comment.id })}
            >
              Withdraw
            </Button>
          ) : null}
        </p>
      ) : null}
      {change.error ? <CaseProblem error={change.error} /> : null}
    </li>
  );
}

const drafts = createDrafts(50);

function CommentForm({ caseId }: { caseId: number }) {
  const change = useChangeCasePart(caseId);
  const { people } = usePeople();
  const draft = useDraft(drafts, String(caseId));
  const { text, write } = draft;
  const send = () => {
    if (text.trim() === '' || change.isPending) return;
    // Also when this form was left meanwhile; a refusal is shown below, and the words stay.
    change.mutateAsync({ part: 'comment.add', text: text.trim() }).then(
      () => draft.sent(text),
      () => undefined,
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const begun = /(?:^|\s)@([a-z0-9._-]*)$/.exec(text)?.[1];
  const offered =
    begun === undefined
      ? []
      : people
          .filter(
            ({ handle, name, active }) =>
              active && (handle.startsWith(begun) || name.toLowerCase().startsWith(begun)),
          )
          .slice(0, 6);
  return (
    <form onSubmit={submit} className="space-y-1.5">
      <TextArea
        label="Comment"
        rows={3}
        maxLength={8000}
        placeholder="@handle tells that person"
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      {offered.length > 0 ? (
        <p className="flex flex-wrap gap-1.5" role="status">
          {offered.map(({ handle, name }) => (
            <Button
              key={handle}
              size="sm"
              variant="quiet"
              onClick={() => write(`${text.slice(0, text.length - (begun?.length ?? 0))}${handle} `)}
            >
              @{handle} <span className="text-text-3">{name}</span>
            </Button>
          ))}
        </p>
      ) : null}
      <Button size="sm" type="submit" disabled={text.trim() === '' || change.isPending} keys="Ctrl Enter">
        Comment
      </Button>
      {change.error ? <CaseProblem error={change.error} /> : null}
    </form>
  );
}
