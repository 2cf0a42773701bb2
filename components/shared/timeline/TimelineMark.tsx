'use client';

import type { Ref } from 'react';
import { SigmaSquare, squareWidth } from '@/components/shared/sigma/SigmaSquare';
import type { TimelineMark as Mark } from './layoutTimeline';
import { markShape } from './markShape';

/** One event of the sequence, as a shape of its kind; of a stage larger and outlined, with what analysts said and Sigma's rules hit on it. */
export function TimelineMark(props: {
  ref: Ref<SVGGElement>;
  mark: Mark;
  name: string;
  selected: boolean;
  lit: boolean;
  colour: string;
}) {
  const { mark, selected, lit } = props;
  const { hits = [], isHit = false } = mark;
  const { event } = mark;
  const stage = event.stage !== null;
  const r = isHit ? 6.5 : stage ? 5.5 : 3.5;
  const stroked = isOutlined(event.kind);
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
      {isHit ? null : (
        <path
          d={markShape(event.kind, r)}
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
      )}
      {hits.length === 0 ? null : (
        <g
          transform={isHit ? 'translate(-6.5 -6.5)' : `translate(${-r - squareWidth(hits.length)} ${-r - 8})`}
        >
          <SigmaSquare hits={hits} />
        </g>
      )}
      {event.flagged ? (
        <path
          d={`M${r} ${-r + 1}V${-r - 9}l6.5 2.6 -6.5 2.6`}
          fill="var(--warning)"
          stroke="var(--warning)"
          strokeWidth={1.2}
          strokeLinejoin="round"
        />
      ) : null}
      {event.comments > 0 ? (
        <circle cx={r + 1.5} cy={r + 1.5} r={2.6} fill="var(--text-1)" stroke="var(--surface-0)" />
      ) : null}
    </g>
  );
}

/** Kinds drawn as an outline: ends and look-ups, beside the things they belong to. */
export function isOutlined(kind: Mark['event']['kind']): boolean {
  return kind === 'process_end' || kind === 'dns_query';
}
