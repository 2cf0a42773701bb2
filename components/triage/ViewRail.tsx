import { clsx } from 'clsx';
import Link from 'next/link';
import {
  type FindingFilters,
  type TriageView,
  triageHref,
  viewCount,
} from '@/components/shared/findingFilters';
import type { FindingList } from '@/lib/contracts/findings';

export const VIEW_WORD: Record<TriageView, string> = {
  open: 'Open findings',
  mine: 'Assigned to me',
  unassigned: 'Unassigned',
  partial: 'Partial chains',
  blind: 'Limited by blindness',
  suppressed: 'Suppressed',
  closed: 'With a verdict',
};

const GROUPS: { title: string; views: TriageView[] }[] = [
  { title: 'To decide', views: ['open', 'mine', 'unassigned'] },
  { title: 'Where it is doubtful', views: ['partial', 'blind'] },
  { title: 'Decided', views: ['closed', 'suppressed'] },
];

type Counts = FindingList['counts'] | undefined;

/** Views of the queue with how many each holds; a link each, so that any can be opened beside. */
export function ViewRail({ filters, counts }: { filters: FindingFilters; counts: Counts }) {
  return (
    <nav aria-label="Views" className="w-52 shrink-0 overflow-y-auto border-r px-2 pb-4 max-xl:hidden">
      {GROUPS.map((group) => (
        <section key={group.title}>
          <h2 className="label px-2 pb-1 pt-4">{group.title}</h2>
          <ul>
            {group.views.map((view) => (
              <li key={view}>
                <Link
                  href={triageHref({ ...filters, view, verdict: null })}
                  aria-current={filters.view === view ? 'true' : undefined}
                  className={clsx(
                    'focus-inset flex h-7 items-center justify-between rounded-md px-2 hover:text-text-1',
                    filters.view === view ? 'bg-surface-2 text-text-1' : 'text-text-2',
                  )}
                >
                  {VIEW_WORD[view]}
                  <span className="num text-12">
                    {counts ? viewCount(view, counts).toLocaleString('en') : ''}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
