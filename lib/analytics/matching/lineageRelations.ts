import { MICROS_PER_SECOND, type Micros, micros } from '../../base/time';
import type { EndpointEvent, EntityId, EventId } from '../../events/endpointEvent';
import { fileName } from '../../events/paths';
import type { Handover, Lineage, ProcessNode } from '../../lineage/lineage';
import type { Hop, Match } from '../chain';
import { firstAtOrAfter, type HostIndex } from '../host/hostIndex';
import { compareStrength, type Strength, weaker, weakest } from '../strength';
import { actsOf, type Candidate, fits, LINEAGE_TOLERANCE, linkHop, nameOf, type Wanted } from './candidate';

/** Relations along parentage: the same process, what it started, what started it, and who asked for it. */

/** A COM request to Explorer precedes the start by at most this. */
export const COM_DELAY = 5 * MICROS_PER_SECOND;

/** What the process did, its own start included where starts are wanted. */
export function* sameProcess(process: EntityId, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const hops: readonly Hop[] = [{ text: 'by the same process', strength: 'exact' }];
  const start = index.startOf(process);
  if (start !== undefined && fits(start, wanted))
    yield { event: start, evidence: start, process, strength: 'exact', hops };
  yield* actsOf(process, wanted, index, 'exact', hops);
}

/**
 * Children first, generation by generation, by parentage and handed over; what each did and, for process starts,
 * itself. One reached both ways is given again only where the second way is the better one.
 */
export function* descendants(
  root: EntityId,
  depth: number,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  const seen = index.lineage.handovers.size === 0 ? undefined : new Map<EntityId, Reached[]>();
  let frontier: readonly Reached[] = [{ id: root, hops: [], strength: 'exact' }];
  for (let level = 1; level <= depth && frontier.length > 0; level++) {
    const next: Reached[] = [];
    for (const from of frontier) {
      for (const reached of causedBy(from, wanted, index)) {
        if (seen !== undefined && isKnown(seen, reached)) continue;
        if (reached.acts === undefined) next.push(reached);
        yield* whatItDid(reached, wanted, index);
      }
    }
    frontier = next;
  }
}

/** A process on a walk down the lineage. */
type Reached = {
  readonly id: EntityId;
  readonly hops: readonly Hop[];
  readonly strength: Strength;
  /** From when what it did counts, where it was there before it was handed over to; absent: all of it. */
  readonly since?: Micros;
  /** The only acts that count, of a service that works for many. */
  readonly acts?: readonly EventId[];
};

/** Ways to one process kept on a walk; grades and times differ in few ways that matter. */
const WAYS_KEPT = 8;

function* causedBy(from: Reached, wanted: Wanted, index: HostIndex): Generator<Reached> {
  const parent = index.nodeOf(from.id);
  for (const id of index.lineage.children.get(from.id) ?? []) {
    const node = index.nodeOf(id);
    const start = node?.startedAt ?? node?.firstSeen;
    if (node === undefined || start === undefined || start > wanted.to) continue;
    if (from.since !== undefined && start < from.since) continue;
    yield onward(from, id, linkHop(node, parent));
  }
  for (const handover of index.lineage.handovers.get(from.id) ?? []) {
    const { at, to, acts } = handover;
    if (at > wanted.to) break;
    if (from.since !== undefined && at < from.since) continue;
    const reached = onward(from, to, handoverHop(handover));
    if (acts !== undefined) yield { ...reached, acts };
    else yield index.nodeOf(to)?.requestedBy === handover ? reached : { ...reached, since: at };
  }
}

/** Without `since`: a process that was started counts with its whole life. */
function onward(from: Reached, id: EntityId, hop: Hop): Reached {
  return { id, hops: [...from.hops, hop], strength: weaker(from.strength, hop.strength) };
}

function handoverHop({ reason, strength }: Handover): Hop {
  return { text: reason, strength };
}

/** Whether a walk has come to a process before, no weaker and for no less of its acts. Notes the new way. */
function isKnown(seen: Map<EntityId, Reached[]>, reached: Reached): boolean {
  const ways = seen.get(reached.id);
  if (ways === undefined) {
    seen.set(reached.id, [reached]);
    return false;
  }
  const covered = ways.some(
    (way) =>
      way.acts === undefined &&
      (way.since ?? 0) <= (reached.since ?? 0) &&
      compareStrength(way.strength, reached.strength) <= 0,
  );
  if (covered || ways.length >= WAYS_KEPT) return true;
  ways.push(reached);
  return false;
}

