import { AppError } from '../base/appError';
import type { LineageChildren } from '../contracts/lineage';
import { fromCursor, toCursor } from './cursor';
import { loadForest, loadNodes } from './lineageNodes';
import { foldedBelow, NO_PARENT, type ProcessForest } from './processForest';
import { findingOrRefuse } from './readFinding';
import { hostOrRefuse } from './readLineage';

export type ChildrenQuery = {
  /** The roots when absent or empty. */
  readonly parent?: string | undefined;
  readonly image?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly finding?: string | undefined;
};

const PAGE = 100;
/** Where a forest keeps its roots among the children of places. */
const ROOTS = -1;

/**
 * A page of the direct children of one process, or of the roots of the host, in order of first sight, each with what is
 * below it. Throws `not_found`.
 */
export async function readLineageChildren(host: string, query: ChildrenQuery): Promise<LineageChildren> {
  const hostId = await hostOrRefuse(host);
  const after = fromCursor(query.cursor, 'number', 'string');
  const [forest, record] = await Promise.all([
    loadForest(hostId),
    query.finding === undefined ? undefined : findingOrRefuse(query.finding),
  ]);
  const parentId = query.parent ?? NO_PARENT;
  const parent = parentId === NO_PARENT ? ROOTS : forest.placeOf.get(parentId);
  if (parent === undefined) throw new AppError('not_found', 'There is no such process on this host.');
  const children = childrenOf(forest, parent, query.image);
  const rest = after === undefined ? children : children.filter((place) => isAfter(forest, place, after));
  const page = rest.slice(0, query.limit ?? PAGE);
  // The parent is there only so that its children hang on it.
  const places = new Set(parent === ROOTS ? page : [parent, ...page]);
  const { nodes } = await loadNodes(hostId, forest, places, record?.finding);
  const last = page.at(-1);
  return {
    parentId,
    nodes: nodes.filter((node) => node.entityId !== parentId),
    folded: foldedBelow(forest, places).filter(
      (branch) => branch.parentId !== parentId && branch.parentId !== NO_PARENT,
    ),
    total: children.length,
    nextCursor:
      rest.length > page.length && last !== undefined
        ? toCursor([forest.tree.firstSeen[last] ?? 0, forest.tree.entityIds[last] ?? ''])
        : null,
  };
}

function childrenOf(forest: ProcessForest, parent: number, image: string | undefined): readonly number[] {
  const all = forest.childrenOf.get(parent) ?? [];
  if (image === undefined || image === '') return all;
  const wanted = image.toLowerCase();
  return all.filter((place) => forest.names[place]?.lower === wanted);
}

function isAfter(forest: ProcessForest, place: number, [seen, id]: readonly [number, string]): boolean {
  const own = forest.tree.firstSeen[place] ?? 0;
  const cursorPlace = forest.placeOf.get(id);
  // The tree is in the order of the database, whose order of texts need not be ours.
  return own > seen || (own === seen && cursorPlace !== undefined && place > cursorPlace);
}
