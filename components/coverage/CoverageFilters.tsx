'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type FilterChoice, FilterMenu } from '@/components/shared/FilterMenu';
import { HostileText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import type { CoverageQuery, CoverageView } from '@/lib/contracts/coverage';
import { coverageViewQuery } from './coverageQueries';
import { type CoverageUrl, FILTERS, type FilterName, NO_FILTERS } from './coverageUrl';
import { keyText } from './coverageWords';

const WORDS: Record<FilterName, { name: string; all: string }> = {
  group: { name: 'Group', all: 'All groups' },
  os: { name: 'System', all: 'All systems' },
  source: { name: 'Source', all: 'All sources' },
  analytic: { name: 'Analytic', all: 'All analytics' },
};

type FiltersProps = {
  url: CoverageUrl;
  query: CoverageQuery;
  onChange: (change: Partial<CoverageUrl>) => void;
};

/** Which hosts and analytics, one menu each; what there is to choose is read when somebody comes near. */
export function CoverageFilters({ url, query, onChange }: FiltersProps) {
  const [near, setNear] = useState(false);
  const any = FILTERS.some((name) => url[name] !== null);
  return (
    <search
      aria-label="Narrow the coverage"
      className="flex flex-wrap items-center gap-2"
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
    >
      {FILTERS.map((name) => (
        <Filter key={name} {...{ name, near, url, query, onChange }} />
      ))}
      {any ? (
        <Button size="sm" variant="quiet" onClick={() => onChange(NO_FILTERS)}>
          All hosts
        </Button>
      ) : null}
    </search>
  );
}

function Filter(props: FiltersProps & { name: FilterName; near: boolean }) {
  const { name, url } = props;
  const value = url[name];
  const { [name]: _without, ...others } = props.query;
  const asked = name === 'analytic' ? others : { ...others, by: name };
  const view = useQuery({
    ...coverageViewQuery(asked),
    enabled: props.near,
  }).data;
  const words = WORDS[name];
  return (
    <FilterMenu
      name={words.name}
      shown={value === null ? null : keyText(value, name)}
      value={value ?? ''}
      onChange={(next) => props.onChange({ [name]: next === '' ? null : next })}
      choices={[{ value: '', label: words.all }, ...choicesOf(name, view, value)]}
    />
  );
}

/** What there is; what is chosen is there even before it is known. */
function choicesOf(name: FilterName, view: CoverageView | undefined, value: string | null): FilterChoice[] {
  const known: FilterChoice[] =
    name === 'analytic'
      ? [...new Map((view?.rows ?? []).map((row) => [row.analytic, row.analyticTitle]))].map(
          ([analytic, title]) => ({ value: analytic, label: <HostileText text={`${analytic} ${title}`} /> }),
        )
      : (view?.columns ?? []).map(({ key, name: title, hosts }) => ({
          value: key,
          label: <HostileText text={title} />,
          count: hosts,
        }));
  return value === null || known.some((choice) => choice.value === value)
    ? known
    : [{ value, label: <HostileText text={keyText(value, name)} /> }, ...known];
}
