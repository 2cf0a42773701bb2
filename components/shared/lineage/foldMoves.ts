import { type OpenMode, withGroup, withNextPage } from './foldState';
import { type LineageItem, type LineageTree, pathTo } from './lineageTree';

/** Everything the address says about what is open. */
export type Folds = {
  open: OpenMode;
  /** Entries of foldState.ts. */
  expand: readonly string[];
  /** Processes whose children the reader closed. */
  fold: readonly string[];
};

/** As many pages are read at once for one key; beyond it, all of the forest is asked for in one answer. */
const AT_ONCE = 24;

export const ONLY_THE_PATH: Folds = { open: 'path', expand: [], fold: [] };

/** Whether nothing is open beside the path. */
export function isOnlyThePath(folds: Folds): boolean {
  return folds.open === 'path' && folds.expand.length === 0 && folds.fold.length === 0;
}

/** Opens a stack, or what is below a process. */
export function opened(folds: Folds, item: LineageItem): Folds {
  if (item.type === 'artefact') return folds;
  if (item.type === 'fold' && item.kind === 'group')
    return { ...folds, expand: withGroup(folds.expand, item.id, true) };
  const hostId = item.type === 'fold' ? item.hostId : item.id;
  if (hostId === null) return folds;
  if (folds.fold.includes(hostId)) return { ...folds, fold: folds.fold.filter((id) => id !== hostId) };
  return { ...folds, expand: withNextPage(folds.expand, hostId) };
}

/** Closes what is below a process. What was read stays, so that opening again is at once. */
export function closed(folds: Folds, id: string): Folds {
  return folds.fold.includes(id) ? folds : { ...folds, fold: [...folds.fold, id] };
}

/** Puts siblings of one image back into their stack. */
export function regrouped(folds: Folds, groupId: string): Folds {
  return { ...folds, expand: withGroup(folds.expand, groupId, false) };
}

/** Closes everything that does not lead to the path. */
export function closedBeside(folds: Folds, tree: LineageTree): Folds {
  const leading = leadingIds(tree);
  const fold = tree.items.filter((item) => isOpen(item) && !leading.has(item.id)).map((item) => item.id);
  // Without a path there is nothing to keep open: what was opened is simply let go.
  return leading.size === 0
    ? ONLY_THE_PATH
    : { open: 'path', expand: [], fold: folds.open === 'all' ? [] : fold };
}

/** Opens everything at the nearest level where something is folded. */
export function levelMore(folds: Folds, tree: LineageTree): Folds {
  const stacks = tree.items.filter((item) => item.type === 'fold');
  const level = stacks.reduce((least, item) => Math.min(least, item.level), Infinity);
  const nearest = stacks.filter((item) => item.level === level);
  const unread = nearest.filter((item) => item.type === 'fold' && item.kind === 'unsent');
  if (unread.length > AT_ONCE) return { ...folds, open: 'all' };
  return nearest.reduce(opened, folds);
}

/** Closes everything beside the path at the furthest level that is open. */
export function levelLess(folds: Folds, tree: LineageTree): Folds {
  const leading = leadingIds(tree);
  const open = tree.items.filter((item) => isOpen(item) && !leading.has(item.id));
  const level = open.reduce((most, item) => Math.max(most, item.level), 0);
  return open.filter((item) => item.level === level).reduce((now, item) => closed(now, item.id), folds);
}

/** Opens what the reader closed, and the stacks, on the way to a process. */
export function uncovered(folds: Folds, ancestors: readonly string[]): Folds {
  const way = new Set(ancestors);
  const fold = folds.fold.filter((id) => !way.has(id));
  return fold.length === folds.fold.length ? folds : { ...folds, fold };
}

function isOpen(item: LineageItem): boolean {
  return item.type === 'process' && item.expanded === true;
}

function leadingIds(tree: LineageTree): ReadonlySet<string> {
  const leading = new Set<string>();
  for (const item of tree.items) {
    const matters = item.type === 'process' && (item.process.onPath || item.process.stages.length > 0);
    if (matters) for (const id of pathTo(tree, item.id)) leading.add(id);
  }
  return leading;
}
