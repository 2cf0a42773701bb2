'use client';

import { type KeyboardEvent, useMemo, useRef } from 'react';
import type { LaneBlind } from './blindLanes';
import { LaneLabels } from './LaneLabels';
import type { LaneMode, TimelineProcess, TimelineStage } from './lane';
import { layoutTimeline, type TimelineMark as Mark } from './layoutTimeline';
import type { RangePick } from './rangePick';
import { TimelineAxis } from './TimelineAxis';
import { TimelineMinimap } from './TimelineMinimap';
import { TimelinePlot } from './TimelinePlot';
import type { TimelineData } from './timelineData';
import { arrangeLanes } from './timelineLanes';
import { changeWindow, relativeTime, type TimeWindow } from './timeScale';
import { blindWords, type TimeWriter } from './timeWords';
import { useKeptFocus } from './useKeptFocus';
import { useMarkFocus } from './useMarkFocus';
import { useWidth } from './useWidth';

export type TimelineChartProps = {
  data: TimelineData;
  mode: LaneMode;
  compress: boolean;
  /** Times by the clock instead of distances to T0. */
  clock: boolean;
  writer: TimeWriter;
  whole: TimeWindow;
  window: TimeWindow;
  onWindow: (window: TimeWindow) => void;
  stages: readonly TimelineStage[];
  processes: readonly TimelineProcess[];
  /** Colour of a process, as in the lineage. */
  colourOf: (entityId: string | null) => string;
  selectedEventId: string | null;
  /** Events that are lit because something elsewhere is pointed at. */
  litEntityId: string | null;
  litEventId: string | null;
  onSelect: (eventId: string) => void;
  onHover: (mark: Mark | null) => void;
  /** What the pointer is on, in words; null for nothing. */
  onReadout: (words: string | null) => void;
  pick: RangePick;
  /** A moment of a range being chosen, in microseconds. */
  onMoment: (time: number) => void;
  onRange: (from: number, to: number) => void;
  onCancelPick: () => void;
};

const LABELS = 172;
const AXIS = 20;
const SELECTED_MARK = 'g[tabindex="0"]';

/** The sequence as lanes over time. One tab stop: up and down go from mark to mark, the other keys are the screen's. */
export function TimelineChart(props: TimelineChartProps) {
  const { data, mode, compress, whole, window: shown, stages, processes, onWindow, writer } = props;
  const { selectedEventId, pick } = props;
  const [box, boxWidth] = useWidth<HTMLDivElement>();
  const width = Math.max(0, boxWidth - LABELS - 16);
  const scroller = useRef<HTMLDivElement>(null);
  const lanes = useMemo(
    () => arrangeLanes(data, { mode, stages, processes }),
    [data, mode, stages, processes],
  );
  const layout = useMemo(
    () => layoutTimeline(lanes, { width, compress, window: shown, keep: selectedEventId }),
    [lanes, width, compress, shown, selectedEventId],
  );
  const origin = layout.origin ?? shown.from;
  const label = (time: number) => (props.clock ? writer.time(time) : relativeTime(time, origin));
  const blind = useMemo(() => blindSentences(lanes.blind, writer.dateTime), [lanes, writer]);

  const focus = useMarkFocus(selectedEventId, scroller, AXIS);
  const toolbar = useRef<HTMLDivElement>(null);
  const kept = useKeptFocus(
    () => toolbar.current?.querySelector<SVGGElement>(SELECTED_MARK) ?? toolbar.current,
  );
  const select = (mark: Mark | undefined) => {
    if (mark === undefined) return;
    focus.follow();
    props.onSelect(mark.event.eventId);
  };
  const place = layout.marks.findIndex((mark) => mark.event.eventId === selectedEventId);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // Controls inside, such as what says why a lane is blind, use Enter and Space themselves.
    const isEnter =
      (event.key === 'Enter' || event.key === ' ') && !(event.target instanceof HTMLButtonElement);
    const far = event.shiftKey ? 0.4 : 0.1;
    const mark = layout.marks[place];
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      onWindow(changeWindow(shown, whole, { shift: event.key === 'ArrowLeft' ? -far : far }));
    } else if (event.key === 'ArrowDown') select(layout.marks[place + 1]);
    else if (event.key === 'ArrowUp') select(layout.marks[place - 1]);
    else if (event.key === 'Home') select(layout.marks[0]);
    else if (event.key === 'End') select(layout.marks.at(-1));
    else if (isEnter && pick !== null && mark !== undefined) props.onMoment(mark.time);
    else if (isEnter) select(mark);
    else if (event.key === 'Escape' && pick !== null) props.onCancelPick();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={box} className="flex size-full min-h-0 flex-col">
      <div className="no-print shrink-0 pb-1 pr-4" style={{ paddingLeft: LABELS }}>
        {width > 0 ? (
          <TimelineMinimap
            bins={data.bins}
            binSeconds={data.binSeconds}
            width={width}
            whole={whole}
            window={shown}
            origin={origin}
            onWindow={onWindow}
          />
        ) : (
          <div className="h-6" />
        )}
      </div>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden">
        <div
          ref={toolbar}
          role="toolbar"
          aria-orientation="horizontal"
          tabIndex={place < 0 ? 0 : -1}
          aria-label="Events in sequence. Up and down go from event to event, left and right pan, w and s zoom."
          className="focus-inset relative"
          onKeyDown={onKeyDown}
          {...kept}
        >
          <div className="sticky top-0 z-10 bg-surface-0" style={{ paddingLeft: LABELS }}>
            <TimelineAxis
              layout={layout}
              width={width}
              height={AXIS}
              label={label}
              originTime={props.clock ? writer.time(origin) : null}
            />
          </div>
          <div className="flex" style={{ height: layout.height }}>
            <LaneLabels
              lanes={layout.lanes}
              stages={mode === 'stage' ? stages : []}
              width={LABELS}
              colourOf={mode === 'process' ? props.colourOf : null}
              blind={blind}
            />
            <TimelinePlot
              {...props}
              layout={layout}
              width={width}
              axis={AXIS}
              scroller={scroller}
              shown={shown}
              withChain={mode === 'stage'}
              label={label}
              dateTime={writer.dateTime}
              onSelect={select}
              remember={focus.remember}
            />
          </div>
        </div>
      </div>
    </div>
  );
}

/** What could not be seen, in sentences per lane. */
function blindSentences(
  blind: readonly LaneBlind[],
  write: (time: number) => string,
): ReadonlyMap<string, readonly string[]> {
  const sentences = new Map<string, string[]>();
  for (const span of blind)
    sentences.set(span.laneId, [...(sentences.get(span.laneId) ?? []), blindWords(span, write)]);
  return sentences;
}
