import { clsx } from 'clsx';
import { memo } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { ProcessGlyph } from '@/components/shared/ProcessGlyph';
import { SigmaSquare, squareWidth } from '@/components/shared/sigma/SigmaSquare';
import type { ProcessNodeView } from '@/lib/contracts/lineage';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { Frame, type Marks, type NumberedStage, StageDisc } from './boxFrame';
import { type EventKind, type Pill, pillsOf, shortCount, tooltipOf, whoLine } from './describeItem';
import { fitEnd, fitMiddle } from './fitText';
import { laneVariable } from './laneColours';
import type { Box } from './layoutLineage';

/** Drawn at 0,0; the group around it places it, and takes focus and name. */
export const ProcessBox = memo(function ProcessBox(
  props: Marks & {
    box: Box;
    process: ProcessNodeView;
    expanded: boolean | undefined;
    stages: readonly NumberedStage[];
    lane: number | undefined;
    /** What the anchor is called on its node; null for any other process. */
    anchor: string | null;
    /** Hits of Sigma on it; undefined: none. */
    hits: readonly SigmaHitView[] | undefined;
    onToggle: () => void;
    /** Shows the events behind a pill; without it the pill only tells. */
    onPill?: ((kinds: readonly EventKind[]) => void) | undefined;
  },
) {
  const { box, process, stages, lane, onPill, hits } = props;
  const quiet = !process.onPath && stages.length === 0;
  const pills = pillsOf(process).slice(0, 3);
  const pillsWidth = pills.reduce((sum, pill) => sum + widthOf(pill) + PILL_GAP, 0);
  const stateWidth = process.state === 'unknown' ? 0 : 9;
  const room = Math.floor((box.width - 44 - stateWidth - pillsWidth) / 6.1);
  const who = whoLine(process);
  const alertRoom = process.alerts > 0 ? 16 : 0;
  const hitRoom = hits === undefined ? 0 : squareWidth(hits.length) + 4;
  return (
    <>
      <Frame {...props} strong={!quiet} dashed={process.imputed} radius={7} />
      <g transform="translate(13 15)" style={{ color: laneVariable(lane) }}>
        <ProcessGlyph kind={process.class} size={14} />
      </g>
      <text
        x={36}
        y={18}
        className={clsx('text-[12.5px] font-semibold', quiet ? 'fill-text-2' : 'fill-text-1')}
      >
        {fitMiddle(
          process.name,
          23 - (process.alerts > 0 ? 3 : 0) - Math.ceil(hitRoom / 7) - (props.anchor?.length ?? 0),
        )}
      </text>
      {process.state === 'unknown' ? null : (
        <circle
          cx={39}
          cy={30.5}
          r={2.5}
          fill={process.state === 'running' ? 'var(--text-2)' : 'none'}
          stroke="var(--text-2)"
        >
          <title>{process.state === 'running' ? 'No end recorded: running' : 'Ended'}</title>
        </circle>
      )}
      <text x={36 + stateWidth} y={34} className="num fill-text-3 font-mono text-[10.5px]">
        {fitEnd(who, Math.max(5, room))}
      </text>
      <EventPills pills={pills} left={box.width - 5 - pillsWidth} onPill={onPill} />
      {stages.map((stage, index) => (
        <StageDisc
          key={stage.id}
          stage={stage}
          r={stages.length > 2 ? 6 : 7}
          y={box.height / 2 + (index - (stages.length - 1) / 2) * Math.min(15, 50 / stages.length)}
        />
      ))}
      {process.alerts > 0 ? (
        <g transform={`translate(${box.width - 20} 4)`}>
          <title>{`${process.alerts} vendor ${process.alerts === 1 ? 'alert' : 'alerts'}`}</title>
          <path
            d="M7 1.5L13.2 12.5H0.8Z"
            fill="var(--surface-0)"
            stroke="var(--sev-high)"
            strokeWidth={1.6}
            strokeLinejoin="round"
          />
          <path d="M7 5.2V8.6M7 10.1V11" stroke="var(--sev-high)" strokeWidth={1.5} />
        </g>
      ) : null}
      {hits === undefined ? null : (
        <g transform={`translate(${box.width - 3 - alertRoom - hitRoom} 4)`}>
          <SigmaSquare hits={hits} />
        </g>
      )}
      {props.anchor !== null ? (
        <text
          x={box.width - 10 - alertRoom - hitRoom}
          y={17}
          textAnchor="end"
          className="fill-accent font-mono text-[10px] font-semibold"
        >
          {props.anchor}
          <title>The anchor of the analytic</title>
        </text>
      ) : null}
      <title>{hostilePlain(tooltipOf(process))}</title>
      {props.expanded !== undefined ? (
        <Chevron box={box} expanded={props.expanded} onToggle={props.onToggle} />
      ) : null}
    </>
  );
});

const PILL_GAP = 3;

function widthOf(pill: Pill): number {
  return 18 + shortCount(pill.count).length * 6.2;
}

/** What a process did, counted by group; each shows its events where they can be shown. */
function EventPills(props: {
  pills: readonly Pill[];
  left: number;
  onPill: ((kinds: readonly EventKind[]) => void) | undefined;
}) {
  const { onPill } = props;
  let next = props.left;
  return props.pills.map((pill) => {
    const [left, width] = [next, widthOf(pill)];
    next += width + PILL_GAP;
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse; the key e on the tree item does the same
      <g
        key={pill.letter}
        transform={`translate(${left} 24)`}
        className={onPill === undefined ? undefined : 'hover:brightness-125'}
        onClick={
          onPill === undefined
            ? undefined
            : (event) => {
                event.stopPropagation();
                onPill(pill.kinds);
              }
        }
      >
        <title>{onPill === undefined ? pill.words : `${pill.words}: show them`}</title>
        {onPill === undefined ? null : (
          <rect x={-1} y={-5} width={width + 2} height={24} fill="transparent" />
        )}
        <rect width={width} height={15} rx={3} fill="var(--surface-3)" />
        <text x={4} y={11} className="fill-text-3 font-mono text-[10px]">
          {pill.letter}
        </text>
        <text x={13} y={11} className="num fill-text-2 font-mono text-[10px]">
          {shortCount(pill.count)}
        </text>
      </g>
    );
  });
}

/** Open and close for the mouse and for touch, where nothing hovers; the keyboard has the tree's own keys. */
function Chevron({ box, expanded, onToggle }: { box: Box; expanded: boolean; onToggle: () => void }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse; the tree item's own arrow keys do the same
    <g
      className={
        expanded
          ? 'opacity-0 group-hover/item:opacity-100 group-focus/item:opacity-100 [@media(hover:none)]:opacity-100'
          : undefined
      }
      transform={`translate(${box.width} ${box.height / 2})`}
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      <circle r={12} fill="transparent" />
      <circle r={7} fill="var(--surface-0)" stroke="var(--line-strong)" />
      <path d={expanded ? 'M-3 0H3' : 'M-3 0H3M0 -3V3'} stroke="var(--text-2)" strokeWidth={1.4} />
    </g>
  );
}
