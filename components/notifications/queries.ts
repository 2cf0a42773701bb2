'use client';

import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { apiGet, apiPost, apiPut } from '@/components/shared/apiClient';
import {
  type ChoicesView,
  choicesView,
  type NotificationKind,
  type NotificationList,
  type NotificationView,
  notificationList,
  notificationView,
  type UnreadCount,
  unreadCount,
} from '@/lib/contracts/notifications';

const EVERY_MS = 30_000;
/** As many as the bell shows. */
const NEWEST = 8;

/** How much is unread; asked for again every 30 seconds while the page is seen, and not in a hidden tab. */
export const unreadQuery = queryOptions({
  queryKey: ['notifications', 'unread'],
  queryFn: ({ signal }) => apiGet('/notifications/unread', unreadCount, { signal }),
  refetchInterval: EVERY_MS,
});

/** The newest few. Read when they are asked for and left as they are then: nothing moves under the reader. */
export const newestQuery = queryOptions({
  queryKey: ['notifications', 'newest'],
  queryFn: ({ signal }) => apiGet('/notifications', notificationList, { params: { limit: NEWEST }, signal }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
});

/** Everything, or what is unread, page by page; left as it was read until it is asked for anew. */
export function pagesQuery(unread: boolean) {
  return infiniteQueryOptions({
    queryKey: ['notifications', 'pages', unread],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/notifications', notificationList, {
        params: { cursor: pageParam, unread: unread ? 'true' : null },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: NotificationList) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** Marks one as read: where it stands, and in the count. */
export function useReadOne() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => apiPost(`/notifications/${id}/read`, {}, notificationView),
    onSuccess: ({ id, readAt }) => {
      redraw(client, (item) => (item.id === id ? { ...item, readAt } : item));
      void client.invalidateQueries({ queryKey: unreadQuery.queryKey });
    },
  });
}

/** Marks everything as read up to the newest that was seen. */
export function useReadAll() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (upTo: string) => apiPost('/notifications/read', { upTo }, unreadCount),
    onSuccess: (count: UnreadCount, upTo) => {
      const readAt = new Date().toISOString();
      redraw(client, (item) =>
        item.readAt === null && Number(item.id) <= Number(upTo) ? { ...item, readAt } : item,
      );
      client.setQueryData(unreadQuery.queryKey, count);
    },
  });
}

/** Changes notifications where they are shown, without reading them anew. */
function redraw(client: QueryClient, change: (item: NotificationView) => NotificationView): void {
  const inList = (list: NotificationList) => ({ ...list, items: list.items.map(change) });
  client.setQueryData(newestQuery.queryKey, (list) => (list === undefined ? undefined : inList(list)));
  client.setQueriesData<InfiniteData<NotificationList>>({ queryKey: ['notifications', 'pages'] }, (data) =>
    data === undefined ? undefined : { ...data, pages: data.pages.map(inList) },
  );
}

/** By which ways one is told of what. */
export const choicesQuery = queryOptions({
  queryKey: ['notifications', 'choices'],
  queryFn: ({ signal }) => apiGet('/notifications/choices', choicesView, { signal }),
});

/** Chooses the ways for one kind; shown at once, and put back when it could not be saved. */
export function useChoose() {
  const client = useQueryClient();
  const { queryKey } = choicesQuery;
  return useMutation({
    // One after the other: the last press counts.
    scope: { id: 'notification-choices' },
    mutationFn: (item: { kind: NotificationKind; channels: ('app' | 'mail')[] }) =>
      apiPut('/notifications/choices', { items: [item] }, choicesView),
    onMutate: async ({ kind, channels }) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (before: ChoicesView | undefined) =>
        before === undefined
          ? undefined
          : {
              ...before,
              items: before.items.map((item) =>
                item.kind === kind ? { ...item, channels, usual: false } : item,
              ),
            },
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}
