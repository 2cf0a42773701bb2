'use client';

import { useQuery } from '@tanstack/react-query';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { ServiceClocks } from '@/lib/contracts/triage';
import { ClocksForm } from './ClocksForm';
import { clocksQuery } from './queries';

/** Service clocks: how long a finding of each severity may wait for its verdict. */
export function ClocksScreen() {
  const refusal = useRefusal('clocks.manage');
  const clocks = useQuery(clocksQuery);
  return (
    <section aria-label="Service clocks" className="h-full overflow-y-auto">
      <header className="max-w-[70ch] px-4 pb-2 pt-3.5">
        <h1 className="text-15">Service clocks</h1>
        <p className="text-text-2">
          How long a finding may wait for its verdict, from the moment it was found. The queue shows what is
          due within the hour and what is past it; whoever it is assigned to is told.
        </p>
        {refusal === null ? null : <p className="mt-1 text-12 text-text-3">{refusal}</p>}
      </header>
      {clocks.error ? (
        <ProblemNote
          error={clocks.error}
          what="The clocks could not be read"
          safe="They run as before."
          onRetry={() => void clocks.refetch()}
        />
      ) : clocks.data ? (
        <ClocksForm key={setWhen(clocks.data)} clocks={clocks.data} mayChange={refusal === null} />
      ) : (
        <SkeletonRegion label="Reading the clocks" className="space-y-5 px-4 py-4">
          {[42, 38, 44, 36, 40].map((width) => (
            <Skeleton key={width} style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      )}
    </section>
  );
}

/** Another text once somebody set a clock: what was read again unchanged leaves what is being typed alone. */
function setWhen({ items }: ServiceClocks): string {
  return items.map(({ severity, setAt }) => `${severity} ${setAt}`).join();
}
