import { describeItem, type StageName } from './describeItem';
import { ArtefactBox, FoldBox, PlainBox, ProcessBox } from './LineageBoxes';
import type { LineageGraphProps } from './LineageGraph';
import type { Box } from './layoutLineage';
import { type LineageItem, microsOf } from './lineageTree';

type NumberedStage = StageName & { number: number };

/** One item of the drawing with its place in the tree, its name and its keys' focus. */
export function GraphItem(props: {
  graph: LineageGraphProps;
  item: LineageItem;
  box: Box;
  numbers: ReadonlyMap<string, NumberedStage>;
  /** True where nothing on it could be read. */
  plain: boolean;
  tabStop: boolean;
  register: (element: SVGGElement | null) => void;
  onPress: () => void;
  onToggle: () => void;
  onFrame: () => void;
}) {
  const { graph, item, box } = props;
  const { id } = item;
  return (
    <g
      ref={props.register}
      role="treeitem"
      tabIndex={props.tabStop ? 0 : -1}
      data-item={id}
      aria-level={item.level}
      aria-posinset={item.posInSet}
      aria-setsize={item.setSize}
      aria-selected={id === graph.selectedId}
      {...(item.type === 'process' && item.expanded !== undefined ? { 'aria-expanded': item.expanded } : {})}
      {...(item.type === 'fold' ? { 'aria-expanded': false } : {})}
      aria-label={labelOf(graph, item)}
      className="group/item cursor-pointer outline-none"
      transform={`translate(${box.x} ${box.y})`}
      onClick={props.onPress}
      onDoubleClick={props.onFrame}
      onPointerEnter={() => graph.onHover(id)}
      onPointerLeave={() => graph.onHover(null)}
      onFocus={() => graph.onActivate(id)}
    >
      {props.plain ? (
        <PlainBox
          box={box}
          item={item}
          lane={graph.lanes.get(id)}
          marked={id === graph.selectedId || graph.found.has(id) || id === graph.activeId}
        />
      ) : (
        <Readable {...props} />
      )}
    </g>
  );
}

function Readable({ graph, item, box, numbers, onToggle }: Parameters<typeof GraphItem>[0]) {
  const marks = {
    selected: item.id === graph.selectedId,
    hovered: item.id === graph.hoveredId,
    found: graph.found.has(item.id),
  };
  if (item.type === 'fold')
    return <FoldBox box={box} item={item} found={marks.found} branch={branchOf(graph, item)} />;
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
  const { onEvents } = graph;
  return (
    <ProcessBox
      {...marks}
      box={box}
      process={process}
      expanded={item.expanded}
      stages={process.stages.flatMap((stage) => numbers.get(stage) ?? [])}
      lane={graph.lanes.get(item.id)}
      anchor={item.id !== graph.anchorId ? null : isAt(process.startedAt, graph.originTime) ? 'T0' : 'anchor'}
      onToggle={onToggle}
      onPill={onEvents === undefined ? undefined : (kinds) => onEvents(item.id, kinds)}
    />
  );
}

function labelOf(graph: LineageGraphProps, item: LineageItem): string {
  const name = describeItem(item, graph.layout.tree, graph.stages);
  const branch = item.type === 'fold' ? branchOf(graph, item) : undefined;
  if (branch === undefined) return name;
  return branch.state === 'failed'
    ? `${name}; could not be read, press Enter to try again`
    : `${name}; reading`;
}

function branchOf(graph: LineageGraphProps, item: Extract<LineageItem, { type: 'fold' }>) {
  return item.kind === 'unsent' && item.hostId !== null ? graph.branches.get(item.hostId) : undefined;
}

function isAt(time: string | null, origin: number | null): boolean {
  return time !== null && origin !== null && Math.abs(microsOf(time) - origin) < 1000;
}
