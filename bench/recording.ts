import { readUpload } from '../lib/containers/readUpload';
import type { EventId, EventKind } from '../lib/events/endpointEvent';
import { createIdentifier } from '../lib/events/identify';
import type { PlacedEvent } from '../lib/events/record';
import { nodeDigest } from '../lib/workflows/nodeDigest';

/** Reads a recording and hands out each event of the given kinds once, as storage would keep it. */
export async function eachEvent(
  file: string,
  kinds: ReadonlySet<EventKind>,
  onEvent: (event: PlacedEvent) => void,
): Promise<void> {
  const identify = createIdentifier(nodeDigest);
  const known = new Set<EventId>();
  for await (const step of readUpload(file, { name: 'recording.ndjson' })) {
    if (step.step !== 'batch') continue;
    for (const { outcome, place } of step.records) {
      if (outcome.outcome !== 'event' || !kinds.has(outcome.event.kind)) continue;
      const event = identify(outcome.event, place);
      if (known.has(event.id)) continue;
      known.add(event.id);
      onEvent(event);
    }
  }
}
