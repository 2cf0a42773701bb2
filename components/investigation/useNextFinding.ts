import { type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { noteFinding } from '@/components/shared/findingCache';
import { findingDetailQuery, findingPagesQuery } from '@/components/shared/findingQueries';
import { lineageQueryOptions } from '@/components/shared/lineage/useLineage';
import type { FindingList, FindingQuery } from '@/lib/contracts/findings';
import { nextInQueue, queueParams } from './nextFinding';
import { timelineQueryOptions } from './queries';

/** Pages of the queue that are read unasked to find the place of a finding in it. */
const PAGES_AHEAD = 5;

export type NextFinding = {
  /** Null when none is left; undefined while the queue has not been read far enough to know. */
  nextId: string | null | undefined;
  /** Reads on until it is known. Rejects when the queue cannot be read. */
  find: () => Promise<string | null>;
};

/**
 * The finding after this one in the queue it was opened from: the list itself, in the order it had then. What its
 * screen draws first is read while this one is looked at, so that it is there at once after a verdict.
 */
export function useNextFinding(id: string, queue: string): NextFinding {
  const client = useQueryClient();
  const asked = useMemo(() => queueParams(queue), [queue]);
  const { data, hasNextPage, isFetching, isError, fetchNextPage, refetch } = useInfiniteQuery(
    findingPagesQuery(asked),
  );
  const nextId = useMemo(() => nextIn(data, asked, id), [data, asked, id]);
  const hostId = data?.pages.flatMap((page) => page.items).find((item) => item.id === nextId)?.hostId;

  const pagesRead = data?.pages.length ?? PAGES_AHEAD;
  const readOn = nextId === undefined && hasNextPage && !isFetching && !isError && pagesRead < PAGES_AHEAD;
  useEffect(() => {
    if (readOn) void fetchNextPage({ cancelRefetch: false });
  }, [readOn, fetchNextPage]);
  useEffect(() => {
    if (nextId != null && hostId !== undefined) void readAhead(client, nextId, hostId);
  }, [client, nextId, hostId]);

  const find = async () => {
    for (;;) {
      const read = client.getQueryData(findingPagesQuery(asked).queryKey);
      const found = nextIn(read, asked, id);
      if (found !== undefined) return found;
      const { error } = await (read === undefined ? refetch() : fetchNextPage({ cancelRefetch: false }));
      if (error !== null) throw error;
    }
  };
  return { nextId, find };
}

function nextIn(
  read: { pages: readonly FindingList[] } | undefined,
  asked: FindingQuery,
  id: string,
): string | null | undefined {
  if (read === undefined) return undefined;
  const rows = read.pages.flatMap((page) => page.items);
  const complete = read.pages.at(-1)?.nextCursor === null;
  return nextInQueue({ rows, complete }, id, asked.verdict === 'none');
}

/** A colleague's verdict on the next finding takes it out of this analyst's way. */
async function readAhead(client: QueryClient, id: string, hostId: string): Promise<void> {
  await Promise.all([
    client.prefetchQuery(findingDetailQuery(id)),
    client.prefetchQuery(lineageQueryOptions({ hostId, findingId: id }, FIRST_VIEW)),
    client.prefetchQuery(timelineQueryOptions(id)),
  ]);
  const read = client.getQueryData(findingDetailQuery(id).queryKey);
  if (read !== undefined) noteFinding(client, read);
}

/** Nothing opened beside the path: how a finding's lineage begins. */
const FIRST_VIEW = { open: 'path', most: 0, reveal: [] } as const;
