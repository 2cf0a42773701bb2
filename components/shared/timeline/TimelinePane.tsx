'use client';

import { type ReactNode, type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useNarrow } from '@/components/shared/lineage/useNarrow';
import { EmptyState } from '@/components/ui/EmptyState';
import { Kbd } from '@/components/ui/Kbd';
import { drawnLater } from '@/components/ui/onDemand';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { TimelineEventView } from '@/lib/contracts/timeline';
import type { TimelineProcess, TimelineStage } from './lane';
import type { TimelineMark } from './layoutTimeline';
import { markName } from './markName';
import { TimelineChart } from './TimelineChart';
import { TimelineRangeFields } from './TimelineRangeFields';
import { type TimelineActs, type TimelineReading, TimelineTools } from './TimelineTools';
import { microsOf, onlyFlaggedOf, type TimelineData } from './timelineData';
import { eventsAndHits } from './timelineHits';
import { relativeTime, type TimeWindow } from './timeScale';
import { countWords, type TimeWriter } from './timeWords';
import { useFollowSelection } from './useFollowSelection';
import { useLiveWindow } from './useLiveWindow';
import { useTimelineActs } from './useTimelineActs';

export type { TimelineReading } from './TimelineTools';

/** The table's code comes when it is wanted: most read the lanes. */
const TimelineTable = drawnLater(
  () => import('./TimelineTable').then((module) => module.TimelineTable),
  () => (
    <SkeletonRegion label="Opening the table" className="space-y-4 px-4 py-3">
      {[70, 82, 64, 76].map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  ),
);

/** What keys do to the timeline, whichever way it is read. `range`: from the selected event to the next one chosen. */
export type TimelinePaneHandle = TimelineActs & {
  /** Focus to the plot's one tab stop, or to the table's row. */
  focus: () => void;
};

type TimelinePaneProps = {
  ref?: Ref<TimelinePaneHandle> | undefined;
  data: TimelineData;
  stages: readonly TimelineStage[];
  processes: readonly TimelineProcess[];
  colourOf: (entityId: string | null) => string;
  reading: TimelineReading;
  onReading: (reading: TimelineReading) => void;
  compress: boolean;
  onCompress: (compress: boolean) => void;
  clock: boolean;
  onClock: (clock: boolean) => void;
  onlyFlagged: boolean;
  onOnlyFlagged: (only: boolean) => void;
  writer: TimeWriter;
  whole: TimeWindow;
  /** What is shown unless the reader chose otherwise: the chain. */
  home: TimeWindow;
  /** null: `home`. */
  window: TimeWindow | null;
  /** Told when a gesture rests, not while it lasts. */
  onWindow: (window: TimeWindow | null) => void;
  selectedEventId: string | null;
  /** When it happened, in UTC microseconds, as far as other parts of the screen know; for one that is not listed here. */
  selectedTime?: number | null;
  litEntityId: string | null;
  litEventId: string | null;
  onSelect: (eventId: string) => void;
  onHover: (mark: TimelineMark | null) => void;
  onFlag: (eventId: string, flagged: boolean) => void;
  onComment: (eventId: string) => void;
  /** Words and buttons about what is being read or could not be. */
  more?: ReactNode;
};

/**
 * The sequence with its tools, as lanes or as the rows of the same window. Its window, selection and filters are the
 * screen's; what only lasts for a gesture (a range being chosen, a play) is its own.
 */
export function TimelinePane(props: TimelinePaneProps) {
  const { home, whole, selectedEventId, writer, clock, onSelect, onFlag } = props;
  const narrow = useNarrow();
  const reading = narrow ? 'table' : props.reading;
  const data = useMemo(
    () => (props.onlyFlagged ? onlyFlaggedOf(props.data) : props.data),
    [props.data, props.onlyFlagged],
  );
  const flagged = useMemo(
    () => props.data.events.reduce((sum, event) => sum + (event.flagged ? 1 : 0), 0),
    [props.data.events],
  );
  const live = useLiveWindow(props.window ?? home, props.onWindow);
  const { window: shown } = live;
  const listed = useMemo(
    () => eventsAndHits(props.data).find((event) => event.eventId === selectedEventId),
    [props.data, selectedEventId],
  );
  const chose = useFollowSelection({
    selectedEventId,
    selectedTime: listed === undefined ? (props.selectedTime ?? null) : microsOf(listed.time),
    shown,
    whole,
    isWindowChosen: props.window !== null,
    onWindow: live.change,
  });
  const select = (eventId: string) => {
    chose(eventId);
    onSelect(eventId);
  };
  const { acts, ranging, play } = useTimelineActs({
    data,
    live,
    whole,
    selectedEventId,
    onSelect: select,
    onHome: () => props.onWindow(null),
    onFlag,
    onComment: props.onComment,
  });
  const [readout, setReadout] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const focus = () => box.current?.querySelector<HTMLElement>(TAB_STOP)?.focus();
  useImperativeHandle(props.ref, () => ({ ...acts, focus }));

  const selected = data.events.find((event) => event.eventId === selectedEventId);
  const shared = { data, whole, writer, stages: props.stages, processes: props.processes, selectedEventId };
  return (
    <div ref={box} className="flex size-full min-h-0 flex-col">
      <TimelineTools
        acts={acts}
        reading={reading}
        onReading={props.onReading}
        narrow={narrow}
        compress={props.compress}
        onCompress={props.onCompress}
        clock={clock}
        onClock={props.onClock}
        zoneName={writer.zoneName}
        onZone={writer.cycleZone}
        onlyFlagged={props.onlyFlagged}
        onOnlyFlagged={props.onOnlyFlagged}
        flagged={flagged}
        ranging={ranging.on}
        onRanging={ranging.set}
        playing={play.is.status === 'playing'}
        playAll={play.all}
        onPlayAll={play.setAll}
        selected={selected !== undefined}
        atHome={props.window === null}
        atWhole={shown.from <= whole.from && shown.to >= whole.to}
      >
        {readout ?? (
          <>
            {countWords(data, shown)}
            {props.more}
          </>
        )}
      </TimelineTools>
      <p aria-live="polite" className="sr-only">
        {selected === undefined || selected.eventId !== play.is.at
          ? ''
          : playedWords(selected, play.steps, data.origin, clock ? writer.time : null)}
      </p>
      {ranging.on ? (
        <TimelineRangeFields
          shown={shown}
          whole={whole}
          origin={data.origin}
          clock={clock}
          writer={writer}
          begun={ranging.pick !== null && ranging.pick.from !== null}
          onWindow={(window) => {
            ranging.set(false);
            live.change(window);
            focus();
          }}
          onClose={() => {
            ranging.set(false);
            focus();
          }}
        />
      ) : null}
      <div className="min-h-0 flex-1">
        {props.onlyFlagged && flagged === 0 ? (
          <NoneFlagged onShowAll={() => props.onOnlyFlagged(false)} />
        ) : reading === 'table' ? (
          <TimelineTable
            {...shared}
            shown={shown}
            onWindow={live.change}
            litEntityId={props.litEntityId}
            onSelect={select}
            onMoment={ranging.on ? ranging.moment : null}
            onFlag={onFlag}
          />
        ) : (
          <TimelineChart
            {...shared}
            mode={reading}
            compress={props.compress}
            clock={clock}
            window={shown}
            onWindow={live.change}
            colourOf={props.colourOf}
            litEntityId={props.litEntityId}
            litEventId={props.litEventId}
            onSelect={select}
            onHover={props.onHover}
            onReadout={setReadout}
            pick={ranging.pick}
            onMoment={ranging.moment}
            onRange={ranging.drag}
            onCancelPick={() => ranging.set(false)}
          />
        )}
      </div>
    </div>
  );
}

/** What Tab reaches: the plot, its selected mark, or the table's row. */
const TAB_STOP = '[role=toolbar][tabindex="0"], [role=toolbar] g[tabindex="0"], tr[tabindex="0"]';

function playedWords(
  event: TimelineEventView,
  steps: readonly string[],
  origin: number | null,
  clock: ((time: number) => string) | null,
): string {
  const time = microsOf(event.time);
  const written = clock !== null ? clock(time) : relativeTime(time, origin ?? time);
  return `${steps.indexOf(event.eventId) + 1} of ${steps.length}: ${markName(event, written)}`;
}

function NoneFlagged({ onShowAll }: { onShowAll: () => void }) {
  return (
    <EmptyState title="No event is flagged">
      <p>
        Select one and press <Kbd keys="m" />
        <span className="sr-only">m</span>, or use its flag in the table.{' '}
        <button type="button" className="link min-h-6" onClick={onShowAll}>
          Show all events
        </button>
      </p>
    </EmptyState>
  );
}
