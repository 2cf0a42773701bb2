'use client';

import { type FormEvent, useState } from 'react';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem } from '@/components/ui/Menu';
import { TextField } from '@/components/ui/TextField';
import type { EventSummary } from '@/lib/contracts/events';
import { type FieldZone, parseTimeField, timeFieldText } from './timeField';
import { presetsOf } from './timePresets';

type TimeRangeProps = {
  from: string | null;
  to: string | null;
  onChange: (range: { from: string | null; to: string | null }) => void;
  /** What the presets are counted back from. */
  summary: EventSummary | undefined;
};

/** The time searched, in two fields and by presets; the histogram draws it by hand. */
export function TimeRange(props: TimeRangeProps) {
  const format = useTimeFormat();
  const zone: FieldZone = format.zone === 'local' ? 'local' : 'utc';
  // What is typed begins anew whenever the range or the zone is another one.
  return <RangeFields key={`${props.from} ${props.to} ${zone}`} {...props} zone={zone} />;
}

function RangeFields({ from, to, onChange, summary, zone }: TimeRangeProps & { zone: FieldZone }) {
  const format = useTimeFormat();
  const [typed, setTyped] = useState({ from: timeFieldText(from, zone), to: timeFieldText(to, zone) });
  const [wrong, setWrong] = useState<{ from?: string; to?: string }>({});
  const name = zone === 'utc' ? 'UTC' : format.zoneName;

  const apply = (event: FormEvent) => {
    event.preventDefault();
    const next = { from: parseTimeField(typed.from, zone, 'from'), to: parseTimeField(typed.to, zone, 'to') };
    const problems = {
      ...(next.from === undefined ? { from: UNREADABLE } : {}),
      ...(next.to === undefined ? { to: UNREADABLE } : {}),
    };
    setWrong(problems);
    if (next.from === undefined || next.to === undefined) return;
    if (next.from !== null && next.to !== null && next.from > next.to)
      return setWrong({ to: 'This is before the beginning.' });
    onChange({ from: next.from, to: next.to });
  };
  const changed = typed.from !== timeFieldText(from, zone) || typed.to !== timeFieldText(to, zone);
  const set = (end: 'from' | 'to') => (event: { target: { value: string } }) =>
    setTyped((before) => ({ ...before, [end]: event.target.value }));
  return (
    <form aria-label="Time range" onSubmit={apply} className="flex flex-wrap items-start gap-2">
      <TextField
        label={`From, ${name}`}
        hideLabel
        dense
        className="w-44"
        placeholder={`from, ${name}`}
        value={typed.from}
        onChange={set('from')}
        error={wrong.from}
      />
      <TextField
        label={`To, ${name}`}
        hideLabel
        dense
        className="w-44"
        placeholder={`to, ${name}`}
        value={typed.to}
        onChange={set('to')}
        error={wrong.to}
      />
      {changed ? (
        <Button size="sm" type="submit" className="mt-0.5">
          Apply
        </Button>
      ) : null}
      <Menu
        label="Time ranges"
        trigger={
          <Button size="sm" className="mt-0.5">
            Time
          </Button>
        }
      >
        {presetsOf(summary).map((preset) => (
          <MenuItem key={preset.label} onSelect={() => onChange({ from: preset.from, to: preset.to })}>
            {preset.label}
          </MenuItem>
        ))}
      </Menu>
    </form>
  );
}

const UNREADABLE = 'Write it as 2026-11-20 14:02:23.';
