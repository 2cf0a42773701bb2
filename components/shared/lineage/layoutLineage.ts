import { type HierarchyPointNode, hierarchy, tree as tidyTree } from 'd3';
import type { LineageView } from '@/lib/contracts/lineage';
import type { Strength } from '@/lib/contracts/scalars';
import {
  artefactIdOf,
  buildLineageTree,
  type LineageItem,
  type LineageTree,
  microsOf,
  pathTo,
} from './lineageTree';

export type Box = { x: number; y: number; width: number; height: number };
export type Point = { x: number; y: number };
export type Placed<Item extends LineageItem['type']> = Box & {
  id: string;
  item: Extract<LineageItem, { type: Item }>;
};

export type LaidLink = {
  id: string;
  fromId: string;
  toId: string;
  strength: Strength;
  reason: string | null;
  /** Part of the one line through cause and effect. */
  onPath: boolean;
  /** From the start of one end to the start of the other; null where either is unknown. */
  elapsedMicros: number | null;
  /** From left to right, horizontal at each point. A vertical drop has two points of one x. */
  points: Point[];
};

export type LineageLayout = {
  tree: LineageTree;
  nodes: Placed<'process'>[];
  artefacts: Placed<'artefact'>[];
  folded: Placed<'fold'>[];
  /** Parentage. */
  links: LaidLink[];
  /** What is not parentage: who made an artefact, who used it, and hand-overs without one. */
  joins: LaidLink[];
  bounds: Box;
  /** What the first view must show: the processes in stages and their artefacts, else the path, else everything. */
  pathBounds: Box;
};

export type LineageLayoutOptions = {
  collapsed?: ReadonlySet<string>;
  nodeWidth?: number;
  nodeHeight?: number;
  artefactWidth?: number;
  artefactHeight?: number;
  columnGap?: number;
  rowGap?: number;
};

type Slot = { key: string; children: Slot[]; above: number; below: number; order: number; owner: string };
type CrossEdge = { fromId: string; toId: string };

/**
 * Places a lineage from left to right: causes left of effects, siblings by time from top to bottom.
 *
 *      explorer ── OUTLOOK ─┬─ [a.svg]
 *                │          └─ msedge ───┬─ [a.zip]
 *                └───────────────────────┴─ wscript ── [destination]
 *
 * Four passes. *Columns*: the longest way from a root over parentage, artefacts and joins, so that a process stands
 * right of whatever it used even when somebody else started it; an edge that would close a cycle does not count.
 * *Rows*: d3's tidy tree (Buchheim et al., "Improving Walker's Algorithm to Run in Linear Time") over the tree with
 * one empty slot per skipped column, so that long links keep a lane of their own. *Straightening*: a parent moves level with its first
 * child that leads to the path, as far as its column lets it. *Ink*: links through those slots.
 * An artefact that was used stands directly above its user, the latest lowest; one that was not is a leaf of its maker.
 *
 * Pure and deterministic: the order of the input does not matter and it is not changed. About linear in nodes, times
 * the few cross edges.
 */
export function layoutLineage(view: LineageView, options: LineageLayoutOptions = {}): LineageLayout {
  const size = {
    nodeWidth: 216,
    nodeHeight: 44,
    artefactWidth: 204,
    artefactHeight: 34,
    columnGap: 58,
    rowGap: 13,
    ...options,
  };
  const tree = buildLineageTree(view, options.collapsed);
  const usedBy = usersOfArtefacts(tree);
  const columns = columnsOf(tree, crossEdges(view, tree, usedBy));
  const stackOf = new Map<string, string[]>();
  for (const item of tree.items) {
    const user = usedBy.get(item.id);
    if (user !== undefined) stackOf.set(user, [...(stackOf.get(user) ?? []), item.id]);
  }
  for (const stack of stackOf.values())
    stack.sort((a, b) => itemTime(tree, a) - itemTime(tree, b) || (a < b ? -1 : 1));

  const stackGap = 10;
  const extent = (item: LineageItem) => {
    const half = (item.type === 'artefact' ? size.artefactHeight : size.nodeHeight) / 2;
    return {
      above: half + (stackOf.get(item.id)?.length ?? 0) * (size.artefactHeight + stackGap),
      below: half,
    };
  };
  const slots = slotsOf(tree, columns, usedBy, extent);
  const centres = straightened(slots, rowsOf(slots, size.rowGap), tree, size.rowGap);

  const pitch = size.nodeWidth + size.columnGap;
  const boxes = new Map<string, Box>();
  for (const item of tree.items) {
    const centre = centres.get(item.id);
    if (centre === undefined) continue;
    const [width, height] =
      item.type === 'artefact'
        ? [size.artefactWidth, size.artefactHeight]
        : [size.nodeWidth, size.nodeHeight];
    const box = { x: (columns.get(item.id) ?? 0) * pitch, y: centre - height / 2, width, height };
    boxes.set(item.id, box);
    let top = box.y;
    for (const artefactId of [...(stackOf.get(item.id) ?? [])].reverse()) {
      top -= size.artefactHeight + stackGap;
      boxes.set(artefactId, { x: box.x, y: top, width: size.artefactWidth, height: size.artefactHeight });
    }
  }

  const links = parentLinks(view, tree, boxes, columns, centres, pitch, size.nodeWidth);
  const joins = crossLinks(view, tree, boxes, usedBy, stackOf, links);
  const placed = <Type extends LineageItem['type']>(type: Type) =>
    tree.items.flatMap((item) => {
      const box = boxes.get(item.id);
      return item.type === type && box !== undefined
        ? [{ id: item.id, item: item as Extract<LineageItem, { type: Type }>, ...box }]
        : [];
    });
  const [nodes, artefacts, folded] = [placed('process'), placed('artefact'), placed('fold')];
  const everything = [...nodes, ...artefacts, ...folded];
  const inStages = nodes.filter((node) => node.item.process.stages.length > 0);
  const path = [
    ...(inStages.length > 0 ? inStages : nodes.filter((node) => node.item.process.onPath)),
    ...artefacts,
  ];
  return {
    tree,
    nodes,
    artefacts,
    folded,
    links,
    joins,
    bounds: boundsOf(everything),
    pathBounds: boundsOf(path.length > 0 ? path : everything),
  };
}

