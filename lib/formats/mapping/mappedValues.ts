import { parseAddress } from '../../events/addresses';
import type { EcsNumber, EcsText, EntityId } from '../../events/endpointEvent';
import { TEXT_FIELDS } from '../../events/endpointEvent';
import { type OpenDraft, put, putUser } from '../eventDraft';
import { countOf, joined, severityOf, textOf } from '../vendorValues';
import type { TimeReader } from './mappedTime';
import type { MappedField } from './mapping';

/** A value of the record, or the mapping's constant, for a field; undefined where there is neither. */
export type ValueOf = (field: MappedField) => unknown;

/** Sets the fields of an event from a record's values. */
export type PutMapped = (draft: OpenDraft, given: ValueOf) => void;

/**
 * The setter for the fields that a mapping names, each in the form events have it. Decided once: this runs for
 * every record, and a mapping names a dozen fields of seventy.
 */
export function createSetter(names: ReadonlySet<MappedField>, time: TimeReader): PutMapped {
  const texts = TEXT_FIELDS.filter(
    (field) => !APART.has(field) && (names.has(field) || PARTS.get(field)?.some((part) => names.has(part))),
  );
  return (draft, given) => putMapped(draft, given, time, texts);
}

function putMapped(
  draft: OpenDraft,
  given: ValueOf,
  time: TimeReader,
  texts: readonly (keyof EcsText)[],
): void {
  putUser(draft, textOf(given('user.name')));
  putAddress(draft, 'destination', textOf(given('destination.ip')));
  putAddress(draft, 'source', textOf(given('source.ip')));
  for (const field of texts) putText(draft, field, given);
  for (const field of COUNTS) put(draft, field, countOf(given(field)) ?? draft[field]);
  put(draft, 'process.start', time(given('process.start')));
  put(draft, 'process.parent.start', time(given('process.parent.start')));
  put(draft, 'event.severity', severityIn(given('event.severity')));
  const zone = Number(textOf(given('file.zone_identifier')) ?? Number.NaN);
  if (Number.isInteger(zone) && zone >= 0 && zone <= 4) draft['file.zone_identifier'] = zone;
}

const COUNTS = [
  'process.pid',
  'process.parent.pid',
  'destination.port',
  'source.port',
] as const satisfies readonly (keyof EcsNumber)[];

/** Set before the others, since one value may give two fields; `host.id` is set where the event starts. */
const APART: ReadonlySet<keyof EcsText> = new Set(['user.name', 'destination.ip', 'source.ip', 'host.id']);

function putText(draft: OpenDraft, field: keyof EcsText, given: ValueOf): void {
  const read = READERS.get(field);
  const text = read === undefined ? joined(given(field)) : read(given);
  // Identity is branded text; every other field is plain.
  if (text !== undefined) draft[field] = text as EntityId;
}

/** Fields that are put together out of others. */
const PARTS: ReadonlyMap<keyof EcsText, readonly MappedField[]> = new Map<
  keyof EcsText,
  readonly MappedField[]
>([
  ['process.executable', ['process.name']],
  ['process.parent.executable', ['process.parent.name']],
  ['process.hash.sha256', ['process.hash']],
  ['process.hash.sha1', ['process.hash']],
  ['process.hash.md5', ['process.hash']],
  ['file.hash.sha256', ['file.hash']],
  ['file.hash.sha1', ['file.hash']],
  ['file.hash.md5', ['file.hash']],
  ['file.path', ['file.directory', 'file.name']],
  ['registry.path', ['registry.key', 'registry.value']],
]);

type Reader = (given: ValueOf) => string | undefined;

