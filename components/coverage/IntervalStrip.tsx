'use client';

import { useId, useMemo } from 'react';
import { bandsOf } from '@/components/shared/query/histogramLayout';
import { TimeAxis } from '@/components/shared/query/TimeAxis';
import { useWidth } from '@/components/shared/timeline/useWidth';
import type { CoverageIntervals, CoverageView } from '@/lib/contracts/coverage';
import { periodSpan } from './periodSpan';

const HEIGHT = 20;

/**
 * A period as a strip: hatched where the stage was blind, a hollow band where it was partial, dotted before the first
 * event of the host. Decoration: the list below says the same.
 */
export function IntervalStrip(props: {
  period: Pick<CoverageView, 'from' | 'to'>;
  firstEvent: string;
  intervals: CoverageIntervals['items'];
}) {
  const { firstEvent, intervals } = props;
  const { from, to } = props.period;
  const [box, width] = useWidth<HTMLDivElement>();
  const id = useId();
  const span = useMemo(() => periodSpan({ from, to }), [from, to]);
  const bands = useMemo(() => {
    if (span === null) return { blind: [], partial: [], before: [] };
    const of = (state: string) =>
      bandsOf(
        intervals.filter((each) => each.state === state),
        span,
        width,
      );
    const before = [{ from: `${from}T00:00:00Z`, to: firstEvent, reason: '' }];
    return { blind: of('blind'), partial: of('partial'), before: bandsOf(before, span, width) };
  }, [intervals, span, width, from, firstEvent]);
  return (
    <div ref={box} aria-hidden="true" className="min-w-0">
      {width === 0 || span === null ? (
        <div style={{ height: HEIGHT }} />
      ) : (
        <svg width={width} height={HEIGHT} aria-hidden="true" className="keep-colour block">
          <defs>
            <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width={1.8} height={5} fill="var(--blind)" />
            </pattern>
          </defs>
          <rect width={width} height={HEIGHT} fill="var(--surface-2)" />
          {bands.before.map((band) => (
            <g key="before">
              <rect x={band.x} width={band.width} height={HEIGHT} fill="var(--surface-1)" />
              <line
                x1={band.x}
                x2={band.x + band.width}
                y1={HEIGHT / 2}
                y2={HEIGHT / 2}
                stroke="var(--line-strong)"
                strokeDasharray="1 4"
              />
            </g>
          ))}
          {bands.partial.map((band) => (
            <rect
              key={`${band.from} ${band.reason}`}
              x={band.x + 0.5}
              y={5.5}
              width={Math.max(1, band.width - 1)}
              height={HEIGHT - 11}
              fill="var(--surface-0)"
              stroke="var(--absent)"
            />
          ))}
          {bands.blind.map((band) => (
            <rect
              key={`${band.from} ${band.reason}`}
              x={band.x}
              width={band.width}
              height={HEIGHT}
              fill={`url(#${id})`}
              stroke="var(--blind)"
              strokeWidth={0.5}
            />
          ))}
          <line x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--line)" />
        </svg>
      )}
      {span === null ? null : <TimeAxis span={span} width={width} />}
    </div>
  );
}
