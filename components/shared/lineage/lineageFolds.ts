import type { FoldedBranch, ProcessNodeView } from '@/lib/contracts/lineage';
import type { Counts, FoldItem } from './lineageTypes';

/** As many siblings of one image stand one by one; more are a stack. */
const FEW = 3;
const IMAGES = 8;
const SAMPLES = 4;

/** Kinds that say that a process was, not what it did. */
const BEING: ReadonlySet<string> = new Set(['process_start', 'process_end']);

type Source = {
  readonly processes: ReadonlyMap<string, ProcessNodeView>;
  readonly childrenOf: ReadonlyMap<string, readonly string[]>;
  readonly foldOf: ReadonlyMap<string, FoldedBranch>;
};

/** A sibling as it is shown; `first` is the process that says when. */
type Grouped = { id: string; first: string } & (
  | { type: 'process'; groupId: string | null }
  | { type: 'group'; fold: FoldItem }
);

/** The id of the stack of one image's processes below a process, or among the roots. */
export function groupIdOf(image: string, parentId: string | null): string {
  return `group:${image.toLowerCase()}/${parentId ?? ''}`;
}

/**
 * Siblings, in order of time, with more than three of one image as one stack, or marked as its members when it is
 * open. `apart` ones are in no stack.
 */
export function groupSiblings(
  ids: readonly string[],
  source: Source,
  apart: (id: string) => boolean,
  parent: ProcessNodeView | null,
  open: ReadonlySet<string> | 'all',
): readonly Grouped[] {
  const alone = (id: string): Grouped => ({ type: 'process', id, first: id, groupId: null });
  if (ids.length <= FEW) return ids.map(alone);
  const alike = new Map<string, string[]>();
  for (const id of ids) {
    if (apart(id)) continue;
    const name = (source.processes.get(id)?.name ?? id).toLowerCase();
    const others = alike.get(name);
    if (others === undefined) alike.set(name, [id]);
    else others.push(id);
  }
  const groups = new Map<string, { id: string; members: readonly string[] }>();
  for (const [name, members] of alike) {
    const group = { id: groupIdOf(name, parent?.entityId ?? null), members };
    if (members.length > FEW) for (const member of members) groups.set(member, group);
  }
  return ids.flatMap((id): Grouped[] => {
    const group = groups.get(id);
    if (group === undefined) return [alone(id)];
    if (open === 'all' || open.has(group.id)) return [{ type: 'process', id, first: id, groupId: group.id }];
    if (group.members[0] !== id) return [];
    const fold = sumBelow(group.members, source, parent, 'group');
    const image = source.processes.get(id)?.name ?? id;
    return [{ type: 'group', id: group.id, first: id, fold: { ...fold, image } }];
  });
}

/** A stack of the given siblings and everything below them; of a closed parent also what the server did not send. */
export function sumBelow(
  ids: readonly string[],
  { processes, childrenOf, foldOf }: Source,
  parent: ProcessNodeView | null,
  kind: 'closed' | 'group',
): FoldItem {
  const events: Counts = {};
  let count = 0;
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const folded = foldOf.get(id);
    count += 1 + (folded?.processes ?? 0);
    addCounts(events, processes.get(id)?.counts ?? {});
    addCounts(events, folded?.events ?? {});
    for (const child of childrenOf.get(id) ?? []) waiting.push(child);
  }
  if (kind === 'closed' && parent !== null) {
    const unsent = foldOf.get(parent.entityId);
    count += unsent?.processes ?? 0;
    addCounts(events, unsent?.events ?? {});
  }
  const names = ids.map((id) => processes.get(id)?.name ?? id);
  return {
    type: 'fold',
    kind,
    hostId: parent?.entityId ?? null,
    processes: count,
    direct: kind === 'group' ? ids.length : (parent?.childrenTotal ?? ids.length),
    directTotal: Math.max(parent?.childrenTotal ?? 0, ids.length),
    events,
    image: null,
    images: countNames(names),
    samples: [...new Set(names)].slice(0, SAMPLES),
  };
}

/** Adds counts by kind; starts and ends of processes are no deeds and are left out. */
export function addCounts(sum: Counts, counts: Counts, sign: 1 | -1 = 1): void {
  for (const [kind, count] of Object.entries(counts) as [keyof Counts, number][])
    if (!BEING.has(kind)) sum[kind] = Math.max(0, (sum[kind] ?? 0) + sign * count);
}

function countNames(names: readonly string[]): { name: string; count: number }[] {
  const counts = new Map<string, { name: string; count: number }>();
  for (const name of names) {
    const known = counts.get(name.toLowerCase());
    if (known === undefined) counts.set(name.toLowerCase(), { name, count: 1 });
    else known.count++;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || byName(a.name, b.name)).slice(0, IMAGES);
}

/** Order of two texts by code unit, the same everywhere. */
export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
