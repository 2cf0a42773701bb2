import { EVENT_KINDS, type EventKind } from '../../events/endpointEvent';
import { productOf } from '../../events/product';
import type { LogRecord, NormalisedRecord } from '../../events/record';
import type { SigmaRecord, SigmaSource } from '../record';
import { hasCategory, type Variant, variantOf } from './categories';
import { productSource } from './productSource';
import { knownChannel } from './services';
import { type WindowsClass, windowsSource } from './windowsSource';

/**
 * The record as rules see it. Undefined for what was refused, and for what is ignored and no record of a Windows log,
 * or cannot be placed in time.
 */
export function sigmaRecordOf(outcome: NormalisedRecord): SigmaRecord | undefined {
  if (outcome.outcome === 'quarantined') return undefined;
  const log = outcome.written;
  if (outcome.outcome === 'event') {
    const { event } = outcome;
    if (log !== undefined) return { source: sourceOfLog(log), log, event };
    return { source: sourceOfProduct(productOf(event.channel), event.kind), event };
  }
  return log === undefined || log.time === undefined || !namesHost(log)
    ? undefined
    : { source: sourceOfLog(log), log };
}

function namesHost({ host }: LogRecord): boolean {
  return typeof host === 'string' && host.trim() !== '' && host !== '-';
}

/**
 * Classes met so far: one object each, as long as it is here. Their names are the records' own words: classes of a
 * category are few and stay; of the others the oldest makes room for a new one, so that what one upload brought takes
 * nothing from the next.
 */
const KEPT = new Map<string, SigmaSource>();
const PASSING = new Map<string, SigmaSource>();
const PASSING_MAX = 8000;
/** A longer name is no channel's; an event's number has 16 bits. Beyond, records share a class. */
const CHANNEL_LENGTH_MAX = 200;
const EVENT_ID_MAX = 65_535;

/** By channel as written, then by number and variant, so that a class seen before costs two look-ups and no text. */
const BY_CHANNEL = new Map<string, ChannelClasses>();
type ChannelClasses = { readonly lower: string; readonly events: Map<number, SigmaSource> };
/** Many spellings and numbers may lead to one class. */
const REMEMBERED_MAX = 20_000;
let remembered = 0;

/** Event numbers whose records are told apart by their data. */
const MAY_VARY: ReadonlySet<number> = new Set([12, 4656, 4657, 4663]);
const VARIANT_NUMBER: Readonly<Record<Variant, number>> = { create: 0.2, delete: 0.4, file: 0.6, other: 0.8 };

function sourceOfLog(log: LogRecord): SigmaSource {
  const { channel, eventId } = log;
  const known = BY_CHANNEL.get(channel);
  const lower = known?.lower ?? channel.toLowerCase();
  const variant = MAY_VARY.has(eventId) ? variantOf(lower, eventId, log.data) : undefined;
  const number = variant === undefined ? eventId : eventId + VARIANT_NUMBER[variant];
  const seen = known?.events.get(number);
  if (seen !== undefined) return seen;
  const source = sourceOfClass({ channel, eventId, variant });
  if (channel.length > CHANNEL_LENGTH_MAX) return source;
  if (remembered >= REMEMBERED_MAX) forget();
  remembered++;
  const classes = BY_CHANNEL.get(channel);
  if (classes === undefined) BY_CHANNEL.set(channel, { lower, events: new Map([[number, source]]) });
  else classes.events.set(number, source);
  return source;
}

function forget(): void {
  BY_CHANNEL.clear();
  remembered = 0;
}

function seenSource(key: string): SigmaSource | undefined {
  return KEPT.get(key) ?? PASSING.get(key);
}

/** Keeps a class that is no category's, in the place of the oldest of its like. */
function keepPassing(source: SigmaSource): SigmaSource {
  if (PASSING.size >= PASSING_MAX) {
    for (const key of PASSING.keys()) if (PASSING.delete(key)) break;
    // It may be among what was remembered; that is made anew in no time.
    if (remembered > PASSING_MAX) forget();
  }
  PASSING.set(source.key, source);
  return source;
}

function sourceOfClass({ channel, eventId, variant }: WindowsClass): SigmaSource {
  const known = knownChannel(channel);
  if (known === undefined || eventId === undefined || eventId > EVENT_ID_MAX)
    return wholeChannel(known?.name ?? channel);
  const { name } = known;
  const key = variant === undefined ? `${name} ${eventId}` : `${name} ${eventId} ${variant}`;
  const seen = seenSource(key);
  if (seen !== undefined) return seen;
  const source = windowsSource(key, `${shortChannel(name)} ${eventId}`, { channel: name, eventId, variant });
  if (!hasCategory(name.toLowerCase(), eventId)) return keepPassing(source);
  KEPT.set(key, source);
  return source;
}

const WHOLE = ' (any event)';
const WINDOWS = 'Windows event log';

/** All events of a channel that no service is about: nothing hangs on their numbers. Of names too long, of all those. */
function wholeChannel(channel: string): SigmaSource {
  if (channel.length > CHANNEL_LENGTH_MAX) return wholeChannel(WINDOWS);
  const key = `${channel}${WHOLE}`;
  return (
    seenSource(key) ??
    keepPassing(
      windowsSource(key, shortChannel(channel), { channel, eventId: undefined, variant: undefined }),
    )
  );
}

/** `Sysmon`, `Security`, `TaskScheduler`. */
function shortChannel(channel: string): string {
  const bare = channel.startsWith(VENDOR) ? channel.slice(VENDOR.length) : channel;
  return bare.endsWith(OPERATIONAL) ? bare.slice(0, -OPERATIONAL.length) : bare;
}

const VENDOR = 'Microsoft-Windows-';
const OPERATIONAL = '/Operational';

const BY_PRODUCT = new Map<string, Map<EventKind, SigmaSource>>();
const PRODUCTS_MAX = 500;

function sourceOfProduct(product: string, kind: EventKind): SigmaSource {
  const known = BY_PRODUCT.get(product)?.get(kind);
  if (known !== undefined) return known;
  const kinds = BY_PRODUCT.get(product);
  if (kinds === undefined && BY_PRODUCT.size >= PRODUCTS_MAX && product !== OTHER_PRODUCT)
    return sourceOfProduct(OTHER_PRODUCT, kind);
  const source = productSource(product, kind);
  if (kinds === undefined) BY_PRODUCT.set(product, new Map([[kind, source]]));
  else kinds.set(kind, source);
  return source;
}

const OTHER_PRODUCT = 'Other product';

/** The class that a key names, which `SigmaSource.key` gave; undefined for any other text. */
export function sourceOfKey(key: string): SigmaSource | undefined {
  const seen = seenSource(key);
  if (seen !== undefined) return seen;
  if (key.endsWith(WHOLE)) return wholeChannel(key.slice(0, -WHOLE.length));
  const windows = WINDOWS_KEY.exec(key);
  if (windows !== null) {
    const [, channel = '', number, variant] = windows;
    return sourceOfClass({ channel, eventId: Number(number), variant: variant as Variant | undefined });
  }
  const at = key.lastIndexOf(' ');
  const kind = KINDS.get(key.slice(at + 1));
  return at < 0 || kind === undefined ? undefined : sourceOfProduct(key.slice(0, at), kind);
}

const WINDOWS_KEY = /^(.*) (\d{1,15})(?: (create|delete|file|other))?$/s;
const KINDS: ReadonlyMap<string, EventKind> = new Map(EVENT_KINDS.map((kind) => [kind, kind]));
