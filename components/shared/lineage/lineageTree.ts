import { parseMicros } from '@/lib/base/time';
import type { ArtefactView, LineageView, ProcessNodeView } from '@/lib/contracts/lineage';

/**
 * One thing a person can point at in a lineage. Processes, the artefacts of the cause→effect path and the stacks of
 * what is folded away are all items of one tree, so that arrows, screen readers and search treat them alike.
 */
export type LineageItem = {
  id: string;
  parentId: string | null;
  /** Ids of the shown children: those that lead to the path first, each group in the order it happened, a fold last. */
  childIds: string[];
  level: number;
  posInSet: number;
  setSize: number;
} & (
  | {
      type: 'process';
      process: ProcessNodeView /** undefined: nothing to open or close. */;
      expanded: boolean | undefined;
    }
  | { type: 'artefact'; artefact: ArtefactView }
  | { type: 'fold'; hostId: string; processes: number; samples: string[] }
);

export type LineageTree = {
  /** In reading order: parents before children, siblings as in `childIds`. */
  items: LineageItem[];
  byId: ReadonlyMap<string, LineageItem>;
  rootIds: string[];
};

export const foldIdOf = (parentId: string) => `fold:${parentId}`;
export const artefactIdOf = (artefactId: string) => `artefact:${artefactId}`;

/**
 * The tree that is shown: children below parents, artefacts below the process that made them, what the server folded
 * and what the reader closed (`collapsed`) as one stack per parent. The order of the input does not matter. A process
 * whose parent is not among the nodes is a root; a parent that would close a cycle is ignored.
 */
export function buildLineageTree(view: LineageView, collapsed: ReadonlySet<string> = new Set()): LineageTree {
  const processes = new Map([...view.nodes].sort(byTime).map((node) => [node.entityId, node]));
  const parentOf = acyclicParents(processes);
  const childrenOf = new Map<string, string[]>();
  for (const [id, parentId] of parentOf) append(childrenOf, parentId ?? '', id);
  const leading = leadingToPath(processes, parentOf);
  const foldOf = new Map(view.folded.map((fold) => [fold.parentId, fold]));
  const artefactsOf = new Map<string, ArtefactView[]>();
  for (const artefact of [...view.artefacts].sort(byArtefactTime)) {
    const owner = processes.has(artefact.fromId) ? artefact.fromId : artefact.toId;
    if (owner !== null && processes.has(owner)) append(artefactsOf, owner, artefact);
  }

  const items: LineageItem[] = [];
  const byId = new Map<string, LineageItem>();
  const add = (item: LineageItem) => {
    items.push(item);
    byId.set(item.id, item);
  };

  const visit = (id: string, parentId: string | null, level: number, posInSet: number, setSize: number) => {
    const process = processes.get(id);
    if (process === undefined) return;
    const children = childrenOf.get(id) ?? [];
    const closed = collapsed.has(id) && children.length > 0;
    const serverFold = foldOf.get(id);
    const hidden =
      (closed ? countBelow(id, childrenOf, foldOf) : 0) + (closed ? 0 : (serverFold?.processes ?? 0));
    const samples = closed
      ? children.map((child) => processes.get(child)?.name ?? child)
      : (serverFold?.samples ?? []);
    const shown: ({ id: string; at: number } & ({ artefact: ArtefactView } | { artefact?: never }))[] = [
      ...(closed ? [] : children.map((child) => ({ id: child, at: startOf(processes.get(child)) }))),
      ...(artefactsOf.get(id) ?? []).map((made) => ({
        id: artefactIdOf(made.id),
        at: microsOf(made.time),
        artefact: made,
      })),
    ];
    const off = (child: (typeof shown)[number]) => child.artefact === undefined && !leading.has(child.id);
    shown.sort((a, b) => Number(off(a)) - Number(off(b)) || a.at - b.at || compare(a.id, b.id));
    const size = shown.length + (hidden > 0 ? 1 : 0);
    const childIds = shown.map((child) => child.id);
    if (hidden > 0) childIds.push(foldIdOf(id));
    const openable = children.length > 0 || hidden > 0;
    add({
      type: 'process',
      id,
      parentId,
      childIds,
      level,
      posInSet,
      setSize,
      process,
      expanded: openable ? !(closed || (children.length === 0 && hidden > 0)) : undefined,
    });
    for (const [index, child] of shown.entries()) {
      const place = { parentId: id, level: level + 1, posInSet: index + 1, setSize: size };
      if (child.artefact === undefined) visit(child.id, id, place.level, place.posInSet, size);
      else add({ type: 'artefact', id: child.id, childIds: [], artefact: child.artefact, ...place });
    }
    if (hidden > 0) {
      add({
        type: 'fold',
        id: foldIdOf(id),
        parentId: id,
        childIds: [],
        level: level + 1,
        posInSet: size,
        setSize: size,
        hostId: id,
        processes: hidden,
        samples: samples.slice(0, 4),
      });
    }
  };

  const rootIds = childrenOf.get('') ?? [];
  for (const [index, id] of rootIds.entries()) visit(id, null, 1, index + 1, rootIds.length);
  return { items, byId, rootIds };
}

/** Ids from the root down to `id`, `id` included. Empty when it is not in the tree. */
export function pathTo(tree: LineageTree, id: string): string[] {
  const path: string[] = [];
  for (
    let at = tree.byId.get(id);
    at !== undefined;
    at = at.parentId === null ? undefined : tree.byId.get(at.parentId)
  ) {
    path.unshift(at.id);
  }
  return path;
}

/** Microseconds of an ISO time; what has no time sorts last. */
export function microsOf(time: string | null): number {
  return (time === null ? undefined : parseMicros(time)) ?? Number.MAX_SAFE_INTEGER;
}

function startOf(process: ProcessNodeView | undefined): number {
  return microsOf(process?.startedAt ?? null);
}

function byTime(a: ProcessNodeView, b: ProcessNodeView): number {
  return startOf(a) - startOf(b) || compare(a.entityId, b.entityId);
}

export function byArtefactTime(a: ArtefactView, b: ArtefactView): number {
  return microsOf(a.time) - microsOf(b.time) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value) {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function acyclicParents(processes: ReadonlyMap<string, ProcessNodeView>): Map<string, string | null> {
  const parentOf = new Map<string, string | null>();
  for (const [id, process] of processes) {
    let parentId = process.parentId !== null && processes.has(process.parentId) ? process.parentId : null;
    for (
      let at: string | null | undefined = parentId;
      at !== null && at !== undefined;
      at = parentOf.get(at)
    ) {
      if (at === id) parentId = null;
    }
    parentOf.set(id, parentId);
  }
  return parentOf;
}

/** Processes on the path or in a stage, and all their ancestors. */
function leadingToPath(
  processes: ReadonlyMap<string, ProcessNodeView>,
  parentOf: ReadonlyMap<string, string | null>,
): Set<string> {
  const leading = new Set<string>();
  for (const [id, process] of processes) {
    if (!process.onPath && process.stages.length === 0) continue;
    for (let at: string | null | undefined = id; at != null && !leading.has(at); at = parentOf.get(at))
      leading.add(at);
  }
  return leading;
}

function countBelow(
  id: string,
  childrenOf: ReadonlyMap<string, string[]>,
  foldOf: ReadonlyMap<string, { processes: number }>,
): number {
  let count = foldOf.get(id)?.processes ?? 0;
  for (const child of childrenOf.get(id) ?? []) count += 1 + countBelow(child, childrenOf, foldOf);
  return count;
}
