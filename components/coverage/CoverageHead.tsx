'use client';

import { Allowed } from '@/components/shared/me';
import { PeriodPicker } from '@/components/shared/period/PeriodPicker';
import { Button } from '@/components/ui/Button';
import { Segmented } from '@/components/ui/Segmented';
import { counted } from '@/lib/base/numberWords';
import type { CoverageQuery, CoverageView } from '@/lib/contracts/coverage';
import { CoverageFilters } from './CoverageFilters';
import type { Show } from './coveragePart';
import type { CoverageUrl } from './coverageUrl';
import { dayText, keyText } from './coverageWords';
import { ExportMenu } from './ExportMenu';

const BY_WORD = { group: 'Group', os: 'System', source: 'Source' } as const;

/** What is looked at: which days, which hosts, what stands side by side. */
export function CoverageHead(props: {
  url: CoverageUrl;
  query: CoverageQuery;
  view: CoverageView | undefined;
  show: Show;
  open: Show;
}) {
  const { url, query, view, show, open } = props;
  return (
    <header className="px-4 pt-3 print:mb-3 print:p-0">
      <div className="num flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h1 className="text-13 tracking-normal">Coverage</h1>
        {view ? <p className="min-w-0 flex-1 text-text-2">{subject(view, url)}</p> : null}
        <span className="no-print ml-auto flex gap-2">
          <Allowed to="coverage.manage">
            <Button size="sm" onClick={() => open({ show: 'groups' })}>
              Groups
            </Button>
          </Allowed>
          <ExportMenu query={query} />
        </span>
      </div>
      <div className="no-print mt-2.5 flex flex-wrap items-start gap-x-4 gap-y-2">
        <PeriodPicker shown={view ? { from: view.from, to: view.to } : undefined} />
        <Segmented
          label="Hosts side by side by"
          value={url.by}
          onChange={(by) => show({ by, cell: null, host: null })}
          options={(['group', 'os', 'source'] as const).map((by) => ({ value: by, label: BY_WORD[by] }))}
        />
        <CoverageFilters url={url} query={query} onChange={(change) => show({ ...change, cell: null })} />
      </div>
    </header>
  );
}

/** What the numbers are of, as one line: it stands on paper too, where no filter can be seen. */
function subject(view: CoverageView, url: CoverageUrl): string {
  const filters = (['group', 'os', 'source'] as const).flatMap((name) => {
    const value = url[name];
    return value === null ? [] : [keyText(value, name)];
  });
  return [
    `${dayText(view.from)} to ${dayText(view.to, { year: true })}`,
    counted(view.hosts, 'host'),
    ...filters,
    ...(url.analytic ? [url.analytic] : []),
  ].join(', ');
}
