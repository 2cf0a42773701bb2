'use client';

import { usePeople } from '@/components/shared/people';
import { Button } from '@/components/ui/Button';
import { SelectField, TextField } from '@/components/ui/TextField';
import { type AuditFilters, isNarrowed, NO_FILTERS } from './auditFilters';
import { ACTION_GROUPS } from './auditWords';

/** What the list is narrowed to. */
export function AuditFilterBar(props: {
  filters: AuditFilters;
  /** Everybody who ever acted, by handle. */
  actors: readonly string[];
  onChange: (change: Partial<AuditFilters>) => void;
}) {
  const { filters, actors, onChange } = props;
  const { nameOf } = usePeople();
  const groups = ACTION_GROUPS.some(({ value }) => value === (filters.action ?? ''))
    ? ACTION_GROUPS
    : [...ACTION_GROUPS, { value: filters.action ?? '', label: filters.action ?? '' }];
  const people = filters.by === null || actors.includes(filters.by) ? actors : [...actors, filters.by];
  return (
    <search aria-label="Narrow the audit" className="flex flex-wrap items-end gap-2 border-b px-4 pb-2">
      <TextField
        label="Text"
        type="search"
        dense
        className="min-w-40 flex-1"
        placeholder="Person, action, subject, details"
        value={filters.q ?? ''}
        onChange={(event) => onChange({ q: event.target.value || null })}
      />
      <SelectField
        label="Person"
        dense
        className="w-36"
        value={filters.by ?? ''}
        onChange={(event) => onChange({ by: event.target.value || null })}
      >
        <option value="">Everybody</option>
        {people.map((handle) => (
          <option key={handle} value={handle}>
            {nameOf(handle)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="What"
        dense
        className="w-36"
        value={filters.action ?? ''}
        onChange={(event) => onChange({ action: event.target.value || null })}
      >
        {groups.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <TextField
        label="Subject"
        dense
        className="w-40"
        placeholder="case:12"
        value={filters.subject ?? ''}
        onChange={(event) => onChange({ subject: event.target.value || null })}
      />
      <TextField
        label="From (UTC)"
        type="date"
        dense
        className="w-32"
        value={filters.from ?? ''}
        onChange={(event) => onChange({ from: event.target.value || null })}
      />
      <TextField
        label="To (UTC)"
        type="date"
        dense
        className="w-32"
        value={filters.to ?? ''}
        onChange={(event) => onChange({ to: event.target.value || null })}
      />
      {isNarrowed(filters) ? (
        <Button size="sm" variant="quiet" className="h-7" onClick={() => onChange(NO_FILTERS)}>
          All entries
        </Button>
      ) : null}
    </search>
  );
}
