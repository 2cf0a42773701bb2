'use client';

import { useQuery } from '@tanstack/react-query';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { AnalyticTechniques } from './AnalyticTechniques';
import { AttackSkeleton } from './AttackSkeleton';
import { mappingsQuery, releasesQuery } from './attackQueries';
import { LayerDownloads } from './LayerDownloads';
import { Releases } from './Releases';

/** Which techniques our analytics are about and who says so, the releases that name them, and layers of coverage. */
export function AttackScreen() {
  const mappings = useQuery(mappingsQuery);
  const releases = useQuery(releasesQuery);
  const failed = mappings.data === undefined ? mappings : releases.data === undefined ? releases : null;
  if (mappings.data === undefined || releases.data === undefined) {
    if (failed?.error == null) return <AttackSkeleton />;
    return (
      <ProblemNote
        error={failed.error}
        what="What ATT&CK says could not be read"
        onRetry={() => void failed.refetch()}
      />
    );
  }
  const { items, bundle } = mappings.data;
  return (
    <section aria-label="ATT&CK" className="h-full overflow-y-auto px-4 py-3 print:h-auto">
      <header className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-64 flex-1">
          <h1 className="text-15">ATT&CK</h1>
          <p className="max-w-[72ch] text-text-2">
            An analytic is about a technique only where a release of ATT&CK or one of you says so.
          </p>
        </div>
        <LayerDownloads />
      </header>
      <AnalyticTechniques items={items} release={bundle} />
      <Releases items={releases.data.items} />
      <p className="mt-6 max-w-[72ch] text-12 text-text-3">
        © The MITRE Corporation. Names out of ATT&CK are reproduced and distributed with the permission of The
        MITRE Corporation. ATT&CK is a registered trademark of The MITRE Corporation.
      </p>
    </section>
  );
}
