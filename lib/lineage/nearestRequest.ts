import { MICROS_PER_SECOND, type Micros } from '../base/time';
import type { EntityId, EventId } from '../events/endpointEvent';
import type { ProcessNode } from './lineage';

/** A request may be logged a little after the start that it caused. */
export const LATE = 2 * MICROS_PER_SECOND;

/** Requests weighed for one start; more would let hostile input make every look-up linear. */
const TRIES = 24;

/** Parents looked at to see whether one process runs below another. */
const DEPTH = 16;

type Timed = { readonly time: Micros; readonly event: EventId };

/** A request that was accepted, with what the judge said of it. */
export type FoundRequest<Request, Verdict> = {
  readonly request: Request;
  readonly verdict: Verdict;
  /** Between request and start, microseconds. */
  readonly distance: number;
};

/**
 * The accepted request nearest before a start; where there is none, the first one logged at most `LATE` after
 * it. `requests` must be in order of time and record; of several at one time the first is taken.
 */
export function nearestRequest<Request extends Timed, Verdict>(
  requests: readonly Request[],
  start: Micros,
  reach: number,
  judge: (request: Request) => Verdict | undefined,
): FoundRequest<Request, Verdict> | undefined {
  let best: FoundRequest<Request, Verdict> | undefined;
  const after = firstAfter(requests, start);
  for (let i = after - 1; i >= 0 && i >= after - TRIES; i--) {
    const request = requests[i];
    const distance = start - (request?.time ?? 0);
    if (request === undefined || distance > reach || (best !== undefined && distance > best.distance)) break;
    const verdict = judge(request);
    if (verdict !== undefined) best = { request, verdict, distance };
  }
  for (let i = after; best === undefined && i < after + TRIES; i++) {
    const request = requests[i];
    if (request === undefined || request.time > start + LATE) break;
    const verdict = judge(request);
    if (verdict !== undefined) best = { request, verdict, distance: request.time - start };
  }
  return best;
}

/** Whether a process runs at or below another, by parentage, as far as a few generations tell. */
export function runsBelow(
  process: ProcessNode,
  above: EntityId,
  processes: ReadonlyMap<EntityId, ProcessNode>,
): boolean {
  let at: ProcessNode | undefined = process;
  for (let level = 0; level < DEPTH && at !== undefined; level++) {
    if (at.entityId === above) return true;
    at = at.link.parentId === undefined ? undefined : processes.get(at.link.parentId);
  }
  return false;
}

/** When a process began, as far as it was recorded. */
export function beginOf(process: ProcessNode): Micros {
  return process.startedAt ?? process.firstSeen;
}

/** File name of a process's image as recorded, for sentences. */
export function shownName(process: ProcessNode | undefined): string {
  return process?.image?.split(/[\\/]/).pop() ?? 'an unrecorded process';
}

function firstAfter(requests: readonly Timed[], time: number): number {
  let low = 0;
  let high = requests.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((requests[middle]?.time ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
