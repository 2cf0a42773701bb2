import type { LineageView } from '@/lib/contracts/lineage';
import { microsOf } from './lineageForest';
import type { ThemeColours } from './themeColours';

/**
 * Lane colour (1 to 8) of each process on the cause→effect path or in a stage, given out in the order they started, so
 * that graph and timeline agree and neighbours differ. Everything else has none and stays neutral.
 */
export function laneColours(view: LineageView): ReadonlyMap<string, number> {
  const taking = view.nodes
    .filter((node) => node.onPath || node.stages.length > 0)
    .sort((a, b) => microsOf(a.startedAt) - microsOf(b.startedAt) || (a.entityId < b.entityId ? -1 : 1));
  return new Map(taking.map((node, index) => [node.entityId, (index % 8) + 1]));
}

export function laneVariable(lane: number | undefined): string {
  return lane === undefined ? 'var(--text-3)' : `var(--lane-${lane})`;
}

/** The token of a lane: see themeColours.ts. */
export function laneToken(lane: number | undefined): keyof ThemeColours {
  return lane === undefined ? 'text-3' : (`lane-${lane}` as keyof ThemeColours);
}
