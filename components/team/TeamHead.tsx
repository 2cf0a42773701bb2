'use client';

import { hostilePlain } from '@/components/shared/hostileText';
import { useMay } from '@/components/shared/me';
import { PeriodPicker } from '@/components/shared/period/PeriodPicker';
import { SEVERITY_WORD } from '@/components/shared/SeverityMark';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuLink, MenuRule } from '@/components/ui/Menu';
import { Segmented } from '@/components/ui/Segmented';
import { SelectField } from '@/components/ui/TextField';
import type { MetricsQuery, MetricsView } from '@/lib/contracts/metrics';
import { severity } from '@/lib/contracts/scalars';
import { exportHref, type TeamUrl } from './teamUrl';

/** Which days, findings and rows are looked at. */
export function TeamHead(props: {
  url: TeamUrl;
  query: MetricsQuery;
  view: MetricsView | undefined;
  /** The same days of all severities and analytics. */
  whole: MetricsView | undefined;
  onChange: (change: Partial<TeamUrl>) => void;
}) {
  const { url, query, view, whole, onChange } = props;
  return (
    <header className="px-4 pt-3">
      <div className="num flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h1 className="text-13 tracking-normal">Team</h1>
        {view ? <p className="min-w-0 flex-1 text-text-2">{subject(view, url)}</p> : null}
        <ExportMenu query={query} />
      </div>
      <div className="no-print mt-2.5 flex flex-wrap items-start gap-x-4 gap-y-2">
        <PeriodPicker shown={view ? { from: view.from, to: view.to } : undefined} />
        <Segmented
          label="Rows by"
          value={url.by}
          onChange={(by) => onChange({ by })}
          options={[
            { value: 'severity', label: 'By severity' },
            { value: 'analytic', label: 'By analytic' },
          ]}
        />
        <SelectField
          label="Severity"
          hideLabel
          dense
          className="w-36"
          value={url.severity ?? ''}
          onChange={({ target }) =>
            onChange({ severity: severity.options.find((each) => each === target.value) ?? null })
          }
        >
          <option value="">All severities</option>
          {severity.options.map((each) => (
            <option key={each} value={each}>
              {SEVERITY_WORD[each]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Analytic"
          hideLabel
          dense
          className="w-56"
          value={url.analytic ?? ''}
          onChange={({ target }) => onChange({ analytic: target.value || null })}
        >
          <option value="">All analytics</option>
          {analyticsOf(whole, url.analytic).map(([id, title]) => (
            <option key={id} value={id}>
              {hostilePlain(title)}
            </option>
          ))}
        </SelectField>
      </div>
    </header>
  );
}

/** Every analytic that any part of the view tells of, and the one that is chosen. */
function analyticsOf(view: MetricsView | undefined, chosen: string | null): readonly [string, string][] {
  const known = new Map<string, string>(chosen === null ? [] : [[chosen, chosen]]);
  const parts = view ? [view.times, view.precision, view.clocks, view.backlog] : [];
  for (const { byAnalytic } of parts)
    for (const { key, title } of byAnalytic) if (key !== null) known.set(key, title);
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What the numbers are of, as one line: it stands on paper too, where no filter can be seen. */
function subject(view: MetricsView, { severity: only, analytic }: TeamUrl): string {
  return [
    `${view.from} to ${view.to} (UTC)`,
    ...(only === null ? [] : [`${SEVERITY_WORD[only].toLowerCase()} severity`]),
    ...(analytic === null ? [] : [hostilePlain(analytic)]),
    'measured from history, of nobody by name',
  ].join(', ');
}

function ExportMenu({ query }: { query: MetricsQuery }) {
  const mayExport = useMay('coverage.read');
  return (
    <span className="no-print ml-auto">
      <Menu label="Export" align="end" trigger={<Button size="sm">Export</Button>}>
        <MenuItem onSelect={() => window.print()}>Print this page</MenuItem>
        {mayExport ? (
          <>
            <MenuRule />
            {(['csv', 'json'] as const).map((format) => (
              <MenuLink key={format} download href={exportHref(query, format)}>
                Numbers of these days as {format.toUpperCase()}
              </MenuLink>
            ))}
          </>
        ) : null}
      </Menu>
    </span>
  );
}
