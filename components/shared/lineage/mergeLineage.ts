import type { FoldedBranch, LineageChildren, LineageView, ProcessNodeView } from '@/lib/contracts/lineage';
import { addCounts } from './lineageFolds';

/**
 * A lineage with the children that were read for single processes. What is folded below a parent shrinks by what
 * came; a page below a process that is not there is left out until its parent comes. Roots are below ''. Pages of one
 * parent may come in any order. The input is not changed; linear.
 */
export function mergeLineage(base: LineageView, pages: readonly LineageChildren[]): LineageView {
  if (pages.length === 0) return base;
  const pagesOf = new Map<string, LineageChildren[]>();
  for (const page of pages) {
    const own = pagesOf.get(page.parentId);
    if (own === undefined) pagesOf.set(page.parentId, [page]);
    else own.push(page);
  }
  const nodes = new Map(base.nodes.map((node) => [node.entityId, node]));
  const folded = new Map(base.folded.map((branch) => [branch.parentId, branch]));
  const waiting = ['', ...base.nodes.map((node) => node.entityId)].filter((id) => pagesOf.has(id));
  for (let parentId = waiting.pop(); parentId !== undefined; parentId = waiting.pop()) {
    const own = pagesOf.get(parentId) ?? [];
    pagesOf.delete(parentId);
    for (const page of own) {
      const below = new Map(page.folded.map((branch) => [branch.parentId, branch]));
      const fresh = page.nodes.filter((node) => !nodes.has(node.entityId));
      for (const node of fresh) {
        nodes.set(node.entityId, node);
        const branch = below.get(node.entityId);
        if (branch !== undefined) folded.set(node.entityId, branch);
        if (pagesOf.has(node.entityId)) waiting.push(node.entityId);
      }
      const rest = folded.get(parentId);
      if (rest !== undefined && fresh.length > 0) folded.set(parentId, without(rest, fresh, below));
    }
  }
  return {
    ...base,
    nodes: [...nodes.values()],
    folded: [...folded.values()].filter((branch) => branch.processes > 0),
    shown: nodes.size,
  };
}

/** A branch without children that are shown now, and without what is below them. */
function without(
  branch: FoldedBranch,
  fresh: readonly ProcessNodeView[],
  below: ReadonlyMap<string, FoldedBranch>,
): FoldedBranch {
  const events = { ...branch.events };
  const images = new Map(branch.images.map((image) => [image.name.toLowerCase(), { ...image }]));
  let { processes, othersTotal } = branch;
  for (const node of fresh) {
    const own = below.get(node.entityId);
    processes -= 1 + (own?.processes ?? 0);
    addCounts(events, node.counts, -1);
    addCounts(events, own?.events ?? {}, -1);
    const image = images.get((node.image === null ? 'unknown' : node.name).toLowerCase());
    if (image === undefined) othersTotal--;
    else image.count--;
  }
  return {
    parentId: branch.parentId,
    processes: Math.max(0, processes),
    events: Object.fromEntries(Object.entries(events).filter(([, count]) => count > 0)),
    samples: branch.samples,
    images: [...images.values()].filter((image) => image.count > 0),
    othersTotal: Math.max(0, othersTotal),
  };
}
