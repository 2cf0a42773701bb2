import { parseMicros } from '@/lib/base/time';
import type { ArtefactView, LineageView, ProcessNodeView } from '@/lib/contracts/lineage';
import { byName } from './lineageFolds';

/** A view by parent, without cycles, before anything is folded. */
export type Forest = {
  readonly processes: ReadonlyMap<string, ProcessNodeView>;
  readonly starts: ReadonlyMap<string, number>;
  /** By parent, in order of time; roots under ''. */
  readonly childrenOf: ReadonlyMap<string, readonly string[]>;
  readonly leading: ReadonlySet<string>;
  readonly foldOf: ReadonlyMap<string, LineageView['folded'][number]>;
  readonly artefactsOf: ReadonlyMap<string, readonly ArtefactView[]>;
};

/** Sorts a view by parent. The order of the input does not matter; linear but for sorting. */
export function forestOf(view: LineageView): Forest {
  const timed = view.nodes.map((node) => ({ node, start: microsOf(node.startedAt) }));
  timed.sort((a, b) => a.start - b.start || byName(a.node.entityId, b.node.entityId));
  const processes = new Map(timed.map(({ node }) => [node.entityId, node]));
  const nodes = [...processes.values()];
  const parents = acyclicParents(nodes);
  const childrenOf = new Map<string, string[]>();
  for (const [place, node] of nodes.entries())
    append(childrenOf, nodes[parents[place] ?? -1]?.entityId ?? '', node.entityId);
  const artefactsOf = new Map<string, ArtefactView[]>();
  for (const artefact of [...view.artefacts].sort(byArtefactTime)) {
    const owner = processes.has(artefact.fromId) ? artefact.fromId : artefact.toId;
    if (owner !== null && processes.has(owner)) append(artefactsOf, owner, artefact);
  }
  return {
    processes,
    starts: new Map(timed.map(({ node, start }) => [node.entityId, start])),
    childrenOf,
    leading: leadingToPath(nodes, parents),
    foldOf: new Map(view.folded.map((fold) => [fold.parentId, fold])),
    artefactsOf,
  };
}

/** Microseconds of an ISO time; what has no time sorts last. */
export function microsOf(time: string | null): number {
  return (time === null ? undefined : parseMicros(time)) ?? Number.MAX_SAFE_INTEGER;
}

function byArtefactTime(a: ArtefactView, b: ArtefactView): number {
  return microsOf(a.time) - microsOf(b.time) || byName(a.id, b.id);
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value) {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Place of each parent, -1 for none, of nodes in order of time. A cycle, which reused pids make, begins at its earliest. */
function acyclicParents(nodes: readonly ProcessNodeView[]): Int32Array {
  const places = new Map(nodes.map((node, place) => [node.entityId, place]));
  const parents = Int32Array.from(nodes, ({ parentId }) =>
    parentId === null ? -1 : (places.get(parentId) ?? -1),
  );
  const walked = new Int32Array(nodes.length);
  for (let start = 0; start < nodes.length; start++) {
    let at = start;
    while (at >= 0 && walked[at] === 0) {
      walked[at] = start + 1;
      at = parents[at] ?? -1;
    }
    if (at < 0 || walked[at] !== start + 1) continue;
    let head = at;
    for (let next = parents[at] ?? at; next !== at; next = parents[next] ?? at) head = Math.min(head, next);
    parents[head] = -1;
  }
  return parents;
}

/** Processes on the path or in a stage, and all their ancestors. */
function leadingToPath(nodes: readonly ProcessNodeView[], parents: Int32Array): Set<string> {
  const leading = new Set<string>();
  for (const [place, node] of nodes.entries()) {
    if (!node.onPath && node.stages.length === 0) continue;
    for (let at = place; at >= 0; at = parents[at] ?? -1) {
      const id = nodes[at]?.entityId ?? '';
      if (leading.has(id)) break;
      leading.add(id);
    }
  }
  return leading;
}
