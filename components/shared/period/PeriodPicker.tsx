'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Segmented } from '@/components/ui/Segmented';
import { TextField } from '@/components/ui/TextField';
import { daysUpTo, lengthOf, type Period, PRESET_DAYS, periodProblems } from './period';
import { usePeriod } from './usePeriod';

/**
 * Which UTC days a page is of, kept in the URL as `from` and `to`. `shown` is the period the server answered with;
 * absent until it did. Presets count back from its end: recordings are of the past.
 */
export function PeriodPicker({ shown }: { shown: Period | undefined }) {
  const { from, to, setPeriod } = usePeriod();
  const period = { from: from ?? shown?.from ?? '', to: to ?? shown?.to ?? '' };
  const length = lengthOf(period);
  return (
    <div className="flex flex-wrap items-start gap-2 print:hidden">
      <Segmented
        label="Length of the period"
        value={PRESET_DAYS.some((days) => days === length) ? String(length) : ''}
        onChange={(days) => setPeriod(daysUpTo(period.to, Number(days)) ?? null)}
        options={PRESET_DAYS.map((days) => ({ value: String(days), label: `${days} days` }))}
      />
      {/* What is typed begins anew whenever the period is another one. */}
      <PeriodFields key={`${period.from} ${period.to}`} period={period} onChange={setPeriod} />
      {from === null && to === null ? null : (
        <Button size="sm" variant="quiet" onClick={() => setPeriod(null)}>
          Latest
        </Button>
      )}
    </div>
  );
}

function PeriodFields({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const [typed, setTyped] = useState(period);
  const [problems, setProblems] = useState<{ from?: string; to?: string }>({});
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const found = periodProblems(typed);
    setProblems(found);
    if (Object.keys(found).length === 0) onChange(typed);
  };
  const set = (end: 'from' | 'to') => (event: { target: { value: string } }) =>
    setTyped((before) => ({ ...before, [end]: event.target.value }));
  const changed = typed.from !== period.from || typed.to !== period.to;
  return (
    <form aria-label="Period" onSubmit={apply} className="flex flex-wrap items-start gap-2">
      {(['from', 'to'] as const).map((end) => (
        <TextField
          key={end}
          label={end === 'from' ? 'First day (UTC)' : 'Last day (UTC)'}
          hideLabel
          dense
          type="date"
          className="w-32"
          value={typed[end]}
          onChange={set(end)}
          error={problems[end]}
        />
      ))}
      {changed ? (
        <Button size="sm" type="submit">
          Apply
        </Button>
      ) : null}
    </form>
  );
}
