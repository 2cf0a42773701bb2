'use client';

import { type FormEvent, useState } from 'react';
import { periodProblems } from '@/components/shared/period/period';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';

type Ends = { from: string | null; to: string | null };

/** From which UTC day to which, either end open; applied once both are whole. */
export function DayFields({ from, to, onChange }: Ends & { onChange: (ends: Ends) => void }) {
  const start = { from: from?.slice(0, 10) ?? '', to: to?.slice(0, 10) ?? '' };
  const [begun, setBegun] = useState(start);
  const [typed, setTyped] = useState(start);
  const [wrong, setWrong] = useState<{ from?: string; to?: string }>({});
  // Other days were set elsewhere. The fields stay, and with them the focus.
  if (begun.from !== start.from || begun.to !== start.to) {
    setBegun(start);
    setTyped(start);
    setWrong({});
  }
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // An end that is open is no problem: it is judged as if it were the other.
    const found = periodProblems({ from: typed.from || typed.to, to: typed.to || typed.from });
    const empty = typed.from === '' && typed.to === '';
    setWrong(empty ? {} : found);
    if (!empty && Object.keys(found).length > 0) return;
    // The button that was pressed goes once there is nothing to apply.
    if (document.activeElement instanceof HTMLButtonElement)
      event.currentTarget.querySelector('input')?.focus();
    onChange({ from: typed.from || null, to: typed.to || null });
  };
  const changed = typed.from !== start.from || typed.to !== start.to;
  return (
    <form aria-label="Days" onSubmit={apply} className="flex flex-wrap items-start gap-2">
      {(['from', 'to'] as const).map((end) => (
        <TextField
          key={end}
          label={end === 'from' ? 'First day (UTC)' : 'Last day (UTC)'}
          hideLabel
          dense
          type="date"
          className="w-32"
          value={typed[end]}
          error={wrong[end]}
          onChange={(event) => setTyped((before) => ({ ...before, [end]: event.target.value }))}
        />
      ))}
      {changed ? (
        <Button size="sm" type="submit" className="mt-0.5">
          Apply
        </Button>
      ) : null}
    </form>
  );
}
