import type { Chain, Match } from '../analytics/chain';
import type { Strength } from '../analytics/strength';
import type { EndpointEvent, EntityId } from '../events/endpointEvent';
import type { Finding, PathArtefact } from './finding';
import { baseName, destinationOf } from './tell';

/** Matches per stage that the first view shows. */
const SHOWN = 3;
/** Joins that are not parentage. */
const OTHER_JOINS: ReadonlySet<string> = new Set([
  'names_file',
  'executes_file',
  'names_derived_file',
  'named_by',
  'com_broker_of',
  'same_browser',
  'same_user',
  'same_session',
  'writer_of',
]);

/** The cause→effect path of a chain: its processes, what lies between them, and the joins that are not parentage. */
export function pathOf(chain: Chain): Pick<Finding, 'path' | 'artefacts' | 'joins'> {
  const shown = chain.stages.flatMap((stage) =>
    stage.matches.slice(0, SHOWN).map((match) => ({ match, stage: stage.stage.id })),
  );
  const processes = collectProcesses(
    chain,
    shown.map(({ match }) => match),
  );
  return {
    path: sortByStart(processes, chain),
    artefacts: collectArtefacts(chain, shown, processes),
    joins: collectJoins(shown.map(({ match }) => match)),
  };
}

function collectProcesses(chain: Chain, matches: readonly Match[]): Set<EntityId> {
  const processes = new Set<EntityId>();
  for (const match of matches) {
    if (match.process !== undefined) processes.add(match.process);
    for (const event of match.relation?.via ?? []) {
      const writer = chain.index.lineage.processOf(event);
      if (writer !== undefined) processes.add(writer);
    }
  }
  for (const id of [...processes]) addAncestryWithin(id, processes, chain);
  if (chain.anchor.process !== undefined) processes.add(chain.anchor.process);
  return processes;
}

/** Fills the generations between a process and the nearest of its ancestors that is on the path. */
function addAncestryWithin(id: EntityId, processes: Set<EntityId>, chain: Chain): void {
  const between: EntityId[] = [];
  let node = chain.index.nodeOf(id);
  for (let level = 0; level < 8 && node?.link.parentId !== undefined; level++) {
    if (processes.has(node.link.parentId)) {
      for (const process of between) processes.add(process);
      return;
    }
    between.push(node.link.parentId);
    node = chain.index.nodeOf(node.link.parentId);
  }
}

function sortByStart(processes: ReadonlySet<EntityId>, chain: Chain): readonly EntityId[] {
  const startOf = (id: EntityId): number => {
    const node = chain.index.nodeOf(id);
    return node?.startedAt ?? node?.firstSeen ?? 0;
  };
  return [...processes].sort((a, b) => startOf(a) - startOf(b) || (a < b ? -1 : 1));
}

function collectArtefacts(
  chain: Chain,
  shown: readonly { readonly match: Match; readonly stage: string }[],
  processes: ReadonlySet<EntityId>,
): readonly PathArtefact[] {
  const artefacts = new Map<string, PathArtefact>();
  const add = (
    event: EndpointEvent,
    stage: string | undefined,
    to: EntityId | undefined,
    strength: Strength,
  ): void => {
    const artefact = toArtefact(event, chain, stage, to, strength);
    if (artefact === undefined || !processes.has(artefact.from)) return;
    const key = `${artefact.type} ${artefact.label.toLowerCase()} ${artefact.from}`;
    const known = artefacts.get(key);
    if (known === undefined) artefacts.set(key, artefact);
    else if (known.to === undefined && artefact.to !== undefined)
      artefacts.set(key, { ...known, to: artefact.to, strength: artefact.strength });
  };
  for (const { match, stage } of shown) {
    const joined = match.joined;
    const strength = match.relation?.strength ?? 'exact';
    const via = match.relation?.via ?? [];
    // Each file was used by the process that made the next one; the last by the process that matched.
    const files = joined?.event?.['file.path'] === undefined ? via : [joined.event, ...via];
    files.forEach((event, i) => {
      const next = files[i + 1];
      const usedBy = next === undefined ? match.process : chain.index.lineage.processOf(next);
      add(event, undefined, usedBy, strength);
    });
    if (match.event !== undefined && match.event.kind !== 'process_start') {
      const user = match.relation?.kind === 'named_by' ? joined?.process : undefined;
      add(match.event, stage, user, 'exact');
    }
  }
  return [...artefacts.values()].sort((a, b) => a.time - b.time || (a.eventId < b.eventId ? -1 : 1));
}

function toArtefact(
  event: EndpointEvent,
  chain: Chain,
  stage: string | undefined,
  to: EntityId | undefined,
  strength: Strength,
): PathArtefact | undefined {
  const from = chain.index.lineage.processOf(event);
  const base = from === undefined ? undefined : { from, time: event.time, strength, eventId: event.id };
  if (base === undefined) return undefined;
  const rest = {
    ...base,
    ...(stage === undefined ? {} : { stage }),
    ...(to === undefined || to === from ? {} : { to }),
  };
  const path = event['file.path'];
  if (path !== undefined) {
    const zone = event['file.zone_identifier'];
    const origin = event['file.origin_url'];
    const detail = [zone === undefined ? undefined : `zone ${zone}`, origin]
      .filter((part) => part !== undefined)
      .join(' \u00b7 ');
    return {
      type: 'file',
      label: (baseName(path) ?? path).replace(/:[^:]*$/, ''),
      ...(detail === '' ? {} : { detail }),
      ...rest,
    };
  }
  const destination = destinationOf({ event }, chain);
  if (destination === undefined) return undefined;
  const ip = event['destination.ip'];
  if (event.kind === 'dns_query') {
    const answers = event['dns.answers'];
    return {
      type: 'dns',
      label: destination,
      ...(answers === undefined ? {} : { detail: answers }),
      ...rest,
    };
  }
  return {
    type: 'destination',
    label: destination,
    ...(ip === undefined || destination.startsWith(ip) ? {} : { detail: ip }),
    ...rest,
  };
}

function collectJoins(matches: readonly Match[]): Finding['joins'] {
  const joins: { from: EntityId; to: EntityId; strength: Strength; text: string }[] = [];
  for (const match of matches) {
    const { relation, joined } = match;
    if (
      relation === undefined ||
      !OTHER_JOINS.has(relation.kind) ||
      joined?.process === undefined ||
      match.process === undefined
    )
      continue;
    const backward =
      relation.kind === 'writer_of' || relation.kind === 'named_by' || relation.kind === 'com_broker_of';
    const [from, to] = backward ? [match.process, joined.process] : [joined.process, match.process];
    if (from === to || joins.some((known) => known.from === from && known.to === to)) continue;
    joins.push({
      from,
      to,
      strength: relation.strength,
      text: relation.hops.map((hop) => hop.text).join('; '),
    });
  }
  return joins;
}
