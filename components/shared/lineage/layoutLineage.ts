import type { LineageView } from '@/lib/contracts/lineage';
import type { Strength } from '@/lib/contracts/scalars';
import { inkLineage } from './inkLineage';
import { type ArtefactStacks, type LineageSizes, shapeOf, stackArtefacts } from './lineageShape';
import { buildLineageTree, type LineageItem, type LineageTree, type TreeOptions } from './lineageTree';
import { type LineageShape, type Placement, placeLineage } from './placeLineage';

export type Box = { x: number; y: number; width: number; height: number };
export type Point = { x: number; y: number };
export type Placed<Item extends LineageItem['type']> = Box & {
  id: string;
  item: Extract<LineageItem, { type: Item }>;
};

export type LaidLink = {
  id: string;
  fromId: string;
  toId: string;
  strength: Strength;
  reason: string | null;
  /** Part of the one line through cause and effect. */
  onPath: boolean;
  /** From the start of one end to the start of the other; null where either is unknown. */
  elapsedMicros: number | null;
  /** From left to right, horizontal at each point. A vertical drop has two points of one x. */
  points: Point[];
};

export type LineageLayout = {
  tree: LineageTree;
  /** Where each item is, by its id. */
  boxes: ReadonlyMap<string, Box>;
  nodes: Placed<'process'>[];
  artefacts: Placed<'artefact'>[];
  folded: Placed<'fold'>[];
  /** Parentage. */
  links: LaidLink[];
  /** What is not parentage: who made an artefact, who used it, and hand-overs without one. */
  joins: LaidLink[];
  bounds: Box;
  /** What the first view must show: the processes in stages and their artefacts, else the path, else everything. */
  pathBounds: Box;
};

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
