'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { TimeText } from '@/components/shared/TimeText';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { HostHealth, HostView } from '@/lib/contracts/hosts';
import { fieldIs } from '@/lib/query/quote';
import { CoverageList } from './CoverageList';
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
        <>
          <KindHealthList host={host} health={query.data} />
          <Changes changes={query.data.changes} />
        </>
      ) : (
        <SkeletonRegion label="Reading the telemetry" className="space-y-5 px-4 py-5">
          {[1, 2, 3, 4, 5].map((row) => (
            <Skeleton key={row} className="h-7" />
          ))}
        </SkeletonRegion>
      )}
      <CoverageList coverage={host.coverage} />
    </>
  );
}

function Changes({ changes }: { changes: HostHealth['changes'] }) {
  return (
    <PanelSection title="Sources stopped, cleared or changed">
      {changes.length === 0 ? (
        <p className="text-text-3">No record says so. A source that is stopped does not always say it.</p>
      ) : (
        <ul>
          {changes.map((change) => (
            <li key={change.eventId} className="flex flex-wrap gap-x-4 border-b py-1.5 last:border-b-0">
              <Link
                className="link inline-block min-h-6"
                prefetch={false}
                href={eventsHref({ q: fieldIs('_id', change.eventId), event: change.eventId })}
              >
                <TimeText at={change.at} date precision="s" zone />
              </Link>
              <span className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
                <HostileText text={change.text} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </PanelSection>
  );
}
