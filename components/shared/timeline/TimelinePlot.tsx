'use client';

import { clsx } from 'clsx';
import { type RefObject, useId, useRef, useState } from 'react';
import { MICROS_PER_DAY } from '@/lib/base/time';
import { blindAt, densityAt, nearestMark } from './hitTest';
import type { TimelineDensity } from './laneDensity';
import type { TimelineMark as Mark, TimelineLayout } from './layoutTimeline';
import { hitMarkName, markName } from './markName';
import type { RangePick } from './rangePick';
import { TimelineBackdrop } from './TimelineBackdrop';
import { CANVAS_FROM, TimelineCanvas } from './TimelineCanvas';
import { TimelineMark } from './TimelineMark';
import { changeWindow, type TimeWindow } from './timeScale';
import { blindWords } from './timeWords';
import { usePlotPointers } from './usePlotPointers';

export type TimelinePlotProps = {
  layout: TimelineLayout;
  width: number;
  /** Pixels of the scroller's top that the axis lies over. */
  axis: number;
  scroller: RefObject<HTMLElement | null>;
  shown: TimeWindow;
  whole: TimeWindow;
  onWindow: (window: TimeWindow) => void;
  /** Whether the chain's line is drawn: it goes from stage to stage. */
  withChain: boolean;
  /** Writes a time as the reader wants it. */
  label: (time: number) => string;
  /** Writes it with its day. */
  dateTime: (time: number) => string;
  colourOf: (entityId: string | null) => string;
  selectedEventId: string | null;
  litEntityId: string | null;
  litEventId: string | null;
  onSelect: (mark: Mark) => void;
  remember: (eventId: string) => (element: SVGGElement | null) => void;
  onHover: (mark: Mark | null) => void;
  onReadout: (words: string | null) => void;
  pick: RangePick;
  onMoment: (time: number) => void;
  onRange: (from: number, to: number) => void;
};

