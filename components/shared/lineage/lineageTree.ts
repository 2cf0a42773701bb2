import { parseMicros } from '@/lib/base/time';
import type { ArtefactView, LineageView, ProcessNodeView } from '@/lib/contracts/lineage';
import { byName, groupSiblings, sumBelow } from './lineageFolds';

/** Counts of events by kind. */
export type Counts = ProcessNodeView['counts'];

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
  /** Microseconds of its beginning; what has none sorts last. */
  time: number;
} & (
  | {
      type: 'process';
      process: ProcessNodeView;
      /** undefined: nothing to open or close. */
      expanded: boolean | undefined;
      /** The opened stack of equal siblings it belongs to. */
      groupId: string | null;
    }
  | { type: 'artefact'; artefact: ArtefactView }
  | FoldItem
);

/** A stack of processes that are not drawn one by one. */
export type FoldItem = {
  type: 'fold';
  /** Why: the server did not send them, the reader closed the parent, or they are siblings of one image. */
  kind: 'unsent' | 'closed' | 'group';
  /** The process they are below; null for a group of roots. */
  hostId: string | null;
  /** All processes in it, at any depth. */
  processes: number;
  /** Direct children of the host in it, of how many the host has. */
  direct: number;
  directTotal: number;
  /** What they did, by kind. */
  events: Counts;
  /** The image of a group. */
  image: string | null;
  /** Names of what is directly in it, with how many, the most frequent first; not all of them. */
  images: { name: string; count: number }[];
  samples: string[];
};

export type LineageTree = {
  /** In reading order: parents before children, siblings as in `childIds`. */
  items: LineageItem[];
  byId: ReadonlyMap<string, LineageItem>;
  rootIds: string[];
};

export type TreeOptions = {
  /** Processes whose children the reader closed. */
  collapsed?: ReadonlySet<string>;
  /** Groups of equal siblings the reader opened, by id. */
  openGroups?: ReadonlySet<string> | 'all';
  /** Processes that are never part of a stack of equal siblings: what a search or a link asked for. */
  apart?: ReadonlySet<string>;
};

export const foldIdOf = (parentId: string) => `fold:${parentId}`;
export const artefactIdOf = (artefactId: string) => `artefact:${artefactId}`;

/** What stands below a process, before it has a place. Those that do not lead to the path come after those that do. */
type Shown = { id: string; at: number; off: boolean } & (
  | { type: 'process'; groupId: string | null }
  | { type: 'artefact'; artefact: ArtefactView }
  | { type: 'fold'; fold: FoldItem }
);

const NOTHING: readonly Shown[] = [];

/**
 * The tree that is shown: children below parents, artefacts below the process that made them, what the server folded,
 * what the reader closed and equal siblings as stacks. The order of the input does not matter. A process whose parent
 * is not among the nodes is a root; a parent that would close a cycle is ignored. Linear but for sorting; any depth.
 */
export function buildLineageTree(view: LineageView, options: TreeOptions = {}): LineageTree {
  const forest = forestOf(view);
  const items: LineageItem[] = [];
  const roots = shownBelow(null, forest, options);
  const waiting: Waiting[] = [];
  wait(waiting, roots, null, 1);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { shown, parentId, level, posInSet, setSize } = next;
    const { id, at: time } = shown;
    if (shown.type === 'artefact')
      items.push({
        id,
        parentId,
        childIds: [],
        level,
        posInSet,
        setSize,
        time,
        type: 'artefact',
        artefact: shown.artefact,
      });
    else if (shown.type === 'fold')
      items.push({ id, parentId, childIds: [], level, posInSet, setSize, time, ...shown.fold });
    else {
      const process = forest.processes.get(id);
      if (process === undefined) continue;
      const below = shownBelow(process, forest, options);
      const childIds = below.map((child) => child.id);
      const expanded = openness(below);
      const { groupId } = shown;
      items.push({
        id,
        parentId,
        childIds,
        level,
        posInSet,
        setSize,
        time,
        type: 'process',
        process,
        expanded,
        groupId,
      });
      wait(waiting, below, id, level + 1);
    }
  }
  return {
    items,
    byId: new Map(items.map((item) => [item.id, item])),
    rootIds: roots.map((root) => root.id),
  };
}

