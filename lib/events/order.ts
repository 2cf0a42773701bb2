import type { EndpointEvent } from './endpointEvent';

/**
 * Total order of a host's events: effective time, then channel, then record number (the log's own order
 * within a tie; records without one last), then id. Independent of file order, so results are too.
 *
 * The channel stands before the record number because numbers compare within one channel only: comparing
 * them where both happen to be of one channel, and ids elsewhere, would order three events in a circle.
 */
export function compareEvents(a: EndpointEvent, b: EndpointEvent): number {
  if (a.time !== b.time) return a.time - b.time;
  if (a.channel !== b.channel) return a.channel < b.channel ? -1 : 1;
  const numbers = (a.recordId ?? Number.MAX_SAFE_INTEGER) - (b.recordId ?? Number.MAX_SAFE_INTEGER);
  if (numbers !== 0) return numbers;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
