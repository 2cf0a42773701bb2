'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsBoolean, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { useMe } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Segmented } from '@/components/ui/Segmented';
import { NotificationRow } from './NotificationRow';
import { NotificationsSkeleton } from './NotificationsSkeleton';
import { pagesQuery, unreadQuery, useReadAll } from './queries';

/** Everything one was told, newest first, or what of it is unread (`?unread=true`). */
export function NotificationsScreen() {
  const [unreadOnly, setUnreadOnly] = useQueryState('unread', parseAsBoolean.withDefault(false));
  const { demo } = useMe();
  const count = useQuery(unreadQuery);
  const list = useInfiniteQuery(pagesQuery(unreadOnly));
  const readAll = useReadAll();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const newestShown = list.data?.pages[0]?.items[0]?.id;
  const unread = count.data?.unread ?? 0;
  return (
    <div className="h-full overflow-auto">
      <div className="mx-auto max-w-[860px] px-4 py-6">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <h1 className="text-20">Notifications</h1>
          <span className="num flex-1 text-text-2" role="status">
            {count.data ? (unread === 0 ? 'All read' : `${unread.toLocaleString('en')} unread`) : ''}
          </span>
          <Segmented
            label="Which notifications"
            value={unreadOnly ? 'unread' : 'all'}
            onChange={(value) => void setUnreadOnly(value === 'unread' ? true : null)}
            options={[
              { value: 'all', label: 'All' },
              { value: 'unread', label: 'Unread' },
            ]}
          />
          <Button
            size="sm"
            disabled={newestShown === undefined || unread === 0 || readAll.isPending}
            onClick={() => newestShown && readAll.mutate(newestShown)}
          >
            Mark all read
          </Button>
        </div>
        <p className="mt-1 text-12 text-text-3">
          {demo ? 'In the demo nobody signs in, so mail goes to nobody.' : <ChoicesLink />}
        </p>
        {readAll.error ? (
          <div className="mt-3">
            <ProblemNote compact error={readAll.error} what="They were not marked as read" />
          </div>
        ) : null}
        {list.data && hasNewer(count.data?.newest ?? null, newestShown, unreadOnly, unread) ? (
          <div className="mt-3">
            <Button size="sm" onClick={() => void list.refetch()}>
              There is something new: show it
            </Button>
          </div>
        ) : null}
        <div className="mt-4">
          <Listed {...{ list, items, unreadOnly }} onAll={() => void setUnreadOnly(null)} />
        </div>
      </div>
    </div>
  );
}

type ListedProps = {
  list: {
    error: Error | null;
    data: unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
  items: readonly Parameters<typeof NotificationRow>[0]['item'][];
  unreadOnly: boolean;
  onAll: () => void;
};

function Listed({ list, items, unreadOnly, onAll }: ListedProps): ReactNode {
  if (list.error && !list.data)
    return (
      <ProblemNote
        error={list.error}
        what="Your notifications could not be read"
        onRetry={() => void list.refetch()}
      />
    );
  if (!list.data) return <NotificationsSkeleton />;
  if (items.length === 0) return <Nothing unreadOnly={unreadOnly} onAll={onAll} />;
  return (
    <>
      <ul aria-label="Notifications" className="rounded-md border">
        {items.map((item) => (
          <NotificationRow key={item.id} item={item} />
        ))}
      </ul>
      {list.error ? (
        <div className="mt-3">
          <ProblemNote compact error={list.error} what="Older ones could not be read" />
        </div>
      ) : null}
      {list.hasNextPage ? (
        <Button className="mt-3" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage ? 'Reading older ones' : 'Show older'}
        </Button>
      ) : null}
    </>
  );
}

function Nothing({ unreadOnly, onAll }: { unreadOnly: boolean; onAll: () => void }) {
  if (unreadOnly)
    return (
      <EmptyState title="Nothing unread" actions={<Button onClick={onAll}>Show all</Button>}>
        <p>You have read everything you were told.</p>
      </EmptyState>
    );
  return (
    <EmptyState title="Nothing yet">
      <p>
        You are told here when a finding, an alert, a case or a task is given to you, when somebody mentions
        you, when a review comes back, and when something of yours is due or ends.
      </p>
    </EmptyState>
  );
}

function ChoicesLink() {
  return (
    <>
      What you are told of, here and by mail, is chosen in{' '}
      <Link href="/account?tab=notifications" className="link">
        your account
      </Link>
      .
    </>
  );
}

/** Whether something came that is not shown; of unread ones only, when nothing else is asked for. */
function hasNewer(
  newest: string | null,
  shown: string | undefined,
  unreadOnly: boolean,
  unread: number,
): boolean {
  if (newest === null || Number(newest) <= Number(shown ?? 0)) return false;
  return !unreadOnly || (shown === undefined && unread > 0);
}
