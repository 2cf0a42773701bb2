'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { DrawerFrame } from '@/components/shared/DrawerFrame';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { MetricItems, MetricList, MetricListQuery } from '@/lib/contracts/metrics';
import { itemsQuery } from './teamQueries';
import { AGE_WORD, countText, LIST_TITLE, MINUTES_TITLE, minutesText, NOW_LISTS } from './teamWords';

/** What a number is made of, beside the page: each row leads to its finding, case or alert. Esc closes. */
export function ListPanel(props: { query: MetricListQuery; onClose: () => void }) {
  const { query, onClose } = props;
  const list = useInfiniteQuery(itemsQuery(query));
  return (
    <DrawerFrame
      title={LIST_TITLE[query.list]}
      note={
        <p aria-live="polite" className="text-12 text-text-3">
          {list.data ? countText(list.data.pages[0]?.total ?? 0) : '…'}
          <Scope query={query} />
        </p>
      }
      onClose={onClose}
    >
      {list.error && !list.data ? (
        <ProblemNote
          error={list.error}
          what="The list could not be read"
          onRetry={() => void list.refetch()}
        />
      ) : !list.data ? (
        <SkeletonRegion label="Reading the list" className="space-y-3 p-4">
          {[90, 75, 85, 60].map((width) => (
            <Skeleton key={width} className="h-9" style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      ) : (
        <>
          <Rows list={query.list} items={list.data.pages.flatMap(({ items }) => items)} />
          {list.hasNextPage ? (
            <div className="px-4 py-3">
              {list.isFetchNextPageError && list.error ? (
                <ProblemNote compact error={list.error} what="No more could be read" />
              ) : null}
              <Button size="sm" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {list.isFetchingNextPage ? 'Reading…' : 'Show more'}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </DrawerFrame>
  );
}

/** What the list is of beside its name. */
function Scope({ query }: { query: MetricListQuery }) {
  const { list, severity, analytic, age } = query;
  const { from, to } = NOW_LISTS.has(list) ? {} : query;
  return (
    <>
      {from === undefined || to === undefined ? null : ` · ${from === to ? from : `${from} to ${to}`}`}
      {age === undefined ? null : ` · ${AGE_WORD[age].toLowerCase()}`}
      {severity === undefined ? null : ` · ${severity}`}
      {analytic === undefined ? null : (
        <>
          {' · '}
          <HostileText text={analytic} />
        </>
      )}
    </>
  );
}

function Rows({ list, items }: { list: MetricList; items: MetricItems['items'] }) {
  if (items.length === 0) return <p className="p-4 text-text-2">Nothing is in this list any more.</p>;
  return (
    <ul>
      {items.map((item) => (
        // A case is in it once for each of its reviews, a finding for each of its verdicts, an alert for each host.
        <li key={`${item.id} ${item.at} ${item.host ?? ''}`} className="border-b px-4 py-2">
          <Link href={item.href} prefetch={false} className="block truncate font-medium hover:underline">
            <HostileText text={item.title === '' ? item.id : item.title} />
          </Link>
          <p className="num flex flex-wrap gap-x-3 text-12 text-text-3">
            {item.severity === null ? null : <SeverityMark severity={item.severity} />}
            {item.host === null ? null : (
              <span className="machine">
                <HostileText text={item.host} />
              </span>
            )}
            {item.analytic === null ? null : (
              <span className="machine">
                <HostileText text={item.analytic} />
              </span>
            )}
            <span className="text-text-2">{item.outcome}</span>
            {item.minutes === null ? null : (
              <span>
                {MINUTES_TITLE[list] ?? 'Took'} {minutesText(item.minutes)}
              </span>
            )}
            <TimeText at={item.at} date precision="min" />
          </p>
        </li>
      ))}
    </ul>
  );
}
