'use client';

import { useQuery } from '@tanstack/react-query';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { HostView } from '@/lib/contracts/hosts';
import { HostLedgerChanges, HostLedgerTruncations } from './HostLedgerChanges';
import { HostLedgerHoles, HostLedgerSilences } from './HostLedgerGaps';
import { HostLedgerTable } from './HostLedgerTable';
import { hostLedgerQuery } from './queries';

/** The visibility ledger of a host: what each log delivered day by day, and what is known to be missing of it. */
export function HostLedger({ host }: { host: HostView }) {
  const { data, error, refetch } = useQuery(hostLedgerQuery(host.id));
  if (data === undefined && error !== null)
    return (
      <div className="border-b p-4">
        <ProblemNote
          error={error}
          what="The ledger could not be read"
          safe="What is stored is not affected."
          onRetry={() => void refetch()}
        />
      </div>
    );
  if (data === undefined)
    return (
      <SkeletonRegion label="Reading the ledger" className="space-y-3 border-b px-4 py-5">
        {[1, 2, 3].map((row) => (
          <Skeleton key={row} className="h-5" />
        ))}
      </SkeletonRegion>
    );
  return (
    <>
      <PanelSection title="Ledger: what each log delivered">
        {data.kinds.length === 0 ? (
          <p className="text-text-3">Nothing is stored of it any more.</p>
        ) : (
          <HostLedgerTable kinds={data.kinds} />
        )}
      </PanelSection>
      <HostLedgerSilences silences={data.silences} />
      <HostLedgerHoles holes={data.holes} />
      <HostLedgerChanges changes={data.changes} />
      <HostLedgerTruncations truncations={data.truncations} />
    </>
  );
}