type Waiting = { shown: Shown; parentId: string | null; level: number; posInSet: number; setSize: number };

function wait(waiting: Waiting[], children: readonly Shown[], parentId: string | null, level: number): void {
  for (let index = children.length - 1; index >= 0; index--) {
    const shown = children[index];
    if (shown !== undefined)
      waiting.push({ shown, parentId, level, posInSet: index + 1, setSize: children.length });
  }
}

/** Whether what is below is open, closed, or nothing that opens. */
function openness(below: readonly Shown[]): boolean | undefined {
  let closed = false;
  for (const child of below) {
    if (child.type === 'process' || (child.type === 'fold' && child.fold.kind === 'group')) return true;
    if (child.type === 'fold') closed = true;
  }
  return closed ? false : undefined;
}

type Forest = {
  readonly processes: ReadonlyMap<string, ProcessNodeView>;
  readonly starts: ReadonlyMap<string, number>;
  /** By parent, in order of time; roots under ''. */
  readonly childrenOf: ReadonlyMap<string, readonly string[]>;
  readonly leading: ReadonlySet<string>;
  readonly foldOf: ReadonlyMap<string, LineageView['folded'][number]>;
  readonly artefactsOf: ReadonlyMap<string, readonly ArtefactView[]>;
};

function forestOf(view: LineageView): Forest {
  const timed = view.nodes.map((node) => ({ node, start: microsOf(node.startedAt) }));
  timed.sort((a, b) => a.start - b.start || byName(a.node.entityId, b.node.entityId));
  const processes = new Map(timed.map(({ node }) => [node.entityId, node]));
  const nodes = [...processes.values()];
  const parents = acyclicParents(nodes);
  const childrenOf = new Map<string, string[]>();
  for (const [place, node] of nodes.entries())
    append(childrenOf, nodes[parents[place] ?? -1]?.entityId ?? '', node.entityId);
  const artefactsOf = new Map<string, ArtefactView[]>();
  for (const artefact of [...view.artefacts].sort(byArtefactTime)) {
    const owner = processes.has(artefact.fromId) ? artefact.fromId : artefact.toId;
    if (owner !== null && processes.has(owner)) append(artefactsOf, owner, artefact);
  }
  return {
    processes,
    starts: new Map(timed.map(({ node, start }) => [node.entityId, start])),
    childrenOf,
    leading: leadingToPath(nodes, parents),
    foldOf: new Map(view.folded.map((fold) => [fold.parentId, fold])),
    artefactsOf,
  };
}

/** What is shown below a process, or the roots. */
function shownBelow(own: ProcessNodeView | null, forest: Forest, options: TreeOptions): readonly Shown[] {
  const id = own?.entityId ?? '';
  const children = forest.childrenOf.get(id) ?? [];
  const artefacts = own === null ? undefined : forest.artefactsOf.get(id);
  const unsent = own === null ? undefined : forest.foldOf.get(id);
  if (children.length === 0 && artefacts === undefined && unsent === undefined) return NOTHING;
  const closed = own !== null && options.collapsed?.has(id) === true && children.length > 0;
  const shown = closed ? [] : siblings(children, own, forest, options);
  for (const artefact of artefacts ?? [])
    shown.push({
      type: 'artefact',
      id: artefactIdOf(artefact.id),
      at: microsOf(artefact.time),
      off: false,
      artefact,
    });
  if (shown.length > 1)
    shown.sort((a, b) => Number(a.off) - Number(b.off) || a.at - b.at || byName(a.id, b.id));
  if (own !== null && (closed || (unsent !== undefined && unsent.processes > 0))) {
    const fold = closed ? sumBelow(children, forest, own, 'closed') : toFold(own, children.length, unsent);
    shown.push({ type: 'fold', id: foldIdOf(id), at: Number.MAX_SAFE_INTEGER, off: true, fold });
  }
  return shown;
}

