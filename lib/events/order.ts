import type { EndpointEvent } from './endpointEvent';

/**
 * Total order of a host's events: effective time, then record number where both have one in one channel
 * (the log's own order within a tie), then id. Independent of file order, so results are too.
 */
export function compareEvents(a: EndpointEvent, b: EndpointEvent): number {
  if (a.time !== b.time) return a.time - b.time;
  if (
    a.recordId !== undefined &&
    b.recordId !== undefined &&
    a.channel === b.channel &&
    a.recordId !== b.recordId
  ) {
    return a.recordId - b.recordId;
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