function* whatItDid(reached: Reached, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const { id, hops, strength, since } = reached;
  const within = since !== undefined && since > wanted.from ? { ...wanted, from: since } : wanted;
  if (reached.acts !== undefined) {
    yield* namedActs(id, reached.acts, within, index, strength, hops);
    return;
  }
  const start = index.startOf(id);
  if (start !== undefined && fits(start, within)) {
    yield { event: start, evidence: start, process: id, strength, hops };
  }
  yield* actsOf(id, within, index, strength, hops);
}

/** Acts of a service by their ids: those around the handover are looked through. */
function* namedActs(
  process: EntityId,
  ids: readonly EventId[],
  wanted: Wanted,
  index: HostIndex,
  strength: Strength,
  hops: readonly Hop[],
): Generator<Candidate> {
  const acts = index.actsOf(process);
  for (const id of ids) {
    const event = actById(acts, id);
    if (event !== undefined && fits(event, wanted)) yield { event, evidence: event, process, strength, hops };
  }
}

/** The acts of a process by id, made once for each list of acts. */
function actById(acts: readonly EndpointEvent[], id: EventId): EndpointEvent | undefined {
  let byId = ACTS.get(acts);
  if (byId === undefined) {
    byId = new Map(acts.map((event) => [event.id, event]));
    ACTS.set(acts, byId);
  }
  return byId.get(id);
}

const ACTS = new WeakMap<readonly EndpointEvent[], ReadonlyMap<EventId, EndpointEvent>>();

/** What caused a process or its acts, one step up: its parent, and who handed over to it. */
export type Cause = { readonly id: EntityId; readonly hop: Hop };

/** Handovers to one process looked at; ten thousand may have injected into it. */
const CAUSES_MAX = 16;

/**
 * The causes of a process, its parent first: processes that asked for it, or acted through it up to a time (any
 * time when none is given; the latest are taken). What a service did for one of many it works for is not said to
 * be caused here. A loop of injections leads back: who walks on must remember where it was.
 */
export function causesOf(node: ProcessNode, index: HostIndex, until?: Micros): readonly Cause[] {
  const causes: Cause[] = [];
  const parent = index.nodeOf(node.link.parentId);
  if (parent !== undefined) causes.push({ id: parent.entityId, hop: linkHop(node, parent) });
  const handovers = handoversTo(node.entityId, index.lineage);
  for (let i = handovers.length - 1; i >= 0 && causes.length <= CAUSES_MAX; i--) {
    const handover = handovers[i];
    if (handover === undefined || handover.acts !== undefined) continue;
    if (until !== undefined && handover.at > until) continue;
    causes.push({ id: handover.from, hop: handoverHop(handover) });
  }
  return causes;
}

/** Handovers by the process that ran, in order of time; made once for each lineage. */
function handoversTo(process: EntityId, lineage: Lineage): readonly Handover[] {
  let byTarget = TARGETS.get(lineage);
  if (byTarget === undefined) {
    byTarget = new Map();
    for (const handover of [...lineage.handovers.values()].flat()) {
      const list = byTarget.get(handover.to);
      if (list === undefined) byTarget.set(handover.to, [handover]);
      else list.push(handover);
    }
    for (const list of byTarget.values())
      list.sort((a, b) => a.at - b.at || (a.event < b.event ? -1 : a.event > b.event ? 1 : 0));
    TARGETS.set(lineage, byTarget);
  }
  return byTarget.get(process) ?? [];
}

const TARGETS = new WeakMap<Lineage, Map<EntityId, Handover[]>>();

/** A process above another, with the hops that lead to it and the nearest recorded start below it. */
type Above = {
  readonly id: EntityId;
  readonly hops: readonly Hop[];
  readonly startBelow: EndpointEvent | undefined;
};

/**
 * Everything above a process, generation by generation, each process once: in a generation by the better way.
 * `until`: handovers after it caused nothing of what is asked about.
 */
