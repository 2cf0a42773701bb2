'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { ApiError } from '@/components/shared/apiClient';
import { eventsOfProcess } from '@/components/shared/lineage/eventsOfProcess';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Tabs } from '@/components/ui/Tabs';
import type { HostView } from '@/lib/contracts/hosts';
import { HostEvents } from './HostEvents';
import { HostFindings } from './HostFindings';
import { HostHeader } from './HostHeader';
import { HostOverview } from './HostOverview';
import { HostScreenSkeleton } from './HostsSkeleton';
import { HostTelemetry } from './HostTelemetry';
import { hostQuery } from './queries';

const TABS = ['overview', 'telemetry', 'lineage', 'findings', 'events'] as const;

const HostLineage = dynamic(
  () => import('@/components/shared/lineage/HostLineage').then((loaded) => loaded.HostLineage),
  {
    ssr: false,
    loading: () => (
      <SkeletonRegion label="Opening the lineage" className="space-y-3 p-4">
        {[30, 48, 40, 62].map((width) => (
          <Skeleton key={width} className="h-8" style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    ),
  },
);

/** One host over time: who it is, what could be seen of it, what ran on it, what was found. `id` is its id or a name. */
export function HostScreen({ id }: { id: string }) {
  const query = useQuery(hostQuery(id));
  if (query.data !== undefined) return <Parts host={query.data} />;
  if (query.isPending) return <HostScreenSkeleton />;
  if (query.error instanceof ApiError && query.error.status === 404)
    return (
      <EmptyState
        title="There is no such host"
        actions={
          <>
            <Link className={buttonClass({ variant: 'primary' })} href="/hosts">
              All hosts
            </Link>
            <Button onClick={() => void query.refetch()}>Look again</Button>
          </>
        }
      >
        <p>No import holds a record of it, or its name was joined to another host&rsquo;s.</p>
      </EmptyState>
    );
  return (
    <ProblemNote
      error={query.error}
      what="The host could not be read"
      safe="What is stored is not affected."
      onRetry={() => void query.refetch()}
    />
  );
}

function Parts({ host }: { host: HostView }) {
  const router = useRouter();
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(TABS).withDefault('overview'));
  return (
    <article aria-label={`Host ${host.name}`} className="flex h-full flex-col">
      <HostHeader host={host} onTelemetry={() => void setTab('telemetry')} />
      <Tabs
        label="Parts of the host"
        className="min-h-0 flex-1"
        value={tab}
        onChange={(value) => void setTab(value)}
        tabs={[
          { value: 'overview', label: 'Overview', content: <HostOverview host={host} /> },
          { value: 'telemetry', label: 'Telemetry', content: <HostTelemetry host={host} /> },
          {
            value: 'lineage',
            label: 'Lineage',
            content: (
              <div className="h-full min-h-96">
                <HostLineage
                  hostId={host.id}
                  title={`Processes of host ${host.name}`}
                  onEvents={(entityId, kinds) =>
                    router.push(eventsHref({ q: eventsOfProcess(host.name, entityId, kinds) }))
                  }
                />
              </div>
            ),
          },
          {
            value: 'findings',
            label: 'Findings',
            count: host.findings,
            content: <HostFindings host={host} />,
          },
          { value: 'events', label: 'Events', content: <HostEvents host={host} /> },
        ]}
      />
    </article>
  );
}
