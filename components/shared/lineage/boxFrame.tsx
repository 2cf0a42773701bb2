import type { StageName } from './describeItem';
import type { Box } from './layoutLineage';

/** What marks an item beside what it is. */
export type Marks = { selected: boolean; hovered: boolean; found: boolean };
export type NumberedStage = StageName & { number: number };

/** The outline of an item, with its marks. */
export function Frame(
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
export function FocusRing({ width, height, radius }: { width: number; height: number; radius: number }) {
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
export function StageDisc({ stage, r, y }: { stage: NumberedStage; r: number; y: number }) {
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
