'use client';

import { useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import {
  type FindingFilters,
  isFiltered,
  NO_FILTERS,
  SORTS,
  type TriageView,
  VIEWS,
  viewCount,
} from '@/components/shared/findingFilters';
import { importsQuery } from '@/components/shared/importQueries';
import { SEVERITY_WORD } from '@/components/shared/SeverityMark';
import { VERDICT_WORD, VERDICTS } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { Select } from '@/components/ui/Select';
import { Toggle } from '@/components/ui/Toggle';
import type { FindingList } from '@/lib/contracts/findings';
import type { Severity } from '@/lib/contracts/scalars';
import { reductionSentence } from './reductionSentence';
import { VIEW_WORD } from './ViewRail';

const SORT_WORD: Record<(typeof SORTS)[number], string> = {
  score: 'Highest score',
  newest: 'Newest',
  oldest: 'Oldest',
  host: 'Host',
};

type QueueHeaderProps = {
  filters: FindingFilters;
  onChange: (change: Partial<FindingFilters>) => void;
  list: FindingList | undefined;
  total: number | undefined;
  fresh: number;
  onShowFresh: () => void;
  search: RefObject<HTMLInputElement | null>;
};

/** What this list is, in a sentence; then how it is narrowed. */
export function QueueHeader({
  filters,
  onChange,
  list,
  total,
  fresh,
  onShowFresh,
  search,
}: QueueHeaderProps) {
  const imports = useQuery(importsQuery);
  const items = imports.data?.items ?? [];
  const events = items.reduce((sum, each) => sum + each.records.events, 0);
  const hosts = new Set(items.flatMap((each) => each.hosts)).size;
  return (
    <div className="border-b">
      <div className="num flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-2">
        <h1 className="text-13 tracking-normal">
          {total === undefined ? VIEW_WORD[filters.view] : countedView(filters, total)}
        </h1>
        <p className="min-w-0 flex-1 truncate text-text-2 max-sm:hidden">
          {list ? reductionSentence(list.counts, events, hosts) : ''}
        </p>
        {fresh > 0 ? (
          <Button size="sm" variant="primary" keys="n" onClick={onShowFresh}>
            {fresh.toLocaleString('en')} new, show
          </Button>
        ) : null}
      </div>
      <search className="flex flex-wrap items-center gap-2 px-4 py-2">
        <Select
          label="View"
          hideLabel
          className="xl:hidden"
          value={filters.view}
          onChange={(event) => onChange({ view: event.target.value as TriageView, verdict: null })}
          options={VIEWS.map((view) => ({
            value: view,
            label: list ? `${VIEW_WORD[view]} (${viewCount(view, list.counts)})` : VIEW_WORD[view],
          }))}
        />
        <div className="relative min-w-36 flex-1">
          <input
            ref={search}
            type="search"
            aria-label="Search findings"
            aria-keyshortcuts="/"
            placeholder="Search story, host, file, destination   /"
            spellCheck={false}
            value={filters.q ?? ''}
            onChange={(event) => onChange({ q: event.target.value || null })}
            onKeyDown={(event) => {
              if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
            }}
            className="h-6 w-full rounded-md border border-line-strong bg-surface-0 px-2 text-12 placeholder:text-text-3"
          />
        </div>
        <Select
          label="Lowest severity"
          hideLabel
          value={filters.severity ?? ''}
          onChange={(event) => onChange({ severity: (event.target.value || null) as Severity | null })}
          options={[
            { value: '', label: 'Any severity' },
            ...(['critical', 'high', 'medium', 'low'] as const).map((value) => ({
              value,
              label: value === 'critical' ? 'Critical' : `${SEVERITY_WORD[value]} and above`,
            })),
          ]}
        />
        <Select
          label="Analytic"
          hideLabel
          value={filters.analytic ?? ''}
          onChange={(event) => onChange({ analytic: event.target.value || null })}
          options={withChosen('Any analytic', list?.facets.analytic, filters.analytic)}
        />
        <Select
          label="Host"
          hideLabel
          className="max-w-40"
          value={filters.host ?? ''}
          onChange={(event) => onChange({ host: event.target.value || null })}
          options={withChosen('Any host', list?.facets.host, filters.host)}
        />
        {filters.view === 'closed' || filters.verdict ? (
          <Select
            label="Verdict"
            hideLabel
            value={filters.verdict ?? ''}
            onChange={(event) =>
              onChange({ verdict: (event.target.value || null) as FindingFilters['verdict'] })
            }
            options={[
              { value: '', label: 'Any verdict' },
              ...VERDICTS.map((value) => ({ value, label: VERDICT_WORD[value] })),
            ]}
          />
        ) : null}
        <Toggle pressed={filters.blind === true} onChange={(blind) => onChange({ blind: blind || null })}>
          Blind stage
        </Toggle>
        <Select
          label="Order"
          hideLabel
          value={filters.sort}
          onChange={(event) => onChange({ sort: event.target.value as FindingFilters['sort'] })}
          options={SORTS.map((value) => ({ value, label: SORT_WORD[value] }))}
        />
        {isFiltered(filters) ? (
          <Button size="sm" variant="quiet" onClick={() => onChange(NO_FILTERS)}>
            Clear all
          </Button>
        ) : null}
      </search>
    </div>
  );
}

/** "37 open findings", "1 partial chain", "12 findings match". */
function countedView(filters: FindingFilters, total: number): string {
  const number = total.toLocaleString('en');
  const noun = total === 1 ? 'finding' : 'findings';
  if (isFiltered(filters)) return `${number} ${noun} ${total === 1 ? 'matches' : 'match'}`;
  const words: Record<TriageView, string> = {
    open: `open ${noun}`,
    mine: `${noun} assigned to me`,
    unassigned: `unassigned ${noun}`,
    partial: total === 1 ? 'partial chain' : 'partial chains',
    blind: `${noun} limited by blindness`,
    suppressed: `suppressed ${noun}`,
    closed: `${noun} with a verdict`,
  };
  return `${number} ${words[filters.view]}`;
}

/** A facet's values with counts; the chosen one stays listed when nothing has it any more. */
function withChosen(
  any: string,
  facet: readonly { value: string; count: number }[] | undefined,
  chosen: string | null,
) {
  const values = facet ?? [];
  const missing =
    chosen && !values.some((each) => each.value === chosen) ? [{ value: chosen, label: chosen }] : [];
  return [
    { value: '', label: any },
    ...values.map((each) => ({ value: each.value, label: `${each.value} (${each.count})` })),
    ...missing,
  ];
}
