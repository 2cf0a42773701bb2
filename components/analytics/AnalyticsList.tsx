'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { CoverageLegend } from '@/components/shared/CoverageBar';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import { EmptyState } from '@/components/ui/EmptyState';
import type { AnalyticView } from '@/lib/contracts/analytics';
import { AnalyticRow, COLUMNS } from './AnalyticRow';
import { AnalyticsSkeleton } from './AnalyticsSkeleton';
import { analyticsQuery } from './queries';
import { RerunNote } from './RerunNote';

/** Rows drawn at most; a search for the rest stands in the palette's place. */
const MOST = 300;

/** Every analytic in force or switched off, in order of id. */
export function AnalyticsList({ open, alone }: { open: string; alone: boolean }) {
  const list = useQuery(analyticsQuery);
  const router = useRouter();
  const items = list.data?.items ?? [];
  const at = items.findIndex(({ id }) => id === open);
  const moveTo = (index: number) => {
    const next = items[Math.min(items.length - 1, Math.max(0, index))];
    if (next) router.push(`/analytics/${encodeURIComponent(next.id)}`);
  };
  useShortcuts({
    title: 'Analytics',
    shortcuts: [
      { keys: 'j', label: 'Next analytic', run: () => moveTo(at + 1) },
      { keys: 'k', label: 'Previous analytic', run: () => moveTo(at - 1) },
    ],
  });
  if (list.error && !list.data)
    return (
      <ProblemNote
        error={list.error}
        what="The analytics could not be read"
        safe="Detection goes on with what is in force."
        onRetry={() => void list.refetch()}
      />
    );
  if (!list.data) return <AnalyticsSkeleton />;
  if (items.length === 0)
    return (
      <EmptyState title="No analytics">
        <p>The product ships with its analytics; none was found, so nothing is detected.</p>
      </EmptyState>
    );
  const Heading = alone ? 'h1' : 'h2';
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-2.5">
        <Heading className="num text-13 tracking-normal">{listSentence(items)}</Heading>
        {alone ? <CoverageLegend /> : null}
        <RerunNote />
      </div>
      <div aria-hidden="true" className={clsx(COLUMNS, 'label border-y py-1.5 @max-3xl:hidden')}>
        <span>Analytic</span>
        <span>Origin</span>
        <span>Findings and precision</span>
        <span>Coverage, stage by stage</span>
      </div>
      <ul aria-label="Analytics" className="@max-3xl:border-t">
        {items.slice(0, MOST).map((analytic) => (
          <AnalyticRow key={analytic.id} analytic={analytic} active={analytic.id === open} />
        ))}
      </ul>
      {items.length > MOST ? (
        <p className="px-4 py-2 text-text-3">
          {MOST} of {items.length} are shown.
        </p>
      ) : null}
    </>
  );
}

function listSentence(items: readonly AnalyticView[]): string {
  const count = (origin: AnalyticView['origin']) => items.filter((item) => item.origin === origin).length;
  const off = items.filter(({ enabled }) => !enabled).length;
  return [
    `${items.length} ${items.length === 1 ? 'analytic' : 'analytics'}`,
    ...(count('tuned') > 0 ? [`${count('tuned')} tuned here`] : []),
    ...(count('own') > 0 ? [`${count('own')} your own`] : []),
    ...(off > 0 ? [`${off} switched off`] : []),
  ].join(', ');
}
