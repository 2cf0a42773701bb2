'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode, RefObject } from 'react';
import {
  type FindingFilters,
  isFiltered,
  NO_FILTERS,
  SORTS,
  type TriageView,
  VIEWS,
  viewCount,
} from '@/components/shared/findingFilters';
import { hostilePlain } from '@/components/shared/hostileText';
import { importsQuery } from '@/components/shared/importQueries';
import { HostileText } from '@/components/shared/MonoText';
import { SEVERITY_WORD } from '@/components/shared/SeverityMark';
import { VERDICT_WORD, VERDICTS } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { Menu, MenuChoices, MenuLabel } from '@/components/ui/Menu';
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

const SEVERITY_STEPS = ['critical', 'high', 'medium', 'low'] as const;

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
      <div className="num flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-1.5">
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
      <search
        hidden={
          list !== undefined &&
          imports.data !== undefined &&
          items.length === 0 &&
          list.total === 0 &&
          !isFiltered(filters)
        }
        className="flex flex-wrap items-center gap-2 px-4 py-2 [&[hidden]]:hidden"
      >
        <div className="xl:hidden">
          <FilterMenu
            name="View"
            shown={VIEW_WORD[filters.view]}
            value={filters.view}
            onChange={(view) => onChange({ view: view as TriageView, verdict: null })}
            choices={VIEWS.map((view) => ({
              value: view,
              label: VIEW_WORD[view],
              count: list ? viewCount(view, list.counts) : undefined,
            }))}
          />
        </div>
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
          className="h-6 min-w-40 flex-1 rounded-md border border-line-strong bg-surface-0 px-2 text-12 placeholder:text-text-3"
        />
        <FilterMenu
          name="Severity"
          shown={filters.severity ? `${SEVERITY_WORD[filters.severity]} and above` : null}
          value={filters.severity ?? ''}
          onChange={(value) => onChange({ severity: (value || null) as Severity | null })}
          choices={[
            { value: '', label: 'Any' },
            ...SEVERITY_STEPS.map((value) => ({
              value,
              label: value === 'critical' ? 'Critical' : `${SEVERITY_WORD[value]} and above`,
            })),
          ]}
        />
        <FilterMenu
          name="Analytic"
          shown={filters.analytic}
          value={filters.analytic ?? ''}
          onChange={(value) => onChange({ analytic: value || null })}
          choices={withChosen(list?.facets.analytic, filters.analytic)}
        />
        <FilterMenu
          name="Host"
          shown={filters.host}
          value={filters.host ?? ''}
          onChange={(value) => onChange({ host: value || null })}
          choices={withChosen(list?.facets.host, filters.host)}
        />
        {filters.view === 'closed' || filters.verdict ? (
          <FilterMenu
            name="Verdict"
            shown={filters.verdict ? VERDICT_WORD[filters.verdict] : null}
            value={filters.verdict ?? ''}
            onChange={(value) => onChange({ verdict: (value || null) as FindingFilters['verdict'] })}
            choices={[
              { value: '', label: 'Any' },
              ...VERDICTS.map((value) => ({ value, label: VERDICT_WORD[value] })),
            ]}
          />
        ) : null}
        <Toggle pressed={filters.blind === true} onChange={(blind) => onChange({ blind: blind || null })}>
          Blind stage
        </Toggle>
        {filters.baseline === null ? null : (
          <Toggle pressed onChange={() => onChange({ baseline: null })}>
            Baseline {filters.baseline}
          </Toggle>
        )}
        <FilterMenu
          name="Order"
          quiet
          shown={SORT_WORD[filters.sort]}
          value={filters.sort}
          onChange={(value) => onChange({ sort: value as FindingFilters['sort'] })}
          choices={SORTS.map((value) => ({ value, label: SORT_WORD[value] }))}
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
function withChosen(facet: readonly { value: string; count: number }[] | undefined, chosen: string | null) {
  const values = facet ?? [];
  const missing =
    chosen && !values.some((each) => each.value === chosen) ? [{ value: chosen, label: chosen }] : [];
  return [
    { value: '', label: 'Any' },
    ...values.map((each) => ({
      value: each.value,
      label: <HostileText text={each.value} />,
      count: each.count,
    })),
    ...missing,
  ];
}

type FilterMenuProps = {
  name: string;
  /** What is chosen, in words; null when nothing narrows. */
  shown: string | null;
  /** A choice that is always made, such as the order, is not marked as a filter. */
  quiet?: boolean;
  value: string;
  onChange: (value: string) => void;
  choices: readonly { value: string; label: ReactNode; count?: number | undefined }[];
};

/** One filter: its name while it is open, its value once chosen. */
function FilterMenu({ name, shown, quiet = false, value, onChange, choices }: FilterMenuProps) {
  return (
    <Menu
      label={name}
      trigger={
        <Button
          size="sm"
          variant={shown && !quiet && name !== 'View' ? 'primary' : 'default'}
          aria-label={shown ? `${name}: ${hostilePlain(shown)}` : name}
        >
          <span className="max-w-40 truncate">
            <HostileText text={shown ?? name} />
          </span>
          <svg
            aria-hidden="true"
            width="8"
            height="8"
            viewBox="0 0 8 8"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.2"
          >
            <path d="m1.5 2.8 2.5 2.6 2.5-2.6" />
          </svg>
        </Button>
      }
    >
      <MenuLabel>{name}</MenuLabel>
      <MenuChoices value={value} onChange={onChange} choices={choices} />
    </Menu>
  );
}
