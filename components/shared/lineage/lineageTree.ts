import type { ArtefactView, LineageView, ProcessNodeView } from '@/lib/contracts/lineage';
import { byName, groupSiblings, sumBelow } from './lineageFolds';
import { type Forest, forestOf, microsOf } from './lineageForest';
import type { FoldItem, LineageItem, LineageTree, TreeOptions } from './lineageTypes';

export type { Counts, FoldItem, LineageItem, LineageTree, TreeOptions } from './lineageTypes';

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
  const roots = shownBelow(null, 0, forest, options);
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
      const below = shownBelow(process, level, forest, options);
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

/** What is shown below a process at a level, or the roots. */
function shownBelow(
  own: ProcessNodeView | null,
  level: number,
  forest: Forest,
  options: TreeOptions,
): readonly Shown[] {
  const id = own?.entityId ?? '';
  const children = forest.childrenOf.get(id) ?? [];
  const artefacts = own === null ? undefined : forest.artefactsOf.get(id);
  const unsent = forest.foldOf.get(id);
  if (children.length === 0 && artefacts === undefined && unsent === undefined) return NOTHING;
  const closed = own !== null && children.length > 0 && isClosed(id, level, forest, options);
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
  if (closed || (unsent !== undefined && unsent.processes > 0)) {
    const fold = closed ? sumBelow(children, forest, own, 'closed') : toFold(own, children.length, unsent);
    shown.push({ type: 'fold', id: foldIdOf(id), at: Number.MAX_SAFE_INTEGER, off: true, fold });
  }
  return shown;
}

/** Whether the reader closed a process: itself, or with its level, which never closes what leads to the path. */
function isClosed(id: string, level: number, forest: Forest, { closed }: TreeOptions): boolean {
  if (closed === undefined) return false;
  if (closed.ids.has(id)) return true;
  return closed.level !== null && level >= closed.level && !closed.kept.has(id) && !forest.leading.has(id);
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

/** What the server did not send below a process, or of the roots, whose number only the fold itself tells. */
function toFold(
  own: ProcessNodeView | null,
  sent: number,
  fold: LineageView['folded'][number] | undefined,
): FoldItem {
  const listed = (fold?.images ?? []).reduce((sum, image) => sum + image.count, fold?.othersTotal ?? 0);
  const direct = own === null ? listed : Math.max(0, own.childrenTotal - sent);
  return {
    type: 'fold',
    kind: 'unsent',
    hostId: own?.entityId ?? null,
    processes: fold?.processes ?? 0,
    direct,
    directTotal: own?.childrenTotal ?? direct + sent,
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
