import type { Lists } from '../analytics/lists';
import { formatMicros } from '../base/time';
import type { ProcessNodeView } from '../contracts/lineage';
import type { Finding } from '../findings/finding';
import { memberIds } from '../storage/hosts';
import { loadProcesses, type StoredProcess } from '../storage/processes';
import { loadProcessTree, type ProcessTree } from '../storage/processTree';
import { baseName, classOf } from './processClass';
import { type ProcessForest, toForest } from './processForest';
import { readCatalogue } from './readCatalogue';

/** What of a finding a lineage draws. */
export type Drawn = Pick<Finding, 'path' | 'stages' | 'artefacts' | 'joins' | 'anchor'>;

/** The share of processes with a recorded end below which a missing end says nothing. */
const ENDS_RECORDED = 0.2;

// As long as storage keeps the tree, the forest over it is kept too.
const forests = new WeakMap<ProcessTree, ProcessForest>();

/** The forest of a host group, as it stands now. */
export async function loadForest(hostId: number): Promise<ProcessForest> {
  const tree = await loadProcessTree(hostId, await memberIds(hostId));
  const known = forests.get(tree) ?? toForest(tree);
  forests.set(tree, known);
  return known;
}

/**
 * The given places of a forest with all that is known of them, in order of first sight, marked with the stages and
 * the path of a finding when one is given.
 */
export async function loadNodes(
  hostId: number,
  forest: ProcessForest,
  places: ReadonlySet<number>,
  finding?: Drawn,
): Promise<{ readonly stored: readonly StoredProcess[]; readonly nodes: ProcessNodeView[] }> {
  const ids = [...places].flatMap((place) => forest.tree.entityIds[place] ?? []);
  const [stored, { catalogue }] = await Promise.all([loadProcesses(hostId, ids), readCatalogue()]);
  const marks = {
    forest,
    places,
    lists: catalogue.lists,
    stages: stagesOf(finding),
    path: new Set<string>(finding?.path ?? []),
  };
  return { stored, nodes: stored.map((process) => toNodeView(process, marks)) };
}

function stagesOf(finding: Drawn | undefined): ReadonlyMap<string, readonly string[]> {
  const stages = new Map<string, string[]>();
  for (const stage of finding?.stages ?? []) {
    for (const { entityId } of stage.events) {
      if (entityId === undefined) continue;
      const own = stages.get(entityId) ?? [];
      if (!own.includes(stage.id)) stages.set(entityId, [...own, stage.id]);
    }
  }
  return stages;
}

type Marks = {
  readonly forest: ProcessForest;
  readonly places: ReadonlySet<number>;
  readonly lists: Lists;
  readonly stages: ReadonlyMap<string, readonly string[]>;
  readonly path: ReadonlySet<string>;
};

function toNodeView({ node }: StoredProcess, marks: Marks): ProcessNodeView {
  const { forest } = marks;
  const place = forest.placeOf.get(node.entityId) ?? -1;
  const parent = forest.parents[place] ?? -1;
  const counts = Object.fromEntries(forest.tree.events.get(node.entityId) ?? []);
  return {
    entityId: node.entityId,
    pid: node.pid ?? null,
    image: node.image ?? null,
    name: baseName(node.image) || (node.pid === undefined ? 'unknown process' : `pid ${node.pid}`),
    commandLine: node.commandLine ?? null,
    user: node.user ?? null,
    integrity: node.integrity ?? null,
    hash: node.sha256 ?? null,
    signer: node.signer ?? null,
    startedAt: node.startedAt === undefined ? null : formatMicros(node.startedAt),
    endedAt: node.endedAt === undefined ? null : formatMicros(node.endedAt),
    state: stateOf(node, forest.tree),
    imputed: node.imputed,
    class: classOf(node.image, marks.lists),
    // A parent that is not drawn would leave the node hanging; its link still says how sure we are of it.
    parentId: marks.places.has(parent) ? (forest.tree.entityIds[parent] ?? null) : null,
    link: forest.cut.has(place)
      ? { strength: 'broken', reason: 'its recorded parent is one of its own descendants' }
      : { strength: node.link.strength, reason: node.link.reason ?? null },
    ...(node.requestedBy === undefined ? {} : { requestedBy: node.requestedBy.reason }),
    stages: [...(marks.stages.get(node.entityId) ?? [])],
    onPath: marks.path.has(node.entityId),
    alerts: counts.alert ?? 0,
    counts,
    childrenTotal: forest.childrenOf.get(place)?.length ?? 0,
    startEventId: node.startEvent ?? null,
  };
}

function stateOf(node: StoredProcess['node'], tree: ProcessTree): ProcessNodeView['state'] {
  if (node.endedAt !== undefined) return 'ended';
  const total = tree.entityIds.length;
  const endsRecorded = total > 0 && tree.ended / total >= ENDS_RECORDED;
  return endsRecorded && node.startedAt !== undefined ? 'running' : 'unknown';
}