/** Fields whose text is not simply the record's. */
const READERS: ReadonlyMap<keyof EcsText, Reader> = new Map<keyof EcsText, Reader>([
  ['process.entity_id', (given) => entityIn(given('process.entity_id'))],
  ['process.parent.entity_id', (given) => entityIn(given('process.parent.entity_id'))],
  ['process.executable', (given) => first(given, 'process.executable', 'process.name')],
  ['process.parent.executable', (given) => first(given, 'process.parent.executable', 'process.parent.name')],
  ['process.hash.sha256', (given) => digestIn(64, given, 'process.hash.sha256', 'process.hash')],
  ['process.hash.sha1', (given) => digestIn(40, given, 'process.hash.sha1', 'process.hash')],
  ['process.hash.md5', (given) => digestIn(32, given, 'process.hash.md5', 'process.hash')],
  ['file.hash.sha256', (given) => digestIn(64, given, 'file.hash.sha256', 'file.hash')],
  ['file.hash.sha1', (given) => digestIn(40, given, 'file.hash.sha1', 'file.hash')],
  ['file.hash.md5', (given) => digestIn(32, given, 'file.hash.md5', 'file.hash')],
  ['process.integrity_level', (given) => textOf(given('process.integrity_level'))?.toLowerCase()],
  ['file.path', (given) => textOf(given('file.path')) ?? under(given, 'file.directory', 'file.name')],
  [
    'registry.path',
    (given) => textOf(given('registry.path')) ?? under(given, 'registry.key', 'registry.value'),
  ],
  ['network.direction', (given) => DIRECTIONS.get(wordIn(given('network.direction')))],
  ['network.transport', (given) => transportIn(given('network.transport'))],
]);

/** The vendor's unique id in our form: lower case, without braces. */
function entityIn(value: unknown): EntityId | undefined {
  const text = textOf(value)
    ?.trim()
    .replace(/^\{|\}$/g, '')
    .toLowerCase();
  return text === undefined || text === '' || /^[0-]+$/.test(text) ? undefined : (text as EntityId);
}

function first(given: ValueOf, ...fields: readonly MappedField[]): string | undefined {
  for (const field of fields) {
    const text = textOf(given(field));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A name in a folder (or a value in a key); either may be missing. A name that is a path already stays. */
function under(given: ValueOf, folder: MappedField, name: MappedField): string | undefined {
  const [above, below] = [textOf(given(folder)), textOf(given(name))];
  if (above === undefined || below === undefined) return below ?? above;
  if (/^([A-Za-z]:|[\\/])/.test(below)) return below;
  const separator = above.includes('/') && !above.includes('\\') ? '/' : '\\';
  return /[\\/]$/.test(above) ? `${above}${below}` : `${above}${separator}${below}`;
}

/** The digest of a length in the first field that has one, alone or in a list such as `MD5=…,SHA256=…`. */
function digestIn(length: number, given: ValueOf, ...fields: readonly MappedField[]): string | undefined {
  for (const field of fields) {
    const text = joined(given(field))?.slice(0, DIGESTS_LENGTH_MAX).toLowerCase() ?? '';
    for (const part of text.split(/[^0-9a-z]+/))
      if (part.length === length && /^[0-9a-f]+$/.test(part) && !/^0+$/.test(part)) return part;
  }
  return undefined;
}

const DIGESTS_LENGTH_MAX = 1000;

/** An address, `address:port`, or a name where the product writes either: the name is then the domain. */
function putAddress(draft: OpenDraft, side: 'source' | 'destination', written: string | undefined): void {
  if (written === undefined) return;
  const bracketed = /^\[([^\]]{2,50})\](?::(\d{1,5}))?$/.exec(written);
  const pair = bracketed ?? /^([^:]{1,255}):(\d{1,5})$/.exec(written);
  const name = (parseAddress(written) === undefined ? pair?.[1] : undefined) ?? written;
  if (parseAddress(name) !== undefined) draft[`${side}.ip`] = name;
  else if (side === 'destination') draft['destination.domain'] = name;
  const port = name === written ? undefined : countOf(pair?.[2]);
  if (port !== undefined) draft[`${side}.port`] = port;
}

/** A word in lower case; empty for none. */
function wordIn(value: unknown): string {
  return textOf(value)?.trim().toLowerCase() ?? '';
}

/** Products' words for who opened a connection, as seen from the host; `true` and `false` answer "initiated". */
const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ...['egress', 'outbound', 'outgoing', 'out', 'true', 'initiated', 'connect'].map(
    (one) => [one, 'egress'] as const,
  ),
  ...['ingress', 'inbound', 'incoming', 'in', 'false', 'accept', 'accepted'].map(
    (one) => [one, 'ingress'] as const,
  ),
]);

function transportIn(value: unknown): string | undefined {
  const written = wordIn(value);
  return written === '' ? undefined : (PROTOCOLS.get(written) ?? written);
}

const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['6', 'tcp'],
  ['17', 'udp'],
  ['1', 'icmp'],
]);

/** A vendor's word, or a number of 1 to 99 as it is. */
function severityIn(value: unknown): number | undefined {
  const text = textOf(value);
  const number = countOf(text);
  return number === undefined ? severityOf(text) : number <= 99 ? number : undefined;
}
