'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { caseQuery } from '@/components/shared/cases/caseQuery';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed, useMay, useMe } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { AgeText } from '@/components/shared/TimeText';
import { useDraft } from '@/components/shared/useDraft';
import { Button, buttonClass } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/TextArea';
import type { CaseDetail, ReviewSummary } from '@/lib/contracts/cases';
import { submitDrafts } from './reviewDrafts';
import { reviewsQuery, useSubmitCase } from './reviewQueries';
import { REVIEW_STATE_WORD } from './reviewWords';

/** The rounds of review of a case, and the way into the next one. */
export function ReviewPanel({ caseId }: { caseId: number }) {
  const shown = useQuery(caseQuery(caseId)).data;
  const reviews = useQuery(reviewsQuery(caseId));
  const mayReview = useMay('cases.review');
  if (shown === undefined) return null;
  const items = reviews.data?.items ?? [];
  const waiting = items.find(({ state }) => state === 'waiting');
  return (
    <div className="max-w-[92ch] space-y-4 px-4 py-3">
      {shown.mergedInto === null ? (
        <Allowed to="cases.write" told={items.length === 0}>
          {waiting ? <Withdraw shown={shown} review={waiting} /> : <Submit shown={shown} />}
        </Allowed>
      ) : null}
      {reviews.error ? (
        <ProblemNote compact error={reviews.error} what="The reviews could not be read" />
      ) : null}
      {reviews.data && items.length === 0 ? (
        <p className="text-text-2">
          Not submitted yet. A lead then sees what you saw: the evidence opened, what could be seen of each
          host, and every verdict; and approves it or sends it back.
        </p>
      ) : null}
      <ol aria-label="Rounds of review">
        {items.map((review) => (
          <li key={review.id} className="border-b py-2">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="min-w-0 flex-1">
                <span className="font-medium">{REVIEW_STATE_WORD[review.state]}</span>
                <span className="text-12 text-text-3">
                  {' '}
                  · submitted <AgeText at={review.submittedAt} /> by{' '}
                  <PersonName handle={review.submittedBy} />
                  {review.decidedBy && review.decidedAt ? (
                    <>
                      {' '}
                      · <AgeText at={review.decidedAt} />, <PersonName handle={review.decidedBy} />
                    </>
                  ) : null}
                </span>
              </span>
              <Link
                className={buttonClass({
                  size: 'sm',
                  variant: mayReview && review.state === 'waiting' ? 'primary' : 'default',
                })}
                href={`/cases/reviews/${review.id}`}
              >
                {mayReview && review.state === 'waiting' ? 'Review' : 'What was seen'}
              </Link>
            </div>
            {review.message === '' ? null : (
              <p className="[overflow-wrap:anywhere]">
                <HostileText text={review.message} />
              </p>
            )}
            {review.decision === '' ? null : (
              <p className="text-text-2 [overflow-wrap:anywhere]">
                <HostileText text={review.decision} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Submit({ shown }: { shown: CaseDetail }) {
  const submit = useSubmitCase(shown.id);
  const draft = useDraft(submitDrafts, String(shown.id));
  const message = draft.text;
  if (shown.state === 'closed')
    return <p className="text-text-2">The case is closed. Open it again to submit it once more.</p>;
  const undecided = shown.items.findings.filter(({ verdict }) => verdict === null).length;
  return (
    <section aria-label="Submit for review" className="space-y-2">
      <TextArea
        label="For the reviewer"
        rows={2}
        maxLength={8000}
        placeholder="What you concluded, and what to look at first"
        value={message}
        onChange={(event) => draft.write(event.target.value)}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          disabled={submit.isPending || undecided > 0}
          onClick={() =>
            void submit
              .mutateAsync({ act: 'submit', revision: shown.revision, message: message.trim() })
              .then(
                () => draft.sent(message),
                // Told below; the words stay.
                () => undefined,
              )
          }
        >
          {submit.isPending ? 'Submitting…' : 'Submit for review'}
        </Button>
        {undecided > 0 ? (
          <span className="num text-12 text-warning">
            {undecided} {undecided === 1 ? 'finding has' : 'findings have'} no verdict yet.
          </span>
        ) : shown.tasksOpen > 0 ? (
          <span className="num text-12 text-text-3">
            {shown.tasksOpen} {shown.tasksOpen === 1 ? 'task is' : 'tasks are'} still open; the reviewer sees
            that.
          </span>
        ) : null}
      </div>
      {submit.error ? (
        <ProblemNote
          compact
          error={submit.error}
          what="It was not submitted"
          safe="The case is as it was before."
        />
      ) : null}
    </section>
  );
}

function Withdraw({ shown, review }: { shown: CaseDetail; review: ReviewSummary }) {
  const submit = useSubmitCase(shown.id);
  const me = useMe().handle;
  if (review.submittedBy !== me && shown.owner !== me) return null;
  return (
    <div className="space-y-2">
      <p className="flex flex-wrap items-center gap-3 text-text-2">
        It waits for a lead.
        <Button size="sm" disabled={submit.isPending} onClick={() => submit.mutate({ act: 'withdraw' })}>
          Take it back
        </Button>
      </p>
      {submit.error ? (
        <ProblemNote compact error={submit.error} what="It was not taken back" safe="It still waits." />
      ) : null}
    </div>
  );
}
