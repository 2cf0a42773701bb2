'use client';

import { useId, useMemo } from 'react';
import { formatMicros, micros } from '@/lib/base/time';
import { useTimeFormat } from '../useTimeFormat';
import { bandsOf, barsOf, type TimeSpan, toX } from './histogramLayout';

type TimeBarsProps = {
  span: TimeSpan;
  /** Pixels; nothing is drawn while it is 0. */
  width: number;
  height: number;
  bins: readonly { from: string; count: number }[];
  binSeconds: number;
  blind: readonly { from: string; to: string; reason: string }[];
  /** A stretch to set off from the rest. */
  marked?: TimeSpan | null | undefined;
};

/** Counts over time as bars, what could not have been recorded hatched over them. Decoration: its words stand beside it. */
export function TimeBars({ span, width, height, bins, binSeconds, blind, marked }: TimeBarsProps) {
  const id = useId();
  const format = useTimeFormat();
  // A reason says times of day only.
  const write = (time: number) => format.dateTime(formatMicros(micros(Math.round(time))), 's');
  const bars = useMemo(() => barsOf(bins, binSeconds, span, width), [bins, binSeconds, span, width]);
  const bands = useMemo(() => bandsOf(blind, span, width), [blind, span, width]);
  return (
    <svg width={width} height={height} aria-hidden="true" className="block">
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
      </defs>
      <rect width={width} height={height} fill="var(--surface-1)" />
      {bands.map((band) => (
        <rect
          key={`${band.from}${band.reason}`}
          x={band.x}
          width={band.width}
          height={height}
          fill={`url(#${id}-hatch)`}
          className="keep-colour"
        >
          <title>{`Blind from ${write(band.from)} to ${write(band.to)}: ${band.reason}`}</title>
        </rect>
      ))}
      {bars.map((bar) => (
        <rect
          key={bar.from}
          x={bar.x}
          y={height - bar.share * height}
          width={bar.width}
          height={bar.share * height}
          fill="var(--text-3)"
        />
      ))}
      {marked ? <Marked span={span} marked={marked} width={width} height={height} /> : null}
      <line x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--line)" />
    </svg>
  );
}

function Marked(props: { span: TimeSpan; marked: TimeSpan; width: number; height: number }) {
  const x0 = Math.max(0, toX(props.marked.from, props.span, props.width));
  const x1 = Math.min(props.width, toX(props.marked.to, props.span, props.width));
  return (
    <rect
      x={x0 + 0.75}
      y={0.75}
      width={Math.max(2, x1 - x0 - 1.5)}
      height={props.height - 1.5}
      rx={2}
      fill="var(--accent)"
      fillOpacity={0.16}
      stroke="var(--accent)"
      strokeWidth={1.5}
    />
  );
}
