import { formatClosed, parseClosed } from './closedState';
import { type OpenMode, withGroup, withNextPage } from './foldState';
import { type LineageItem, type LineageTree, pathTo } from './lineageTree';

/** Everything the address says about what is open. */
export type Folds = {
  open: OpenMode;
  /** Entries of foldState.ts. */
  expand: readonly string[];
  /** Entries of closedState.ts. */
  fold: readonly string[];
};

/** As many pages are read at once for one key; beyond it, all of the forest is asked for in one answer. */
const AT_ONCE = 24;
/** Characters of one list in the address: servers and chats cut addresses that are longer than a few kilobytes. */
const MOST_CHARACTERS = 4000;

export const ONLY_THE_PATH: Folds = { open: 'path', expand: [], fold: [] };

/** Whether nothing is open beside the path. */
export function isOnlyThePath(folds: Folds): boolean {
  return folds.open === 'path' && folds.expand.length === 0 && folds.fold.length === 0;
}

/** Opens a stack, or what is below a process; of roots that were not sent, one page more. */
export function opened(folds: Folds, item: LineageItem): Folds {
  if (item.type === 'artefact') return folds;
  if (item.type === 'fold' && item.kind === 'group')
    return { ...folds, expand: withGroup(folds.expand, item.id, true) };
  const hostId = item.type === 'fold' ? item.hostId : item.id;
  if (hostId === null) return { ...folds, expand: withNextPage(folds.expand, '') };
  const isRead = item.type === 'fold' && item.kind === 'closed';
  const freed = uncovered(folds, [hostId]);
  // A process that was closed by itself opens without reading anything; so does a stack that says so.
  if (isRead || folds.fold.includes(hostId)) return freed;
  return { ...freed, expand: withNextPage(folds.expand, hostId) };
}

/** Closes what is below a process. What was read stays, so that opening again is at once. */
export function closed(folds: Folds, id: string): Folds {
  const now = parseClosed(folds.fold);
  if (now.ids.has(id)) return folds;
  const kept = new Set(now.kept);
  kept.delete(id);
  return { ...folds, fold: formatClosed({ ...now, ids: new Set([...now.ids, id]), kept }) };
}

/** Puts siblings of one image back into their stack. */
export function regrouped(folds: Folds, groupId: string): Folds {
  return { ...folds, expand: withGroup(folds.expand, groupId, false) };
}

/** Closes everything that does not lead to the path. */
export function closedBeside(folds: Folds, tree: LineageTree): Folds {
  const leading = leadingIds(tree);
  // Without a path there is nothing to keep open: what was opened is simply let go.
  if (leading.size === 0 || folds.open === 'all') return ONLY_THE_PATH;
  const fold = tree.items.filter((item) => isOpen(item) && !leading.has(item.id)).map((item) => item.id);
  return {
    open: 'path',
    expand: [],
    fold: isLong(fold) ? formatClosed({ ids: NONE, level: 1, kept: NONE }) : fold,
  };
}

/** Opens everything at the nearest level where something is folded. Trees that were not sent come last. */
export function levelMore(folds: Folds, tree: LineageTree): Folds {
  const all = tree.items.filter((item) => item.type === 'fold');
  const below = all.filter((item) => !isUnsentRoots(item));
  const stacks = below.length > 0 ? below : all;
  const level = stacks.reduce((least, item) => Math.min(least, item.level), Infinity);
  const nearest = stacks.filter((item) => item.level === level);
  const now = parseClosed(folds.fold);
  const byLevel = (item: LineageItem) =>
    item.type === 'fold' && item.kind === 'closed' && !now.ids.has(item.hostId ?? '');
  // A stack stands one level below the process that is closed: what is closed now begins there.
  const start = nearest.some(byLevel) ? { ...folds, fold: formatClosed({ ...now, level }) } : folds;
  const rest = nearest.filter((item) => !byLevel(item));
  const unread = rest.filter((item) => item.type === 'fold' && item.kind === 'unsent');
  if (unread.length > AT_ONCE || rest.length > 10 * AT_ONCE) return { ...start, open: 'all' };
  const next = rest.reduce(opened, start);
  return isLong(next.expand) ? { ...start, open: 'all' } : next;
}

/** Closes everything beside the path at the furthest level that is open. However much that is, it is one entry. */
export function levelLess(folds: Folds, tree: LineageTree): Folds {
  const leading = leadingIds(tree);
  const level = tree.items.reduce(
    (most, item) => (isOpen(item) && !leading.has(item.id) ? Math.max(most, item.level) : most),
    0,
  );
  if (level === 0) return folds;
  const { ids } = parseClosed(folds.fold);
  return { ...folds, fold: formatClosed({ ids, level, kept: NONE }) };
}

/** Opens what the reader closed on the way to a process: where that is too much to name, the whole level. */
export function uncovered(folds: Folds, ancestors: readonly string[]): Folds {
  const now = parseClosed(folds.fold);
  const way = new Set(ancestors);
  const ids = new Set([...now.ids].filter((id) => !way.has(id)));
  const kept = now.level === null ? now.kept : new Set([...now.kept, ...way]);
  if (ids.size === now.ids.size && kept.size === now.kept.size) return folds;
  const fold = formatClosed({ ...now, ids, kept });
  return { ...folds, fold: isLong(fold) ? formatClosed({ ids, level: null, kept: NONE }) : fold };
}

const NONE: ReadonlySet<string> = new Set();

function isLong(entries: readonly string[]): boolean {
  return entries.reduce((sum, entry) => sum + entry.length + 1, 0) > MOST_CHARACTERS;
}

function isUnsentRoots(item: LineageItem): boolean {
  return item.type === 'fold' && item.kind === 'unsent' && item.hostId === null;
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
