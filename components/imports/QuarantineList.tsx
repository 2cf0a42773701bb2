'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { formatBytes } from './importWords';
import { quarantineQuery } from './queries';

/** Records that could not become events: where each stands, why it was refused, and its bytes as text. */
export function QuarantineList({ id, total }: { id: string; total: number }) {
  const list = useInfiniteQuery({ ...quarantineQuery(id), enabled: total > 0 });
  if (total === 0) return <p className="text-text-3">Every record could be read.</p>;
  if (list.error) {
    return (
      <ProblemNote
        compact
        error={list.error}
        what="The quarantine could not be read"
        safe="The records are in the original."
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (!list.data) {
    return (
      <SkeletonRegion label="Reading the quarantine" className="space-y-3">
        {[90, 70, 80].map((width) => (
          <Skeleton key={width} className="h-10" style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    );
  }
  const items = list.data.pages.flatMap((page) => page.items);
  const all = list.data.pages[0]?.total ?? total;
  return (
    <>
      <p className="mb-2 text-text-2">
        Kept with their bytes and left out of every count of events. Nothing else of the file is affected.
      </p>
      <ol>
        {items.map((item) => (
          <li key={`${item.file}:${item.index}`} className="border-b py-2">
            <p className="text-warning">
              <HostileText text={item.reason} />
            </p>
            <p className="num text-12 text-text-3">
              <HostileText text={item.file} />, record {item.index.toLocaleString('en')}, byte{' '}
              {item.offset.toLocaleString('en')}, {formatBytes(item.bytes)}
            </p>
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
              tabIndex={0}
              className="focus-inset machine mt-1 max-h-32 overflow-auto whitespace-pre-wrap rounded-md bg-surface-2 px-2 py-1.5 text-text-2 [overflow-wrap:anywhere]"
            >
              <HostileText text={item.text} />
            </pre>
          </li>
        ))}
      </ol>
      <div className="num flex items-center gap-3 py-3 text-text-3">
        {items.length.toLocaleString('en')} of {all.toLocaleString('en')}
        {list.hasNextPage ? (
          <Button size="sm" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? 'Reading…' : 'Show more'}
          </Button>
        ) : null}
      </div>
    </>
  );
}
