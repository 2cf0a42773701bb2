'use client';

import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import {
  type FindingList,
  type FindingQuery,
  findingDetail,
  findingList,
  findingSummary,
  type VerdictView,
} from '@/lib/contracts/findings';
import { lineageView } from '@/lib/contracts/lineage';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { apiGet, apiPost } from './apiClient';
import {
  type FindingPages,
  type FindingPatch,
  LISTS,
  PULSES,
  patchFinding,
  writePatch,
} from './findingCache';
import { ME } from './people';

const PAGE = 200;

const readPage = (query: FindingQuery, cursor: string | null, signal: AbortSignal) =>
  apiGet('/findings', findingList, { params: { ...query, limit: PAGE, cursor }, signal });

/** The queue as it was when it was last asked for: pages that only change when the analyst says so. */
export const findingPagesQuery = (query: FindingQuery) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, query],
    queryFn: ({ pageParam, signal }) => readPage(query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: FindingList) => last.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

/**
 * The queue's first page as it is now, asked for again every `everyMs`: what is new, and the counts. A queue that was
 * empty takes it over at once, since no row can move.
 */
export const findingPulseQuery = (query: FindingQuery, everyMs: number) =>
  queryOptions({
    queryKey: [...PULSES, query],
    queryFn: async ({ signal, client }) => {
      const page = await readPage(query, null, signal);
      client.setQueryData<FindingPages>([...LISTS, query], (shown) =>
        shown?.pages.every((each) => each.items.length === 0) ? { pages: [page], pageParams: [null] } : shown,
      );
      return page;
    },
    refetchInterval: everyMs,
  });

export const findingDetailQuery = (id: string) =>
  queryOptions({
    queryKey: ['findings', id],
    queryFn: ({ signal }) => apiGet(`/findings/${encodeURIComponent(id)}`, findingDetail, { signal }),
    staleTime: 30_000,
  });

/** The cause→effect path and its near relatives, with nothing unfolded. */
export const findingLineageQuery = (id: string) =>
  queryOptions({
    queryKey: ['findings', id, 'lineage', 'path'],
    queryFn: ({ signal }) => apiGet(`/findings/${encodeURIComponent(id)}/lineage`, lineageView, { signal }),
    staleTime: 60_000,
  });

/** What every answer to a write has: enough to go on from. */
const changed = findingSummary.pick({ id: true, revision: true, verdict: true, assignee: true });

/** Writes are sent one after the other, so that two quick ones on one finding do not conflict with each other. */
const ONE_AT_A_TIME = { id: 'findings' };

/** Revision our own last write gave a finding; what others wrote since still conflicts. */
const ownRevisions = new Map<string, number>();

async function write(what: 'verdict' | 'assign', { id, ...body }: VerdictInput | AssignInput) {
  const revision = Math.max(body.revision, ownRevisions.get(id) ?? 0);
  const answer = await apiPost(`/findings/${encodeURIComponent(id)}/${what}`, { ...body, revision }, changed);
  ownRevisions.set(id, answer.revision);
  return answer;
}

export type VerdictInput = { id: string; revision: number; verdict: VerdictValue | null; reason: string };

/** Gives or takes back a verdict; caches change at once and change back when the server refuses. */
export function useGiveVerdict() {
  const client = useQueryClient();
  return useMutation({
    scope: ONE_AT_A_TIME,
    mutationFn: (input: VerdictInput) => write('verdict', input),
    onMutate: (input) => {
      const verdict: VerdictView | null = input.verdict && {
        value: input.verdict,
        reason: input.reason,
        by: ME,
        at: new Date().toISOString(),
      };
      return patchFinding(client, input.id, { verdict });
    },
    onError: (_error, _input, patched) => patched?.undo(),
    onSuccess: (answer) => keepAnswer(client, answer),
    onSettled: (_answer, _error, _input, patched) => void patched?.settle(),
  });
}

export type AssignInput = { id: string; revision: number; assignee: string | null };

/** Assigns or releases; caches change at once and change back when the server refuses. */
export function useAssign() {
  const client = useQueryClient();
  return useMutation({
    scope: ONE_AT_A_TIME,
    mutationFn: (input: AssignInput) => write('assign', input),
    onMutate: (input) => patchFinding(client, input.id, { assignee: input.assignee }),
    onError: (_error, _input, patched) => patched?.undo(),
    onSuccess: (answer) => keepAnswer(client, answer),
    onSettled: (_answer, _error, _input, patched) => void patched?.settle(),
  });
}

function keepAnswer(client: QueryClient, answer: { id: string } & FindingPatch): void {
  const { id, verdict = null, assignee = null, revision } = answer;
  writePatch(client, id, { verdict, assignee, ...(revision === undefined ? {} : { revision }) });
}
