import type { LineageItem, LineageTree } from './lineageTree';

/** What a key asks of a tree: another item, or to open or close this one. */
export type TreeMove = { to: string } | { open: string } | { close: string } | undefined;

/**
 * The tree keys people's hands know (WAI-ARIA tree pattern: left closes what is open, then goes to the parent), for
 * the drawing (`graph`: up and down go to siblings first) and for the table (`list`: up and down go row by row).
 * Undefined: the key means nothing here.
 */
export function moveInTree(
  tree: LineageTree,
  fromId: string,
  key: string,
  reading: 'graph' | 'list',
): TreeMove {
  const item = tree.byId.get(fromId);
  if (item === undefined) return tree.items[0] === undefined ? undefined : { to: tree.items[0].id };
  switch (key) {
    case 'ArrowRight': {
      if (item.type === 'fold') return { open: item.id };
      if (item.type === 'process' && item.expanded === false) return { open: item.id };
      return toward(item.childIds[0]);
    }
    case 'ArrowLeft':
      if (item.type === 'process' && item.expanded === true) return { close: item.id };
      return toward(item.parentId ?? undefined);
    case 'ArrowDown':
      return toward((reading === 'graph' ? sibling(tree, item, 1) : undefined) ?? neighbour(tree, item, 1));
    case 'ArrowUp':
      return toward((reading === 'graph' ? sibling(tree, item, -1) : undefined) ?? neighbour(tree, item, -1));
    case 'Home':
      return toward(tree.items[0]?.id);
    case 'End':
      return toward(tree.items.at(-1)?.id);
    default:
      return undefined;
  }
}

function toward(id: string | undefined): TreeMove {
  return id === undefined ? undefined : { to: id };
}

function sibling(tree: LineageTree, item: LineageItem, step: 1 | -1): string | undefined {
  const parent = item.parentId === null ? undefined : tree.byId.get(item.parentId);
  const siblings = parent === undefined ? tree.rootIds : parent.childIds;
  return siblings[siblings.indexOf(item.id) + step];
}

function neighbour(tree: LineageTree, item: LineageItem, step: 1 | -1): string | undefined {
  return tree.items[tree.items.indexOf(item) + step]?.id;
}

/** Ids of the items whose name, pid, command line, user or samples hold `text`, in reading order; none for no text. */
export function findInTree(tree: LineageTree, text: string): string[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  return tree.items
    .filter((item) => wordsOf(item).some((word) => word.toLowerCase().includes(wanted)))
    .map((item) => item.id);
}

function wordsOf(item: LineageItem): string[] {
  if (item.type === 'process') {
    const { name, image, commandLine, user, pid, hash } = item.process;
    return [name, image, commandLine, user, hash, pid === null ? null : String(pid)].filter(
      (word) => word !== null,
    );
  }
  if (item.type === 'artefact') return [item.artefact.label, item.artefact.detail ?? ''];
  return item.image === null ? item.samples : [item.image];
}
