import type { LineageView } from '@/lib/contracts/lineage';
import type { ArtefactStacks, LineageSizes } from './lineageShape';
import type { Box, LaidLink, LineageLayout, LineageTree, Placed, Point } from './lineageTypes';
import type { Placement } from './placeLineage';

/** Boxes and lines of a lineage whose places are known. Linear. */
export function inkLineage(
  view: LineageView,
  tree: LineageTree,
  stacks: ArtefactStacks,
  placement: Placement,
  sizes: LineageSizes,
): LineageLayout {
  const boxes = boxesOf(tree, stacks, placement, sizes);
  const links = parentLinks(view, tree, boxes, placement, sizes);
  const joins = [...artefactLinks(tree, boxes, stacks, links), ...handovers(view, tree, boxes)];
  const nodes: Placed<'process'>[] = [];
  const artefacts: Placed<'artefact'>[] = [];
  const folded: Placed<'fold'>[] = [];
  for (const item of tree.items) {
    const box = boxes.get(item.id);
    if (box === undefined) continue;
    const { x, y, width, height } = box;
    const { id } = item;
    if (item.type === 'process') nodes.push({ id, item, x, y, width, height });
    else if (item.type === 'artefact') artefacts.push({ id, item, x, y, width, height });
    else folded.push({ id, item, x, y, width, height });
  }
  const path = pathBoxes(nodes, artefacts);
  const bounds = boundsOf([...boxes.values()]);
  return {
    tree,
    boxes,
    nodes,
    artefacts,
    folded,
    links,
    joins,
    bounds,
    pathBounds: path.length > 0 ? boundsOf(path) : bounds,
  };
}

/** What the first view must show: the processes in stages and their artefacts, else the path. */
function pathBoxes(nodes: readonly Placed<'process'>[], artefacts: readonly Placed<'artefact'>[]): Box[] {
  const inStages = nodes.filter((node) => node.item.process.stages.length > 0);
  return [
    ...(inStages.length > 0 ? inStages : nodes.filter((node) => node.item.process.onPath)),
    ...artefacts,
  ];
}

function boxesOf(
  tree: LineageTree,
  { stackOf, usedBy }: ArtefactStacks,
  { columns, centres }: Placement,
  sizes: LineageSizes,
): ReadonlyMap<string, Box> {
  const { nodeWidth, nodeHeight, artefactWidth, artefactHeight, stackGap } = sizes;
  const boxes = new Map<string, Box>();
  for (const [place, item] of tree.items.entries()) {
    if (usedBy.has(item.id)) continue;
    const [width, height] =
      item.type === 'artefact' ? [artefactWidth, artefactHeight] : [nodeWidth, nodeHeight];
    const x = (columns[place] ?? 0) * (nodeWidth + sizes.columnGap);
    const box = { x, y: (centres[place] ?? 0) - height / 2, width, height };
    boxes.set(item.id, box);
    let top = box.y;
    for (const artefactId of [...(stackOf.get(item.id) ?? [])].reverse()) {
      top -= artefactHeight + stackGap;
      boxes.set(artefactId, { x, y: top, width: artefactWidth, height: artefactHeight });
    }
  }
  return boxes;
}

function parentLinks(
  view: LineageView,
  tree: LineageTree,
  boxes: ReadonlyMap<string, Box>,
  { columns }: Placement,
  { nodeWidth, columnGap }: LineageSizes,
): LaidLink[] {
  const otherwiseReached = new Set([...view.artefacts, ...view.joins].map((edge) => edge.toId));
  const pitch = nodeWidth + columnGap;
  const links: LaidLink[] = [];
  for (const [place, item] of tree.items.entries()) {
    if (item.parentId === null || item.type === 'artefact') continue;
    const parent = tree.byId.get(item.parentId);
    const [from, to] = [boxes.get(item.parentId), boxes.get(item.id)];
    if (parent?.type !== 'process' || from === undefined || to === undefined) continue;
    const points = [rightOf(from)];
    // A link that passes columns bends beside its parent and then runs level, through the room kept for it.
    const beside = Math.round(from.x / pitch) + 1;
    if ((columns[place] ?? 0) > beside) points.push({ x: beside * pitch, y: leftOf(to).y });
    points.push(leftOf(to));
    const child = item.type === 'process' ? item.process : undefined;
    const stated = child?.link.strength ?? 'exact';
    links.push({
      id: `parent:${item.id}`,
      fromId: parent.id,
      toId: item.id,
      points,
      strength: stated === 'root' ? 'exact' : stated,
      reason: child?.link.reason ?? null,
      onPath: child?.onPath === true && parent.process.onPath && !otherwiseReached.has(item.id),
      elapsedMicros: child === undefined ? null : elapsed(parent.time, item.time),
    });
  }
  return links;
}

