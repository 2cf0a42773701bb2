import type { SigmaCorrelation } from '../rule';
import type { Correlated, CorrelationHit, Dropped } from './correlationHit';
import { CORRELATION_LIMITS, type CorrelationLimits, createWatcher, type Incoming } from './watcher';

/** Correlation rules fed with hits one after the other. */
export type Correlator<Hit extends CorrelationHit> = {
  /** Hits come in order of time; of one time in any order. Throws for one that is older than the last. */
  readonly add: (hit: Hit) => void;
  /** No more hits will come: what was found, by time, and what was let go for want of room (only where anything was). */
  readonly end: () => {
    readonly correlated: readonly Correlated<Hit>[];
    readonly dropped: readonly Dropped[];
  };
};

/**
 * Works correlation rules out over hits.
 *
 * Windows slide: every hit ends one, which reaches from its time back to (not including) its time less the timespan;
 * hits of one time are in it together, so that their order does not matter. A correlation holds for a window of a group
 * (hits whose group-by values are the same, case ignored) as follows; windows that overlap are one result.
 * - `event_count`: distinct events. `value_count`: distinct values, or combinations of values of several fields.
 * - `value_sum`, `value_avg`, `value_percentile` (nearest rank): of the numbers that hits have in the field.
 * - `temporal`: every rule hit, or as many of them as its conditions say. `temporal_ordered`: there are hits in the order of the rules; hits of one time stand in
 *   the order in which the correlation first names their rules.
 * All conditions must hold. `eq` holds for a window of just so many, also where more come later; `lt` and `lte` for one
 * of fewer, yet of at least one hit: what no hit ends is no window. A hit that lacks a group-by field or the field that
 * is reckoned with (a number, where a number is asked for) is no hit for this correlation.
 *
 * A result is a hit for correlations that name its rule: one event, there at the end of each window that held; its
 * fields are its group-by values. Memory is bounded by `limits`.
 */
export function createCorrelator<Hit extends CorrelationHit>(
  correlations: readonly SigmaCorrelation[],
  limits: CorrelationLimits = CORRELATION_LIMITS,
): Correlator<Hit> {
  const watchers = inOrderOfUse(correlations).map((correlation) => ({
    correlation,
    watcher: createWatcher<Hit>(correlation, limits),
  }));
  const byReference = new Map<string, Set<number>>();
  watchers.forEach(({ correlation }, number) => {
    for (const rule of correlation.rules) {
      const users = byReference.get(rule) ?? new Set();
      byReference.set(rule, users.add(number));
    }
  });
  /** Watchers that have something to settle; one only tells those that come after it. */
  const waiting = new Set<number>();
  let now = Number.NEGATIVE_INFINITY;

  const spread = (incoming: Incoming<Hit>, after: number): void => {
    const users = new Set(
      incoming.references.flatMap((reference) => [...(byReference.get(reference) ?? [])]),
    );
    for (const number of users) {
      if (number <= after) continue;
      watchers[number]?.watcher.take(incoming);
      waiting.add(number);
    }
  };
  const settle = (): void => {
    for (let number = 0; number < watchers.length && waiting.size > 0; number++)
      if (waiting.delete(number)) watchers[number]?.watcher.settle(now, (result) => spread(result, number));
  };
  return {
    add(hit) {
      if (hit.time < now) throw new Error(`hits must come in order of time: ${hit.time} came after ${now}`);
      if (hit.time > now) settle();
      now = hit.time;
      const references = hit.name === undefined ? [hit.rule] : [hit.rule, hit.name];
      const event = `${hit.hostId ?? hit.host} ${hit.eventId}`;
      spread({ references, event, time: hit.time, fields: hit.fields, host: hit.host, hit }, -1);
    },
    end() {
      settle();
      const ends = watchers.map(({ watcher }) => watcher.end());
      const place = new Map(correlations.map((correlation, i) => [correlation, i]));
      const order = (one: Correlated): string => JSON.stringify(one.group.map(({ value }) => value));
      return {
        correlated: ends
          .flatMap(({ results }) => results)
          .sort(
            (a, b) =>
              a.from - b.from ||
              (place.get(a.correlation) ?? 0) - (place.get(b.correlation) ?? 0) ||
              (order(a) < order(b) ? -1 : 1),
          ),
        dropped: ends
          .map(({ dropped }) => dropped)
          .filter(({ hits, groups, results }) => hits + groups + results > 0),
      };
    },
  };
}

/** Works correlation rules out over all hits, which come in order of time: see `createCorrelator`. */
export function correlateHits<Hit extends CorrelationHit>(
  correlations: readonly SigmaCorrelation[],
  hits: Iterable<Hit>,
): readonly Correlated<Hit>[] {
  const correlator = createCorrelator<Hit>(correlations);
  for (const hit of hits) correlator.add(hit);
  return correlator.end().correlated;
}

/** Correlations after those that they stand on. */
function inOrderOfUse(correlations: readonly SigmaCorrelation[]): readonly SigmaCorrelation[] {
  const byReference = new Map<string, SigmaCorrelation>();
  for (const correlation of correlations)
    for (const reference of [correlation.id, correlation.name])
      if (reference !== undefined) byReference.set(reference, correlation);
  const placed: SigmaCorrelation[] = [];
  const begun = new Set<SigmaCorrelation>();
  // No recursion: chains are as long as somebody writes them.
  const open: { readonly correlation: SigmaCorrelation; next: number }[] = [];
  const begin = (correlation: SigmaCorrelation): void => {
    if (begun.has(correlation)) return;
    begun.add(correlation);
    open.push({ correlation, next: 0 });
  };
  for (const correlation of correlations) {
    begin(correlation);
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const rule = last.correlation.rules[last.next++];
      const other = rule === undefined ? undefined : byReference.get(rule);
      if (other !== undefined) begin(other);
      else if (rule === undefined) {
        placed.push(last.correlation);
        open.pop();
      }
    }
  }
  return placed;
}
