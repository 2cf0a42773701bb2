import type { Chain, Match } from '../analytics/chain';
import type { Strength } from '../analytics/strength';
import type { EntityId } from '../events/endpointEvent';
import type { Handover, Lineage } from '../lineage/lineage';
import type { Finding } from './finding';
import { collectArtefacts } from './pathArtefacts';

/** Matches per stage that the first view shows. */
const SHOWN = 3;
/** Joins that are not parentage. */
const OTHER_JOINS: ReadonlySet<string> = new Set([
  'names_file',
  'executes_file',
  'names_derived_file',
  'named_by',
  'com_broker_of',
  'names_same_host',
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
    joins: [
      ...handoversWithin(processes, chain).map(toJoin),
      ...collectJoins(
        shown.map(({ match }) => match),
        chain,
        processes,
      ),
    ],
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

/** Generations looked up for a cause that is on the path. */
const DEPTH = 8;

/** Fills what lies between a process and the nearest of its causes that is on the path. */
function addAncestryWithin(id: EntityId, processes: Set<EntityId>, chain: Chain): void {
  const effectOf = new Map<EntityId, EntityId>();
  let frontier: readonly EntityId[] = [id];
  for (let level = 0; level < DEPTH && frontier.length > 0; level++) {
    const next: EntityId[] = [];
    for (const effect of frontier) {
      for (const cause of causesOf(effect, processes, chain)) {
        if (cause === id || effectOf.has(cause)) continue;
        effectOf.set(cause, effect);
        if (processes.has(cause)) {
          for (let at = effect; at !== id; at = effectOf.get(at) ?? id) processes.add(at);
          return;
        }
        next.push(cause);
      }
    }
    frontier = next;
  }
}

/** Who asked for a process or acted through it, then what started it. */
function causesOf(id: EntityId, processes: ReadonlySet<EntityId>, chain: Chain): readonly EntityId[] {
  const node = chain.index.nodeOf(id);
  return [node?.requestedBy?.from, injectedFrom(id, processes, chain), node?.link.parentId].filter(
    (cause) => cause !== undefined,
  );
}

/** The process on the path that acted through this one without having started it; of several the last. */
function injectedFrom(
  id: EntityId,
  processes: ReadonlySet<EntityId>,
  { index }: Chain,
): EntityId | undefined {
  let injected: EntityId | undefined;
  if (index.lineage.handovers.size === 0) return injected;
  for (const from of processes) if (handoversTo(from, index.lineage).has(id)) injected = from;
  return injected;
}

/** The first handover of one process to each other. One may have ten thousand, and every chain asks. */
function handoversTo(from: EntityId, lineage: Lineage): ReadonlyMap<EntityId, Handover> {
  const list = lineage.handovers.get(from);
  if (list === undefined) return NO_HANDOVERS;
  let first = FIRST.get(list);
  if (first === undefined) {
    first = new Map();
    for (const handover of list) if (!first.has(handover.to)) first.set(handover.to, handover);
    FIRST.set(list, first);
  }
  return first;
}

const NO_HANDOVERS: ReadonlyMap<EntityId, Handover> = new Map();
const FIRST = new WeakMap<readonly Handover[], Map<EntityId, Handover>>();

/** Handovers between processes on the path, in order of time; one for each pair. */
function handoversWithin(processes: ReadonlySet<EntityId>, chain: Chain): readonly Handover[] {
  const found = new Map<string, Handover>();
  const add = (handover: Handover): void => {
    const key = `${handover.from} ${handover.to}`;
    if (processes.has(handover.from) && processes.has(handover.to) && !found.has(key))
      found.set(key, handover);
  };
  for (const id of processes) {
    const requested = chain.index.nodeOf(id)?.requestedBy;
    if (requested !== undefined) add(requested);
    const handedOver = handoversTo(id, chain.index.lineage);
    if (handedOver.size <= processes.size) for (const handover of handedOver.values()) add(handover);
    else
      for (const to of processes) {
        const handover = handedOver.get(to);
        if (handover !== undefined) add(handover);
      }
  }
  return [...found.values()].sort((a, b) => a.at - b.at || (a.event < b.event ? -1 : 1));
}

function toJoin({ from, to, strength, reason }: Handover): Finding['joins'][number] {
  return { from, to, strength, text: reason };
}

function sortByStart(processes: ReadonlySet<EntityId>, chain: Chain): readonly EntityId[] {
  const startOf = (id: EntityId): number => {
    const node = chain.index.nodeOf(id);
    return node?.startedAt ?? node?.firstSeen ?? 0;
  };
  return [...processes].sort((a, b) => startOf(a) - startOf(b) || (a < b ? -1 : 1));
}

/** Joins of stages by other means; a pair that a handover ties is left to it. */
function collectJoins(
  matches: readonly Match[],
  chain: Chain,
  processes: ReadonlySet<EntityId>,
): Finding['joins'] {
  const handed = new Set(handoversWithin(processes, chain).map(({ from, to }) => `${from} ${to}`));
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
    if (from === to || handed.has(`${from} ${to}`)) continue;
    if (joins.some((known) => known.from === from && known.to === to)) continue;
    joins.push({
      from,
      to,
      strength: relation.strength,
      text: relation.hops.map((hop) => hop.text).join('; '),
    });
  }
  return joins;
}
