'use client';

import { clsx } from 'clsx';
import { type KeyboardEvent, type PointerEvent, type Ref, useEffect, useId, useMemo, useRef } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { formatDuration } from '@/lib/base/time';
import type { TimelineView } from '@/lib/contracts/timeline';
import {
  type LaneMode,
  layoutTimeline,
  nearestMark,
  type TimelineLane,
  type TimelineMark,
  type TimelineProcess,
  type TimelineStage,
} from './layoutTimeline';
import { KIND_WORDS, markShape } from './markShape';
import { TimelineMinimap } from './TimelineMinimap';
import { changeWindow, relativeTime, type TimeWindow } from './timeScale';
import { useWidth } from './useWidth';

type TimelineChartProps = {
  view: TimelineView;
  mode: LaneMode;
  compress: boolean;
  /** Absolute times instead of distances to T0, written by the screen's own time format. */
  formatTime: ((micros: number) => string) | null;
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
  onHover: (mark: TimelineMark | null) => void;
};

const LABELS = 172;
const AXIS = 20;

/** The sequence as lanes over time. One tab stop: `,` and `.` go from mark to mark, w s a d zoom and pan. */
export function TimelineChart(props: TimelineChartProps) {
  const { view, mode, compress, whole, window: shown, stages, processes, onWindow } = props;
  const [box, boxWidth] = useWidth<HTMLDivElement>();
  const width = Math.max(0, boxWidth - LABELS - 16);
  const id = useId();
  const layout = useMemo(
    () => layoutTimeline(view, { width, mode, compress, window: shown, stages, processes }),
    [view, width, mode, compress, shown, stages, processes],
  );
  const origin = layout.origin ?? shown.from;
  const current = props.selectedEventId;
  const drag = useRef<{ x: number; window: TimeWindow; moved: boolean } | null>(null);
  const plot = useRef<SVGSVGElement>(null);
  const marks = useRef(new Map<string, SVGGElement>());

  // The wheel must be heard actively to keep the page from zooming with it; React listens passively.
  const latest = useRef({ shown, whole, width, onWindow });
  latest.current = { shown, whole, width, onWindow };
  useEffect(() => {
    const element = plot.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      const { shown, whole, width, onWindow } = latest.current;
      const sideways = event.shiftKey ? event.deltaY + event.deltaX : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        const centre = (event.clientX - element.getBoundingClientRect().left) / Math.max(1, width);
        onWindow(changeWindow(shown, whole, { zoom: Math.exp(-event.deltaY / 300), centre }));
      } else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        onWindow(changeWindow(shown, whole, { shift: sideways / Math.max(1, width) }));
      } else return;
      event.preventDefault();
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const select = (mark: TimelineMark | undefined) => {
    if (mark === undefined) return;
    props.onSelect(mark.event.eventId);
    marks.current.get(mark.event.eventId)?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? 0.4 : 0.1;
    const place = layout.marks.findIndex((mark) => mark.event.eventId === current);
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      onWindow(changeWindow(shown, whole, { shift: event.key === 'ArrowLeft' ? -far : far }));
    } else if (event.key === 'ArrowDown') select(layout.marks[place + 1]);
    else if (event.key === 'ArrowUp') select(layout.marks[place - 1]);
    else if (event.key === 'Home') select(layout.marks[0]);
    else if (event.key === 'End') select(layout.marks.at(-1));
    else if (event.key === 'Enter' || event.key === ' ') select(layout.marks[place]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const at = (event: PointerEvent<SVGSVGElement>) => {
    const rect = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top - AXIS };
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const { x, y } = at(event);
    const held = drag.current;
    if (held === null) {
      props.onHover(nearestMark(layout, x, y) ?? null);
      return;
    }
    if (!held.moved && Math.abs(x - held.x) < 4) return;
    held.moved = true;
    onWindow(changeWindow(held.window, whole, { shift: (held.x - x) / Math.max(1, width) }));
  };
  const onPointerUp = (event: PointerEvent<SVGSVGElement>) => {
    const held = drag.current;
    drag.current = null;
    if (held === null || held.moved) return;
    const { x, y } = at(event);
    const mark = nearestMark(layout, x, y);
    if (mark !== undefined) return select(mark);
    const dense = layout.density.find(
      (run) => x >= run.x0 - 4 && x <= run.x1 + 4 && Math.abs(run.y - y) < 14,
    );
    if (dense !== undefined) {
      const air = Math.max(2000, (dense.to - dense.from) * 0.15);
      onWindow({ from: dense.from - air, to: dense.to + air });
    }
  };

  const label = (time: number) => props.formatTime?.(time) ?? relativeTime(time, origin);
  const selected = layout.marks.find((mark) => mark.event.eventId === props.selectedEventId);
  const chainPath = layout.chain
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y}`)
    .join('');

  return (
    <div ref={box} className="flex size-full min-h-0 flex-col">
      <div className="no-print shrink-0 pb-1 pr-4" style={{ paddingLeft: LABELS }}>
        {width > 0 ? (
          <TimelineMinimap
            view={view}
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
      <div className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden">
        <div
          role="toolbar"
          aria-orientation="horizontal"
          tabIndex={selected === undefined ? 0 : -1}
          aria-label="Events in sequence. Up and down go from event to event, left and right pan, w and s zoom."
          className="focus-inset relative flex"
          style={{ height: AXIS + layout.height }}
          onKeyDown={onKeyDown}
        >
          <ol aria-hidden="true" className="shrink-0" style={{ width: LABELS, paddingTop: AXIS }}>
            {layout.lanes.map((lane) => (
              <LaneLabel
                key={lane.id}
                lane={lane}
                number={mode === 'stage' ? stages.findIndex((stage) => stage.id === lane.id) + 1 : 0}
                colour={mode === 'process' ? props.colourOf(lane.id) : null}
              />
            ))}
          </ol>
          <svg
            ref={plot}
            width={width}
            height={AXIS + layout.height}
            role="none"
            className="block touch-pan-y select-none overflow-visible"
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              drag.current = { x: at(event).x, window: shown, moved: false };
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={onPointerMove}
            onPointerUp={onPointerUp}
            onPointerCancel={() => {
              drag.current = null;
            }}
            onPointerLeave={() => props.onHover(null)}
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
                <rect x={-8} y={-AXIS} width={width + 16} height={AXIS + layout.height} />
              </clipPath>
            </defs>
            <g transform={`translate(0 ${AXIS})`} clipPath={`url(#${id}-clip)`}>
              {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: axes and bands take no focus; the table twin says them */}
              <g aria-hidden="true">
                {layout.ticks.map((tick) => (
                  <g key={tick.time}>
                    <line x1={tick.x} x2={tick.x} y1={0} y2={layout.height} stroke="var(--line)" />
                    {layout.originX !== null && Math.abs(tick.x - layout.originX) < 1 ? null : (
                      <text x={tick.x + 4} y={-7} className="num fill-text-3 font-mono text-[10.5px]">
                        {tick.x > width - 60 ? '' : label(tick.time)}
                      </text>
                    )}
                  </g>
                ))}
                {layout.lanes.map((lane) => (
                  <line
                    key={lane.id}
                    x1={0}
                    x2={width}
                    y1={lane.y + lane.height / 2}
                    y2={lane.y + lane.height / 2}
                    stroke="var(--line)"
                  />
                ))}
                {layout.blind.map((span) => (
                  <BlindBand key={span.id} span={span} width={width} hatch={`url(#${id}-hatch)`} />
                ))}
                {layout.gaps.map((gap) => (
                  <g key={gap.from}>
                    <rect
                      x={gap.x0}
                      y={0}
                      width={gap.x1 - gap.x0}
                      height={layout.height}
                      fill="var(--surface-1)"
                      stroke="var(--line-strong)"
                      strokeDasharray="2 3"
                    />
                    <text
                      x={(gap.x0 + gap.x1) / 2}
                      y={-7}
                      textAnchor="middle"
                      className="num fill-text-2 font-mono text-[10px]"
                    >
                      {formatDuration(gap.to - gap.from)}
                    </text>
                    <title>{`${formatDuration(gap.to - gap.from)} without events, not to scale`}</title>
                  </g>
                ))}
                {layout.originX === null ? null : (
                  <g>
                    <line
                      x1={layout.originX}
                      x2={layout.originX}
                      y1={-4}
                      y2={layout.height}
                      stroke="var(--text-2)"
                      strokeWidth={1.5}
                    />
                    <text x={layout.originX + 4} y={-7} className="num fill-text-1 font-mono text-[10.5px]">
                      {props.formatTime === null ? 'T0' : `T0 ${props.formatTime(origin)}`}
                    </text>
                  </g>
                )}
                {selected === undefined ? null : (
                  <line
                    x1={selected.x}
                    x2={selected.x}
                    y1={0}
                    y2={layout.height}
                    stroke="var(--accent)"
                    strokeDasharray="3 3"
                  />
                )}
                {layout.density.map((run) => (
                  <path
                    key={`${run.laneId}:${run.from}`}
                    d={run.bars
                      .map(
                        (bar) =>
                          `M${bar.x.toFixed(1)} ${run.y + 8}v${-Math.min(16, 3 + 3.4 * Math.log2(1 + bar.count))}h3v${Math.min(16, 3 + 3.4 * Math.log2(1 + bar.count))}z`,
                      )
                      .join('')}
                    fill="var(--text-3)"
                    opacity={0.7}
                    className="cursor-zoom-in"
                  >
                    <title>{`${run.count} events, ${relativeTime(run.from, origin)} to ${relativeTime(run.to, origin)}: click to zoom in`}</title>
                  </path>
                ))}
                {mode === 'stage' && chainPath !== '' ? (
                  <path d={chainPath} fill="none" stroke="var(--accent)" strokeWidth={1.75} />
                ) : null}
              </g>
              {layout.marks.map((mark) => (
                <Mark
                  key={mark.event.eventId}
                  ref={(element) => {
                    if (element === null) marks.current.delete(mark.event.eventId);
                    else marks.current.set(mark.event.eventId, element);
                  }}
                  mark={mark}
                  name={`${hostilePlain(mark.event.label)}, ${KIND_WORDS[mark.event.kind]}, ${relativeTime(mark.time, origin)}`}
                  selected={mark.event.eventId === props.selectedEventId}
                  lit={
                    mark.event.eventId === props.litEventId ||
                    (props.litEntityId !== null && mark.event.entityId === props.litEntityId)
                  }
                  colour={props.colourOf(mark.event.entityId)}
                />
              ))}
            </g>
          </svg>
        </div>
      </div>
    </div>
  );
}

