import { micros } from '../base/time';
import { type ClockSegment, offsetAt } from '../events/clock';
import type { EntityId } from '../events/endpointEvent';
import { productOf, WINDOWS_EVENT_LOG } from '../events/product';
import type { PlacedEvent } from '../events/record';

/**
 * Sysmon's network and DNS events carry a time of their own that can lie before the very start of the
 * process that made them (ANALYTICS B.3). Such an event takes the log's corrected time; when that is still
 * before the start, the start itself: nothing acts before it exists. Input order is kept.
 */
export function settleAgainstStarts(
  events: readonly PlacedEvent[],
  segments: readonly ClockSegment[],
): readonly PlacedEvent[] {
  const starts = new Map<EntityId, number>();
  for (const event of events) {
    const id = event['process.entity_id'];
    if (event.kind !== 'process_start' || id === undefined) continue;
    const known = starts.get(id);
    if (known === undefined || event.time < known) starts.set(id, event.time);
  }
  return events.map((event) => {
    if (event.kind !== 'network_connect' && event.kind !== 'dns_query') return event;
    if (productOf(event.channel) !== WINDOWS_EVENT_LOG) return event;
    const id = event['process.entity_id'];
    const start = id === undefined ? undefined : starts.get(id);
    if (start === undefined || event.time >= start) return event;
    const logged = event.recorded + offsetAt(segments, event.recorded);
    return { ...event, time: micros(Math.max(start, logged)), clock: 'record' as const };
  });
}
