'use client';

import { useQuery } from '@tanstack/react-query';
import { findingHistoryQuery } from '@/components/shared/findingQueries';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { HistoryList } from '@/components/shared/verdict/HistoryList';
import { ReopenedNote } from '@/components/shared/verdict/ReopenedMark';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { FindingDetail } from '@/lib/contracts/findings';

/** What became of the finding: why it is open again, every verdict and change of it, and all that people did. */
export function ActivityPanel({ finding }: { finding: FindingDetail }) {
  const history = useQuery(findingHistoryQuery(finding.id));
  return (
    <>
      {finding.reopened ? (
        <div className="border-b px-4 py-3">
          <ReopenedNote reopened={finding.reopened} />
        </div>
      ) : null}
      <section className="border-b px-4 py-3">
        <h3 className="label mb-1.5">Verdicts, and changes by later data</h3>
        {history.data ? (
          <HistoryList history={history.data} />
        ) : history.error ? (
          <ProblemNote
            compact
            error={history.error}
            what="The history could not be read"
            safe="The finding and its verdict are as shown."
            onRetry={() => void history.refetch()}
          />
        ) : (
          <SkeletonRegion label="Reading the history" className="space-y-2.5 py-1">
            {[70, 52, 64].map((width) => (
              <Skeleton key={width} style={{ width: `${width}%` }} />
            ))}
          </SkeletonRegion>
        )}
      </section>
      <section className="px-4 py-3">
        <h3 className="label mb-1.5">All that was done, oldest first</h3>
        <Activity finding={finding} />
      </section>
    </>
  );
}

function Activity({ finding }: { finding: FindingDetail }) {
  if (finding.activity.length === 0)
    return <p className="text-text-2">Nobody has done anything with this finding yet.</p>;
  return (
    <ol>
      {finding.activity.map((entry) => (
        <li key={`${entry.at}${entry.by}${entry.text}`} className="border-b py-2 last:border-b-0">
          <p className="[overflow-wrap:anywhere]">
            <HostileText text={entry.text} />
          </p>
          <p className="num text-12 text-text-3">
            <PersonName handle={entry.by} /> · <TimeText at={entry.at} date precision="s" zone /> ·{' '}
            <AgeText at={entry.at} />
          </p>
        </li>
      ))}
    </ol>
  );
}
