import type { Digest } from '../base/digest';
import { type EventId, NUMBER_FIELDS, TEXT_FIELDS } from './endpointEvent';
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
  const hash = digest(contentOf(draft));
  const ms = Math.max(0, Math.floor(draft.recorded / 1000));
  const time = ms.toString(16).padStart(12, '0').slice(-12);
  const variant = VARIANT[Number.parseInt(hash[3] ?? '0', 16) & 3] ?? '8';
  return `${time.slice(0, 8)}-${time.slice(8)}-8${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}` as EventId;
}

const VARIANT = ['8', '9', 'a', 'b'] as const;

/** Everything the event says, unambiguously joined: a field's number, its length, its text. */
function contentOf(draft: EventDraft): string {
  const { kind, host, channel, code, recordId, recorded, reported } = draft;
  let text = `${kind}|${host.length}:${host}|${channel.length}:${channel}|${code.length}:${code}|${recordId ?? ''}|${recorded}|${reported ?? ''}`;
  for (let i = 0; i < TEXT_FIELDS.length; i++) {
    const value = draft[TEXT_FIELDS[i] as (typeof TEXT_FIELDS)[number]];
    if (value !== undefined) text += `|${i}:${value.length}:${value}`;
  }
  for (let i = 0; i < NUMBER_FIELDS.length; i++) {
    const value = draft[NUMBER_FIELDS[i] as (typeof NUMBER_FIELDS)[number]];
    if (value !== undefined) text += `|n${i}:${value}`;
  }
  return text;
}