/** Artefact item → the process it stands above. One used by its maker, or by an ancestor of it, is a leaf instead. */
function usersOfArtefacts(tree: LineageTree): Map<string, string> {
  const users = new Map<string, string>();
  for (const item of tree.items) {
    if (item.type !== 'artefact' || item.artefact.toId === null) continue;
    const user = tree.byId.get(item.artefact.toId);
    if (user === undefined) continue;
    const makers = pathTo(tree, item.artefact.fromId);
    if (!makers.includes(user.id)) users.set(item.id, user.id);
  }
  return users;
}

function crossEdges(view: LineageView, tree: LineageTree, usedBy: ReadonlyMap<string, string>): CrossEdge[] {
  const made = tree.items.flatMap((item) => {
    const user = usedBy.get(item.id);
    return item.type === 'artefact' && user !== undefined
      ? [{ fromId: item.artefact.fromId, toId: user }]
      : [];
  });
  const handed = view.joins.map(({ fromId, toId }) => ({ fromId, toId }));
  return [...made, ...handed]
    .filter((edge) => edge.fromId !== edge.toId && tree.byId.has(edge.fromId) && tree.byId.has(edge.toId))
    .sort(
      (a, b) =>
        itemTime(tree, a.toId) - itemTime(tree, b.toId) || (a.fromId + a.toId < b.fromId + b.toId ? -1 : 1),
    );
}

/** Longest way from a root, in columns. Cross edges that would close a cycle are left out, earliest effect first. */
function columnsOf(tree: LineageTree, cross: readonly CrossEdge[]): Map<string, number> {
  const before = new Map<string, string[]>();
  for (const item of tree.items) before.set(item.id, item.parentId === null ? [] : [item.parentId]);
  const reaches = (fromId: string, targetId: string, seen = new Set<string>()): boolean => {
    if (fromId === targetId) return true;
    if (seen.has(fromId)) return false;
    seen.add(fromId);
    return (before.get(fromId) ?? []).some((earlier) => reaches(earlier, targetId, seen));
  };
  for (const edge of cross) if (!reaches(edge.fromId, edge.toId)) before.get(edge.toId)?.push(edge.fromId);

  const columns = new Map<string, number>();
  const columnOf = (id: string): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    const column = Math.max(-1, ...(before.get(id) ?? []).map(columnOf)) + 1;
    columns.set(id, column);
    return column;
  };
  for (const item of tree.items) columnOf(item.id);
  return columns;
}

const laneKey = (childId: string, column: number) => `lane:${column}:${childId}`;

