import { MICROS_PER_SECOND } from '../base/time';
import type { EntityId } from '../events/endpointEvent';
import { fileName } from '../events/paths';
import { actsOf, type Candidate, fits, LINEAGE_TOLERANCE, linkHop, nameOf, type Wanted } from './candidate';
import type { Hop, Match } from './chain';
import type { HostIndex } from './hostIndex';
import { weakest } from './strength';

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

/** Children first, generation by generation; what each did and, for process starts, itself. */
export function* descendants(
  root: EntityId,
  depth: number,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  let frontier: readonly { readonly id: EntityId; readonly hops: readonly Hop[] }[] = [
    { id: root, hops: [] },
  ];
  for (let level = 1; level <= depth && frontier.length > 0; level++) {
    const next: { id: EntityId; hops: readonly Hop[] }[] = [];
    for (const parent of frontier) {
      for (const id of index.lineage.children.get(parent.id) ?? []) {
        const node = index.nodeOf(id);
        if (node === undefined || (node.startedAt ?? node.firstSeen) > wanted.to) continue;
        const hops = [...parent.hops, linkHop(node, index.nodeOf(parent.id))];
        next.push({ id, hops });
        const strength = weakest(hops.map((hop) => hop.strength));
        const start = index.startOf(id);
        if (
          start !== undefined &&
          wanted.on.has('process_start') &&
          start.time >= wanted.from &&
          start.time <= wanted.to
        ) {
          yield { event: start, evidence: start, process: id, strength, hops };
        }
        yield* actsOf(id, wanted, index, strength, hops);
      }
    }
    frontier = next;
  }
}

/** Parents upward; a parent without a start record is a candidate too, shown by the child's record. */
export function* ancestors(
  process: EntityId,
  depth: number,
  from: Match,
  wanted: Wanted,
  index: HostIndex,
): Generator<Candidate> {
  let at = index.nodeOf(process);
  let evidence = index.startOf(process) ?? from.evidence;
  const hops: Hop[] = [];
  for (let level = 0; level < depth; level++) {
    const parent = index.nodeOf(at?.link.parentId);
    if (at === undefined || parent === undefined) return;
    hops.push(linkHop(at, parent));
    const start = index.startOf(parent.entityId);
    const strength = weakest(hops.map((hop) => hop.strength));
    if (start === undefined) {
      const note: Hop = {
        text: `the start of ${nameOf(parent)} was not recorded; its child\u2019s record names it`,
        strength: 'inferred',
      };
      yield {
        event: undefined,
        evidence,
        process: parent.entityId,
        strength: weakest([strength, 'inferred']),
        hops: [...hops, note],
      };
    } else if (start.time >= wanted.from && start.time <= wanted.to && wanted.on.has('process_start')) {
      yield { event: start, evidence: start, process: parent.entityId, strength, hops: [...hops] };
    }
    at = parent;
    evidence = start ?? evidence;
  }
}

export function* upward(
  process: EntityId | undefined,
  depth: number,
  index: HostIndex,
): Generator<{ id: EntityId; hops: readonly Hop[] }> {
  let node = index.nodeOf(process);
  const hops: Hop[] = [];
  for (let level = 0; level < depth; level++) {
    const parent = index.nodeOf(node?.link.parentId);
    if (node === undefined || parent === undefined) return;
    hops.push(linkHop(node, parent));
    yield { id: parent.entityId, hops: [...hops] };
    node = parent;
  }
}

/** A program that asked Explorer through its COM class just before Explorer started the stage's process. */
export function* comBroker(
  process: EntityId | undefined,
  from: Match,
  index: HostIndex,
): Generator<Candidate> {
  const node = index.nodeOf(process);
  const parent = index.nodeOf(node?.link.parentId);
  if (parent?.image === undefined || fileName(parent.image) !== 'explorer.exe') return;
  for (const request of index.shellRequests) {
    if (request.time > from.time + LINEAGE_TOLERANCE) break;
    const asker = index.lineage.processOf(request);
    if (
      request.time < from.time - COM_DELAY ||
      asker === undefined ||
      asker === parent.entityId ||
      asker === process
    )
      continue;
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
