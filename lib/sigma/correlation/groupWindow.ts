import type { Micros } from '../../base/time';
import type { SigmaCorrelation } from '../rule';
import type { Correlated, CorrelationHit } from './correlationHit';
import { createTally, type Entry } from './tally';

/** A hit as a window holds it, with the hit that it stands for. */
export type WindowHit<Hit extends CorrelationHit> = Entry & {
  readonly hit: Hit;
  /** Whether it is a result of another correlation, which comes at every moment at which that holds. */
  readonly isResult: boolean;
};

/** Hits of one group within the timespan, and what holds of them. */
export type GroupWindow<Hit extends CorrelationHit> = {
  readonly group: Correlated['group'];
  /** Holds hits of the time at hand until `settle`. */
  readonly put: (hit: WindowHit<Hit>) => void;
  /**
   * Judges the window that ends at the time of the hits put in. `held`: the correlation holds; `since` when, which is
   * the same for windows that overlap, and the hit that completed it. `over`: an earlier result that is complete.
   * `dropped`: hits let go for want of room.
   */
  readonly settle: () => {
    readonly held?: { readonly since: number; readonly hit: Hit };
    readonly over?: Correlated<Hit>;
    readonly dropped: number;
  };
  /** Time of the last hit. */
  readonly last: () => number;
  /** Hits it holds. */
  readonly size: () => number;
  /** The result that is still open, if any: no more hits will come. */
  readonly close: () => Correlated<Hit> | undefined;
};

const EVENTS_TOLD = 100;
const HOSTS_TOLD = 1_000;
const RESULTS_KNOWN = 10_000;

/** A result that may still grow. */
type Open<Hit extends CorrelationHit> = {
  /** End of its first window. */
  readonly since: number;
  readonly from: number;
  to: number;
  /** Hits of this sequence number and before are counted. */
  counted: number;
  hits: number;
  dropped: number;
  readonly events: Hit[];
  readonly hosts: Set<string>;
  readonly hostIds: Set<number>;
  readonly results: Set<string>;
};

/** An empty window of a group; it holds at most `most` hits. */
export function createGroupWindow<Hit extends CorrelationHit>(
  correlation: SigmaCorrelation,
  group: Correlated['group'],
  most: number,
): GroupWindow<Hit> {
  const tally = createTally(correlation);
  let held: WindowHit<Hit>[] = [];
  let head = 0;
  /** Sequence number of `held[0]`. */
  let first = 0;
  let pending: WindowHit<Hit>[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let open: Open<Hit> | undefined;
  let dropped = 0;
  /** Of the time at hand. */
  let refused = 0;

  const shift = (): void => {
    const oldest = held[head];
    if (oldest !== undefined) tally.remove(oldest);
    head++;
    if (head * 2 < held.length) return;
    held = held.slice(head);
    first += head;
    head = 0;
  };
  const resultOf = (one: Open<Hit>): Correlated<Hit> => ({
    correlation,
    group,
    from: one.from as Micros,
    to: one.to as Micros,
    hits: one.hits,
    events: one.events,
    hosts: [...one.hosts],
    hostIds: [...one.hostIds],
    dropped: one.dropped,
  });
  const begin = (): Open<Hit> => ({
    since: last,
    from: held[head]?.time ?? last,
    to: last,
    counted: first + head - 1,
    hits: 0,
    dropped: 0,
    events: [],
    hosts: new Set(),
    hostIds: new Set(),
    results: new Set(),
  });
  const grow = (one: Open<Hit>): void => {
    one.to = last;
    for (let i = Math.max(head, one.counted + 1 - first); i < held.length; i++) {
      const entry = held[i];
      if (entry !== undefined) count(one, entry);
    }
    one.counted = first + held.length - 1;
    one.dropped = dropped;
  };
  return {
    group,
    put: (hit) => {
      last = hit.time;
      if (pending.length < most) pending.push(hit);
      else refused++;
    },
    settle() {
      const start = last - correlation.timespan;
      while (head < held.length && (held[head]?.time ?? 0) <= start) shift();
      const before = dropped;
      for (const entry of inOrder(pending, correlation)) {
        held.push(entry);
        tally.add(entry);
        if (held.length - head <= most) continue;
        shift();
        dropped++;
      }
      pending = [];
      dropped += refused;
      refused = 0;
      const lost = dropped - before;
      const newest = held.at(-1);
      if (newest === undefined || !tally.holds(start)) return { dropped: lost };
      // Windows that have no time in common with the last that held are another matter.
      const over = open !== undefined && start >= open.to ? resultOf(open) : undefined;
      if (open === undefined || over !== undefined) open = begin();
      grow(open);
      return {
        held: { since: open.since, hit: newest.hit },
        dropped: lost,
        ...(over === undefined ? {} : { over }),
      };
    },
    last: () => last,
    size: () => held.length - head + pending.length,
    close: () => (open === undefined ? undefined : resultOf(open)),
  };
}

function count<Hit extends CorrelationHit>(one: Open<Hit>, { isResult, event, hit }: WindowHit<Hit>): void {
  if (isResult) {
    if (one.results.has(event)) return;
    if (one.results.size < RESULTS_KNOWN) one.results.add(event);
  }
  one.hits++;
  if (one.events.length < EVENTS_TOLD) one.events.push(hit);
  if (one.hosts.size < HOSTS_TOLD) one.hosts.add(hit.host);
  if (hit.hostId !== undefined && one.hostIds.size < HOSTS_TOLD) one.hostIds.add(hit.hostId);
}

/**
 * Hits of one time in the order that counts, whatever order they came in: as the correlation lists their rules, then by
 * event. Of types that reckon with a number an event is taken once.
 */
function inOrder<Hit extends CorrelationHit>(
  hits: readonly WindowHit<Hit>[],
  { type }: SigmaCorrelation,
): readonly WindowHit<Hit>[] {
  if (hits.length < 2) return hits;
  const sorted = [...hits].sort(
    (a, b) => (a.places[0] ?? 0) - (b.places[0] ?? 0) || (a.event < b.event ? -1 : a.event > b.event ? 1 : 0),
  );
  if (type !== 'value_sum' && type !== 'value_avg' && type !== 'value_percentile') return sorted;
  const events = new Set<string>();
  return sorted.filter(({ event }) => !events.has(event) && events.add(event));
}
