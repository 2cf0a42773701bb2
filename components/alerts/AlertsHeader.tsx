'use client';

import type { RefObject } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { usePeople } from '@/components/shared/people';
import { SEVERITY_WORD } from '@/components/shared/SeverityMark';
import { VERDICT_WORD, VERDICTS } from '@/components/shared/verdict/verdictWords';
import { Button } from '@/components/ui/Button';
import { Menu, MenuChoices } from '@/components/ui/Menu';
import { Toggle } from '@/components/ui/Toggle';
import type { AlertList } from '@/lib/contracts/alerts';
import {
  type AlertFilters,
  alertSentence,
  isNarrowed,
  NO_ALERT_FILTERS,
  SEVERITIES,
  shownVerdict,
} from './alertFilters';

/** What the list is, in a sentence; then how it is narrowed. */
export function AlertsHeader(props: {
  counts: AlertList['counts'] | undefined;
  filters: AlertFilters;
  onChange: (change: Partial<AlertFilters>) => void;
  search: RefObject<HTMLInputElement | null>;
}) {
  const { filters, onChange } = props;
  const { people, nameOf } = usePeople();
  const verdict = shownVerdict(filters);
  const { assignee, severity } = filters;
  return (
    <div className="border-b px-4 pb-2 pt-1.5">
      <h1 className="num flex min-h-7 items-center text-13 tracking-normal">{alertSentence(props.counts)}</h1>
      <search className="flex flex-wrap items-center gap-2 pt-1">
        <input
          ref={props.search}
          type="search"
          aria-label="Search alerts"
          aria-keyshortcuts="/"
          placeholder="Search rule, image, user, alert id   /"
          spellCheck={false}
          value={filters.q ?? ''}
          onChange={(event) => onChange({ q: event.target.value || null })}
          onKeyDown={(event) => {
            if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
          }}
          className="h-6 min-w-40 flex-1 rounded-md border border-line-strong bg-surface-0 px-2 text-12 placeholder:text-text-3"
        />
        <Toggle
          pressed={filters.show === 'unexplained'}
          onChange={(pressed) => onChange({ show: pressed ? 'unexplained' : 'all' })}
        >
          No chain explains it
        </Toggle>
        <Choice
          name="Verdict"
          shown={verdict === null || verdict === 'any' ? null : VERDICT_CHOICE[verdict]}
          value={verdict ?? ''}
          onChange={(value) => onChange({ verdict: (value || null) as AlertFilters['verdict'] })}
          choices={[
            ...(filters.show === 'all' ? [{ value: '', label: 'Decided or not' }] : []),
            { value: 'none', label: VERDICT_CHOICE.none },
            { value: 'any', label: 'Any verdict' },
            ...VERDICTS.map((value) => ({ value, label: VERDICT_WORD[value] })),
          ]}
        />
        <Choice
          name="Severity"
          shown={severity ? `${SEVERITY_WORD[severity]} and above` : null}
          value={severity ?? ''}
          onChange={(value) => onChange({ severity: (value || null) as AlertFilters['severity'] })}
          choices={[
            { value: '', label: 'Any' },
            ...SEVERITIES.map((value) => ({ value, label: `${SEVERITY_WORD[value]} and above` })),
          ]}
        />
        <Choice
          name="Assigned"
          shown={assignee === null ? null : assignee === 'none' ? 'Nobody' : nameOf(assignee)}
          value={assignee ?? ''}
          onChange={(value) => onChange({ assignee: value || null })}
          choices={[
            { value: '', label: 'Anybody' },
            { value: 'none', label: 'Nobody' },
            ...people
              .filter(({ active }) => active)
              .map(({ handle }) => ({ value: handle, label: nameOf(handle) })),
          ]}
        />
        {filters.host ? (
          <Toggle pressed onChange={() => onChange({ host: null })}>
            <span className="max-w-40 truncate">
              <HostileText text={filters.host} />
            </span>
          </Toggle>
        ) : null}
        {isNarrowed(filters) ? (
          <Button size="sm" variant="quiet" onClick={() => onChange(NO_ALERT_FILTERS)}>
            Clear all
          </Button>
        ) : null}
      </search>
    </div>
  );
}

const VERDICT_CHOICE = { ...VERDICT_WORD, none: 'Without a verdict' } as const;

function Choice(props: {
  name: string;
  shown: string | null;
  value: string;
  onChange: (value: string) => void;
  choices: readonly { value: string; label: string }[];
}) {
  const { name, shown } = props;
  return (
    <Menu
      label={name}
      trigger={
        <Button
          size="sm"
          variant={shown ? 'primary' : 'default'}
          aria-label={shown ? `${name}: ${shown}` : name}
        >
          <span className="max-w-40 truncate">{shown ?? name}</span>
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
      <MenuChoices
        value={props.value}
        onChange={props.onChange}
        choices={props.choices.map(({ value, label }) => ({ value, label: <HostileText text={label} /> }))}
      />
    </Menu>
  );
}
