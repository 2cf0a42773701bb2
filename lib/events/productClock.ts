import { type DurationMicros, durationMicros, MICROS_PER_SECOND, type Micros, micros } from '../base/time';
import type { EndpointEvent } from './endpointEvent';
import { fileName } from './paths';
import { compareProducts, type Product, productOf } from './product';

/**
 * How far one product's clock on a host is from the reference product's, measured from process starts that
 * both recorded. Two sensors of one machine read one clock, but what they export may be minutes off: a
 * portal's time zone, a cloud that stamps on arrival, a machine whose clock was set between two exports.
 */
export type ProductClock = {
  readonly product: Product;
  /** The product whose clock the host's events are put on. */
  readonly reference: Product;
  /** The product's time minus the reference's. */
  readonly offset: DurationMicros;
  /** Starts that both recorded, and how many of them are within two seconds of the offset. */
  readonly pairs: number;
  readonly agreeing: number;
  /** Whether events were moved by it: enough pairs agree, it is more than jitter, and nobody switched it off. */
  readonly applied: boolean;
};

/** Fewer paired starts than this prove nothing. */
const PAIRS_MIN = 3;

/** Offsets below this are jitter of two sensors, not another clock. */
const OFFSET_MIN = 1.5 * MICROS_PER_SECOND;

/** A pair agrees with the offset when it is this close. */
const AGREEMENT = 2 * MICROS_PER_SECOND;

/** Of all pairs, this share must agree. */
const AGREEING_SHARE = 0.6;

/** Starts of one pid and image that are farther apart are two processes: no time zone is farther from another's clock. */
const REACH = 14 * 3600 * MICROS_PER_SECOND;

/** First and last start of a pid and image; far apart, they are several. */
type Starts = Map<string, { readonly first: Micros; readonly last: Micros }>;

/**
 * Measures each product against the host's reference: the Windows event log where there is one, else the
 * first product in the order of PRODUCTS that recorded starts. Times are the events' own (`event.time`).
 * Only starts whose pid and image occur once in each product are compared, so that reuse of a pid misleads
 * nobody. `asReported` names products that a person wants left as they are. Any order of events; linear.
 */
export function measureProductClocks(
  events: readonly EndpointEvent[],
  asReported: ReadonlySet<string> = NONE,
): readonly ProductClock[] {
  const starts = startsByProduct(events);
  const present = [...starts.keys()].sort(compareProducts);
  const [reference, ...others] = present;
  if (reference === undefined) return [];
  const known = starts.get(reference) ?? new Map();
  return others.flatMap((product) => {
    const differences = differencesOf(starts.get(product) ?? new Map(), known);
    if (differences.length === 0) return [];
    const offset = median(differences);
    const agreeing = differences.filter((one) => Math.abs(one - offset) <= AGREEMENT).length;
    const applied =
      differences.length >= PAIRS_MIN &&
      agreeing >= differences.length * AGREEING_SHARE &&
      Math.abs(offset) >= OFFSET_MIN &&
      !asReported.has(product);
    return [
      { product, reference, offset: durationMicros(offset), pairs: differences.length, agreeing, applied },
    ];
  });
}

const NONE: ReadonlySet<string> = new Set();

/** Puts events on the reference's clock; those of products without an applied offset are handed back as they are. */
export function moveToReference<Event extends EndpointEvent>(
  events: readonly Event[],
  clocks: readonly ProductClock[],
): readonly Event[] {
  const offsets = new Map<Product, number>();
  for (const clock of clocks) if (clock.applied) offsets.set(clock.product, clock.offset);
  if (offsets.size === 0) return events;
  return events.map((event) => {
    const offset = offsets.get(productOf(event.channel));
    return offset === undefined ? event : moved(event, offset);
  });
}

function moved<Event extends EndpointEvent>(event: Event, offset: number): Event {
  const start = event['process.start'];
  const parentStart = event['process.parent.start'];
  return {
    ...event,
    time: micros(event.time - offset),
    ...(start === undefined ? {} : { 'process.start': start - offset }),
    ...(parentStart === undefined ? {} : { 'process.parent.start': parentStart - offset }),
  };
}

/** Starts by product and `pid/image`; a key that comes again is of no use. */
function startsByProduct(events: readonly EndpointEvent[]): Map<Product, Starts> {
  const starts = new Map<Product, Starts>();
  for (const event of events) {
    const pid = event['process.pid'];
    const image = event['process.executable'];
    if (event.kind !== 'process_start' || pid === undefined || image === undefined) continue;
    const product = productOf(event.channel);
    const known: Starts = starts.get(product) ?? new Map();
    starts.set(product, known);
    const key = `${pid}/${fileName(image)}`;
    const time = timeOfStart(event);
    const before = known.get(key);
    known.set(key, {
      first: micros(Math.min(before?.first ?? time, time)),
      last: micros(Math.max(before?.last ?? time, time)),
    });
  }
  return starts;
}

/** When the process started: the record may have been written later, for one that was running already. */
function timeOfStart(event: EndpointEvent): Micros {
  return micros(Math.min(event['process.start'] ?? event.time, event.time));
}

function differencesOf(own: Starts, reference: Starts): number[] {
  const differences: number[] = [];
  for (const [key, { first, last }] of own) {
    const other = reference.get(key);
    // Sysmon 1 and Security 4688 of one start are one; a pid that was used again is of no use.
    if (other === undefined || last - first > AGREEMENT || other.last - other.first > AGREEMENT) continue;
    if (Math.abs(first - other.first) <= REACH) differences.push(first - other.first);
  }
  return differences;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}