function* above(
  process: EntityId | undefined,
  depth: number,
  index: HostIndex,
  until?: Micros,
): Generator<Above> {
  const first = index.nodeOf(process);
  if (first === undefined) return;
  const seen = new Set<EntityId>([first.entityId]);
  let frontier: readonly Above[] = [{ id: first.entityId, hops: [], startBelow: undefined }];
  for (let level = 0; level < depth && frontier.length > 0 && seen.size < ABOVE_MAX; level++) {
    const generation = new Map<EntityId, Above>();
    for (const below of frontier) {
      const node = index.nodeOf(below.id);
      const startBelow = index.startOf(below.id) ?? below.startBelow;
      for (const { id, hop } of node === undefined ? [] : causesOf(node, index, until)) {
        if (seen.has(id)) continue;
        const found = { id, hops: [...below.hops, hop], startBelow };
        const known = generation.get(id);
        if (known === undefined || compareStrength(gradeOf(found.hops), gradeOf(known.hops)) < 0)
          generation.set(id, found);
      }
    }
    frontier = [...generation.values()];
    for (const { id } of frontier) seen.add(id);
    yield* frontier;
  }
}

/** Processes looked at above one. */
const ABOVE_MAX = 256;

function gradeOf(hops: readonly Hop[]): Strength {
  return weakest(hops.map((hop) => hop.strength));
}

/** Parents and askers upward; one without a start record is a candidate too, shown by the record below it. */
export function* ancestors(
  process: EntityId,
  depth: number,
  from: Match,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  const until = micros(Math.max(from.time, index.startOf(process)?.time ?? from.time) + LINEAGE_TOLERANCE);
  for (const { id, hops, startBelow } of above(process, depth, index, until)) {
    const start = index.startOf(id);
    const strength = gradeOf(hops);
    if (start === undefined) {
      const note: Hop = {
        text: `the start of ${nameOf(index.nodeOf(id))} was not recorded; its child\u2019s record names it`,
        strength: 'inferred',
      };
      yield {
        event: undefined,
        evidence: startBelow ?? from.evidence,
        process: id,
        strength: weaker(strength, 'inferred'),
        hops: [...hops, note],
      };
    } else if (fits(start, wanted)) {
      yield { event: start, evidence: start, process: id, strength, hops };
    }
  }
}

/** The processes above one, by parentage and handed over; each once, nearest first. */
export function* upward(
  process: EntityId | undefined,
  depth: number,
  index: HostIndex,
  until?: Micros,
): Generator<{ id: EntityId; hops: readonly Hop[] }> {
  for (const { id, hops } of above(process, depth, index, until)) yield { id, hops };
}

/** Requests to the shell looked at for one start: seconds hold a handful, and a flood of them tells nothing. */
const REQUESTS_TRIED = 256;

/** A program that asked Explorer through its COM class just before Explorer started the stage's process. */
export function* comBroker(
  process: EntityId | undefined,
  from: Match,
  index: HostIndex,
  cut?: Wanted['cut'],
): Generator<Candidate> {
  const requests = index.shellRequests;
  if (requests.length === 0) return;
  const node = index.nodeOf(process);
  const parent = index.nodeOf(node?.link.parentId);
  if (parent?.image === undefined || fileName(parent.image) !== 'explorer.exe') return;
  let at = firstAtOrAfter(requests, from.time - COM_DELAY);
  const end = firstAtOrAfter(requests, from.time + LINEAGE_TOLERANCE + 1);
  if (end - at > REQUESTS_TRIED) {
    cut?.(`only the last ${REQUESTS_TRIED} of ${end - at} requests to the shell just before were looked at`);
    at = end - REQUESTS_TRIED;
  }
  // A program is one candidate, however often it asked.
  const seen = new Set<EntityId>();
  for (; at < end; at++) {
    const request = requests[at];
    const asker = request === undefined ? undefined : index.lineage.processOf(request);
    if (request === undefined || asker === undefined || asker === parent.entityId || asker === process)
      continue;
    if (seen.has(asker)) continue;
    seen.add(asker);
    const name = nameOf(index.nodeOf(asker));
    yield {
      event: index.startOf(asker),
      evidence: request,
      process: asker,
      strength: 'inferred',
      hops: [
        {
          text: `${name} opened the shell\u2019s COM class just before Explorer started ${nameOf(node)}`,
          strength: 'inferred',
        },
      ],
    };
  }
}
