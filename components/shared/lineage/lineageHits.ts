import type { SigmaMarks } from '@/components/shared/sigma/sigmaMarks';
import type { ProcessNodeView } from '@/lib/contracts/lineage';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { groupIdOf } from './lineageFolds';
import { foldIdOf, type LineageTree } from './lineageTree';

/** Hits by the item they are marked on. */
export type ItemHits = ReadonlyMap<string, readonly SigmaHitView[]>;

const NONE: ItemHits = new Map();

/**
 * Hits by item of the tree: those on a process on itself, or, where a stack holds it, on the stack. Hits on processes
 * that were not sent stand nowhere: nothing says below which process they are. Pure; linear in the nodes.
 */
export function hitsOfItems(
  marks: SigmaMarks,
  nodes: readonly Pick<ProcessNodeView, 'entityId' | 'parentId' | 'name'>[],
  tree: Pick<LineageTree, 'byId'>,
): ItemHits {
  if (marks.byProcess.size === 0) return NONE;
  const known = new Map(nodes.map((node) => [node.entityId, node]));
  const items = new Map<string, readonly SigmaHitView[]>();
  for (const [entityId, hits] of marks.byProcess) {
    const id = itemOf(entityId, known, tree);
    if (id !== undefined) items.set(id, [...(items.get(id) ?? []), ...hits]);
  }
  return items;
}

/** The item that stands for a process: itself, or the stack below its nearest ancestor that is shown. */
function itemOf(
  entityId: string,
  known: ReadonlyMap<string, Pick<ProcessNodeView, 'parentId' | 'name'>>,
  { byId }: Pick<LineageTree, 'byId'>,
): string | undefined {
  const seen = new Set<string>();
  let id = entityId;
  while (!byId.has(id)) {
    const node = known.get(id);
    if (node === undefined || seen.has(id)) return undefined;
    seen.add(id);
    const { parentId } = node;
    const shown = parentId !== null && byId.has(parentId) ? parentId : null;
    const stack = [groupIdOf(node.name, shown), foldIdOf(shown ?? '')].find((fold) => byId.has(fold));
    if (shown !== null) return stack;
    // A root that is in a stack, or a process below one that is itself not shown.
    if (parentId === null || !known.has(parentId)) return stack;
    id = parentId;
  }
  return id;
}
