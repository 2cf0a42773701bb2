'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button, buttonClass } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { HostView } from '@/lib/contracts/hosts';
import { ClockSection } from './ClockSection';
import { IdentitySection } from './IdentitySection';
import { LogClockSection } from './LogClockSection';
import { hostQuery } from './queries';
import { RecordedSection } from './RecordedSection';

/** A host beside the list: why its names are one machine, whose clocks are trusted, what is recorded of it. */
export function HostDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(hostQuery(id));
  return (
    <aside
      aria-label="Host"
      className="flex w-[460px] shrink-0 flex-col border-l bg-surface-1 max-lg:fixed max-lg:inset-y-(--bar-height) max-lg:right-0 max-lg:bottom-0 max-lg:z-30 max-lg:w-[min(460px,100vw)] max-lg:shadow-popover"
    >
      <div className="flex items-start gap-3 border-b px-4 pb-2.5 pt-3.5">
        <h2 className="machine min-w-0 flex-1 text-15 [overflow-wrap:anywhere]">
          {query.data ? <HostileText text={query.data.name} /> : 'Host'}
        </h2>
        <Link className={buttonClass({ size: 'sm' })} href={`/hosts/${encodeURIComponent(id)}`}>
          Open
        </Link>
        <Button size="sm" variant="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {query.error ? (
          <ProblemNote
            compact
            error={query.error}
            what="The host could not be read"
            safe="What is stored is not affected."
            onRetry={() => void query.refetch()}
          />
        ) : query.data ? (
          <Facts host={query.data} />
        ) : (
          <SkeletonRegion label="Reading the host" className="space-y-3">
            {[80, 60, 70].map((width) => (
              <Skeleton key={width} style={{ width: `${width}%` }} />
            ))}
          </SkeletonRegion>
        )}
      </div>
    </aside>
  );
}

function Facts({ host }: { host: HostView }) {
  return (
    <>
      <IdentitySection host={host} />
      <ClockSection host={host} />
      <LogClockSection host={host} />
      <RecordedSection host={host} />
    </>
  );
}
