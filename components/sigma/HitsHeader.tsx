'use client';

import type { RefObject } from 'react';
import { FilterMenu } from '@/components/shared/FilterMenu';
import { HostileText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import { Segmented, Toggle } from '@/components/ui/Toggle';
import { DayFields } from './DayFields';
import { HostField } from './HostField';
import { LevelMenu } from './LevelMenu';
import { SearchBox } from './SearchBox';
import { BY, type HitUrl, isNarrowed, NO_HIT_FILTERS } from './sigmaUrl';

const BY_WORD = {
  rule: 'By rule',
  process: 'By process',
  hit: 'Single hits',
  correlation: 'Correlations',
} as const;
const BASELINE_WORD = {
  open: 'Not covered by a baseline',
  covered: 'Covered by a baseline',
  all: 'Covered or not',
} as const;

/** What the list is, in a sentence; how it is grouped; how it is narrowed. */
export function HitsHeader(props: {
  url: HitUrl;
  sentence: string;
  onChange: (change: Partial<HitUrl>) => void;
  search: RefObject<HTMLInputElement | null>;
}) {
  const { url, onChange } = props;
  return (
    <div className="border-b px-4 pb-2 pt-1.5">
      <div className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1.5">
        <h1 className="num min-w-0 flex-1 basis-64 text-13 tracking-normal">{props.sentence}</h1>
        <Segmented
          label="Hits grouped"
          value={url.by}
          onChange={(by) => onChange({ by })}
          options={BY.map((value) => ({ value, label: BY_WORD[value] }))}
        />
      </div>
      {url.by === 'correlation' ? null : <HitFilters {...props} />}
    </div>
  );
}

function HitFilters(props: {
  url: HitUrl;
  onChange: (change: Partial<HitUrl>) => void;
  search: RefObject<HTMLInputElement | null>;
}) {
  const { url, onChange } = props;
  return (
    <search className="flex flex-wrap items-start gap-2 pt-1.5">
      <SearchBox
        label="Search hits"
        placeholder="Search rule, image, command line"
        value={url.q}
        onChange={(q) => onChange({ q })}
        search={props.search}
      />
      <LevelMenu value={url.level} onChange={(level) => onChange({ level })} />
      {/* A process is one of its host. */}
      <HostField value={url.host} onChange={(host) => onChange({ host, process: null })} />
      <DayFields from={url.from} to={url.to} onChange={onChange} />
      <FilterMenu
        name="Baseline"
        shown={BASELINE_WORD[url.baseline]}
        quiet={url.baseline === 'open'}
        value={url.baseline}
        onChange={(value) => onChange({ baseline: value === 'covered' || value === 'all' ? value : 'open' })}
        choices={(['open', 'covered', 'all'] as const).map((value) => ({
          value,
          label: BASELINE_WORD[value],
        }))}
      />
      {url.rule === null ? null : (
        <Toggle pressed onChange={() => onChange({ rule: null })}>
          One rule
        </Toggle>
      )}
      {url.process === null ? null : (
        <Toggle pressed onChange={() => onChange({ process: null })}>
          {url.process === '' ? 'No process' : 'One process'}
        </Toggle>
      )}
      {url.event === null ? null : (
        <Toggle pressed onChange={() => onChange({ event: null })}>
          <span className="max-w-40 truncate">
            Event <HostileText text={url.event} />
          </span>
        </Toggle>
      )}
      {isNarrowed(url) ? (
        <Button size="sm" variant="quiet" onClick={() => onChange(NO_HIT_FILTERS)}>
          Clear all
        </Button>
      ) : null}
    </search>
  );
}
