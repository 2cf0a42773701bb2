import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { findingDetailQuery } from '@/components/shared/findingQueries';
import { lineageQueryOptions } from '@/components/shared/lineage/useLineage';
import { nextInQueue } from './nextFinding';
import { queueQueryOptions, timelineQueryOptions } from './queries';

/**
 * The finding after this one in the queue it was opened from, null when there is none. What its screen draws first is
 * read while this one is looked at, so that it is there at once after a verdict.
 */
export function usePrefetchedNext(id: string, queue: string): string | null {
  const client = useQueryClient();
  const { data } = useQuery(queueQueryOptions(queue));
  const nextId = nextInQueue(data?.items.map((item) => item.id) ?? [], id);
  const hostId = data?.items.find((item) => item.id === nextId)?.hostId;
  useEffect(() => {
    if (nextId === null || hostId === undefined) return;
    void client.prefetchQuery(findingDetailQuery(nextId));
    void client.prefetchQuery(lineageQueryOptions({ hostId, findingId: nextId }, FIRST_VIEW));
    void client.prefetchQuery(timelineQueryOptions(nextId));
  }, [client, nextId, hostId]);
  return nextId;
}

/** Nothing opened beside the path: how a finding's lineage begins. */
const FIRST_VIEW = { open: 'path', most: 0, reveal: [] } as const;
