'use client';

import { useQuery } from '@tanstack/react-query';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { HostView } from '@/lib/contracts/hosts';
import { CoverageList } from './CoverageList';
import { HostLedger } from './HostLedger';
import { HostSigmaSight } from './HostSigmaSight';
import { KindHealthList } from './KindHealthList';
import { hostHealthQuery } from './queries';

/** What the sources of a host could show, and when not: by kind over time, by stage, and what was done to them. */
export function HostTelemetry({ host }: { host: HostView }) {
  const query = useQuery(hostHealthQuery(host.id));
  return (
    <>
      {query.error && !query.data ? (
        <div className="p-4">
          <ProblemNote
            error={query.error}
            what="The telemetry could not be read"
            safe="What is stored is not affected."
            onRetry={() => void query.refetch()}
          />
        </div>
      ) : query.data ? (
        <KindHealthList host={host} health={query.data} />
      ) : (
        <SkeletonRegion label="Reading the telemetry" className="space-y-5 px-4 py-5">
          {[1, 2, 3, 4, 5].map((row) => (
            <Skeleton key={row} className="h-7" />
          ))}
        </SkeletonRegion>
      )}
      <HostLedger host={host} />
      <CoverageList coverage={host.coverage} />
      <HostSigmaSight host={host} />
    </>
  );
}
