'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { FilterMenu } from '@/components/shared/FilterMenu';
import { HostileText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import { counted } from '@/lib/base/numberWords';
import { FacetField } from './FacetField';
import { LevelMenu } from './LevelMenu';
import { SearchBox } from './SearchBox';
import { mergedFacets } from './setFacets';
import { setQuery, setsQuery } from './sigmaQueries';
import { NO_RULE_FILTERS, RULE_STATES, type RuleUrl, rulesNarrowed, STATUSES } from './sigmaUrl';

const STATE_WORD: Readonly<Record<(typeof RULE_STATES)[number], string>> = {
  enabled: 'Runs',
  disabled: 'Does not run',
  hits: 'Has hits',
  blind: 'Blind somewhere',
  foreign: 'Of products we do not read',
};
const SORT_WORD = { level: 'Worst first', hits: 'Most hits first', title: 'By title' } as const;

/** How many rules are listed; how they are narrowed and ordered. */
export function RulesHeader(props: {
  url: RuleUrl;
  total: number | undefined;
  onChange: (change: Partial<RuleUrl>) => void;
  search: RefObject<HTMLInputElement | null>;
}) {
  const { url, total, onChange } = props;
  const sets = useQuery(setsQuery).data?.items ?? [];
  const details = useQueries({
    queries: sets.filter(({ id }) => url.set === null || id === url.set).map(({ id }) => setQuery(id)),
  });
  const facets = mergedFacets(details.flatMap(({ data }) => (data ? [data.facets] : [])));
  return (
    <div className="border-b px-4 pb-2 pt-1.5">
      <h1 className="num flex min-h-7 items-center text-13 tracking-normal">
        {total === undefined ? 'Sigma rules' : counted(total, 'Sigma rule')}
      </h1>
      <search className="flex flex-wrap items-start gap-2 pt-1">
        <SearchBox
          label="Search rules"
          placeholder="Search title, id, author, text"
          value={url.q}
          onChange={(q) => onChange({ q })}
          search={props.search}
        />
        <FilterMenu
          name="Set"
          shown={url.set === null ? null : (sets.find(({ id }) => id === url.set)?.name ?? url.set)}
          value={url.set ?? ''}
          onChange={(set) => onChange({ set: set || null })}
          choices={[
            { value: '', label: 'Any' },
            ...sets.map(({ id, name, rules }) => ({
              value: id,
              label: <HostileText text={name} />,
              count: rules.loaded,
            })),
          ]}
        />
        <LevelMenu value={url.level} onChange={(level) => onChange({ level })} counts={facets.levels} />
        <FilterMenu
          name="Status"
          shown={url.status}
          value={url.status ?? ''}
          onChange={(value) => onChange({ status: STATUSES.find((status) => status === value) ?? null })}
          choices={[
            { value: '', label: 'Any' },
            ...STATUSES.map((value) => ({ value, label: value, count: facets.statuses[value] })),
          ]}
        />
        <FacetField
          label="Log source"
          facet={facets.logsources}
          value={url.logsource}
          onChange={(logsource) => onChange({ logsource })}
        />
        <FacetField label="Tag" facet={facets.tags} value={url.tag} onChange={(tag) => onChange({ tag })} />
        <FilterMenu
          name="State"
          shown={url.state ? STATE_WORD[url.state] : null}
          value={url.state ?? ''}
          onChange={(value) => onChange({ state: RULE_STATES.find((state) => state === value) ?? null })}
          choices={[
            { value: '', label: 'Any' },
            ...RULE_STATES.map((value) => ({ value, label: STATE_WORD[value] })),
          ]}
        />
        <FilterMenu
          name="Order"
          quiet
          shown={SORT_WORD[url.sort]}
          value={url.sort}
          onChange={(value) => onChange({ sort: value === 'hits' || value === 'title' ? value : 'level' })}
          choices={(['level', 'hits', 'title'] as const).map((value) => ({
            value,
            label: SORT_WORD[value],
          }))}
        />
        {rulesNarrowed(url) ? (
          <Button size="sm" variant="quiet" onClick={() => onChange(NO_RULE_FILTERS)}>
            Clear all
          </Button>
        ) : null}
      </search>
    </div>
  );
}
