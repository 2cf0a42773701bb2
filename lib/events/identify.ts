import type { Digest } from '../base/digest';
import { createRunningClock } from './clock';
import { eventId } from './eventId';
import type { EventDraft, PlacedEvent, RecordPlace } from './record';

/**
 * Turns drafts into events as they arrive: identity, and a first estimate of the effective time that
 * correlation settles later (events/clock.ts alignClocks). One identifier per import: it carries the running
 * clock of each host. The command line and the import workflow use this same step.
 */
export function createIdentifier(digest: Digest): (draft: EventDraft, place?: RecordPlace) => PlacedEvent {
  const clock = createRunningClock();
  return (draft, place) => {
    const { time, clock: basis } = clock.timeOf(draft);
    // Object.assign on a fresh literal keeps one hidden class per field set; drafts are never mutated.
    const event = Object.assign({ id: eventId(draft, digest), time, clock: basis }, draft);
    return place === undefined ? event : Object.assign(event, { place });
  };
}
