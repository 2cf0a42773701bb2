import type { Digest } from '../base/digest';
import type { Micros } from '../base/time';
import { type EventId, NUMBER_FIELDS, type RecordedField, TEXT_FIELDS } from './endpointEvent';
import type { EventDraft } from './record';

/**
 * Identity of an event as a UUIDv8 (RFC 9562, 5.8): 48 bits of recorded time in milliseconds, so that
 * neighbours in time are neighbours in the index, then 74 bits of a SHA-256 over all that the event says.
 *
 * Two records that agree in host, channel, code, record number, both times and every field are one event:
 * that is what makes a second import of the same file, a re-ordered copy or another container change
 * nothing. SHA-256, because telemetry is attacker-controlled: a collision would hide an event.
 */
export function eventId(draft: EventDraft, digest: Digest): EventId {
  return idOfContent(draft.recorded, contentOf(draft), digest);
}

/** The UUIDv8 of a time and of all that is said; for records that become no event but must be told from each other. */
export function idOfContent(recorded: Micros, content: string, digest: Digest): EventId {
  const hash = digest(content);
  const ms = Math.max(0, Math.floor(recorded / 1000));
  const time = ms.toString(16).padStart(12, '0').slice(-12);
  const variant = VARIANT[Number.parseInt(hash[3] ?? '0', 16) & 3] ?? '8';
  return `${time.slice(0, 8)}-${time.slice(8)}-8${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}` as EventId;
}

const VARIANT = ['8', '9', 'a', 'b'] as const;

/**
 * Everything the event says, unambiguously joined: a field's number, its length, its text, in the order of
 * the field lists. It looks at the dozen fields an event has, not at all it could have, and joins once:
 * this runs for every event of an import.
 */
function contentOf(draft: EventDraft): string {
  const { kind, host, channel, code, recordId, recorded, reported } = draft;
  const parts = [
    `${kind}|${host.length}:${host}|${channel.length}:${channel}|${code.length}:${code}|${recordId ?? ''}|${recorded}|${reported ?? ''}`,
  ];
  const present: number[] = [];
  for (const name of Object.keys(draft)) {
    const number = FIELD_NUMBER.get(name);
    if (number !== undefined) insert(present, number);
  }
  for (const number of present) {
    const value = draft[FIELDS[number] as RecordedField];
    if (typeof value === 'string') parts.push(`${LABELS[number]}:${value.length}:${value}`);
    else if (value !== undefined) parts.push(`${LABELS[number]}:${value}`);
  }
  return parts.join('|');
}

const FIELDS: readonly RecordedField[] = [...TEXT_FIELDS, ...NUMBER_FIELDS];
/** Numbered apart, so that a field added at the end of either list leaves the ids of old events as they are. */
const LABELS: readonly string[] = [
  ...TEXT_FIELDS.map((_, i) => String(i)),
  ...NUMBER_FIELDS.map((_, i) => `n${i}`),
];
const FIELD_NUMBER: ReadonlyMap<string, number> = new Map(FIELDS.map((field, i) => [field, i]));

/** Keeps a short list sorted; drafts set their fields nearly in order, so this seldom moves anything. */
function insert(sorted: number[], value: number): void {
  let at = sorted.length;
  while (at > 0 && (sorted[at - 1] as number) > value) at--;
  if (at === sorted.length) sorted.push(value);
  else sorted.splice(at, 0, value);
}