/** Marks, density and blindness of the lanes, and what the pointer does with them. */
export function TimelinePlot(props: TimelinePlotProps) {
  const { layout, width, shown, whole, label, pick } = props;
  const id = useId();
  const plot = useRef<SVGSVGElement>(null);
  const hovered = useRef<string | undefined>(undefined);
  const [brush, setBrush] = useState<{ x0: number; x1: number } | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);

  const densityWords = (run: TimelineDensity) =>
    `${run.count.toLocaleString('en')} ${run.count === 1 ? 'event' : 'events'}, ${label(Math.max(run.from, shown.from))} to ${label(Math.min(run.to, shown.to))}: click to zoom in`;
  // A reason says times of day; where there are several days, its ends say which.
  const dated = whole.to - whole.from > MICROS_PER_DAY;
  const blindTime = dated ? props.dateTime : label;
  const readout = (mark: Mark | undefined, x: number, y: number) => {
    if (mark !== undefined) return nameOf(mark, label(mark.time));
    const run = densityAt(layout, x, y);
    if (run !== undefined) return densityWords(run);
    const blind = blindAt(layout, x, y);
    return blind === undefined ? null : blindWords(blind, blindTime);
  };
  const pointers = usePlotPointers({
    plot,
    width,
    shown,
    whole,
    toTime: layout.scale.toTime,
    ranging: pick !== null,
    onWindow: props.onWindow,
    onClick: (x, y) => {
      const mark = nearestMark(layout, x, y);
      if (pick !== null) return props.onMoment(mark?.time ?? layout.scale.toTime(x));
      if (mark !== undefined) return props.onSelect(mark);
      const run = densityAt(layout, x, y);
      if (run !== undefined) props.onWindow(windowOf(run, x / Math.max(1, width), shown, whole));
    },
    onPoint: (point) => {
      setPointed(pick === null || point === null ? null : point.x);
      const mark = point === null ? undefined : nearestMark(layout, point.x, point.y);
      if (mark?.event.eventId !== hovered.current) {
        hovered.current = mark?.event.eventId;
        props.onHover(mark ?? null);
      }
      props.onReadout(point === null ? null : readout(mark, point.x, point.y));
    },
    onBrush: setBrush,
    onRange: props.onRange,
  });

  const isSelected = ({ event }: Mark) => event.eventId === props.selectedEventId;
  const isLit = ({ event }: Mark) =>
    event.eventId === props.litEventId ||
    (props.litEntityId !== null && event.entityId === props.litEntityId);
  const bars = layout.density.reduce((sum, run) => sum + run.bars.length, 0);
  const heavy = layout.marks.length + bars > CANVAS_FROM;
  const own = heavy
    ? layout.marks.filter((mark) => mark.special || isSelected(mark) || isLit(mark))
    : layout.marks;
  const range = brush ?? pickedRange(pick, pointed, layout.scale.toX);
  return (
    <div className="relative">
      {heavy ? (
        <TimelineCanvas
          layout={layout}
          width={width}
          scroller={props.scroller}
          axis={props.axis}
          colourOf={props.colourOf}
        />
      ) : null}
      <svg
        ref={plot}
        width={width}
        height={layout.height}
        role="none"
        className={clsx(
          'relative block touch-pan-y select-none overflow-visible',
          pick !== null && 'cursor-crosshair',
        )}
        {...pointers}
      >
        <defs>
          <pattern
            id={`${id}-hatch`}
            width={6}
            height={6}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width={1.6} height={6} fill="var(--blind)" />
          </pattern>
          <clipPath id={`${id}-clip`}>
            <rect x={-8} y={0} width={width + 16} height={layout.height} />
          </clipPath>
        </defs>
        <g clipPath={`url(#${id}-clip)`}>
          <TimelineBackdrop
            layout={layout}
            width={width}
            hatch={`url(#${id}-hatch)`}
            selectedX={layout.marks.find(isSelected)?.x ?? null}
            withDensity={!heavy}
            withChain={props.withChain}
            dated={dated}
            blindWords={(span) => blindWords(span, blindTime)}
            densityWords={densityWords}
          />
          {own.map((mark) => (
            <TimelineMark
              key={mark.event.eventId}
              ref={props.remember(mark.event.eventId)}
              mark={mark}
              name={nameOf(mark, label(mark.time))}
              selected={isSelected(mark)}
              lit={isLit(mark)}
              colour={props.colourOf(mark.event.entityId)}
            />
          ))}
          {range === null ? null : (
            <rect
              x={range.x0}
              y={0}
              width={Math.max(1, range.x1 - range.x0)}
              height={layout.height}
              fill="var(--accent)"
              fillOpacity={0.14}
              stroke="var(--accent)"
              pointerEvents="none"
            />
          )}
        </g>
      </svg>
    </div>
  );
}

/** An event, or hits that are on none, in one sentence. */
function nameOf({ event, hits, isHit }: Mark, time: string): string {
  return isHit === true ? hitMarkName(hits ?? [], time) : markName(event, time, hits);
}

/** Where a click on a histogram leads: to it, or, when it is most of what is shown, nearer to the point. */
function windowOf(run: TimelineDensity, centre: number, shown: TimeWindow, whole: TimeWindow): TimeWindow {
  const [from, to] = [Math.max(run.from, shown.from), Math.min(run.to, shown.to)];
  if (to - from > (shown.to - shown.from) / 2) return changeWindow(shown, whole, { zoom: 4, centre });
  const air = Math.max(2000, (to - from) * 0.15);
  return changeWindow({ from: from - air, to: to + air }, whole, {});
}

/** The range under way: from its first end to where the pointer is. */
function pickedRange(pick: RangePick, pointed: number | null, toX: (time: number) => number) {
  if (pick === null || pick.from === null) return null;
  const from = toX(pick.from);
  const to = pointed ?? from;
  return { x0: Math.min(from, to), x1: Math.max(from, to) };
}
