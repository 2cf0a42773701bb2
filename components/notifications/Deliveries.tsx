'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Table, Td, Th } from '@/components/ui/Table';
import type { DeliveryView } from '@/lib/contracts/notifications';
import { kindEvent } from './kindTitle';
import { deliveriesQuery, useRetryDelivery } from './webhookQueries';

/** The last messages of a webhook: what, whether it arrived, why not, and once more. */
export function Deliveries({ webhookId, name }: { webhookId: number; name: string }) {
  const list = useInfiniteQuery(deliveriesQuery(webhookId));
  const retry = useRetryDelivery(webhookId);
  if (list.error && !list.data)
    return (
      <ProblemNote
        compact
        error={list.error}
        what="Its messages could not be read"
        onRetry={() => void list.refetch()}
      />
    );
  if (!list.data)
    return (
      <SkeletonRegion label="Reading its messages" className="space-y-3">
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/2" />
      </SkeletonRegion>
    );
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return <p className="text-text-2">Nothing was sent in the last 30 days. Test sends it a message now.</p>;
  return (
    <>
      <Table caption={`Messages to ${name}`}>
        <thead>
          <tr>
            <Th>When</Th>
            <Th>What</Th>
            <Th>State</Th>
            <Th className="text-right">Attempts</Th>
            <Th>Why it did not arrive</Th>
            <Th className="pr-0">
              <span className="sr-only">Once more</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.id} item={item} busy={retry.isPending} onRetry={() => retry.mutate(item.id)} />
          ))}
        </tbody>
      </Table>
      {retry.error ? (
        <div className="mt-2">
          <ProblemNote compact error={retry.error} what="It was not sent once more" />
        </div>
      ) : null}
      {list.hasNextPage ? (
        <Button
          size="sm"
          className="mt-2"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {list.isFetchingNextPage ? 'Reading older ones' : 'Show older'}
        </Button>
      ) : null}
    </>
  );
}

function Row({ item, busy, onRetry }: { item: DeliveryView; busy: boolean; onRetry: () => void }) {
  return (
    <tr>
      <Td>
        <TimeText at={item.createdAt} date precision="s" />
      </Td>
      <Td>
        {kindEvent(item.kind)}
        <span className="block text-12 text-text-3">
          <MonoText text={item.subject} max={60} />
        </span>
      </Td>
      <Td>
        {item.state === 'sent' ? (
          'arrived'
        ) : item.state === 'failed' ? (
          <span className="text-danger">given up</span>
        ) : (
          <span className="text-text-2">{item.attempts === 0 ? 'being sent' : 'will be tried again'}</span>
        )}
      </Td>
      <Td className="text-right">{item.attempts}</Td>
      <Td className="[overflow-wrap:anywhere]">
        {item.lastError === null ? '–' : <HostileText text={item.lastError} />}
      </Td>
      <Td className="pr-0 text-right">
        {item.state === 'failed' ? (
          <Button size="sm" disabled={busy} onClick={onRetry}>
            Send again
          </Button>
        ) : null}
      </Td>
    </tr>
  );
}