/** The tree as slots, depth = column: an empty slot wherever a link passes a column without stopping. */
function slotsOf(
  tree: LineageTree,
  columns: ReadonlyMap<string, number>,
  usedBy: ReadonlyMap<string, string>,
  extent: (item: LineageItem) => { above: number; below: number },
): Slot {
  let order = 0;
  const slotOf = (item: LineageItem): Slot => {
    const slot: Slot = {
      key: item.id,
      children: [],
      order: order++,
      owner: item.parentId ?? '',
      ...extent(item),
    };
    slot.children = childSlots(item.childIds, columns.get(item.id) ?? 0, item.id);
    return slot;
  };
  const childSlots = (ids: readonly string[], column: number, owner: string): Slot[] =>
    ids.flatMap((id) => {
      const item = tree.byId.get(id);
      if (item === undefined || usedBy.has(id)) return [];
      const lanes: Slot[] = [];
      for (let at = column + 1; at < (columns.get(id) ?? 0); at++) {
        lanes.push({ key: laneKey(id, at), children: [], above: 5, below: 5, order: order++, owner });
      }
      const last = slotOf(item);
      const chain = [...lanes, last];
      for (const [index, slot] of chain.entries()) {
        const next = chain[index + 1];
        if (next !== undefined) slot.children = [next];
      }
      return chain.slice(0, 1);
    });
  return { key: '', children: childSlots(tree.rootIds, -1, ''), above: 0, below: 0, order: -1, owner: '' };
}

/** Vertical centre of every slot. Two slots of one column never come nearer than their extents and the gap. */
function rowsOf(root: Slot, rowGap: number): Map<string, number> {
  const layout = tidyTree<Slot>()
    .nodeSize([1, 1])
    .separation((a: HierarchyPointNode<Slot>, b: HierarchyPointNode<Slot>) => {
      const [upper, lower] = a.data.order < b.data.order ? [a.data, b.data] : [b.data, a.data];
      return upper.below + lower.above + (upper.owner === lower.owner ? rowGap : rowGap * 1.5);
    });
  return new Map(
    layout(hierarchy(root))
      .descendants()
      .map((slot) => [slot.data.key, slot.x]),
  );
}

/**
 * Moves each parent level with its first child, which is the one that leads to the path if any does: the tidy tree
 * centres it over all of them, and two hundred opened siblings would tear the path apart. Children first, and never
 * nearer to a neighbour of the same column than the rows are.
 */
function straightened(
  root: Slot,
  rows: ReadonlyMap<string, number>,
  tree: LineageTree,
  rowGap: number,
): Map<string, number> {
  const centres = new Map(rows);
  const columns: Slot[][] = [];
  const collect = (slot: Slot, depth: number) => {
    const column = columns[depth] ?? [];
    column.push(slot);
    columns[depth] = column;
    for (const child of slot.children) collect(child, depth + 1);
  };
  for (const slot of root.children) collect(slot, 0);
  for (const column of columns.toReversed()) {
    for (const [index, slot] of column.entries()) {
      const lead = slot.children.find((child) => tree.byId.get(child.key)?.type !== 'artefact');
      const target = lead === undefined ? undefined : centres.get(lead.key);
      if (target === undefined) continue;
      const [above, below] = [column[index - 1], column[index + 1]];
      const least =
        above === undefined ? -Infinity : (centres.get(above.key) ?? 0) + above.below + rowGap + slot.above;
      const most =
        below === undefined ? Infinity : (centres.get(below.key) ?? 0) - below.above - rowGap - slot.below;
      if (least <= most) centres.set(slot.key, Math.min(most, Math.max(least, target)));
    }
  }
  return centres;
}

function parentLinks(
  view: LineageView,
  tree: LineageTree,
  boxes: ReadonlyMap<string, Box>,
  columns: ReadonlyMap<string, number>,
  centres: ReadonlyMap<string, number>,
  pitch: number,
  nodeWidth: number,
): LaidLink[] {
  const otherwiseReached = new Set([...view.artefacts, ...view.joins].map((edge) => edge.toId));
  return tree.items.flatMap((item) => {
    const parent = item.parentId === null ? undefined : tree.byId.get(item.parentId);
    const [from, to] = [boxes.get(parent?.id ?? ''), boxes.get(item.id)];
    if (parent?.type !== 'process' || item.type === 'artefact' || from === undefined || to === undefined)
      return [];
    const points = [rightOf(from)];
    for (let column = (columns.get(parent.id) ?? 0) + 1; column < (columns.get(item.id) ?? 0); column++) {
      const y = centres.get(laneKey(item.id, column)) ?? rightOf(from).y;
      points.push({ x: column * pitch, y }, { x: column * pitch + nodeWidth, y });
    }
    points.push(leftOf(to));
    const child = item.type === 'process' ? item.process : undefined;
    const stated = child?.link.strength ?? 'exact';
    return [
      {
        id: `parent:${item.id}`,
        fromId: parent.id,
        toId: item.id,
        points,
        strength: stated === 'root' ? ('exact' as const) : stated,
        reason: child?.link.reason ?? null,
        onPath: child?.onPath === true && parent.process.onPath && !otherwiseReached.has(item.id),
        elapsedMicros: child === undefined ? null : elapsed(parent.process.startedAt, child.startedAt),
      },
    ];
  });
}

