'use client';

import type { RefObject } from 'react';
import { Chevron, type FilterChoice, FilterMenu } from '@/components/shared/FilterMenu';
import {
  type FindingFilters,
  isFiltered,
  NO_FILTERS,
  NOBODY,
  SORTS,
} from '@/components/shared/findingFilters';
import { HostileText } from '@/components/shared/MonoText';
import { usePeople } from '@/components/shared/people';
import { SEVERITY_WORD } from '@/components/shared/SeverityMark';
import { VERDICT_WORD, VERDICTS } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { Menu, MenuChoices, MenuLabel, MenuRule } from '@/components/ui/Menu';
import { Toggle } from '@/components/ui/Toggle';
import type { FindingList } from '@/lib/contracts/findings';
import type { Severity } from '@/lib/contracts/scalars';
import { SORT_WORD } from './viewWords';

const SEVERITY_STEPS = ['critical', 'high', 'medium', 'low'] as const;
const CLOCK_WORD = { soon: 'Due within 1 h', breached: 'Past its clock' } as const;
const CASE_WORD = { none: 'In no case', any: 'In a case' } as Readonly<Record<string, string>> & {
  none: string;
  any: string;
};

export type Change = (change: Partial<FindingFilters>) => void;
type FiltersProps = { filters: FindingFilters; onChange: Change; list: FindingList | undefined };

/** Search over story, host, file and destination. */
export function QueueSearch(props: {
  q: string | null;
  onChange: Change;
  search: RefObject<HTMLInputElement | null>;
}) {
  return (
    <input
      ref={props.search}
      type="search"
      aria-label="Search findings"
      aria-keyshortcuts="/"
      placeholder="Search story, host, file, destination   /"
      spellCheck={false}
      value={props.q ?? ''}
      onChange={(event) => props.onChange({ q: event.target.value || null })}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
      className="h-6 min-w-40 flex-1 rounded-md border border-line-strong bg-surface-0 px-2 text-12 placeholder:text-text-3"
    />
  );
}

/** How the queue is narrowed and ordered. */
export function QueueFilters({ filters, onChange, list }: FiltersProps) {
  return (
    <>
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
      <AssigneeFilter filters={filters} onChange={onChange} />
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
      <MoreFilters filters={filters} onChange={onChange} />
      <Chips filters={filters} onChange={onChange} />
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
    </>
  );
}

/** Filters that are seldom set: in a menu, and beside it while they are. */
function MoreFilters({ filters, onChange }: { filters: FindingFilters; onChange: Change }) {
  return (
    <>
      <Menu
        label="More filters"
        trigger={
          <Button size="sm">
            More <Chevron />
          </Button>
        }
      >
        <MenuLabel>Clock</MenuLabel>
        <MenuChoices
          value={filters.clock ?? ''}
          onChange={(value) => onChange({ clock: (value || null) as FindingFilters['clock'] })}
          choices={[
            { value: '', label: 'Any' },
            { value: 'soon', label: CLOCK_WORD.soon },
            { value: 'breached', label: CLOCK_WORD.breached },
          ]}
        />
        <MenuRule />
        <MenuLabel>Case</MenuLabel>
        <MenuChoices
          value={filters.case ?? ''}
          onChange={(value) => onChange({ case: value || null })}
          choices={[
            { value: '', label: 'Any' },
            { value: 'none', label: CASE_WORD.none },
            { value: 'any', label: CASE_WORD.any },
          ]}
        />
        <MenuRule />
        <MenuLabel>Later data</MenuLabel>
        <MenuChoices
          value={filters.reopened ? 'true' : ''}
          onChange={(value) => onChange({ reopened: value === '' ? null : true })}
          choices={[
            { value: '', label: 'Whatever it did' },
            { value: 'true', label: 'Opened it again' },
          ]}
        />
      </Menu>
      {filters.clock === null ? null : (
        <Toggle pressed onChange={() => onChange({ clock: null })}>
          {CLOCK_WORD[filters.clock]}
        </Toggle>
      )}
      {filters.case === null ? null : (
        <Toggle pressed onChange={() => onChange({ case: null })}>
          {CASE_WORD[filters.case] ?? `In case ${filters.case}`}
        </Toggle>
      )}
      {filters.reopened ? (
        <Toggle pressed onChange={() => onChange({ reopened: null })}>
          Opened again
        </Toggle>
      ) : null}
    </>
  );
}

/** Filters that come by links from elsewhere: shown while they are set, gone with a press. */
function Chips({ filters, onChange }: { filters: FindingFilters; onChange: Change }) {
  return (
    <>
      {filters.user === null ? null : (
        <Toggle pressed onChange={() => onChange({ user: null })}>
          <span className="max-w-40 truncate">
            <HostileText text={filters.user} />
          </span>
        </Toggle>
      )}
      {filters.shape === null ? null : (
        <Toggle pressed onChange={() => onChange({ shape: null })}>
          One shape
        </Toggle>
      )}
      {filters.baseline === null ? null : (
        <Toggle pressed onChange={() => onChange({ baseline: null })}>
          Baseline {filters.baseline}
        </Toggle>
      )}
    </>
  );
}

function AssigneeFilter({ filters, onChange }: { filters: FindingFilters; onChange: Change }) {
  const { people, nameOf } = usePeople();
  const { assignee } = filters;
  const known = people.filter(({ active }) => active);
  const missing = assignee && assignee !== NOBODY && !known.some(({ handle }) => handle === assignee);
  return (
    <FilterMenu
      name="Assigned"
      shown={assignee === null ? null : assignee === NOBODY ? 'Nobody' : nameOf(assignee)}
      value={assignee ?? ''}
      onChange={(value) => onChange({ assignee: value || null })}
      choices={[
        { value: '', label: 'Anybody' },
        { value: NOBODY, label: 'Nobody' },
        ...known.map(({ handle }) => ({ value: handle, label: <HostileText text={nameOf(handle)} /> })),
        ...(missing ? [{ value: assignee, label: nameOf(assignee) }] : []),
      ]}
    />
  );
}

/** A facet's values with counts; the chosen one stays listed when nothing has it any more. */
function withChosen(
  facet: readonly { value: string; count: number }[] | undefined,
  chosen: string | null,
): FilterChoice[] {
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
