import type { LineageView } from '@/lib/contracts/lineage';
import { inkLineage } from './inkLineage';
import { type ArtefactStacks, type LineageSizes, shapeOf, stackArtefacts } from './lineageShape';
import { buildLineageTree } from './lineageTree';
import type { LineageLayout, LineageTree, TreeOptions } from './lineageTypes';
import { type LineageShape, type Placement, placeLineage } from './placeLineage';

export type { Box, LaidLink, LineageLayout, Placed, Point } from './lineageTypes';

export type LineageLayoutOptions = TreeOptions & Partial<LineageSizes>;

const SIZES: LineageSizes = {
  nodeWidth: 216,
  nodeHeight: 44,
  artefactWidth: 204,
  artefactHeight: 34,
  columnGap: 58,
  rowGap: 13,
  stackGap: 10,
};

/**
 * Places a lineage from left to right: causes left of effects, siblings by time from top to bottom.
 *
 *      explorer ── OUTLOOK ─┬─ [a.svg]
 *                │          └─ msedge ───┬─ [a.zip]
 *                └───────────────────────┴─ wscript ── [destination]
 *
 * Four steps. *Tree*: what is shown (lineageTree.ts). *Shape*: the tree as numbers (lineageShape.ts). *Places*: columns
 * by the longest way from a root over parentage, artefacts and joins, so that a process stands right of whatever it
 * used even when somebody else started it; rows by packing outlines (placeLineage.ts). *Ink*: boxes and lines
 * (inkLineage.ts). An artefact that was used stands directly above its user, the latest lowest; one that was not is a
 * leaf of its maker.
 *
 * Pure and deterministic: the order of the input does not matter and it is not changed. About linear in nodes, times
 * the few cross edges.
 */
export function layoutLineage(view: LineageView, options: LineageLayoutOptions = {}): LineageLayout {
  const draft = draftLayout(view, options);
  return finishLayout(draft, placeLineage(draft.shape));
}

/** A layout up to the step that a worker can do. */
export type LayoutDraft = {
  readonly view: LineageView;
  readonly tree: LineageTree;
  readonly stacks: ArtefactStacks;
  readonly sizes: LineageSizes;
  readonly shape: LineageShape;
};

/** The first two steps of `layoutLineage`. */
export function draftLayout(view: LineageView, options: LineageLayoutOptions = {}): LayoutDraft {
  const sizes = { ...SIZES, ...options };
  const tree = buildLineageTree(view, options);
  const stacks = stackArtefacts(tree);
  return { view, tree, stacks, sizes, shape: shapeOf(tree, view.joins, stacks, sizes) };
}

/** The last step of `layoutLineage`. */
export function finishLayout(
  { view, tree, stacks, sizes }: LayoutDraft,
  placement: Placement,
): LineageLayout {
  return inkLineage(view, tree, stacks, placement, sizes);
}
