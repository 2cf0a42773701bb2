'use client';

import Link from 'next/link';
import { useEffect, useMemo, useRef, useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { TimeText } from '@/components/shared/TimeText';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import type { CaseTimeline } from '@/lib/contracts/cases';
import { layoutCaseAxis, markKey, type PlacedMark } from './caseAxisLayout';
import { markHref } from './eventHref';

const JOIN_WORD = { destination: 'destination', hash: 'hash', user: 'user', file: 'file' } as const;

/** How far a clock was moved, in words. */
const offsetText = (seconds: number) =>
  Math.abs(seconds) < 120 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;

/** Hosts as lanes on one axis; marks are the stage events (round) and Sigma's hits (square), lines what two hosts have in common. */
export function CaseAxis(props: {
  timeline: CaseTimeline;
  /** As `markKey` names it. */
  selected: string | null;
  onSelect: (mark: string) => void;
}) {
  const { timeline, selected } = props;
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.max(240, entry?.contentRect.width ?? 800)),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const layout = useMemo(() => layoutCaseAxis(timeline, width), [timeline, width]);
  const format = useTimeFormat();
  const order = layout.lanes.flatMap((lane) => lane.marks).toSorted((a, b) => a.x - b.x);
  const here = order.findIndex((mark) => markKey(mark) === selected);
  const shown = order[here];
  const step = (by: number) => {
    const next = order[Math.max(0, Math.min(order.length - 1, here + by))];
    if (next) props.onSelect(markKey(next));
  };
  return (
    <div className="space-y-2">
      <div className="grid grid-cols-[minmax(90px,160px)_minmax(0,1fr)] border-y">
        <div className="border-r">
          {layout.lanes.map((lane) => (
            <div
              key={lane.hostId}
              className="flex flex-col justify-center border-b pr-2 last:border-b-0"
              style={{ height: lane.height }}
            >
              <Link
                href={`/hosts/${lane.hostId}`}
                className="truncate hover:underline"
                title={hostilePlain(lane.host)}
              >
                <HostileText text={lane.host} />
              </Link>
              {lane.offsetSeconds === 0 ? null : (
                <span className="num truncate text-11 text-text-3">
                  clock moved by {offsetText(lane.offsetSeconds)}
                </span>
              )}
            </div>
          ))}
        </div>
        <div ref={box} className="min-w-0">
          <div
            role="listbox"
            tabIndex={0}
            aria-label="Events in order of time; left and right move"
            aria-activedescendant={shown ? `case-mark-${here}` : undefined}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') step(1);
              else if (event.key === 'ArrowLeft') step(-1);
              else return;
              event.preventDefault();
            }}
          >
            <svg width={width} height={layout.height} className="block" role="presentation">
              <defs>
                <pattern
                  id="case-blind"
                  width="6"
                  height="6"
                  patternUnits="userSpaceOnUse"
                  patternTransform="rotate(45)"
                >
                  <line x1="0" y1="0" x2="0" y2="6" stroke="var(--blind)" strokeWidth="1" opacity="0.5" />
                </pattern>
              </defs>
              {layout.ticks.map((tick) => (
                <line key={tick.iso} x1={tick.x} x2={tick.x} y1={0} y2={layout.height} stroke="var(--line)" />
              ))}
              {layout.lanes.map((lane) => (
                <g key={lane.hostId}>
                  <line
                    x1={0}
                    x2={width}
                    y1={lane.y + lane.height}
                    y2={lane.y + lane.height}
                    stroke="var(--line)"
                  />
                  {lane.blind.map((band) => (
                    <rect
                      key={`${band.kind}${band.x0}`}
                      x={band.x0}
                      y={lane.y + lane.height - 8}
                      width={band.x1 - band.x0}
                      height={6}
                      fill="url(#case-blind)"
                    >
                      <title>{`${band.kind}: blind. ${hostilePlain(band.reason)}`}</title>
                    </rect>
                  ))}
                </g>
              ))}
              {layout.joins.map((join) => (
                <polyline
                  key={`${join.by}${join.value}`}
                  points={join.points.map(({ x, y }) => `${x},${y}`).join(' ')}
                  fill="none"
                  stroke="var(--accent)"
                  strokeDasharray={join.by === 'user' ? '3 3' : undefined}
                >
                  <title>{`same ${JOIN_WORD[join.by]}: ${hostilePlain(join.value)}`}</title>
                </polyline>
              ))}
              {order.map((mark, place) => (
                <g
                  key={markKey(mark)}
                  id={`case-mark-${place}`}
                  role="option"
                  aria-selected={place === here}
                  aria-label={`${hostilePlain(mark.stageTitle)}: ${hostilePlain(mark.text)}`}
                  onClick={() => props.onSelect(markKey(mark))}
                >
                  <circle cx={mark.x} cy={mark.y} r={12} fill="transparent" />
                  <MarkShape mark={mark} chosen={place === here} />
                  <title>{`${format.dateTime(mark.time, 'ms')}\n${hostilePlain(mark.stageTitle)}: ${hostilePlain(mark.text)}`}</title>
                </g>
              ))}
            </svg>
          </div>
          <div className="relative h-6 border-t" aria-hidden="true">
            {layout.ticks
              .filter(({ x }) => x > 70 && x < width - 70)
              .map((tick) => (
                <span
                  key={tick.iso}
                  className="num absolute top-1 -translate-x-1/2 whitespace-nowrap text-11 text-text-3"
                  style={{ left: tick.x }}
                >
                  {format.dateTime(tick.iso, 's')}
                </span>
              ))}
          </div>
        </div>
      </div>
      <p role="status" className="min-h-10 text-text-2 [overflow-wrap:anywhere]">
        {shown ? (
          <>
            <TimeText at={shown.time} date zone /> · <HostileText text={shown.stageTitle} /> ·{' '}
            <HostileText text={shown.text} />{' '}
            <Link className="link" href={markHref(shown)}>
              {shown.findingId === null ? 'Open the hit' : 'Open in its finding'}
            </Link>
          </>
        ) : (
          <span className="text-text-3">Choose a mark, or focus the axis and use the arrow keys.</span>
        )}
      </p>
      {layout.joins.length === 0 ? null : (
        <section aria-label="In common">
          <h2 className="label mb-1">In common</h2>
          <ul className="space-y-0.5">
            {layout.joins.map((join) => (
              <li key={`${join.by}${join.value}`} className="[overflow-wrap:anywhere]">
                <span className="text-text-3">{JOIN_WORD[join.by]}</span>{' '}
                <span className="machine">
                  <HostileText text={join.value} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** Round for what a finding rests on, square for a hit of Sigma: told apart without their colour. */
function MarkShape({ mark, chosen }: { mark: PlacedMark; chosen: boolean }) {
  const r = chosen ? 6.5 : 5;
  const look = { stroke: 'var(--surface-0)', strokeWidth: 1.5 };
  if (mark.findingId === null)
    return (
      <rect
        x={mark.x - r}
        y={mark.y - r}
        width={r * 2}
        height={r * 2}
        fill={chosen ? 'var(--accent)' : 'var(--text-2)'}
        {...look}
      />
    );
  return (
    <circle cx={mark.x} cy={mark.y} r={r} fill={chosen ? 'var(--accent)' : 'var(--matched)'} {...look} />
  );
}
