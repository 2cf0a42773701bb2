import type { Micros } from '../base/time';
import type { EventKind } from '../events/endpointEvent';
import { normaliseHostName } from '../events/hostName';
import type { EventDraft, NormalisedRecord } from '../events/record';
import { storable } from './vendorValues';

/** A draft while its fields are being set. Absent stays absent: a field is only assigned when there is a value. */
export type OpenDraft = { -readonly [Field in keyof EventDraft]: EventDraft[Field] };

/** What every event of a product's own sensor has. */
export type EventStart = {
  readonly kind: EventKind;
  /** Name of the machine; where the record has none, its device id. */
  readonly host: string | undefined;
  /** The vendor's id of the machine. */
  readonly deviceId?: string | undefined;
  /** The sensor's own time, UTC. */
  readonly time: Micros | undefined;
  /** `Product` or `Product/Stream`, see events/product.ts. */
  readonly channel: string;
  /** The vendor's event type, e.g. `ProcessRollup2`. */
  readonly code: string;
};

/**
 * Starts the event of a record whose time is the sensor's own. A record without machine or time cannot be
 * placed: the refusal says which. `recorded` and `reported` are then the same: products keep one clock.
 */
export function startEvent(start: EventStart): OpenDraft | string {
  const { kind, time, channel, code } = start;
  const deviceId = deviceIdOf(start.deviceId, channel);
  const host = start.host?.trim() || deviceId;
  if (host === undefined || host === '' || host === '-') return `${code}: no host name and no device id`;
  if (time === undefined) return `${code}: no time, or one that cannot be read`;
  const draft: OpenDraft = {
    kind,
    recorded: time,
    reported: time,
    host: storable(normaliseHostName(host)),
    channel,
    code: storable(code),
  };
  if (deviceId !== undefined && deviceId !== '') draft['host.id'] = deviceId;
  return draft;
}

/** Ids shorter than this are numbers that a server counts up: another server's machines have the same ones. */
const GLOBAL_ID_MIN = 8;

/** What products write for a machine they cannot tell: zeros, or a word for it. */
const NOBODY = /^(?:\{?[0-]+\}?|unknown|undefined|null|none|n\/a|not available)$/;

/** A device id as we keep it: lower case, and under its product's name where it is not unique by itself. */
export function deviceIdOf(id: string | undefined, channel: string): string | undefined {
  const plain = id === undefined ? '' : storable(id.trim().toLowerCase());
  if (plain === '' || NOBODY.test(plain)) return undefined;
  return plain.length >= GLOBAL_ID_MIN
    ? plain
    : `${(channel.split('/')[0] ?? channel).toLowerCase()} ${plain}`;
}

/** Sets a field where there is a value: absent stays absent. */
export function put<Field extends keyof OpenDraft>(
  draft: OpenDraft,
  field: Field,
  value: OpenDraft[Field] | undefined,
): void {
  if (value !== undefined) draft[field] = value;
}

/** `DOMAIN\\name` into user.domain and user.name; `name@domain` stays a name. */
export function putUser(draft: OpenDraft, user: string | undefined): void {
  if (user === undefined) return;
  const slash = user.indexOf('\\');
  if (slash < 0) draft['user.name'] = user;
  else {
    if (slash > 0) draft['user.domain'] = user.slice(0, slash);
    if (slash < user.length - 1) draft['user.name'] = user.slice(slash + 1);
  }
}

/** Wraps a finished draft. */
export function event(draft: OpenDraft): NormalisedRecord {
  return { outcome: 'event', event: draft };
}

/** Wraps a reason why a record that should be an event is none. */
export function quarantined(reason: string): NormalisedRecord {
  return { outcome: 'quarantined', reason };
}

/** A record of a type that is not used, by its name. */
export function ignored(type: string): NormalisedRecord {
  return { outcome: 'ignored', type: storable(type.slice(0, 120)) };
}

/** An ignored record that says which machine a device id is, where it has both; `DeviceName` in events/record.ts. */
export function ignoredDevice(
  type: string,
  id: string | undefined,
  name: string | undefined,
): NormalisedRecord {
  const shown = storable(type.slice(0, 120));
  if (id === undefined || id.trim().length < GLOBAL_ID_MIN || name === undefined)
    return { outcome: 'ignored', type: shown };
  const device = { id: storable(id.trim().toLowerCase()), name: storable(normaliseHostName(name)) };
  return { outcome: 'ignored', type: shown, device };
}
