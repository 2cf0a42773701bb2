'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { alertCountsQuery } from '@/components/shared/alertQueries';
import { importsQuery } from '@/components/shared/importQueries';
import type { FindingList } from '@/lib/contracts/findings';
import { alertReduction, type Counted, eventReduction } from './reduction';

/** What the engine took off the analyst's hands; each number leads to its list. */
export function CounterLine({ counts }: { counts: FindingList['counts'] | undefined }) {
  const alerts = useQuery(alertCountsQuery);
  const imports = useQuery(importsQuery);
  const reduction = alertReduction(alerts.data);
  if (reduction !== null) {
    return (
      <p className="num min-w-0 flex-1 truncate text-text-2">
        <Part part={reduction.alerts} />
        <span aria-hidden="true"> → </span>
        <span className="sr-only"> came down to </span>
        <Part part={reduction.chains} />
        {', '}
        <Part part={reduction.unexplained} />
      </p>
    );
  }
  const items = imports.data?.items ?? [];
  const events = items.reduce((sum, each) => sum + each.records.events, 0);
  const hosts = new Set(items.flatMap((each) => each.hosts)).size;
  const chains = counts === undefined ? 0 : counts.open + counts.closed + counts.suppressed;
  return (
    <p className="num min-w-0 flex-1 truncate text-text-2">
      {counts === undefined ? '' : eventReduction(events, hosts, chains)}
    </p>
  );
}

function Part({ part }: { part: Counted }) {
  return (
    <Link
      href={part.href}
      prefetch={false}
      className="inline-flex min-h-6 items-center underline decoration-line-strong underline-offset-3 hover:text-text-1"
    >
      {part.text}
    </Link>
  );
}
