import type { ArtefactView, LineageView, ProcessNodeView } from '@/lib/contracts/lineage';
import type { Strength } from '@/lib/contracts/scalars';

/** One line of the outline: a process or an artefact on the path, under what led to it. */
export type OutlineRow = {
  id: string;
  depth: number;
  strength: Strength;
} & ({ type: 'process'; process: ProcessNodeView } | { type: 'artefact'; artefact: ArtefactView });

type Item = { id: string; time: string; causeId: string | null } & (
  | { type: 'process'; process: ProcessNodeView }
  | { type: 'artefact'; artefact: ArtefactView }
);

/**
 * The cause→effect path as an indented outline, each line below its cause. A process stands under the artefact that
 * it ran or opened, else under what handed over to it, else under its parent:
 *
 *     outlook.exe
 *       invoice.svg
 *         msedge.exe
 *           invoice.zip
 *             wscript.exe
 *               cdn.example
 *
 * Causes and effects of one cause are in order of time. Lines whose cause is not on the path start at the left; a
 * cycle is cut where it closes. Linear but for sorting.
 */
export function causalOutline(lineage: Pick<LineageView, 'nodes' | 'artefacts' | 'joins'>): OutlineRow[] {
  const processes = lineage.nodes.filter((node) => node.onPath);
  const onPath = new Set(processes.map((node) => node.entityId));
  const artefacts = lineage.artefacts.filter((each) => onPath.has(each.fromId));
  const usedBy = new Map(artefacts.flatMap((each) => (each.toId ? [[each.toId, each] as const] : [])));
  const joins = new Map(lineage.joins.map((join) => [join.toId, join]));

  const items: Item[] = [
    ...processes.map((process): Item => {
      const artefact = usedBy.get(process.entityId);
      const causeId = artefact?.id ?? joins.get(process.entityId)?.fromId ?? process.parentId;
      return { type: 'process', id: process.entityId, time: process.startedAt ?? '', causeId, process };
    }),
    ...artefacts.map(
      (artefact): Item => ({
        type: 'artefact',
        id: artefact.id,
        time: artefact.time,
        causeId: artefact.fromId,
        artefact,
      }),
    ),
  ];
  const byId = new Map(items.map((item) => [item.id, item]));
  const effects = groupByCause(items, byId);
  const rows: OutlineRow[] = [];
  const seen = new Set<string>();

  const visit = (item: Item, depth: number) => {
    if (seen.has(item.id)) return;
    seen.add(item.id);
    rows.push({ ...item, depth, strength: strengthOf(item, usedBy, joins) });
    for (const effect of (effects.get(item.id) ?? []).toSorted(byTime)) visit(effect, depth + 1);
  };
  for (const item of (effects.get('') ?? []).toSorted(byTime)) visit(item, 0);
  for (const item of items.toSorted(byTime)) visit(item, 0);
  return rows;
}

function strengthOf(
  item: Item,
  usedBy: Map<string, ArtefactView>,
  joins: Map<string, LineageView['joins'][number]>,
): Strength {
  if (item.type === 'artefact') return item.artefact.strength;
  const joined = usedBy.get(item.id) ?? joins.get(item.id);
  if (joined) return joined.strength;
  return item.process.link.strength === 'root' ? 'exact' : item.process.link.strength;
}

function byTime(a: Item, b: Item): number {
  return a.time < b.time ? -1 : a.time > b.time ? 1 : a.id < b.id ? -1 : 1;
}

/** Items by the id of their cause; those without one on the path under ''. */
function groupByCause(items: readonly Item[], byId: ReadonlyMap<string, Item>): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const cause = item.causeId !== null && byId.has(item.causeId) ? item.causeId : '';
    groups.set(cause, [...(groups.get(cause) ?? []), item]);
  }
  return groups;
}
