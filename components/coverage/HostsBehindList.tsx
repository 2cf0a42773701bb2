'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { SelectField, TextField } from '@/components/ui/TextField';
import { counted } from '@/lib/base/numberWords';
import type { PartProps } from './coveragePart';
import { type HostsBehind, hostsBehindQuery } from './coverageQueries';
import { HOST_STATES } from './coverageUrl';
import { HostRow } from './HostRow';

/**
 * The hosts behind a number, the darkest first; searched, narrowed to a state, each to be opened. `stages`: those that
 * the number is of, null for all.
 */
export function HostsBehindList(
  props: PartProps & { behind: HostsBehind; stages: readonly string[] | null },
) {
  const { url, view, show, behind } = props;
  const words = useDeferredValue(url.q?.trim() ?? '');
  const list = useInfiniteQuery(
    hostsBehindQuery({
      ...behind,
      ...(url.state === null ? {} : { state: url.state }),
      ...(words === '' ? {} : { q: words }),
    }),
  );
  const hosts = list.data?.pages.flatMap((page) => page.items) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;
  return (
    <section aria-label="Hosts">
      <search aria-label="Narrow the hosts" className="flex flex-wrap items-end gap-2 border-b px-4 py-2.5">
        <TextField
          label="Host"
          type="search"
          dense
          className="min-w-40 flex-1"
          placeholder="Part of a name"
          value={url.q ?? ''}
          onChange={(event) => show({ q: event.target.value || null }, 'typed')}
        />
        <SelectField
          label="Mostly"
          dense
          className="w-32"
          value={url.state ?? ''}
          onChange={(event) =>
            show({ state: HOST_STATES.find((state) => state === event.target.value) ?? null }, 'typed')
          }
        >
          <option value="">any state</option>
          {HOST_STATES.map((state) => (
            <option key={state} value={state}>
              {state}
            </option>
          ))}
        </SelectField>
      </search>
      {list.error && !list.data ? (
        <div className="px-4 py-3">
          <ProblemNote
            compact
            error={list.error}
            what="The hosts could not be read"
            onRetry={() => void list.refetch()}
          />
        </div>
      ) : !list.data ? (
        <SkeletonRegion label="Reading the hosts" className="space-y-4 px-4 py-4">
          {[80, 92, 70, 86].map((width) => (
            <Skeleton key={width} className="h-6" style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      ) : (
        <>
          <p role="status" className="num px-4 pt-2 text-12 text-text-3">
            {total === 0 ? 'No such host.' : `${counted(total, 'host')}, the darkest first.`}
          </p>
          <ul>
            {hosts.map((host) => (
              <HostRow
                key={host.hostId}
                host={host}
                view={view}
                stages={props.stages ?? view.rows.map(({ stage }) => stage)}
                one={behind.stage !== undefined}
                open={url.host === host.hostId}
                onToggle={() => show({ host: url.host === host.hostId ? null : host.hostId }, 'typed')}
              />
            ))}
          </ul>
          {list.hasNextPage ? (
            <div className="space-y-2 px-4 py-3">
              {list.isFetchNextPageError && list.error ? (
                <ProblemNote compact error={list.error} what="The next hosts could not be read" />
              ) : null}
              <Button size="sm" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {list.isFetchingNextPage ? 'Reading…' : `Show more, ${hosts.length} of ${total}`}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </section>
  );
}