function Mark(props: {
  ref: Ref<SVGGElement>;
  mark: TimelineMark;
  name: string;
  selected: boolean;
  lit: boolean;
  colour: string;
}) {
  const { mark, selected, lit } = props;
  const stage = mark.event.stage !== null;
  const r = stage ? 5.5 : 3.5;
  const stroked = mark.event.kind === 'process_end' || mark.event.kind === 'dns_query';
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG mark cannot be a button element
    <g
      ref={props.ref}
      role="button"
      tabIndex={selected ? 0 : -1}
      aria-pressed={selected}
      aria-label={props.name}
      transform={`translate(${mark.x.toFixed(1)} ${mark.y})`}
      className="group/mark cursor-pointer outline-none"
    >
      <circle
        r={r + 7}
        fill="none"
        stroke="var(--accent)"
        strokeWidth={2}
        className="opacity-0 group-focus-visible/mark:opacity-100"
      />
      {lit && !selected ? <circle r={r + 4.5} fill="none" stroke="var(--accent)" strokeWidth={1.5} /> : null}
      {selected ? (
        <circle r={r + 4} fill="var(--accent-soft)" stroke="var(--accent)" strokeWidth={1.5} />
      ) : null}
      <path
        d={markShape(mark.event.kind, r)}
        fill={
          stage
            ? selected
              ? 'var(--accent)'
              : 'var(--surface-0)'
            : stroked
              ? 'var(--surface-0)'
              : props.colour
        }
        stroke={stage ? 'var(--accent)' : props.colour}
        strokeWidth={stage ? 2 : stroked ? 1.4 : 0}
        strokeLinejoin="round"
      />
    </g>
  );
}

