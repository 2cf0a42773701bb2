'use client';

import { clsx } from 'clsx';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { blindByKind, spanOf, type TimeSpan, toTime } from '@/components/shared/query/histogramLayout';
import { TimeAxis } from '@/components/shared/query/TimeAxis';
import { TimeBars } from '@/components/shared/query/TimeBars';
import { KIND_WORDS } from '@/components/shared/timeline/markShape';
import { useWidth } from '@/components/shared/timeline/useWidth';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { formatMicros, micros, parseMicros } from '@/lib/base/time';
import type { EventSummary } from '@/lib/contracts/events';
import { BlindList } from './BlindList';
import { type Brush, brushed, moveBrush } from './brush';

type EventHistogramProps = {
  summary: EventSummary;
  from: string | null;
  to: string | null;
  /** The numbers are of the search before: shown quietly until the new ones are there. */
  stale: boolean;
  onRange: (range: { from: string; to: string }) => void;
};

const HEIGHT = 52;
const BAND = 10;
/** Kinds that are blind get a band of their own; the others are told in the list. */
const BANDS = 4;

/**
 * When the events were, and below it what could not have been recorded then, a band per kind. A range is drawn with
 * the pointer, or with the arrows, Shift to stretch and Enter to take it; the fields above do the same.
 */
export function EventHistogram(props: EventHistogramProps) {
  const span = spanOf({ from: props.from, to: props.to }, props.summary);
  return span === null ? null : <Histogram {...props} span={span} />;
}

function Histogram({ summary, span, stale, onRange }: EventHistogramProps & { span: TimeSpan }) {
  const [box, width] = useWidth<HTMLDivElement>();
  const kinds = blindByKind(summary.blind);
  return (
    <div
      aria-busy={stale}
      className={clsx(
        'grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 px-4 pt-2 max-sm:grid-cols-[minmax(0,1fr)]',
        stale && 'opacity-60',
      )}
    >
      <span className="label pt-1 max-sm:hidden">Events</span>
      <div ref={box} className="min-w-0">
        {width > 0 ? (
          <Bars summary={summary} span={span} width={width} stale={stale} onRange={onRange} />
        ) : null}
        <TimeAxis span={span} width={width} />
      </div>
      {kinds.slice(0, BANDS).map(({ kind, blind }) => (
        <div key={kind} className="contents">
          <span className="truncate text-11 leading-3.5 text-blind max-sm:hidden">{KIND_WORDS[kind]}</span>
          <div className="min-w-0 py-0.5">
            {width > 0 ? (
              <TimeBars
                span={span}
                width={width}
                height={BAND}
                bins={NO_BINS}
                binSeconds={summary.binSeconds}
                blind={blind}
              />
            ) : null}
          </div>
        </div>
      ))}
      <BlindList kinds={kinds} total={summary.blindTotal} span={span} />
    </div>
  );
}

const NO_BINS: EventSummary['bins'] = [];

function Bars(props: {
  summary: EventSummary;
  span: TimeSpan;
  width: number;
  stale: boolean;
  onRange: EventHistogramProps['onRange'];
}) {
  const { summary, span, width, stale, onRange } = props;
  const format = useTimeFormat();
  const step = Math.max(1000, summary.binSeconds * 1e6);
  const [brush, setBrush] = useState<Brush | null>(null);
  const dragging = useRef(false);
  const shown = brush === null ? null : brushed(brush, step);
  const take = ({ from, to }: TimeSpan) => {
    setBrush(null);
    onRange({ from: iso(from), to: iso(to) });
  };
  const place = (event: PointerEvent<HTMLElement>) =>
    toTime(event.clientX - event.currentTarget.getBoundingClientRect().left, span, width);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && shown !== null) take(shown);
    else if (event.key === 'Escape' && brush !== null) setBrush(null);
    else {
      const next = moveBrush(brush, event.key, event.shiftKey, span, step);
      if (next === null) return;
      setBrush(next);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const write = (time: number) => format.dateTime(iso(time), 's');
  const count = shown === null ? summary.total : countIn(summary, shown);
  const counted = stale ? 'counting' : `${count.toLocaleString('en')} events`;
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Events over time: arrows move, Shift stretches, Enter searches the stretch"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round((((shown?.from ?? span.from) - span.from) / (span.to - span.from)) * 100)}
      aria-valuetext={`from ${write(shown?.from ?? span.from)} to ${write(shown?.to ?? span.to)}, ${counted}`}
      className="relative cursor-crosshair touch-pan-y"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        dragging.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = place(event);
        setBrush({ at, fixed: at });
      }}
      onPointerMove={(event) => {
        if (!dragging.current || brush === null) return;
        setBrush({ at: place(event), fixed: brush.fixed });
      }}
      onPointerUp={() => {
        if (!dragging.current) return;
        dragging.current = false;
        // A click alone selects nothing: a stretch has to be drawn.
        if (shown === null || (shown.to - shown.from) / (span.to - span.from) < 4 / width) setBrush(null);
        else take(shown);
      }}
      onPointerCancel={() => {
        dragging.current = false;
        setBrush(null);
      }}
      onKeyDown={onKeyDown}
      onBlur={() => setBrush(null)}
    >
      <TimeBars
        span={span}
        width={width}
        height={HEIGHT}
        bins={summary.bins}
        binSeconds={summary.binSeconds}
        blind={NO_BLIND}
        marked={shown}
      />
      {shown === null ? null : (
        <p className="num pointer-events-none absolute left-1 top-1 rounded-sm border border-line-strong bg-surface-1 px-1.5 text-11">
          <HostileText text={`${write(shown.from)} to ${write(shown.to)}`} />,{' '}
          {stale ? counted : `about ${counted}`}
        </p>
      )}
    </div>
  );
}

const NO_BLIND: EventSummary['blind'] = [];

function countIn(summary: EventSummary, span: TimeSpan): number {
  return summary.bins.reduce((sum, bin) => {
    const at = parseMicros(bin.from);
    return at !== undefined && at + summary.binSeconds * 1e6 > span.from && at < span.to
      ? sum + bin.count
      : sum;
  }, 0);
}

function iso(time: number): string {
  return formatMicros(micros(Math.round(time)));
}
