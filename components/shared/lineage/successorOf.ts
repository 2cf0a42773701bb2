import type { LineageItem, LineageTree } from './lineageTree';

/**
 * The item that takes the focus when the one that had it is gone from a tree: of a stack that was opened, the first
 * that came out of it; of a process that went into a stack, the stack; else the nearest ancestor that is still there.
 * Null when nothing is left.
 */
export function successorOf(goneId: string, before: LineageTree, after: LineageTree): string | null {
  const gone = before.byId.get(goneId);
  if (gone?.type === 'fold') {
    const came = gone.kind === 'group' ? memberOf(gone, after) : newChildOf(gone, before, after);
    if (came !== undefined) return came;
  }
  if (gone?.type === 'process' && gone.groupId !== null && after.byId.has(gone.groupId)) return gone.groupId;
  for (let at = gone; at !== undefined; at = before.byId.get(at.parentId ?? ''))
    if (at.parentId !== null && after.byId.has(at.parentId)) return at.parentId;
  return after.items[0]?.id ?? null;
}

function memberOf(group: LineageItem, after: LineageTree): string | undefined {
  return siblingsIn(after, group.parentId).find((id) => {
    const item = after.byId.get(id);
    return item?.type === 'process' && item.groupId === group.id;
  });
}

/** The first child that was not there before; a stack of several counts as one. */
function newChildOf(fold: LineageItem, before: LineageTree, after: LineageTree): string | undefined {
  return siblingsIn(after, fold.parentId).find((id) => !before.byId.has(id));
}

function siblingsIn(tree: LineageTree, parentId: string | null): readonly string[] {
  return parentId === null ? tree.rootIds : (tree.byId.get(parentId)?.childIds ?? []);
}
