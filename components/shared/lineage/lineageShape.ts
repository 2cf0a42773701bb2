import type { LineageView } from '@/lib/contracts/lineage';
import { byName } from './lineageFolds';
import { artefactIdOf, type LineageTree, pathTo } from './lineageTree';
import type { LineageShape } from './placeLineage';

/** Sizes and distances of a drawing, in its own units. */
export type LineageSizes = {
  nodeWidth: number;
  nodeHeight: number;
  artefactWidth: number;
  artefactHeight: number;
  columnGap: number;
  rowGap: number;
  stackGap: number;
};

/** Which artefacts stand above which process. */
export type ArtefactStacks = {
  /** Artefact item → the process that used it. One used by its maker, or by an ancestor of it, is in no stack. */
  usedBy: ReadonlyMap<string, string>;
  /** Process → the artefacts above it, the latest last and lowest. */
  stackOf: ReadonlyMap<string, readonly string[]>;
};

/** Finds the artefacts that stand above a process that used them. */
export function stackArtefacts(tree: LineageTree): ArtefactStacks {
  const usedBy = new Map<string, string>();
  const stackOf = new Map<string, string[]>();
  for (const item of tree.items) {
    if (item.type !== 'artefact' || item.artefact.toId === null) continue;
    const user = tree.byId.get(item.artefact.toId);
    if (user === undefined || pathTo(tree, item.artefact.fromId).includes(user.id)) continue;
    usedBy.set(item.id, user.id);
    const stack = stackOf.get(user.id);
    if (stack === undefined) stackOf.set(user.id, [item.id]);
    else stack.push(item.id);
  }
  for (const stack of stackOf.values())
    stack.sort((a, b) => timeOf(tree, a) - timeOf(tree, b) || byName(a, b));
  return { usedBy, stackOf };
}

/** The tree as the numbers its places are computed from. */
export function shapeOf(
  tree: LineageTree,
  joins: LineageView['joins'],
  stacks: ArtefactStacks,
  sizes: LineageSizes,
): LineageShape {
  const places = new Map(tree.items.map((item, place) => [item.id, place]));
  const placeOf = (id: string) => places.get(id) ?? -1;
  return {
    parents: Int32Array.from(tree.items, (item) => (item.parentId === null ? -1 : placeOf(item.parentId))),
    kinds: Uint8Array.from(tree.items, (item) =>
      item.type !== 'artefact' ? 0 : stacks.usedBy.has(item.id) ? 2 : 1,
    ),
    stacked: Uint16Array.from(tree.items, (item) => stacks.stackOf.get(item.id)?.length ?? 0),
    footed: Uint8Array.from(tree.items, (item) =>
      item.type === 'process' && item.parentId !== null && item.process.link.strength === 'broken' ? 1 : 0,
    ),
    cross: Int32Array.from(
      crossEdges(tree, joins, stacks).flatMap(({ fromId, toId }) => [placeOf(fromId), placeOf(toId)]),
    ),
    nodeHeight: sizes.nodeHeight,
    artefactHeight: sizes.artefactHeight,
    stackGap: sizes.stackGap,
    rowGap: sizes.rowGap,
  };
}

type CrossEdge = { fromId: string; toId: string };

function crossEdges(tree: LineageTree, joins: LineageView['joins'], { usedBy }: ArtefactStacks): CrossEdge[] {
  const made = [...usedBy].flatMap(([artefactId, toId]) => {
    const item = tree.byId.get(artefactId);
    return item?.type === 'artefact' ? [{ fromId: item.artefact.fromId, toId }] : [];
  });
  return [...made, ...joins.map(({ fromId, toId }) => ({ fromId, toId }))]
    .filter((edge) => edge.fromId !== edge.toId && tree.byId.has(edge.fromId) && tree.byId.has(edge.toId))
    .sort(
      (a, b) => timeOf(tree, a.toId) - timeOf(tree, b.toId) || byName(a.fromId + a.toId, b.fromId + b.toId),
    );
}

function timeOf(tree: LineageTree, id: string): number {
  const item = tree.byId.get(id) ?? tree.byId.get(artefactIdOf(id));
  return item === undefined || item.type === 'fold' ? Number.MAX_SAFE_INTEGER : item.time;
}
