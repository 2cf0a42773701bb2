import { MICROS_PER_HOUR } from '../base/time';
import type { Gap } from '../visibility/gap';
import { mostOf, type SeenTime } from './seenTime';

/** A stage on a host, with all that keeps it from being visible there. */
export type DarkCell = {
  readonly hostId: number;
  readonly stage: string;
  /** Most points that seeing the stage can give. */
  readonly weight: number;
  /** Whether it is blind throughout, not only in part. */
  readonly blind: boolean;
  /** What is missing throughout; empty where it is visible but for some time. */
  readonly gaps: readonly Gap[];
  /** What it was while the host reported; what it was off is in none. */
  readonly time: SeenTime;
  /** Kinds that came and for some time did not, with for how long, microseconds. */
  readonly silent: readonly { readonly gap: Gap; readonly micros: number }[];
  /** Time in which the host reported nothing any more, microseconds. */
  readonly after: number;
  /** The same as a gap, where it is called quiet; else absent. */
  readonly quiet?: Gap;
};

/** One thing to set or mend, with what it regains. */
export type RankedFix = {
  readonly id: string;
  /** One of its gaps, to tell what it is about. */
  readonly gap: Gap;
  /** Hosts it concerns. */
  readonly hosts: ReadonlySet<number>;
  /** Stages it concerns, in the order of the cells. */
  readonly stages: ReadonlySet<string>;
  /** Stages by host that become visible by it alone, or at least are blind no longer. */
  readonly unblinded: ReadonlyMap<number, ReadonlySet<string>>;
  /** Cells that become visible, most of the time, by it alone. */
  readonly cells: number;
  /** Other cells that are not visible most of the time, in which something else is missing too. */
  readonly helps: number;
  /** Points times hours that are not visible; where several things are missing, each has an equal share. */
  readonly worth: number;
};

/**
 * Groups what is missing by what mends it (`fixId`) and puts first what regains most: the points of its stages times
 * the hours they were not visible. What comes but not all the time counts a cell only where that is why it is not visible
 * most of the time. Of equals, what makes more cells visible by itself.
 */
export function rankFixes(cells: readonly DarkCell[], fixId: (gap: Gap) => string): readonly RankedFix[] {
  const fixes = new Map<string, Draft>();
  for (const cell of cells) {
    const throughout = new Map(cell.gaps.map((gap) => [fixId(gap), gap]));
    const decisive = decisiveGap(cell, fixId);
    const dark = cell.time.partial + cell.time.blind;
    for (const [id, gap] of throughout)
      note(fixes, id, gap, cell, {
        micros: dark / throughout.size,
        counts: throughout.size === 1 ? 'cell' : 'help',
        unblinds: id === decisive,
      });
    const isWhole = throughout.size === 0;
    for (const { gap, micros } of cell.silent) {
      // Not more than was dark: of what a kind did not come, the machine was off for some.
      const regained = Math.min(micros, cell.time.blind);
      note(fixes, fixId(gap), gap, cell, {
        micros: isWhole ? regained / cell.silent.length : 0,
        counts: whatCounts(cell, regained, isWhole && cell.silent.length === 1),
        unblinds: isWhole && cell.silent.length === 1,
      });
    }
    if (cell.quiet !== undefined)
      note(fixes, fixId(cell.quiet), cell.quiet, cell, {
        micros: isWhole ? cell.after : 0,
        counts: whatCounts(cell, cell.after, isWhole),
        unblinds: isWhole,
      });
  }
  return [...fixes]
    .map(([id, draft]) => ({ id, ...draft }))
    .sort((a, b) => b.worth - a.worth || b.cells - a.cells || b.helps - a.helps || (a.id < b.id ? -1 : 1));
}

/** What regaining blind time does for a cell: nothing where it is visible most of the time as it is. */
function whatCounts({ time, after }: DarkCell, regained: number, isAlone: boolean): Effect['counts'] {
  const now = { ...time, blind: time.blind + after };
  if (mostOf(now) === 'visible') return 'nothing';
  const then = { ...now, visible: now.visible + regained, blind: now.blind - regained };
  return isAlone && mostOf(then) === 'visible' ? 'cell' : 'help';
}

/** What ends a cell's blindness by itself: the one kind it cannot do without, or the one thing that is missing at all. */
function decisiveGap({ blind, gaps }: DarkCell, fixId: (gap: Gap) => string): string | undefined {
  const needed = blind ? gaps.filter(({ kind }) => kind === 'kind') : [];
  const ids = new Set((needed.length > 0 ? needed : gaps).map(fixId));
  const [only] = ids;
  return ids.size === 1 ? only : undefined;
}

type Draft = {
  readonly gap: Gap;
  readonly hosts: Set<number>;
  readonly stages: Set<string>;
  readonly unblinded: Map<number, Set<string>>;
  cells: number;
  helps: number;
  worth: number;
};

/** What a fix does for one cell: its share of the time, how the cell counts, and whether it alone ends its blindness. */
type Effect = {
  readonly micros: number;
  readonly counts: 'cell' | 'help' | 'nothing';
  readonly unblinds: boolean;
};

function note(
  fixes: Map<string, Draft>,
  id: string,
  gap: Gap,
  { hostId, stage, weight }: DarkCell,
  { micros, counts, unblinds }: Effect,
): void {
  let draft = fixes.get(id);
  if (draft === undefined) {
    draft = { gap, hosts: new Set(), stages: new Set(), unblinded: new Map(), cells: 0, helps: 0, worth: 0 };
    fixes.set(id, draft);
  }
  draft.hosts.add(hostId);
  draft.stages.add(stage);
  draft.worth += (weight * micros) / MICROS_PER_HOUR;
  if (counts === 'cell') draft.cells++;
  else if (counts === 'help') draft.helps++;
  if (!unblinds) return;
  const unblinded = draft.unblinded.get(hostId);
  if (unblinded === undefined) draft.unblinded.set(hostId, new Set([stage]));
  else unblinded.add(stage);
}
