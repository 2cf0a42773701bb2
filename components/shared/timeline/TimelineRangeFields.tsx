'use client';

import { type FormEvent, useState } from 'react';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/TextField';
import { readTimeField } from './timeField';
import { changeWindow, relativeTime, type TimeWindow } from './timeScale';
import type { TimeWriter } from './timeWords';

/** The shown window as two times one can write: what dragging does, without dragging. */
export function TimelineRangeFields(props: {
  shown: TimeWindow;
  whole: TimeWindow;
  /** T0; null: there is none, times are by the clock. */
  origin: number | null;
  clock: boolean;
  writer: TimeWriter;
  /** Whether the first end of a range in the plot is chosen already. */
  begun: boolean;
  onWindow: (window: TimeWindow) => void;
  onClose: () => void;
}) {
  const { shown, origin, writer } = props;
  const write = (time: number) =>
    props.clock || origin === null ? writer.dateTime(time) : relativeTime(time, origin);
  const [typed, setTyped] = useState<{ from: string | null; to: string | null }>({ from: null, to: null });
  const [wrong, setWrong] = useState<'from' | 'to' | 'order' | null>(null);
  // A range may be begun while the focus is in another pane: Escape gives it up before it means anything else.
  useShortcuts({
    title: 'Range',
    home: () => document.body,
    shortcuts: [{ keys: 'Escape', label: 'Give up the range', run: props.onClose }],
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = (text: string | null, now: number) =>
      text === null ? now : readTimeField(text, { origin, near: now, zoneMinutes: writer.zoneMinutes(now) });
    const from = read(typed.from, shown.from);
    const to = read(typed.to, shown.to);
    if (from === undefined || to === undefined) return setWrong(from === undefined ? 'from' : 'to');
    if (to <= from) return setWrong('order');
    setWrong(null);
    setTyped({ from: null, to: null });
    props.onWindow(changeWindow({ from, to }, props.whole, {}));
  };
  const shape = origin === null ? '09:16:31 or 2026-11-20 09:16' : '+4.2 s, 09:16:31 or 2026-11-20 09:16';
  return (
    <form
      aria-label="Range"
      className="no-print flex shrink-0 flex-wrap items-start gap-x-3 gap-y-1 px-4 pb-2"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        props.onClose();
      }}
    >
      <p className="pt-1 text-12 text-text-2" role="status">
        {props.begun
          ? 'Click where the range ends.'
          : 'Drag over the range, or click its two ends; or write them:'}
      </p>
      <TextField
        label="From"
        hideLabel
        dense
        className="w-44"
        value={typed.from ?? write(shown.from)}
        error={wrong === 'from' ? `Not a time: ${shape}` : undefined}
        onChange={(event) => setTyped({ ...typed, from: event.target.value })}
      />
      <TextField
        label="To"
        hideLabel
        dense
        className="w-44"
        value={typed.to ?? write(shown.to)}
        error={
          wrong === 'to' ? `Not a time: ${shape}` : wrong === 'order' ? 'Ends before it begins' : undefined
        }
        onChange={(event) => setTyped({ ...typed, to: event.target.value })}
      />
      <Button type="submit" size="sm" className="mt-0.5">
        Show
      </Button>
      <Button size="sm" variant="quiet" className="mt-0.5" onClick={props.onClose}>
        Close
      </Button>
    </form>
  );
}
