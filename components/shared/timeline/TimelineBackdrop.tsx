import { formatDuration } from '@/lib/base/time';
import { BlindBand } from './BlindBand';
import { barHeight } from './laneDensity';
import type { TimelineLayout } from './layoutTimeline';

/** What lies behind the marks: lanes, ticks, blind intervals, shortened silences, T0, density and the chain's line. */
export function TimelineBackdrop(props: {
  layout: TimelineLayout;
  width: number;
  /** Fill of what was blind. */
  hatch: string;
  selectedX: number | null;
  /** Whether density is drawn here, or as pixels. */
  withDensity: boolean;
  withChain: boolean;
  /** Whether what is drawn in words is to say days. */
  dated: boolean;
  blindWords: (span: TimelineLayout['blind'][number]) => string;
  densityWords: (run: TimelineLayout['density'][number]) => string;
}) {
  const { layout, width } = props;
  const { height } = layout;
  const chain = layout.chain
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${point.x.toFixed(1)} ${point.y}`)
    .join('');
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: axes and bands take no focus; the table twin says them
    <g aria-hidden="true">
      {layout.ticks.map((tick) => (
        <line key={tick.time} x1={tick.x} x2={tick.x} y1={0} y2={height} stroke="var(--line)" />
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
      {layout.gaps.map((gap) => (
        <g key={gap.from}>
          <rect
            x={gap.x0}
            y={0}
            width={gap.x1 - gap.x0}
            height={height}
            fill="var(--surface-1)"
            stroke="var(--line-strong)"
            strokeDasharray="2 3"
          />
          <title>{`${formatDuration(gap.to - gap.from)} without events, not to scale`}</title>
        </g>
      ))}
      {/* Under the bands: their reasons must stay readable where the line crosses them. */}
      {props.withChain && chain !== '' ? (
        <path d={chain} fill="none" stroke="var(--accent)" strokeWidth={1.75} />
      ) : null}
      {layout.blind.map((span) => (
        <BlindBand
          key={span.id}
          span={span}
          width={width}
          hatch={props.hatch}
          words={props.blindWords(span)}
          dated={props.dated}
        />
      ))}
      {layout.originX === null ? null : (
        <line
          x1={layout.originX}
          x2={layout.originX}
          y1={-4}
          y2={height}
          stroke="var(--text-2)"
          strokeWidth={1.5}
        />
      )}
      {props.selectedX === null ? null : (
        <line
          x1={props.selectedX}
          x2={props.selectedX}
          y1={0}
          y2={height}
          stroke="var(--accent)"
          strokeDasharray="3 3"
        />
      )}
      {props.withDensity
        ? layout.density.map((run) => (
            <path
              key={`${run.laneId}:${run.x0}`}
              d={run.bars
                .map((bar) => {
                  const tall = barHeight(bar.count, layout.highest).toFixed(1);
                  return `M${bar.x.toFixed(1)} ${run.y + 8}v-${tall}h${bar.width.toFixed(1)}v${tall}z`;
                })
                .join('')}
              fill="var(--text-3)"
              opacity={0.7}
              className="cursor-zoom-in"
            >
              <title>{props.densityWords(run)}</title>
            </path>
          ))
        : null}
    </g>
  );
}
