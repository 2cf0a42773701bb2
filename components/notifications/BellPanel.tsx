'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Popover } from 'radix-ui';
import { type ReactNode, type RefObject, useRef } from 'react';
import { useMe } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { NotificationRow } from './NotificationRow';
import { newestQuery, useReadAll } from './queries';

/**
 * The newest notifications under the bell: mounted is open. What comes meanwhile (`newest`: the id of the newest there
 * is) is offered in a line and does not move what is being read.
 */
export function BellPanel(props: {
  id: string;
  trigger: RefObject<HTMLElement | null>;
  newest: string | null;
  onClose: () => void;
}) {
  const { id, trigger, newest, onClose } = props;
  const list = useQuery(newestQuery);
  const readAll = useReadAll();
  const left = useRef(false);
  const first = list.data?.items[0]?.id;
  const hasUnread =
    list.data !== undefined && list.data.unread > 0 && list.data.items.some((item) => item.readAt === null);
  return (
    <Popover.Root open onOpenChange={(open) => open || onClose()}>
      <Popover.Anchor virtualRef={trigger as RefObject<HTMLElement>} />
      <Popover.Portal>
        <Popover.Content
          id={id}
          aria-label="Newest notifications"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          onInteractOutside={(event) => {
            // A press on the bell closes by itself; closed here already, it would open again.
            if (event.target instanceof Node && trigger.current?.contains(event.target))
              event.preventDefault();
            else left.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!left.current) trigger.current?.querySelector('button')?.focus({ preventScroll: true });
          }}
          className="z-50 flex max-h-[70vh] w-[min(400px,calc(100vw-16px))] animate-appear flex-col rounded-md border border-line-strong bg-surface-1 shadow-popover"
        >
          <div className="flex min-h-10 items-center gap-2 border-b px-4">
            <h2 className="flex-1 text-13">Notifications</h2>
            <Button
              variant="quiet"
              size="sm"
              disabled={!hasUnread || readAll.isPending}
              onClick={() => first && readAll.mutate(first)}
            >
              Mark all read
            </Button>
          </div>
          {isLater(newest, first) && list.data ? (
            <Button variant="quiet" size="sm" className="mx-4 my-1" onClick={() => void list.refetch()}>
              There is something new: show it
            </Button>
          ) : null}
          <div className="min-h-0 flex-1 overflow-auto">
            <Newest onClose={onClose} />
          </div>
          {readAll.error ? (
            <div className="border-t px-4 py-2">
              <ProblemNote compact error={readAll.error} what="They were not marked as read" />
            </div>
          ) : null}
          <PanelFoot onClose={onClose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Newest({ onClose }: { onClose: () => void }): ReactNode {
  const list = useQuery(newestQuery);
  if (list.error && !list.data)
    return (
      <div className="p-4">
        <ProblemNote
          compact
          error={list.error}
          what="Your notifications could not be read"
          onRetry={() => void list.refetch()}
        />
      </div>
    );
  if (!list.data)
    return (
      <SkeletonRegion label="Reading your notifications" className="space-y-3 p-4">
        <Skeleton className="w-5/6" />
        <Skeleton className="w-2/3" />
        <Skeleton className="w-3/4" />
      </SkeletonRegion>
    );
  if (list.data.items.length === 0)
    return (
      <p className="px-4 py-6 text-text-2">
        Nothing yet. You are told here when something is given to you, comes back to you, or is due.
      </p>
    );
  return (
    <ul aria-label="Newest notifications">
      {list.data.items.map((item) => (
        <NotificationRow key={item.id} item={item} onFollow={onClose} />
      ))}
    </ul>
  );
}

function PanelFoot({ onClose }: { onClose: () => void }) {
  const { demo } = useMe();
  return (
    <div className="flex min-h-9 items-center gap-4 border-t px-4 text-12">
      <Link href="/notifications" className="link py-1" onClick={onClose}>
        All notifications
      </Link>
      {demo ? null : (
        <Link href="/account?tab=notifications" className="link py-1" onClick={onClose}>
          What I am told of
        </Link>
      )}
    </div>
  );
}

/** Whether there is a newer one than the first that is shown. */
function isLater(newest: string | null, first: string | undefined): boolean {
  return newest !== null && Number(newest) > Number(first ?? 0);
}
