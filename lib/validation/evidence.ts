import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';
import type { Finding } from '../findings/finding';
import type { ExpectedStage } from './labels';
import type { Replay } from './replay';

/** Where a labelled record was found again. */
export type EvidencePlace = {
  /** Id of the finding's stage that quotes it; undefined when it is only on the finding's path. */
  readonly stage: string | undefined;
  /** The records that hold the texts: all that the stage quotes, or the first on the path. */
  readonly records: readonly EventId[];
};

/** Events on the paths of findings that are searched for one labelled record. */
const SEARCHED_ON_PATH = 200_000;

/**
 * Looks for the record that a label describes by its texts: first among the events that the findings' stages quote,
 * then among all events of processes on the findings' paths, which the graph shows. Undefined: it is nowhere.
 */
export function findEvidence(
  expected: ExpectedStage,
  findings: readonly Finding[],
  replay: Replay,
): EvidencePlace | undefined {
  const needles = expected.match_all.map(toNeedle).filter((needle) => needle.length > 0);
  for (const finding of findings) {
    for (const stage of finding.stages) {
      const records = stage.events
        .map(({ eventId }) => eventId)
        .filter((id) => holds(replay.events.get(id), needles));
      if (records.length > 0) return { stage: stage.id, records: [...new Set(records)] };
    }
  }
  let searched = 0;
  const byActor = eventsByActor(replay);
  for (const actor of new Set<EntityId>(findings.flatMap((finding) => finding.path))) {
    for (const event of byActor.get(actor) ?? []) {
      if (searched++ >= SEARCHED_ON_PATH) return undefined;
      if (holds(event, needles)) return { stage: undefined, records: [event.id] };
    }
  }
  return undefined;
}

const BY_ACTOR = new WeakMap<Replay, ReadonlyMap<EntityId, readonly EndpointEvent[]>>();

/** The events of each process; made once per replay, since labels may ask for many records. */
function eventsByActor(replay: Replay): ReadonlyMap<EntityId, readonly EndpointEvent[]> {
  const known = BY_ACTOR.get(replay);
  if (known !== undefined) return known;
  const made = new Map<EntityId, EndpointEvent[]>();
  for (const event of replay.events.values()) {
    const actor = event['process.entity_id'] ?? replay.processes.get(event.id);
    if (actor === undefined) continue;
    const events = made.get(actor);
    if (events === undefined) made.set(actor, [event]);
    else events.push(event);
  }
  BY_ACTOR.set(replay, made);
  return made;
}

/** Whether an event says all the texts, in any of its fields; case does not matter. */
export function holds(event: EndpointEvent | undefined, needles: readonly string[]): boolean {
  if (event === undefined) return false;
  const said = saying(event);
  return needles.every((needle) => said.includes(needle));
}

const SAYINGS = new WeakMap<EndpointEvent, string>();

function saying(event: EndpointEvent): string {
  const known = SAYINGS.get(event);
  if (known !== undefined) return known;
  const values = Object.entries(event).filter(([key]) => key !== 'id' && key !== 'place');
  const said = values.map(([, value]) => String(value).toLowerCase()).join('\n');
  SAYINGS.set(event, said);
  return said;
}

/** A label quotes records as vendors write them: GUIDs in braces, `Key=value` lines of a stream. */
export function toNeedle(text: string): string {
  const bare = text.replace(/^\{([0-9a-f-]{36})\}$/i, '$1');
  const line = /^(?:HostUrl|ReferrerUrl|ZoneId)=(.*)$/.exec(bare);
  return (line?.[1] ?? bare).toLowerCase();
}
