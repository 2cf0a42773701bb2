'use client';

import { clsx } from 'clsx';
import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { AgeText } from '@/components/shared/TimeText';
import { safeNext } from '@/lib/base/safeNext';
import type { NotificationView } from '@/lib/contracts/notifications';
import { kindTitle } from './kindTitle';
import { useReadOne } from './queries';

/**
 * One thing one was told: what happened, of what kind, how long ago. Leads to what it is about and is read with that;
 * unread it has a mark and is heavier, and says so.
 */
export function NotificationRow(props: { item: NotificationView; onFollow?: (() => void) | undefined }) {
  const { item, onFollow } = props;
  const read = useReadOne();
  const unread = item.readAt === null;
  return (
    <li className="border-b last:border-b-0">
      <Link
        href={safeNext(item.link) ?? '/'}
        onClick={() => {
          if (unread) read.mutate(item.id);
          onFollow?.();
        }}
        className="focus-inset grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2 px-4 py-2 hover:bg-surface-2"
      >
        <span
          aria-hidden="true"
          className={clsx('mt-1.5 size-2 rounded-full', unread ? 'bg-accent' : 'border border-line-strong')}
        />
        <span className="min-w-0">
          <span
            className={clsx(
              'block [overflow-wrap:anywhere]',
              unread ? 'font-medium text-text-1' : 'text-text-2',
            )}
          >
            {unread ? <span className="sr-only">Unread: </span> : null}
            <NotificationText by={item.by} text={item.text} />
          </span>
          <span className="block text-12 text-text-3">
            <HostileText text={kindTitle(item.kind)} />
          </span>
        </span>
        <AgeText at={item.at} className="text-12 text-text-3" />
      </Link>
    </li>
  );
}

/** Sentences begin with the handle of who caused them: on screens people are called by name. */
function NotificationText({ by, text }: Pick<NotificationView, 'by' | 'text'>) {
  if (by === null || !text.startsWith(`${by} `)) return <HostileText text={text} />;
  return (
    <>
      <PersonName handle={by} capital />
      <HostileText text={text.slice(by.length)} />
    </>
  );
}
