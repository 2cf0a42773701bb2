'use client';

import { type ReactNode, useMemo } from 'react';
import { useNarrow } from '@/components/shared/lineage/useNarrow';
import { Segmented, Toggle } from '@/components/ui/Toggle';
import { parseMicros } from '@/lib/base/time';
import type { TimelineView } from '@/lib/contracts/timeline';
import {
  type LaneMode,
  spanOf,
  type TimelineMark,
  type TimelineProcess,
  type TimelineStage,
} from './layoutTimeline';
import { TimelineChart } from './TimelineChart';
import { TimelineTable } from './TimelineTable';
import type { TimeWindow } from './timeScale';

export type TimelineReading = LaneMode | 'table';

type TimelinePaneProps = {
  view: TimelineView;
  stages: readonly TimelineStage[];
  processes: readonly TimelineProcess[];
  colourOf: (entityId: string | null) => string;
  reading: TimelineReading;
  onReading: (reading: TimelineReading) => void;
  compress: boolean;
  onCompress: (compress: boolean) => void;
  clock: boolean;
  onClock: (clock: boolean) => void;
  formatTime: (micros: number) => string;
  /** What is shown unless the reader chose otherwise: the chain. */
  home: TimeWindow;
  /** null: `home`. */
  window: TimeWindow | null;
  onWindow: (window: TimeWindow | null) => void;
  selectedEventId: string | null;
  litEntityId: string | null;
  litEventId: string | null;
  onSelect: (eventId: string) => void;
  onHover: (mark: TimelineMark | null) => void;
  /** Words and buttons about what was not read yet. */
  more?: ReactNode;
};

/** The sequence with its tools, as lanes or as the rows of the same window: what the lanes are, whether silence is shortened, and how much of it all is shown. */
export function TimelinePane(props: TimelinePaneProps) {
  const { view } = props;
  const whole = useMemo(() => spanOf(view), [view]);
  const shown = props.window ?? props.home;
  const narrow = useNarrow();
  const reading = narrow ? 'table' : props.reading;
  const origin = view.anchor === null ? null : (parseMicros(view.anchor) ?? null);
  return (
    <div className="flex size-full min-h-0 flex-col">
      <div className="no-print flex h-9 shrink-0 items-center gap-2 px-4">
        <h2 className="text-13 font-medium">Sequence</h2>
        <p className="num mr-auto truncate text-12 text-text-3">
          {view.events.length < view.total
            ? `first ${view.events.length.toLocaleString('en')} of ${view.total.toLocaleString('en')} events`
            : `${view.total.toLocaleString('en')} ${view.total === 1 ? 'event' : 'events'}`}
          {props.more}
          {view.clock === null ? null : ` · ${view.clock.text}`}
        </p>

        {props.window === null ? null : (
          <button
            type="button"
            className="link shrink-0 whitespace-nowrap text-12"
            onClick={() => props.onWindow(null)}
          >
            Chain
          </button>
        )}
        {shown.from <= whole.from && shown.to >= whole.to ? null : (
          <button
            type="button"
            className="link shrink-0 whitespace-nowrap text-12"
            onClick={() => props.onWindow(whole)}
          >
            Whole span
          </button>
        )}
        {reading === 'table' ? null : (
          <>
            <Toggle pressed={props.clock} onChange={props.onClock}>
              Clock times
            </Toggle>
            <Toggle pressed={props.compress} onChange={props.onCompress}>
              Shorten silence
            </Toggle>
          </>
        )}
        {narrow ? null : (
          <Segmented
            label="Lanes"
            value={reading}
            onChange={props.onReading}
            options={[
              { value: 'stage', label: 'Stage' },
              { value: 'process', label: 'Process' },
              { value: 'kind', label: 'Kind' },
              { value: 'table', label: 'Table' },
            ]}
          />
        )}
      </div>
      <div className="min-h-0 flex-1">
        {reading === 'table' ? (
          <TimelineTable
            {...props}
            events={view.events.filter((event) => isWithin(event.time, shown))}
            origin={origin}
          />
        ) : (
          <TimelineChart
            {...props}
            mode={reading}
            whole={whole}
            window={shown}
            onWindow={props.onWindow}
            formatTime={props.clock ? props.formatTime : null}
          />
        )}
      </div>
    </div>
  );
}

function isWithin(time: string, window: TimeWindow): boolean {
  const at = parseMicros(time);
  return at !== undefined && at >= window.from && at <= window.to;
}
