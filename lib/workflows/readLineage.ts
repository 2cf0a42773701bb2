import { AppError } from '../base/appError';
import { formatMicros } from '../base/time';
import type { LineageView } from '../contracts/lineage';
import type { PathArtefact } from '../findings/finding';
import { findHost } from '../storage/hosts';
import type { StoredProcess } from '../storage/processes';
import { type Drawn, loadForest, loadNodes } from './lineageNodes';
import { foldedBelow, type ProcessForest, withAncestors } from './processForest';
import { findingOrRefuse } from './readFinding';

export type LineageQuery = {
  readonly expand?: string | undefined;
  readonly reveal?: string | undefined;
  readonly all?: 'true' | 'false' | undefined;
  readonly limit?: number | undefined;
};

/** The first view stays readable; what is beyond is folded and counted, never cut. */
const NODES = 500;
/** Processes of a whole forest that are sent unless more are asked for. */
const FOREST = 10_000;

/**
 * The lineage of a finding: its cause→effect path with everything that leads to it, opened; all else folded
 * into counts below its parent, or below no parent. `expand` opens the children of more processes, `reveal` adds processes with what
 * leads to them, `all` the whole host. Throws `not_found`.
 */
export async function readFindingLineage(id: string, query: LineageQuery): Promise<LineageView> {
  const { row, finding } = await findingOrRefuse(id);
  const forest = await loadForest(row.hostId);
  return draw(row.hostId, forest, withAncestors(forest, pathOf(finding)), query, finding);
}

/**
 * The process forest of a host: its first roots, and what `expand`, `reveal` or `all` add; the other roots are folded
 * below no parent. Throws `not_found`.
 */
export async function readHostLineage(host: string, query: LineageQuery): Promise<LineageView> {
  const hostId = await hostOrRefuse(host);
  const forest = await loadForest(hostId);
  const roots = (forest.childrenOf.get(-1) ?? []).slice(0, query.limit ?? NODES);
  return draw(hostId, forest, new Set(roots), query);
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

async function draw(
  hostId: number,
  forest: ProcessForest,
  first: ReadonlySet<number>,
  query: LineageQuery,
  finding?: Drawn,
): Promise<LineageView> {
  const places = shownPlaces(forest, first, query);
  const { stored, nodes } = await loadNodes(hostId, forest, places, finding);
  return {
    anchorId: finding?.anchor.entityId ?? null,
    nodes,
    artefacts: (finding?.artefacts ?? []).map(toArtefactView),
    folded: foldedBelow(forest, places),
    joins: joinsOf(finding, stored),
    shown: nodes.length,
    total: forest.tree.entityIds.length,
  };
}

/** What must be there always is; what was asked for beside it fills up to the limit, parents first. */
function shownPlaces(
  forest: ProcessForest,
  first: ReadonlySet<number>,
  query: LineageQuery,
): ReadonlySet<number> {
  const whole = query.all === 'true';
  const limit = query.limit ?? (whole ? FOREST : NODES);
  const places = new Set([...first, ...withAncestors(forest, idsOf(query.reveal))]);
  const opened = whole
    ? forest.order
    : idsOf(query.expand).flatMap((id) => forest.childrenOf.get(forest.placeOf.get(id) ?? -2) ?? []);
  for (const place of opened) {
    if (places.size >= limit) break;
    places.add(place);
  }
  return places;
}

function idsOf(text: string | undefined): readonly string[] {
  return (text ?? '').split(',').filter((id) => id !== '');
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
