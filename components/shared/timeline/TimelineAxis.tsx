import { formatDuration } from '@/lib/base/time';
import type { TimelineLayout } from './layoutTimeline';

/** Times along the top, T0, and how long each shortened silence is. `label` writes a time as the reader wants it. */
export function TimelineAxis(props: {
  layout: TimelineLayout;
  width: number;
  height: number;
  label: (time: number) => string;
  /** The clock time of T0, where times are read by the clock. */
  originTime: string | null;
}) {
  const { layout, width, height } = props;
  const baseline = height - 7;
  return (
    <svg aria-hidden="true" width={width} height={height} className="block overflow-visible">
      {layout.ticks.map((tick) =>
        (layout.originX !== null && Math.abs(tick.x - layout.originX) < 1) || tick.x > width - 60 ? null : (
          <text
            key={tick.time}
            x={tick.x + 4}
            y={baseline}
            className="num fill-text-3 font-mono text-[10.5px]"
          >
            {props.label(tick.time)}
          </text>
        ),
      )}
      {layout.gaps.map((gap) => (
        <text
          key={gap.from}
          x={(gap.x0 + gap.x1) / 2}
          y={baseline}
          textAnchor="middle"
          className="num fill-text-2 font-mono text-[10px]"
        >
          {formatDuration(gap.to - gap.from)}
        </text>
      ))}
      {layout.originX === null ? null : (
        <text x={layout.originX + 4} y={baseline} className="num fill-text-1 font-mono text-[10.5px]">
          {props.originTime === null ? 'T0' : `T0 ${props.originTime}`}
        </text>
      )}
    </svg>
  );
}