function BlindBand({
  span,
  width,
  hatch,
}: {
  span: { x0: number; x1: number; y: number; height: number; reason: string };
  width: number;
  hatch: string;
}) {
  const words = `blind: ${span.reason}`;
  const room = span.x1 - span.x0;
  const length = words.length * 6.1 + 16;
  const middle = Math.min(Math.max((span.x0 + span.x1) / 2, length / 2), width - length / 2);
  return (
    <g>
      <rect
        x={span.x0}
        y={span.y + 3}
        width={Math.max(2, room)}
        height={span.height - 6}
        fill={hatch}
        opacity={0.6}
      />
      {room > length ? (
        <>
          <rect
            x={middle - length / 2}
            y={span.y + 5}
            width={length}
            height={span.height - 10}
            fill="var(--surface-0)"
            rx={3}
          />
          <text
            x={middle}
            y={span.y + span.height / 2 + 4}
            textAnchor="middle"
            className="fill-blind text-[11.5px]"
          >
            {words}
          </text>
        </>
      ) : null}
      <title>{words}</title>
    </g>
  );
}

function LaneLabel({ lane, number, colour }: { lane: TimelineLane; number: number; colour: string | null }) {
  return (
    <li className="flex items-center gap-1.5 pl-4 pr-2" style={{ height: lane.height }}>
      {number > 0 ? <span className="num w-3 shrink-0 text-right text-11 text-text-3">{number}</span> : null}
      {colour === null ? null : (
        <span className="size-2 shrink-0 rounded-full" style={{ background: colour }} />
      )}
      <span
        className={clsx(
          'truncate text-12',
          lane.state === 'blind' ? 'text-blind' : lane.total === 0 ? 'text-text-3' : 'text-text-2',
        )}
        title={hostilePlain(lane.label)}
      >
        <HostileText text={lane.label} />
      </span>
      {lane.detail !== null && lane.state === null ? (
        <span className="num font-mono text-11 text-text-3">{lane.detail}</span>
      ) : null}
    </li>
  );
}
