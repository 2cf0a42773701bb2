/** What a reader opened, as the `expand` entries of the address say it. */
export type Opened = {
  /** Ids of stacks of equal siblings. */
  groups: ReadonlySet<string>;
  /** How many pages of children were asked for, by process. */
  pages: ReadonlyMap<string, number>;
};

/** How a link says what is open beside single processes: the path only, or the whole forest. */
export type OpenMode = 'path' | 'all';

/** Children of one process that are read at a time. */
export const PAGE = 100;
/** Roots of a host that are read at a time: most come to stand in stacks of one image. */
const ROOTS_PAGE = 1000;
const MOST_PAGES = 200;
/** The roots of a host as an entry; as the parent of a page they are the empty id. */
const ROOTS = 'roots:';

/** How many children of a process one page holds; of the empty id, how many roots. */
export function pageSizeOf(parentId: string): number {
  return parentId === '' ? ROOTS_PAGE : PAGE;
}

/**
 * Reads entries: `entityId` (one page), `entityId*3` (three), `roots:*3` (of the roots, under the empty id),
 * `group:image/entityId`. The last of two on one process holds.
 */
export function parseOpened(entries: readonly string[]): Opened {
  const groups = new Set<string>();
  const pages = new Map<string, number>();
  for (const entry of entries) {
    if (entry.startsWith('group:')) groups.add(entry);
    else if (entry !== '') {
      const star = entry.lastIndexOf('*');
      const count = Number(entry.slice(star + 1));
      if (star > 0 && Number.isInteger(count) && count > 0)
        pages.set(idOf(entry.slice(0, star)), Math.min(MOST_PAGES, count));
      else pages.set(idOf(entry), 1);
    }
  }
  return { groups, pages };
}

/** Writes what is open back as entries. An id that ends like a number of pages says its own, too. */
export function formatOpened({ groups, pages }: Opened): string[] {
  const ids = [...pages].map(([parentId, count]) => {
    const id = parentId === '' ? ROOTS : parentId;
    return count === 1 && !/\*\d+$/.test(id) ? id : `${id}*${count}`;
  });
  return [...ids, ...groups];
}

function idOf(entry: string): string {
  return entry === ROOTS ? '' : entry;
}

/** The entries with a stack of equal siblings opened or closed. */
export function withGroup(entries: readonly string[], groupId: string, open: boolean): string[] {
  const rest = entries.filter((entry) => entry !== groupId);
  return open ? [...rest, groupId] : rest;
}

/** The entries with one more page of a process's children. */
export function withNextPage(entries: readonly string[], id: string): string[] {
  const { groups, pages } = parseOpened(entries);
  return formatOpened({ groups, pages: new Map([...pages, [id, (pages.get(id) ?? 0) + 1]]) });
}
