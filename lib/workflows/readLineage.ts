import type { Lists } from '../analytics/lists';
import { AppError } from '../base/appError';
import { formatMicros } from '../base/time';
import type { LineageView, ProcessNodeView } from '../contracts/lineage';
import type { EventKind } from '../events/endpointEvent';
import type { Finding, PathArtefact } from '../findings/finding';
import { countByProcess } from '../storage/events';
import { findHost, memberIds } from '../storage/hosts';
import {
  countBelow,
  loadAncestors,
  loadChildren,
  loadProcesses,
  loadRoots,
  processTotals,
  type StoredProcess,
} from '../storage/processes';
import { baseName, classOf } from './processClass';
import { readCatalogue } from './readCatalogue';
import { findingOrRefuse } from './readFinding';

export type LineageQuery = { readonly expand?: string | undefined; readonly limit?: number | undefined };

/** The first view stays readable; what is beyond is folded and counted, never cut. */
const NODES = 500;

/** The share of processes with a recorded end below which a missing end says nothing. */
const ENDS_RECORDED = 0.2;

/**
 * The lineage of a finding: its cause→effect path with everything that leads to it, opened; all else folded
 * into counts below its parent. `expand` opens the children of more processes. Throws `not_found`.
 */
export async function readFindingLineage(id: string, query: LineageQuery): Promise<LineageView> {
  const { row, finding } = await findingOrRefuse(id);
  const path = pathOf(finding);
  const open = await loadAncestors(row.hostId, path);
  const first = await loadProcesses(row.hostId, open);
  return draw(row.hostId, first, query, { finding, path: new Set(finding.path) });
}

/** The process forest of a host: its roots, and the children of what `expand` names. Throws `not_found`. */
export async function readHostLineage(host: string, query: LineageQuery): Promise<LineageView> {
  const hostId = await hostOrRefuse(host);
  const first = await loadRoots(hostId, query.limit ?? NODES);
  return draw(hostId, first, query, { path: new Set() });
}

/** Canonical id of a host by id or name. Throws `not_found`. */
export async function hostOrRefuse(host: string): Promise<number> {
  const hostId = await findHost(host);
  if (hostId === undefined) throw new AppError('not_found', 'There is no host with this id or name.');
  return hostId;
}

