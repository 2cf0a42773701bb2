'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import Link from 'next/link';
import { alertCountsQuery } from '@/components/shared/alertQueries';
import { type FindingFilters, triageHref, viewCount } from '@/components/shared/findingFilters';
import type { FindingList } from '@/lib/contracts/findings';
import type { TriageView } from '@/lib/contracts/triage';
import { SavedViewList } from './SavedViewList';
import type { SavedViewsState } from './useSavedViews';
import { VIEW_WORD } from './viewWords';

const GROUPS: { title: string; views: TriageView[] }[] = [
  { title: 'Mine', views: ['mine'] },
  { title: 'To decide', views: ['open', 'unassigned', 'due', 'reopened'] },
  { title: 'Where it is doubtful', views: ['partial', 'blind'] },
  { title: 'Decided', views: ['closed', 'suppressed'] },
];

/** Views that ask for attention while anything is in them. */
const URGENT: ReadonlySet<TriageView> = new Set(['due', 'reopened']);

type Counts = FindingList['counts'] | undefined;
type RailProps = { filters: FindingFilters; counts: Counts; views: SavedViewsState };

/** Views of the queue with how many each holds; a link each, so that any can be opened beside. */
export function ViewRail({ filters, counts, views }: RailProps) {
  return (
    <nav aria-label="Views" className="w-52 shrink-0 overflow-y-auto border-r px-2 pb-4 max-xl:hidden">
      {GROUPS.map((group) => (
        <section key={group.title}>
          <h2 className="label px-2 pb-1 pt-4">{group.title}</h2>
          <ul>
            {group.views.map((view) => {
              const count = counts ? viewCount(view, counts) : undefined;
              const here = filters.view === view && views.open === undefined;
              return (
                <li key={view}>
                  <Link
                    href={triageHref({ ...filters, view, verdict: null })}
                    aria-current={here ? 'true' : undefined}
                    className={clsx(
                      'focus-inset flex h-7 items-center justify-between rounded-md px-2 hover:text-text-1',
                      here ? 'bg-surface-2 text-text-1' : 'text-text-2',
                    )}
                  >
                    {VIEW_WORD[view]}
                    <span
                      className={clsx(
                        'num text-12',
                        URGENT.has(view) && count !== undefined && count > 0 && 'font-medium text-warning',
                      )}
                    >
                      {count?.toLocaleString('en') ?? ''}
                    </span>
                  </Link>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      <VendorAlerts />
      <SavedViewList views={views} />
    </nav>
  );
}

/** What the vendor raised and no chain explains: looked at on its own screen, never lost behind the findings. */
function VendorAlerts() {
  const counts = useQuery(alertCountsQuery).data;
  if (counts === undefined || counts.total === 0) return null;
  return (
    <section>
      <h2 className="label px-2 pb-1 pt-4">Vendor alerts</h2>
      <ul>
        {(['unexplained', 'all'] as const).map((show) => (
          <li key={show}>
            <Link
              href={show === 'all' ? '/alerts?show=all' : '/alerts'}
              className="focus-inset flex h-7 items-center justify-between rounded-md px-2 text-text-2 hover:text-text-1"
            >
              {show === 'all' ? 'All alerts' : 'No chain explains'}
              <span className="num text-12">
                {(show === 'all' ? counts.total : counts.unexplained).toLocaleString('en')}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
