import type { Lineage } from '../../lineage/lineage';
import type { RelationKind } from '../analytic';

/** Relations that walk along parentage. */
const ALONG_LINEAGE: ReadonlySet<RelationKind> = new Set<RelationKind>([
  'child_of',
  'descendant_of',
  'parent_of',
  'ancestor_of',
  'com_broker_of',
  'opened_by_ancestor_of',
  'written_by_ancestor_of',
]);

/** Whether a relation hangs on who started whom. */
export function usesLineage(kind: RelationKind): boolean {
  return ALONG_LINEAGE.has(kind);
}

/** From this share of exact parent links on, lineage counts as known (ANALYTICS E.3.5). */
const GOOD = 0.9;

const QUALITY = new WeakMap<Lineage, string | undefined>();

/**
 * Why what runs along lineage may be missed on a host: too few starts name their
 * parent for sure. Undefined when enough do.
 */
export function lineageDoubt(lineage: Lineage): string | undefined {
  if (QUALITY.has(lineage)) return QUALITY.get(lineage);
  let starts = 0;
  let exact = 0;
  for (const node of lineage.processes.values()) {
    if (node.imputed) continue;
    starts++;
    // A start known to be asked for by another program, or without a parent, is told as it was; so is one by a service
    // whose own cause is unknown: that is how Windows starts most programs, not a lack of telemetry.
    const { strength, parentId } = node.link;
    if (
      strength === 'exact' ||
      node.requestedBy !== undefined ||
      (strength === 'broken' && parentId !== undefined)
    )
      exact++;
  }
  const doubt =
    starts === 0 || exact / starts >= GOOD
      ? undefined
      : `the parent is known for sure of only ${Math.floor((exact / starts) * 100)} % of process starts`;
  QUALITY.set(lineage, doubt);
  return doubt;
}
