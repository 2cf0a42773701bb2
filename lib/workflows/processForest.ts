import type { FoldedBranch } from '../contracts/lineage';
import type { EventKind } from '../events/endpointEvent';
import type { ProcessTree } from '../storage/processTree';
import { baseName } from './processClass';

/**
 * The processes of a host as a forest without cycles. Numbers are places in the tree, which is in order of first
 * sight, so that smaller means earlier.
 */
export type ProcessForest = {
  readonly tree: ProcessTree;
  readonly placeOf: ReadonlyMap<string, number>;
  /** Place of the parent, -1 for a root. */
  readonly parents: Int32Array;
  /** Places whose stored parent was cut because it is one of their own descendants: ids that were used again. */
  readonly cut: ReadonlySet<number>;
  /** Direct children by parent, in order of first sight; roots under -1. */
  readonly childrenOf: ReadonlyMap<number, readonly number[]>;
  /** All places, parents before children, level by level. */
  readonly order: Int32Array;
  /** File name of each image as recorded, `unknown` where none was, and the same in lower case. */
  readonly names: readonly ImageName[];
};

type ImageName = { readonly shown: string; readonly lower: string };

/** What the name of a folded image is when none was recorded. */
const NAMELESS = 'unknown';
const SAMPLES = 5;
const IMAGES = 8;

/** Kinds that say that a process was, not what it did. */
const BEING: ReadonlySet<EventKind> = new Set(['process_start', 'process_end']);

/** Builds the forest. A cycle no root reaches begins at its earliest process, so that none is lost. Linear. */
export function toForest(tree: ProcessTree): ProcessForest {
  const placeOf = new Map(tree.entityIds.map((id, place) => [id, place]));
  const parents = Int32Array.from(tree.parentIds, (id) => (id === null ? -1 : (placeOf.get(id) ?? -1)));
  const cut = cutCycles(parents);
  const childrenOf = new Map<number, number[]>();
  for (const [place, parent] of parents.entries()) {
    const siblings = childrenOf.get(parent);
    if (siblings === undefined) childrenOf.set(parent, [place]);
    else siblings.push(place);
  }
  const order = levelOrder(childrenOf, parents.length);
  return { tree, placeOf, parents, cut, childrenOf, order, names: namesOf(tree) };
}

function namesOf(tree: ProcessTree): readonly ImageName[] {
  const known = new Map<string | null, ImageName>();
  return tree.images.map((image) => {
    const shown = known.get(image)?.shown ?? (baseName(image ?? undefined) || NAMELESS);
    const name = known.get(image) ?? { shown, lower: shown.toLowerCase() };
    known.set(image, name);
    return name;
  });
}

/** Makes the earliest process of every cycle a root, in place, and answers which those are. */
function cutCycles(parents: Int32Array): ReadonlySet<number> {
  const cut = new Set<number>();
  const walk = new Int32Array(parents.length);
  for (let start = 0; start < parents.length; start++) {
    let at = start;
    while (at >= 0 && walk[at] === 0) {
      walk[at] = start + 1;
      at = parents[at] ?? -1;
    }
    // Met on this very walk: a cycle. Its earliest is found by going round once.
    if (at < 0 || walk[at] !== start + 1) continue;
    let head = at;
    for (let next = parents[at] ?? -1; next !== at; next = parents[next] ?? -1) head = Math.min(head, next);
    parents[head] = -1;
    cut.add(head);
  }
  return cut;
}

function levelOrder(childrenOf: ReadonlyMap<number, readonly number[]>, size: number): Int32Array {
  const order = new Int32Array(size);
  let end = 0;
  const add = (places: readonly number[]) => {
    for (const place of places) order[end++] = place;
  };
  add(childrenOf.get(-1) ?? []);
  for (let at = 0; at < end; at++) add(childrenOf.get(order[at] ?? -1) ?? []);
  return order;
}

/** Places from the given entity ids up to their roots, by parentage and by who asked; themselves included, unknown ids left out. */
export function withAncestors(forest: ProcessForest, entityIds: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  const waiting = entityIds.flatMap((id) => forest.placeOf.get(id) ?? []);
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (place < 0 || found.has(place)) continue;
    found.add(place);
    waiting.push(forest.parents[place] ?? -1);
    const asker = forest.tree.askerIds[place];
    if (asker != null) waiting.push(forest.placeOf.get(asker) ?? -1);
  }
  return found;
}

/** Entity ids from the root down to the parent of a place. */
export function ancestorIds(forest: ProcessForest, place: number): string[] {
  const ids: string[] = [];
  for (let at = forest.parents[place] ?? -1; at >= 0; at = forest.parents[at] ?? -1)
    ids.push(forest.tree.entityIds[at] ?? '');
  return ids.reverse();
}

type Branch = {
  processes: number;
  readonly events: Map<EventKind, number>;
  readonly samples: Set<string>;
  /** Name as first seen and count, by lower-case name. */
  readonly images: Map<string, { name: string; count: number }>;
};

/** Stands for what hangs on no process, among entity ids of parents. */
export const NO_PARENT = '';
/** The same among places. */
const NOWHERE = -1;

/**
 * What is folded below each shown place: every process that is not shown, under its nearest ancestor that is, and under
 * NO_PARENT, last, those that have none. One pass.
 */
export function foldedBelow(forest: ProcessForest, shown: ReadonlySet<number>): FoldedBranch[] {
  const owners = new Int32Array(forest.parents.length).fill(NOWHERE);
  for (const place of forest.order) {
    const parent = forest.parents[place] ?? -1;
    owners[place] = shown.has(place) ? place : (owners[parent] ?? NOWHERE);
  }
  const branches = new Map<number, Branch>();
  for (const [place, owner] of owners.entries()) {
    if (owner === place) continue;
    const branch = branches.get(owner) ?? newBranch();
    branches.set(owner, branch);
    count(branch, forest, place, forest.parents[place] === owner);
  }
  const loose = branches.get(NOWHERE);
  branches.delete(NOWHERE);
  if (loose !== undefined) branches.set(NOWHERE, loose);
  return [...branches].map(([owner, branch]) => toFolded(forest.tree.entityIds[owner] ?? NO_PARENT, branch));
}

function newBranch(): Branch {
  return { processes: 0, events: new Map(), samples: new Set(), images: new Map() };
}

function count(branch: Branch, forest: ProcessForest, place: number, direct: boolean): void {
  branch.processes++;
  for (const [kind, count] of forest.tree.events.get(forest.tree.entityIds[place] ?? '') ?? [])
    if (!BEING.has(kind)) branch.events.set(kind, (branch.events.get(kind) ?? 0) + count);
  const name = forest.names[place];
  if (name === undefined) return;
  if (branch.samples.size < SAMPLES) branch.samples.add(name.shown);
  if (!direct) return;
  const known = branch.images.get(name.lower);
  if (known === undefined) branch.images.set(name.lower, { name: name.shown, count: 1 });
  else known.count++;
}

function toFolded(parentId: string, branch: Branch): FoldedBranch {
  const images = [...branch.images.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  return {
    parentId,
    processes: branch.processes,
    events: Object.fromEntries(branch.events),
    samples: [...branch.samples],
    images: images.slice(0, IMAGES),
    othersTotal: images.slice(IMAGES).reduce((sum, image) => sum + image.count, 0),
  };
}
