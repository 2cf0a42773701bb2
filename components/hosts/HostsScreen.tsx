'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import Link from 'next/link';
import { parseAsString, useQueryState } from 'nuqs';
import { triageHref } from '@/components/shared/findingFilters';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { TimeText } from '@/components/shared/TimeText';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { fieldIs } from '@/lib/query/quote';
import { HostDetail } from './HostDetail';
import { HostsSkeleton } from './HostsSkeleton';
import { hostsQuery } from './queries';

const COLUMNS =
  'grid grid-cols-1 gap-x-6 gap-y-1 px-4 @3xl:grid-cols-[minmax(200px,1.2fr)_minmax(100px,0.6fr)_minmax(220px,1fr)_84px_64px]';

/** Every machine that records name: what it is called, what there is of it, and who says so. */
export function HostsScreen() {
  const [selected, setSelected] = useQueryState('host', parseAsString);
  const list = useInfiniteQuery(hostsQuery);
  if (list.error)
    return (
      <div className="p-4">
        <ProblemNote
          error={list.error}
          what="The hosts could not be read"
          safe="What is stored is not affected."
          onRetry={() => void list.refetch()}
        />
      </div>
    );
  if (!list.data) return <HostsSkeleton />;
  const hosts = list.data.pages.flatMap((page) => page.items);
  if (hosts.length === 0)
    return (
      <EmptyState
        title="No host yet"
        actions={
          <Link href="/imports" className={buttonClass({ variant: 'primary' })}>
            Import an export
          </Link>
        }
      >
        <p>A host appears here as soon as an import holds a record of it.</p>
      </EmptyState>
    );
  return (
    <div className="flex h-full min-h-0">
      <section aria-label="Hosts" className="@container min-w-0 flex-1 overflow-y-auto">
        <h1 className="px-4 py-2 text-13 tracking-normal">
          {hosts.length.toLocaleString('en')}
          {list.hasNextPage ? ' and more' : ''} {hosts.length === 1 ? 'host' : 'hosts'}
        </h1>
        <div className={clsx(COLUMNS, 'sticky top-0 z-10 border-b bg-surface-0 py-1.5 @max-3xl:hidden')}>
          <span className="label">Host</span>
          <span className="label">Events</span>
          <span className="label">Covers</span>
          <span className="label text-right">Findings</span>
          <span />
        </div>
        <ul>
          {hosts.map((host) => (
            <li
              key={host.id}
              className={clsx(
                COLUMNS,
                'border-b py-2',
                host.id === selected ? 'bg-accent-soft' : 'hover:bg-surface-2',
              )}
            >
              <div className="min-w-0">
                <Link
                  href={`/hosts/${encodeURIComponent(host.id)}`}
                  prefetch={false}
                  className="machine block min-h-6 max-w-full truncate font-medium underline-offset-3 hover:underline"
                >
                  <HostileText text={host.name} />
                </Link>
                {host.aliases.length > 0 ? (
                  <p className="truncate text-12 text-text-3">
                    also <HostileText text={host.aliases.join(', ')} />
                  </p>
                ) : null}
              </div>
              <span className="num">
                <Link
                  className="link inline-block min-h-6"
                  prefetch={false}
                  href={eventsHref({ q: fieldIs('host.name', host.name) })}
                >
                  {host.events.toLocaleString('en')}
                </Link>
              </span>
              <span className="num text-12 text-text-2">
                {host.from && host.to ? (
                  <>
                    <TimeText at={host.from} date precision="min" /> to{' '}
                    <TimeText at={host.to} date precision="min" />
                  </>
                ) : null}
              </span>
              <span className="@3xl:text-right">
                {host.findings > 0 ? (
                  <Link className="link num inline-block min-h-6" href={triageHref({ host: host.name })}>
                    {host.findings.toLocaleString('en')} {host.findings === 1 ? 'finding' : 'findings'}
                  </Link>
                ) : (
                  <span className="text-text-3">none</span>
                )}
              </span>
              <span className="@3xl:text-right">
                <Button
                  size="sm"
                  aria-pressed={host.id === selected}
                  aria-label={`Details of ${hostilePlain(host.name)}`}
                  onClick={() => void setSelected(host.id === selected ? null : host.id)}
                >
                  Details
                </Button>
              </span>
            </li>
          ))}
        </ul>
        {list.hasNextPage ? (
          <div className="px-4 py-3">
            <Button size="sm" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {list.isFetchingNextPage ? 'Reading…' : 'Show more hosts'}
            </Button>
          </div>
        ) : null}
      </section>
      {selected === null ? null : (
        <HostDetail key={selected} id={selected} onClose={() => void setSelected(null)} />
      )}
    </div>
  );
}
