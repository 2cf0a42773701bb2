'use client';

import { type FormEvent, useState } from 'react';
import { periodProblems } from '@/components/shared/period/period';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';

type Ends = { from: string | null; to: string | null };

/** From which UTC day to which, either end open; applied once both are whole. */
export function DayFields(props: Ends & { onChange: (ends: Ends) => void }) {
  return <Fields key={`${props.from} ${props.to}`} {...props} />;
}

function Fields({ from, to, onChange }: Ends & { onChange: (ends: Ends) => void }) {
  const start = { from: from?.slice(0, 10) ?? '', to: to?.slice(0, 10) ?? '' };
  const [typed, setTyped] = useState(start);
  const [wrong, setWrong] = useState<{ from?: string; to?: string }>({});
  const apply = (event: FormEvent) => {
    event.preventDefault();
    // An end that is open is no problem: it is judged as if it were the other.
    const found = periodProblems({ from: typed.from || typed.to, to: typed.to || typed.from });
    const empty = typed.from === '' && typed.to === '';
    setWrong(empty ? {} : found);
    if (empty || Object.keys(found).length === 0)
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
