import type { ArtefactView, LineageView, ProcessNodeView } from '@/lib/contracts/lineage';
import type { Strength } from '@/lib/contracts/scalars';

/** One line of the outline: a process or an artefact on the path, under what led to it. */
export type OutlineRow = {
  id: string;
  depth: number;
  strength: Strength;
  /** For each depth from 1 to its own: whether the line of that depth goes on below this row. */
  rails: boolean[];
} & ({ type: 'process'; process: ProcessNodeView } | { type: 'artefact'; artefact: ArtefactView });

type Item = { id: string; time: string; causeId: string | null; byParentage: boolean } & (
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
 * Effects of one cause are in order of time. Lines whose cause is not on the path start at the left; a
 * cycle is cut where parentage closes it (explorer.exe starts the browser, then opens what the browser fetched).
 * Ancestors that take part in no stage and led to at most one thing are left out. Linear but for sorting.
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
      const given = artefact?.id ?? joins.get(process.entityId)?.fromId;
      const causeId = given ?? process.parentId;
      // Something that was running before its cause came takes its place by what it then made.
      const made =
        given === undefined ? undefined : artefacts.find((each) => each.fromId === process.entityId);
      const time = made?.time ?? process.startedAt ?? '';
      return {
        type: 'process',
        id: process.entityId,
        time,
        causeId,
        byParentage: given === undefined,
        process,
      };
    }),
    ...artefacts.map(
      (artefact): Item => ({
        type: 'artefact',
        id: artefact.id,
        time: artefact.time,
        causeId: artefact.fromId,
        byParentage: false,
        artefact,
      }),
    ),
  ];
  const byId = new Map(items.map((item) => [item.id, item]));
  const effects = groupByCause(items, byId);
  const rows: (Item & { depth: number; strength: Strength })[] = [];
  const seen = new Set<string>();

  const visit = (item: Item, depth: number) => {
    if (seen.has(item.id)) return;
    seen.add(item.id);
    rows.push({ ...item, depth, strength: strengthOf(item, usedBy, joins) });
    for (const effect of (effects.get(item.id) ?? []).toSorted(byTime)) visit(effect, depth + 1);
  };
  for (const root of (effects.get('') ?? []).toSorted(byTime)) {
    const first = firstTold(root, effects, seen);
    if (first) visit(first, 0);
  }
  for (const item of items.toSorted(byTime)) visit(item, 0);
  return rows.map((row, place) => ({ ...row, rails: railsOf(rows, place) }));
}

/**
 * Skips what merely led to the story: processes of no stage with one effect or none, such as winlogon.exe →
 * userinit.exe. They count as told; undefined when nothing else hangs from them.
 */
function firstTold(
  root: Item,
  effects: ReadonlyMap<string, readonly Item[]>,
  seen: Set<string>,
): Item | undefined {
  let item: Item | undefined = root;
  while (item?.type === 'process' && item.process.stages.length === 0 && !seen.has(item.id)) {
    const [only, ...others]: readonly Item[] = effects.get(item.id) ?? [];
    if (others.length > 0) return item;
    seen.add(item.id);
    item = only;
  }
  return item;
}

/** A line of depth k goes on while a row of depth k follows before any shallower one. */
function railsOf(rows: readonly { depth: number }[], place: number): boolean[] {
  const depth = rows[place]?.depth ?? 0;
  return Array.from({ length: depth }, (_, index) => {
    const next = rows.slice(place + 1).find((row) => row.depth <= index + 1);
    return next?.depth === index + 1;
  });
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

/** Items by the id of their cause; those without one on the path, or with none but in a circle, under ''. */
function groupByCause(items: readonly Item[], byId: ReadonlyMap<string, Item>): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const known =
      item.causeId !== null && byId.has(item.causeId) && !(item.byParentage && isOwnCause(item, byId));
    const cause = known && item.causeId !== null ? item.causeId : '';
    groups.set(cause, [...(groups.get(cause) ?? []), item]);
  }
  return groups;
}

function isOwnCause(item: Item, byId: ReadonlyMap<string, Item>): boolean {
  const walked = new Set<string>();
  let at = item.causeId === null ? undefined : byId.get(item.causeId);
  while (at && !walked.has(at.id)) {
    if (at.id === item.id) return true;
    walked.add(at.id);
    at = at.causeId === null ? undefined : byId.get(at.causeId);
  }
  return false;
}