/** Processes that must be seen: the path, what satisfied a stage, and both ends of every artefact and join. */
export function pathOf(finding: Drawn): readonly string[] {
  const ids = [
    ...finding.path,
    ...finding.stages.flatMap((stage) => stage.events.map((event) => event.entityId)),
    ...finding.artefacts.flatMap((artefact) => [artefact.from, artefact.to]),
    ...finding.joins.flatMap((join) => [join.from, join.to]),
    finding.anchor.entityId,
  ];
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** What of a finding a lineage draws. */
type Drawn = Pick<Finding, 'path' | 'stages' | 'artefacts' | 'joins' | 'anchor'>;

type Focus = { readonly finding?: Drawn; readonly path: ReadonlySet<string> };

async function draw(
  hostId: number,
  first: readonly StoredProcess[],
  query: LineageQuery,
  focus: Focus,
): Promise<LineageView> {
  const limit = query.limit ?? NODES;
  const expand = (query.expand ?? '').split(',').filter((id) => id !== '');
  const opened = expand.length === 0 ? [] : await loadChildren(hostId, expand, limit);
  const shown = unique([...first, ...opened], limit);
  const ids = shown.map((process) => process.node.entityId as string);
  const folding = shown
    .filter((process) => process.children > 0)
    .map((process) => process.node.entityId as string);
  const [counts, below, totals, { catalogue }] = await Promise.all([
    countByProcess(await memberIds(hostId), ids),
    countBelow(hostId, folding, ids),
    processTotals(hostId),
    readCatalogue(),
  ]);
  const endsRecorded = totals.total > 0 && totals.ended / totals.total >= ENDS_RECORDED;
  const stages = stagesOf(focus.finding);
  const view = {
    counts,
    lists: catalogue.lists,
    endsRecorded,
    stages,
    shown: new Set(ids),
    path: focus.path,
  };
  return {
    anchorId: focus.finding?.anchor.entityId ?? null,
    nodes: shown.map((process) => toNodeView(process, view)),
    artefacts: (focus.finding?.artefacts ?? []).map(toArtefactView),
    folded: [...below].map(([parentId, branch]) => ({
      parentId,
      processes: branch.processes,
      samples: [...new Set(branch.samples.map((image) => baseName(image) || 'unknown'))],
    })),
    joins: joinsOf(focus.finding, shown),
    shown: shown.length,
    total: totals.total,
  };
}

/** The finding's own links beside parentage, and each request whose both ends are drawn. */
function joinsOf(finding: Drawn | undefined, shown: readonly StoredProcess[]): LineageView['joins'] {
  const joins: LineageView['joins'] = (finding?.joins ?? []).map(({ from, to, strength, text }) => ({
    fromId: from,
    toId: to,
    strength,
    text,
  }));
  const drawn = new Set<string>(shown.map(({ node }) => node.entityId));
  const known = new Set(joins.map(({ fromId, toId }) => `${fromId} ${toId}`));
  for (const { node } of shown) {
    const request = node.requestedBy;
    if (request === undefined || !drawn.has(request.from) || known.has(`${request.from} ${request.to}`))
      continue;
    joins.push({ fromId: request.from, toId: request.to, strength: request.strength, text: request.reason });
  }
  return joins;
}

function unique(processes: readonly StoredProcess[], limit: number): readonly StoredProcess[] {
  const seen = new Map<string, StoredProcess>();
  for (const process of processes) if (seen.size < limit) seen.set(process.node.entityId, process);
  return [...seen.values()];
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

function toNodeView(
  { node, children }: StoredProcess,
  view: {
    readonly counts: ReadonlyMap<string, ReadonlyMap<EventKind, number>>;
    readonly lists: Lists;
    readonly endsRecorded: boolean;
    readonly stages: ReadonlyMap<string, readonly string[]>;
    readonly shown: ReadonlySet<string>;
    readonly path: ReadonlySet<string>;
  },
): ProcessNodeView {
  const counts = view.counts.get(node.entityId) ?? new Map<EventKind, number>();
  const parentId = node.link.parentId;
  return {
    entityId: node.entityId,
    pid: node.pid ?? null,
    image: node.image ?? null,
    name: baseName(node.image) || (node.pid === undefined ? 'unknown process' : `pid ${node.pid}`),
    commandLine: node.commandLine ?? null,
    user: node.user ?? null,
    integrity: node.integrity ?? null,
    hash: node.sha256 ?? null,
    startedAt: node.startedAt === undefined ? null : formatMicros(node.startedAt),
    endedAt: node.endedAt === undefined ? null : formatMicros(node.endedAt),
    state:
      node.endedAt !== undefined
        ? 'ended'
        : view.endsRecorded && node.startedAt !== undefined
          ? 'running'
          : 'unknown',
    imputed: node.imputed,
    class: classOf(node.image, view.lists),
    // A parent that is not drawn would leave the node hanging; its link still says how sure we are of it.
    parentId: parentId !== undefined && view.shown.has(parentId) ? parentId : null,
    link: { strength: node.link.strength, reason: node.link.reason ?? null },
    ...(node.requestedBy === undefined ? {} : { requestedBy: node.requestedBy.reason }),
    stages: [...(view.stages.get(node.entityId) ?? [])],
    onPath: view.path.has(node.entityId),
    alerts: counts.get('alert') ?? 0,
    counts: Object.fromEntries(counts),
    childrenTotal: children,
    startEventId: node.startEvent ?? null,
  };
}

function toArtefactView(artefact: PathArtefact, index: number): LineageView['artefacts'][number] {
  return {
    id: `${artefact.eventId}:${index}`,
    type: artefact.type,
    label: artefact.label,
    detail: artefact.detail ?? null,
    time: formatMicros(artefact.time),
    fromId: artefact.from,
    toId: artefact.to ?? null,
    strength: artefact.strength,
    stage: artefact.stage ?? null,
    eventId: artefact.eventId,
  };
}
