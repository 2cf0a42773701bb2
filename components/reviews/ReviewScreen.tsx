'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { useDraft } from '@/components/shared/useDraft';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { ReviewDetail } from '@/lib/contracts/reviews';
import { DecideForm } from './DecideForm';
import { keptRemarks, remarkDrafts, remarksOf } from './reviewDrafts';
import { reviewQuery } from './reviewQueries';
import { concernsOf, REVIEW_STATE_WORD, waitText } from './reviewWords';
import { SeenAlertsPart } from './SeenAlertsPart';
import { SeenFindingPart } from './SeenFindingPart';

/** What the analyst saw when they submitted, and the lead's decision. */
export function ReviewScreen({ id }: { id: number }) {
  const review = useQuery(reviewQuery(id));
  if (review.error && !review.data)
    return (
      <ProblemNote
        error={review.error}
        what="The review could not be read"
        safe="What was seen is kept as it was."
        onRetry={() => void review.refetch()}
      />
    );
  if (!review.data)
    return (
      <SkeletonRegion label="Opening the review" className="space-y-5 px-4 py-4">
        {[40, 70, 60].map((width) => (
          <Skeleton key={width} className="h-6" style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    );
  return <Parts review={review.data} />;
}

function Parts({ review }: { review: ReviewDetail }) {
  const kept = useDraft(remarkDrafts, String(review.id));
  const remarks = remarksOf(kept.text);
  const concerns = concernsOf(review);
  const open = review.state === 'waiting' && review.barred === null;
  return (
    <article aria-label={`Review of case ${review.caseId}`} className="flex h-full flex-col">
      <header className="space-y-1 border-b px-4 pb-2 pt-3">
        <h1 className="text-20">
          What the analyst saw{' '}
          <span className="font-normal text-text-3">· {REVIEW_STATE_WORD[review.state]}</span>
        </h1>
        <p className="text-text-2">
          <Link className="link" href={`/cases/${review.caseId}`}>
            Case <span className="num">#{review.caseId}</span>
          </Link>
          , submitted by <PersonName handle={review.submittedBy} />,{' '}
          <TimeText at={review.submittedAt} date precision="s" zone />
          {review.work.length > 0 ? (
            <span className="num">
              {' '}
              · worked:{' '}
              {review.work.map(({ person, seconds }, place) => (
                <span key={person}>
                  {place > 0 ? ', ' : ''}
                  <PersonName handle={person} /> {waitText(seconds)}
                </span>
              ))}
            </span>
          ) : null}
        </p>
        {review.message === '' ? null : (
          <p className="max-w-[92ch] [overflow-wrap:anywhere]">
            <HostileText text={review.message} />
          </p>
        )}
        {concerns.length === 0 ? null : (
          <ul aria-label="To look at first" className="num flex flex-wrap gap-x-4 gap-y-0.5 text-warning">
            {concerns.map((concern) => (
              <li key={concern}>▲ {concern}</li>
            ))}
          </ul>
        )}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {review.findings.length === 0 ? <WithoutFindings review={review} /> : null}
        {review.findings.map((finding) => (
          <SeenFindingPart
            key={finding.findingId}
            reviewId={review.id}
            finding={finding}
            onRemark={open ? (remark) => kept.write(keptRemarks([...remarks, remark])) : null}
          />
        ))}
        {review.alerts.length === 0 ? null : <SeenAlertsPart alerts={review.alerts} />}
      </div>
      {review.state !== 'waiting' ? (
        <footer className="border-t px-4 py-2 text-text-2">
          {REVIEW_STATE_WORD[review.state]}
          {review.decidedBy ? (
            <>
              {' '}
              by <PersonName handle={review.decidedBy} />
            </>
          ) : null}
          {review.decision === '' ? '.' : ': '}
          <HostileText text={review.decision} />
        </footer>
      ) : review.barred !== null ? (
        <footer className="border-t px-4 py-2 text-text-2">{review.barred}</footer>
      ) : (
        <DecideForm
          review={review}
          remarks={remarks}
          onDrop={(place) => kept.write(keptRemarks(remarks.filter((_, n) => n !== place)))}
          onDecided={() => kept.write('')}
        />
      )}
    </article>
  );
}

/** A case of alerts alone, or of nothing: what there is to decide on instead. */
function WithoutFindings({ review }: { review: Pick<ReviewDetail, 'caseId' | 'alerts'> }) {
  return (
    <div className="max-w-[92ch] space-y-1 border-b px-4 py-3">
      <p>This case was submitted without a finding: there is no chain to look through.</p>
      <p className="text-text-2">
        {review.alerts.length === 0 ? 'No alert of a product stood in it either. ' : null}
        <Link className="link" href={`/cases/${review.caseId}`}>
          Open the case
        </Link>
      </p>
    </div>
  );
}
