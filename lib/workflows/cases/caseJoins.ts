import type { CaseTimeline } from '../../contracts/cases';
import type { EndpointEvent } from '../../events/endpointEvent';
import { fileName } from '../../events/paths';
import { destinationOf, droppedPath, fileHash, imageHash, personOf, touchedName } from './markValues';
import type { StageMark } from './stageMarks';

type By = CaseTimeline['joins'][number]['by'];

/** Joins told, and ends of one: more would be a carpet. */
const JOINS = 100;
const ENDS = 50;
const ORDER: readonly By[] = ['hash', 'destination', 'file', 'user'];

/**
 * What events on different hosts have in common: a hash of a file, where they went, a file's name, a person. Only what
 * stands on at least two hosts; the most telling kind first, then what most hosts share.
 */
export function caseJoins(
  marks: readonly StageMark[],
  events: ReadonlyMap<string, EndpointEvent>,
): CaseTimeline['joins'] {
  const dropped = new Set(marks.flatMap(({ event }) => droppedName(event) ?? []));
  const shared = new Map<string, { by: By; value: string; hosts: Set<number>; eventIds: Set<string> }>();
  for (const { hostId, event } of marks) {
    for (const [by, value] of valuesOf(event, events.get(event.eventId), dropped)) {
      const key = `${by} ${value}`;
      const known = shared.get(key) ?? { by, value, hosts: new Set(), eventIds: new Set() };
      known.hosts.add(hostId);
      known.eventIds.add(event.eventId);
      shared.set(key, known);
    }
  }
  return [...shared.values()]
    .filter(({ hosts }) => hosts.size > 1)
    .sort(
      (a, b) =>
        ORDER.indexOf(a.by) - ORDER.indexOf(b.by) ||
        b.hosts.size - a.hosts.size ||
        (a.value < b.value ? -1 : 1),
    )
    .slice(0, JOINS)
    .map(({ by, value, eventIds }) => ({ by, value, eventIds: [...eventIds].slice(0, ENDS) }));
}

function valuesOf(
  event: StageMark['event'],
  recorded: EndpointEvent | undefined,
  dropped: ReadonlySet<string>,
): readonly (readonly [By, string])[] {
  const destination = destinationOf(event);
  const hash = fileHash(recorded);
  const person = personOf(event);
  const image = event.image === undefined ? '' : fileName(event.image);
  // A file brought onto one host may be known on another only as what was run there.
  const ran = event.kind === 'process_start' && dropped.has(image);
  const imageOf = ran ? imageHash(recorded) : undefined;
  const name = touchedName(event) ?? (ran ? image : undefined);
  return [
    ...(destination === undefined ? [] : [['destination', destination] as const]),
    ...(hash === undefined ? [] : [['hash', hash.value] as const]),
    ...(imageOf === undefined ? [] : [['hash', imageOf.value] as const]),
    ...(name === undefined ? [] : [['file', name] as const]),
    ...(person === undefined ? [] : [['user', person] as const]),
  ];
}

function droppedName(event: StageMark['event']): string | undefined {
  const path = droppedPath(event);
  return path === undefined ? undefined : fileName(path);
}