function artefactLinks(
  tree: LineageTree,
  boxes: ReadonlyMap<string, Box>,
  { usedBy, stackOf }: ArtefactStacks,
  parentage: readonly LaidLink[],
): LaidLink[] {
  const parentLinkOf = new Map(parentage.map((link) => [link.toId, link]));
  return tree.items.flatMap((item): LaidLink[] => {
    const box = boxes.get(item.id);
    if (item.type !== 'artefact' || box === undefined) return [];
    const { artefact } = item;
    const shared = { strength: artefact.strength, reason: null, onPath: true };
    const user = usedBy.get(item.id);
    const links: LaidLink[] = [];
    const maker = tree.byId.get(artefact.fromId);
    const makerBox = boxes.get(artefact.fromId);
    if (maker?.type === 'process' && makerBox !== undefined) {
      const along = user === undefined ? undefined : parentLinkOf.get(user);
      const points = [
        departure(makerBox, box),
        ...(along?.fromId === maker.id ? alongside(along) : []),
        leftOf(box),
      ];
      const elapsedMicros = elapsed(maker.time, item.time);
      links.push({
        ...shared,
        id: `made:${item.id}`,
        fromId: maker.id,
        toId: item.id,
        elapsedMicros,
        points,
      });
    }
    const used = user === undefined ? artefact.toId : nextInStack(stackOf.get(user) ?? [], item.id, user);
    const next = used === null || used === artefact.fromId ? undefined : boxes.get(used);
    if (used === null || next === undefined) return links;
    const x = box.x + 28;
    const points = [
      { x, y: box.y + box.height },
      user === undefined ? { x: next.x + next.width - 28, y: next.y + next.height } : { x, y: next.y },
    ];
    links.push({
      ...shared,
      id: `used:${item.id}`,
      fromId: item.id,
      toId: used,
      elapsedMicros: null,
      points,
    });
    return links;
  });
}

function nextInStack(stack: readonly string[], id: string, user: string): string {
  return stack[stack.indexOf(id) + 1] ?? user;
}

/** One process acting through another. One whose artefact stands between the same two is told by that artefact. */
function handovers(view: LineageView, tree: LineageTree, boxes: ReadonlyMap<string, Box>): LaidLink[] {
  const told = new Set(view.artefacts.map((artefact) => `${artefact.fromId}>${artefact.toId}`));
  return view.joins.flatMap((join): LaidLink[] => {
    const [from, to] = [boxes.get(join.fromId), boxes.get(join.toId)];
    const [first, last] = [tree.byId.get(join.fromId), tree.byId.get(join.toId)];
    if (told.has(`${join.fromId}>${join.toId}`) || from === undefined || to === undefined) return [];
    const known = first?.type === 'process' && last?.type === 'process';
    return [
      {
        id: `join:${join.fromId}:${join.toId}`,
        fromId: join.fromId,
        toId: join.toId,
        strength: join.strength,
        reason: join.text,
        onPath: true,
        elapsedMicros: known ? elapsed(first.time, last.time) : null,
        points: [
          { x: from.x + from.width, y: from.y + from.height / 2 - 14 },
          { x: to.x, y: to.y + to.height / 2 - 14 },
        ],
      },
    ];
  });
}

function elapsed(from: number, to: number): number | null {
  return from === Number.MAX_SAFE_INTEGER || to === Number.MAX_SAFE_INTEGER ? null : to - from;
}

const leftOf = (box: Box): Point => ({ x: box.x, y: box.y + box.height / 2 });
const rightOf = (box: Box): Point => ({ x: box.x + box.width, y: box.y + box.height / 2 });

/** A parent that also made what its child used: the line keeps to the lane of their link instead of crossing nodes. */
function alongside(link: LaidLink): Point[] {
  return link.points.slice(1, -1).map((point) => ({ x: point.x, y: point.y - 8 }));
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
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