function crossLinks(
  view: LineageView,
  tree: LineageTree,
  boxes: ReadonlyMap<string, Box>,
  usedBy: ReadonlyMap<string, string>,
  stackOf: ReadonlyMap<string, string[]>,
  parentage: readonly LaidLink[],
): LaidLink[] {
  const made = tree.items.flatMap((item): LaidLink[] => {
    const box = boxes.get(item.id);
    if (item.type !== 'artefact' || box === undefined) return [];
    const { artefact } = item;
    const shared = { strength: artefact.strength, reason: null, onPath: true };
    const maker = tree.byId.get(artefact.fromId);
    const makerBox = boxes.get(artefact.fromId);
    const links: LaidLink[] = [];
    if (maker?.type === 'process' && makerBox !== undefined) {
      links.push({
        ...shared,
        id: `made:${item.id}`,
        fromId: maker.id,
        toId: item.id,
        elapsedMicros: elapsed(maker.process.startedAt, artefact.time),
        points: [
          departure(makerBox, box),
          ...alongParentage(parentage, maker.id, usedBy.get(item.id)),
          leftOf(box),
        ],
      });
    }
    const user = usedBy.get(item.id);
    if (user !== undefined) {
      const stack = stackOf.get(user) ?? [];
      const nextId = stack[stack.indexOf(item.id) + 1] ?? user;
      const next = boxes.get(nextId);
      if (next !== undefined) {
        const x = box.x + 28;
        links.push({
          ...shared,
          id: `used:${item.id}`,
          fromId: item.id,
          toId: nextId,
          elapsedMicros: null,
          points: [
            { x, y: box.y + box.height },
            { x, y: next.y },
          ],
        });
      }
    } else if (artefact.toId !== null && artefact.toId !== artefact.fromId) {
      const back = boxes.get(artefact.toId);
      if (back !== undefined) {
        links.push({
          ...shared,
          id: `used:${item.id}`,
          fromId: item.id,
          toId: artefact.toId,
          elapsedMicros: null,
          points: [
            { x: box.x + 28, y: box.y + box.height },
            { x: back.x + back.width - 28, y: back.y + back.height },
          ],
        });
      }
    }
    return links;
  });
  // A hand-over whose artefact stands between the same two processes is told by that artefact.
  const told = new Set(view.artefacts.map((artefact) => `${artefact.fromId}>${artefact.toId}`));
  const handed = view.joins.flatMap((join): LaidLink[] => {
    if (told.has(`${join.fromId}>${join.toId}`)) return [];
    const [from, to] = [boxes.get(join.fromId), boxes.get(join.toId)];
    if (from === undefined || to === undefined) return [];
    const [fromItem, toItem] = [tree.byId.get(join.fromId), tree.byId.get(join.toId)];
    return [
      {
        id: `join:${join.fromId}:${join.toId}`,
        fromId: join.fromId,
        toId: join.toId,
        strength: join.strength,
        reason: join.text,
        onPath: true,
        elapsedMicros:
          fromItem?.type === 'process' && toItem?.type === 'process'
            ? elapsed(fromItem.process.startedAt, toItem.process.startedAt)
            : null,
        points: [
          { x: from.x + from.width, y: from.y + from.height / 2 - 14 },
          { x: to.x, y: to.y + to.height / 2 - 14 },
        ],
      },
    ];
  });
  return [...made, ...handed];
}

function itemTime(tree: LineageTree, id: string): number {
  const item = tree.byId.get(id) ?? tree.byId.get(artefactIdOf(id));
  if (item?.type === 'process') return microsOf(item.process.startedAt);
  return item?.type === 'artefact' ? microsOf(item.artefact.time) : Number.MAX_SAFE_INTEGER;
}

function elapsed(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : microsOf(to) - microsOf(from);
}

const leftOf = (box: Box): Point => ({ x: box.x, y: box.y + box.height / 2 });
const rightOf = (box: Box): Point => ({ x: box.x + box.width, y: box.y + box.height / 2 });

/** A parent that also made what its child used: the line keeps to the lane of their link instead of crossing nodes. */
function alongParentage(
  parentage: readonly LaidLink[],
  makerId: string,
  userId: string | undefined,
): Point[] {
  const link = parentage.find((candidate) => candidate.fromId === makerId && candidate.toId === userId);
  return (link?.points.slice(1, -1) ?? []).map((point) => ({ x: point.x, y: point.y - 8 }));
}

/** Where a line to an artefact leaves its maker: off the middle, which belongs to parentage. */
function departure(from: Box, to: Box): Point {
  const middle = rightOf(from);
  const rise = leftOf(to).y - middle.y;
  return { x: middle.x, y: middle.y + (Math.abs(rise) < 2 ? 0 : Math.sign(rise) * 9) };
}

/** The smallest box around all; a zero box for none. */
export function boundsOf(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