function siblings(
  ids: readonly string[],
  parent: ProcessNodeView | null,
  forest: Forest,
  options: TreeOptions,
): Shown[] {
  const { leading, starts } = forest;
  const apart = (id: string) => leading.has(id) || options.apart?.has(id) === true;
  return groupSiblings(ids, forest, apart, parent, options.openGroups ?? NONE).map((entry): Shown => {
    const at = starts.get(entry.first) ?? Number.MAX_SAFE_INTEGER;
    const { id } = entry;
    return entry.type === 'group'
      ? { type: 'fold', id, at, off: true, fold: entry.fold }
      : { type: 'process', id, at, off: !leading.has(id), groupId: entry.groupId };
  });
}

const NONE: ReadonlySet<string> = new Set();

function toFold(
  own: ProcessNodeView,
  sent: number,
  fold: LineageView['folded'][number] | undefined,
): FoldItem {
  return {
    type: 'fold',
    kind: 'unsent',
    hostId: own.entityId,
    processes: fold?.processes ?? 0,
    direct: Math.max(0, own.childrenTotal - sent),
    directTotal: own.childrenTotal,
    events: fold?.events ?? {},
    image: null,
    images: fold?.images ?? [],
    samples: (fold?.samples ?? []).slice(0, 4),
  };
}

/** Ids from the root down to `id`, `id` included. Empty when it is not in the tree. */
export function pathTo(tree: LineageTree, id: string): string[] {
  const path: string[] = [];
  for (
    let at = tree.byId.get(id);
    at !== undefined;
    at = at.parentId === null ? undefined : tree.byId.get(at.parentId)
  ) {
    path.push(at.id);
  }
  return path.reverse();
}

/** Microseconds of an ISO time; what has no time sorts last. */
export function microsOf(time: string | null): number {
  return (time === null ? undefined : parseMicros(time)) ?? Number.MAX_SAFE_INTEGER;
}

export function byArtefactTime(a: ArtefactView, b: ArtefactView): number {
  return microsOf(a.time) - microsOf(b.time) || byName(a.id, b.id);
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value) {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Place of each parent, -1 for none, of nodes in order of time. A cycle, which reused pids make, begins at its earliest. */
function acyclicParents(nodes: readonly ProcessNodeView[]): Int32Array {
  const places = new Map(nodes.map((node, place) => [node.entityId, place]));
  const parents = Int32Array.from(nodes, ({ parentId }) =>
    parentId === null ? -1 : (places.get(parentId) ?? -1),
  );
  const walked = new Int32Array(nodes.length);
  for (let start = 0; start < nodes.length; start++) {
    let at = start;
    while (at >= 0 && walked[at] === 0) {
      walked[at] = start + 1;
      at = parents[at] ?? -1;
    }
    if (at < 0 || walked[at] !== start + 1) continue;
    let head = at;
    for (let next = parents[at] ?? at; next !== at; next = parents[next] ?? at) head = Math.min(head, next);
    parents[head] = -1;
  }
  return parents;
}

/** Processes on the path or in a stage, and all their ancestors. */
function leadingToPath(nodes: readonly ProcessNodeView[], parents: Int32Array): Set<string> {
  const leading = new Set<string>();
  for (const [place, node] of nodes.entries()) {
    if (!node.onPath && node.stages.length === 0) continue;
    for (let at = place; at >= 0; at = parents[at] ?? -1) {
      const id = nodes[at]?.entityId ?? '';
      if (leading.has(id)) break;
      leading.add(id);
    }
  }
  return leading;
}
