import { memo } from 'react';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { NumberedStage } from './boxFrame';
import { describeItem, type StageName } from './describeItem';
import { ArtefactBox, FoldBox, PlainBox } from './LineageBoxes';
import type { Box } from './layoutLineage';
import { microsOf } from './lineageForest';
import type { LineageItem, LineageTree } from './lineageTree';
import { ProcessBox } from './ProcessBox';
import type { ItemActions } from './useItemActions';
import type { BranchState } from './useLineage';

type GraphItemProps = {
  item: LineageItem;
  box: Box;
  tree: LineageTree;
  stages: readonly StageName[];
  numbers: ReadonlyMap<string, NumberedStage>;
  lane: number | undefined;
  selected: boolean;
  hovered: boolean;
  found: boolean;
  active: boolean;
  isAnchor: boolean;
  /** Hits of Sigma on it, or in a stack; undefined: none. */
  hits: readonly SigmaHitView[] | undefined;
  /** T0 in microseconds. */
  originTime: number | null;
  branch: BranchState | undefined;
  /** True where nothing on it could be read. */
  plain: boolean;
  tabStop: boolean;
  /** Whether the events behind a pill can be shown. */
  hasEvents: boolean;
  actions: ItemActions;
};

/** One item of the drawing with its place in the tree, its name and its keys' focus. */
export const GraphItem = memo(function GraphItem(props: GraphItemProps) {
  const { item, box, actions } = props;
  const { id } = item;
  return (
    <g
      ref={(element) => actions.register(id, element)}
      role="treeitem"
      tabIndex={props.tabStop ? 0 : -1}
      data-item={id}
      aria-level={item.level}
      aria-posinset={item.posInSet}
      aria-setsize={item.setSize}
      aria-selected={props.selected}
      {...(item.type === 'process' && item.expanded !== undefined ? { 'aria-expanded': item.expanded } : {})}
      {...(item.type === 'fold' ? { 'aria-expanded': false } : {})}
      aria-label={labelOf(props)}
      className="group/item cursor-pointer outline-none"
      transform={`translate(${box.x} ${box.y})`}
      onClick={() => actions.press(id)}
      onDoubleClick={() => actions.frame(id)}
      onPointerEnter={() => actions.hover(id)}
      onPointerLeave={() => actions.hover(null)}
      onFocus={() => actions.activate(id)}
    >
      {props.plain ? (
        <PlainBox
          box={box}
          item={item}
          lane={props.lane}
          marked={props.selected || props.found || props.active}
        />
      ) : (
        <Readable {...props} />
      )}
    </g>
  );
});

function Readable(props: GraphItemProps) {
  const { item, box, numbers, actions, selected, hovered, found } = props;
  const marks = { selected, hovered, found };
  if (item.type === 'fold')
    return <FoldBox box={box} item={item} found={found} branch={props.branch} hits={props.hits} />;
  if (item.type === 'artefact')
    return (
      <ArtefactBox
        {...marks}
        box={box}
        artefact={item.artefact}
        stage={numbers.get(item.artefact.stage ?? '')}
      />
    );
  const { process } = item;
  return (
    <ProcessBox
      {...marks}
      box={box}
      process={process}
      expanded={item.expanded}
      stages={process.stages.flatMap((stage) => numbers.get(stage) ?? [])}
      lane={props.lane}
      hits={props.hits}
      anchor={props.isAnchor ? (isAt(process.startedAt, props.originTime) ? 'T0' : 'anchor') : null}
      onToggle={() => actions.toggle(item.id)}
      onPill={props.hasEvents ? (kinds) => actions.pill(item.id, kinds) : undefined}
    />
  );
}

function labelOf({ item, tree, stages, branch, hits }: GraphItemProps): string {
  const name = describeItem(item, tree, stages, hits);
  if (branch === undefined) return name;
  return branch.state === 'failed'
    ? `${name}; could not be read, press Enter to try again`
    : `${name}; reading`;
}

function isAt(time: string | null, origin: number | null): boolean {
  return time !== null && origin !== null && Math.abs(microsOf(time) - origin) < 1000;
}
