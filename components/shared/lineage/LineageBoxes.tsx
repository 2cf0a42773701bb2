import { clsx } from 'clsx';
import { memo } from 'react';
import { ARTEFACT_WORD, ArtefactGlyph } from '@/components/shared/ArtefactGlyph';
import { hostilePlain } from '@/components/shared/hostileText';
import { ProcessGlyph } from '@/components/shared/ProcessGlyph';
import type { ArtefactView, ProcessNodeView } from '@/lib/contracts/lineage';
import type { EventKind } from './describeItem';
import { foldWords, pillsOf, type StageName, shortCount, tooltipOf, unusualIntegrity } from './describeItem';
import { fitEnd, fitMiddle } from './fitText';
import { laneVariable } from './laneColours';
import type { Box } from './layoutLineage';
import type { LineageItem } from './lineageTree';
import type { BranchState } from './useLineage';

type Marks = { selected: boolean; hovered: boolean; found: boolean };
type NumberedStage = StageName & { number: number };

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
    onToggle: () => void;
    /** Shows the events behind a pill; without it the pill only tells. */
    onPill?: ((kinds: readonly EventKind[]) => void) | undefined;
  },
) {
  const { box, process, stages, lane, onPill } = props;
  const quiet = !process.onPath && stages.length === 0;
  const pills = pillsOf(process)
    .slice(0, 3)
    .map((pill) => ({ ...pill, text: shortCount(pill.count) }));
  const widths = pills.map((pill) => 18 + pill.text.length * 6.2);
  const pillsWidth = widths.reduce((sum, width) => sum + width + 3, 0);
  const stateWidth = process.state === 'unknown' ? 0 : 9;
  const room = Math.floor((box.width - 44 - stateWidth - pillsWidth) / 6.1);
  const who = [
    process.pid === null ? 'pid ?' : String(process.pid),
    unusualIntegrity(process),
    process.user?.split('\\').at(-1),
  ]
    .filter(Boolean)
    .join(' · ');
  let at = box.width - 8 - pillsWidth + 3;
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
        {fitMiddle(process.name, 23 - (process.alerts > 0 ? 3 : 0) - (props.anchor?.length ?? 0))}
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
      {pills.map((pill, index) => {
        const x = at;
        at += (widths[index] ?? 0) + 3;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse; the key e on the tree item does the same
          <g
            key={pill.letter}
            transform={`translate(${x} 24)`}
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
              <rect x={-1} y={-5} width={(widths[index] ?? 0) + 2} height={24} fill="transparent" />
            )}
            <rect width={widths[index]} height={15} rx={3} fill="var(--surface-3)" />
            <text x={4} y={11} className="fill-text-3 font-mono text-[10px]">
              {pill.letter}
            </text>
            <text x={13} y={11} className="num fill-text-2 font-mono text-[10px]">
              {pill.text}
            </text>
          </g>
        );
      })}
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
      {props.anchor !== null ? (
        <text
          x={box.width - (process.alerts > 0 ? 26 : 10)}
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

export const ArtefactBox = memo(function ArtefactBox(
  props: Marks & { box: Box; artefact: ArtefactView; stage: NumberedStage | undefined },
) {
  const { box, artefact, stage } = props;
  return (
    <>
      <Frame {...props} strong accent radius={box.height / 2} />
      <g transform="translate(13 10)" className="text-text-2">
        <ArtefactGlyph kind={artefact.type} size={14} />
      </g>
      <text x={34} y={14.5} className="fill-text-1 text-[11.5px] font-medium">
        {fitMiddle(artefact.label, 25)}
      </text>
      <text x={34} y={27} className="num fill-text-3 font-mono text-[10px]">
        {fitMiddle(artefact.detail ?? ARTEFACT_WORD[artefact.type], 26)}
      </text>
      {stage === undefined ? null : <StageDisc stage={stage} r={7} y={box.height / 2} />}
      <title>
        {hostilePlain(`${artefact.label}${artefact.detail === null ? '' : `, ${artefact.detail}`}`)}
      </title>
    </>
  );
});

export const FoldBox = memo(function FoldBox(props: {
  box: Box;
  item: Extract<LineageItem, { type: 'fold' }>;
  found: boolean;
  branch: BranchState | undefined;
}) {
  const { box, item, branch } = props;
  const failed = branch?.state === 'failed';
  const [first, second] = foldWords(item);
  return (
    <>
      {[8, 4].map((step) => (
        <rect
          key={step}
          x={step}
          y={step}
          width={box.width - 8}
          height={box.height - 8}
          rx={6}
          fill="var(--surface-1)"
          stroke="var(--line)"
        />
      ))}
      <FocusRing width={box.width - 8} height={box.height - 8} radius={6} />
      <rect
        width={box.width - 8}
        height={box.height - 8}
        rx={6}
        fill="var(--surface-1)"
        stroke={props.found ? 'var(--accent)' : failed ? 'var(--warning)' : 'var(--line-strong)'}
      />
      <text x={10} y={15.5} className="num fill-text-1 text-[11.5px] font-medium">
        {fitEnd(failed ? 'Could not be read' : first, 37)}
      </text>
      <text
        x={10}
        y={28.5}
        className={clsx('font-mono text-[10px]', failed ? 'fill-warning' : 'fill-text-3')}
      >
        {fitEnd(
          failed ? `Try again · ${branch.error.message}` : branch?.state === 'reading' ? 'reading…' : second,
          31,
        )}
      </text>
      <title>{hostilePlain(`${first} · ${second}`)}</title>
    </>
  );
});

/** An item from so far away that nothing on it could be read. */
export const PlainBox = memo(function PlainBox(props: {
  box: Box;
  item: LineageItem;
  lane: number | undefined;
  marked: boolean;
}) {
  const { box, item } = props;
  return (
    <rect
      width={box.width}
      height={box.height}
      rx={item.type === 'artefact' ? box.height / 2 : 7}
      fill={
        item.type === 'artefact'
          ? 'var(--accent)'
          : item.type === 'fold'
            ? 'var(--surface-3)'
            : laneVariable(props.lane)
      }
      stroke={props.marked ? 'var(--accent)' : 'none'}
      strokeWidth={props.marked ? 10 : 0}
    />
  );
});

function Frame(
  props: Marks & { box: Box; strong: boolean; radius: number; accent?: boolean; dashed?: boolean },
) {
  const { box, selected, hovered, found, strong } = props;
  return (
    <>
      <FocusRing width={box.width} height={box.height} radius={props.radius} />
      <rect
        width={box.width}
        height={box.height}
        rx={props.radius}
        fill={
          selected
            ? 'var(--accent-soft)'
            : hovered
              ? 'var(--surface-3)'
              : strong
                ? 'var(--surface-2)'
                : 'var(--surface-1)'
        }
        stroke={selected || found || props.accent ? 'var(--accent)' : 'var(--line-strong)'}
        strokeWidth={selected ? 2 : found ? 1.75 : 1}
        strokeDasharray={props.dashed ? '3 3' : undefined}
      />
    </>
  );
}

/** Seen only while the tree item around it has the keyboard's focus. */
function FocusRing({ width, height, radius }: { width: number; height: number; radius: number }) {
  return (
    <rect
      x={-4}
      y={-4}
      width={width + 8}
      height={height + 8}
      rx={radius + 4}
      fill="none"
      stroke="var(--accent)"
      strokeWidth={2}
      className="opacity-0 group-focus-visible/item:opacity-100"
    />
  );
}

/** The number a stage has in the strip, where its part of the story enters the node. */
function StageDisc({ stage, r, y }: { stage: NumberedStage; r: number; y: number }) {
  return (
    <g transform={`translate(0 ${y})`}>
      <title>{`Stage ${stage.number}, ${stage.title}: ${stage.state}`}</title>
      <circle r={r} fill="var(--matched)" stroke="var(--surface-0)" strokeWidth={1.5} />
      <text y={3.3} textAnchor="middle" className="num fill-surface-0 text-[9px] font-semibold">
        {stage.number}
      </text>
    </g>
  );
}

/** Open and close for the mouse; the keyboard has the tree's own keys. */
function Chevron({ box, expanded, onToggle }: { box: Box; expanded: boolean; onToggle: () => void }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the mouse; the tree item's own arrow keys do the same
    <g
      className={expanded ? 'opacity-0 group-hover/item:opacity-100' : undefined}
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
