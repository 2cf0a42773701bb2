'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type AnnotationsView, annotations, type EventDetail } from '@/lib/contracts/events';
import { apiDelete, apiPost } from '../apiClient';
import { useMay, useMe } from '../me';
import { eventQueryOptions } from './eventQuery';

/** What analysts said of one event, and the means to say more. Without an event every act does nothing. */
export type Annotating = {
  /** Undefined while the event is being read. */
  annotations: AnnotationsView | undefined;
  flagged: boolean;
  toggleFlag: () => void;
  /** Resolves when it is stored; rejects with an `ApiError`. Empty text is ignored. */
  comment: (text: string) => Promise<void>;
  /** Takes back a comment of one's own. */
  withdraw: (commentId: number) => void;
  pending: boolean;
  /** Why the last act failed. */
  error: Error | null;
};

/**
 * Flag and comments of an event; for those who may not annotate every act does nothing, by key as by button. What is shown of it elsewhere (timelines, lists) is read again after a change.
 */
export function useAnnotations(eventId: string | null): Annotating {
  const query = useQuery({ ...eventQueryOptions(eventId ?? ''), enabled: eventId !== null });
  const flag = useFlagEvent();
  const keep = useKeepAnnotations();
  const comment = useMutation({
    mutationFn: ({ id, text }: { id: string; text: string }) =>
      apiPost(`/events/${encodeURIComponent(id)}/comments`, { text }, annotations),
    onSuccess: (answer, { id }) => keep(id, answer),
  });
  const withdraw = useMutation({
    mutationFn: ({ commentId }: { id: string; commentId: number }) =>
      apiDelete(`/comments/${commentId}`, annotations),
    onSuccess: (answer, { id }) => keep(id, answer),
  });
  const may = useMay('events.annotate');
  const said = query.data?.annotations;
  const flagged = said?.flag != null;
  return {
    annotations: said,
    flagged,
    toggleFlag: () => {
      if (may && eventId !== null && said !== undefined) flag.mutate({ eventId, flagged: !flagged });
    },
    comment: async (text) => {
      if (may && eventId !== null && text.trim() !== '')
        await comment.mutateAsync({ id: eventId, text: text.trim() });
    },
    withdraw: (commentId) => {
      if (may && eventId !== null) withdraw.mutate({ id: eventId, commentId });
    },
    pending: flag.isPending || comment.isPending || withdraw.isPending,
    error: flag.error ?? comment.error ?? withdraw.error,
  };
}

/** Flags any event, or takes its flag away; the flag shows at once and goes back when the server refuses. */
export function useFlagEvent() {
  const client = useQueryClient();
  const keep = useKeepAnnotations();
  const me = useMe().handle;
  return useMutation({
    mutationFn: ({ eventId, flagged }: { eventId: string; flagged: boolean }) =>
      apiPost(`/events/${encodeURIComponent(eventId)}/flag`, { flagged }, annotations),
    onMutate: ({ eventId, flagged }) => {
      const { queryKey } = eventQueryOptions(eventId);
      const before = client.getQueryData(queryKey);
      const flag = flagged ? { by: me, at: new Date().toISOString() } : null;
      client.setQueryData(queryKey, (event) => event && withSaid(event, { ...event.annotations, flag }));
      return before?.annotations;
    },
    onError: (_error, { eventId }, before) => {
      if (before === undefined) return;
      client.setQueryData(eventQueryOptions(eventId).queryKey, (event) => event && withSaid(event, before));
    },
    onSuccess: (answer, { eventId }) => keep(eventId, answer),
  });
}

function useKeepAnnotations() {
  const client = useQueryClient();
  return (eventId: string, said: AnnotationsView) => {
    client.setQueryData(eventQueryOptions(eventId).queryKey, (event) => event && withSaid(event, said));
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes('timeline') });
  };
}

function withSaid(event: EventDetail, said: AnnotationsView): EventDetail {
  return { ...event, annotations: said };
}
