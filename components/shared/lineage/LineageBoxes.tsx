import { clsx } from 'clsx';
import { memo } from 'react';
import { ARTEFACT_WORD, ArtefactGlyph } from '@/components/shared/ArtefactGlyph';
import { hostilePlain } from '@/components/shared/hostileText';
import { SigmaSquare, squareWidth } from '@/components/shared/sigma/SigmaSquare';
import type { ArtefactView } from '@/lib/contracts/lineage';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { FocusRing, Frame, type Marks, type NumberedStage, StageDisc } from './boxFrame';
import { foldWords } from './describeItem';
import { fitEnd, fitMiddle } from './fitText';
import { laneVariable } from './laneColours';
import type { Box } from './layoutLineage';
import type { LineageItem } from './lineageTree';
import type { BranchState } from './useLineage';

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
  /** Hits of Sigma on processes in it; undefined: none. */
  hits: readonly SigmaHitView[] | undefined;
}) {
  const { box, item, branch, hits } = props;
  const hitRoom = hits === undefined ? 0 : squareWidth(hits.length) + 4;
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
        {fitEnd(failed ? 'Could not be read' : first, 37 - Math.ceil(hitRoom / 5.5))}
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
      {hits === undefined ? null : (
        <g transform={`translate(${box.width - 9 - hitRoom} 4)`}>
          <SigmaSquare hits={hits} />
        </g>
      )}
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
