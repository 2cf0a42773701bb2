'use client';

import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiDelete, apiGet, apiPost, apiPut } from '@/components/shared/apiClient';
import { done } from '@/components/shared/done';
import {
  type DeliveryList,
  deliveryList,
  deliveryView,
  type NotificationKind,
  newWebhook,
  webhookList,
  webhookView,
} from '@/lib/contracts/notifications';

/** What people say of a webhook. */
export type WebhookFields = { name: string; url: string; kinds: readonly NotificationKind[] };

const KEY = ['webhooks'] as const;
const SENDING_MS = 2_000;

/** All webhooks, and how mail fares. */
export const webhooksQuery = queryOptions({
  queryKey: [...KEY, 'list'],
  queryFn: ({ signal }) => apiGet('/webhooks', webhookList, { signal }),
});

/** Messages of one webhook, newest first; asked for again while one waits for its first attempt. */
export function deliveriesQuery(webhookId: number) {
  return infiniteQueryOptions({
    queryKey: [...KEY, 'deliveries', webhookId],
    queryFn: ({ pageParam, signal }) =>
      apiGet(`/webhooks/${webhookId}/deliveries`, deliveryList, { params: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: DeliveryList) => page.nextCursor,
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) =>
        page.items.some((item) => item.state === 'waiting' && item.attempts === 0),
      )
        ? SENDING_MS
        : false,
  });
}

/** Reads webhooks and their messages anew after something was done to one. */
function useLookAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: KEY });
}

export function useAddWebhook() {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: (fields: WebhookFields) => apiPost('/webhooks', fields, newWebhook),
    onSuccess: lookAgain,
  });
}

/** `revision` is of the webhook as it was seen: when somebody changed it meanwhile nothing is written. */
export function useChangeWebhook(id: number) {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: (change: Partial<WebhookFields> & { enabled?: boolean; revision: string }) =>
      apiPut(`/webhooks/${id}`, change, webhookView),
    onSettled: lookAgain,
  });
}

export function useRemoveWebhook(id: number) {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: () => apiDelete(`/webhooks/${id}`, done),
    onSuccess: lookAgain,
  });
}

export function useTestWebhook(id: number) {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: () => apiPost(`/webhooks/${id}/test`, {}, deliveryView),
    onSuccess: lookAgain,
  });
}

export function useRetryDelivery(webhookId: number) {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: (deliveryId: string) =>
      apiPost(`/webhooks/${webhookId}/deliveries/${deliveryId}/retry`, {}, deliveryView),
    onSettled: lookAgain,
  });
}
