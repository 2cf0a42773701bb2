'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { ImportView } from '@/lib/contracts/imports';
import { auditText } from './importWords';
import { activityQuery } from './queries';

/** Who did what to one import, newest first. */
export function ActivityList({ thisImport }: { thisImport: ImportView }) {
  const list = useInfiniteQuery(activityQuery(thisImport));
  if (list.error) {
    return (
      <ProblemNote
        compact
        error={list.error}
        what="The audit could not be read"
        safe="Its entries cannot be changed by anyone."
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (!list.data) {
    return (
      <SkeletonRegion label="Reading the audit" className="space-y-3">
        {[70, 55].map((width) => (
          <Skeleton key={width} style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    );
  }
  const entries = list.data.pages.flatMap((page) => page.items);
  if (entries.length === 0)
    return <p className="text-text-3">Nothing was noted: it was imported before the audit was kept.</p>;
  return (
    <>
      <ol aria-label="Activity">
        {entries.map((entry) => (
          <li key={entry.id} className="border-b py-2">
            <p>
              <span className="font-medium">
                <PersonName handle={entry.by} capital />
              </span>{' '}
              <HostileText text={auditText(entry)} />
            </p>
            <p className="text-12 text-text-3">
              <TimeText at={entry.at} date precision="s" zone />
            </p>
          </li>
        ))}
      </ol>
      {list.hasNextPage ? (
        <Button
          size="sm"
          className="mt-3"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {list.isFetchingNextPage ? 'Reading…' : 'Show more'}
        </Button>
      ) : null}
    </>
  );
}
