import type { SigmaCorrelation } from '../rule';

/** What a window knows of one hit in it. */
export type Entry = {
  /** Places in the correlation's list at which its rule stands, ascending. */
  readonly places: readonly number[];
  /** One for hits on one event. */
  readonly event: string;
  readonly time: number;
  /** Of value_count the values counted, of the other value types the number. */
  readonly value: string | number | undefined;
};

/** What a correlation makes of the hits in its window; kept up as hits come and go. */
export type Tally = {
  /** Hits come in order of time; those of one time in the order of `places`, then of `event`. */
  readonly add: (entry: Entry) => void;
  /** The oldest hit left the window. */
  readonly remove: (entry: Entry) => void;
  /** Whether the correlation holds for the window that began after `start`. */
  readonly holds: (start: number) => boolean;
};

/** An empty tally. */
export function createTally(correlation: SigmaCorrelation): Tally {
  const { type, rules, percentile = 50 } = correlation;
  const compared =
    (value: () => number | undefined): Tally['holds'] =>
    () =>
      satisfiesAll(correlation, value());
  switch (type) {
    case 'event_count': {
      const events = createCounts();
      return {
        add: ({ event }) => events.add(event),
        remove: ({ event }) => events.remove(event),
        holds: compared(events.distinct),
      };
    }
    case 'value_count': {
      const values = createCounts();
      return {
        add: ({ value }) => values.add(String(value)),
        remove: ({ value }) => values.remove(String(value)),
        holds: compared(values.distinct),
      };
    }
    case 'value_sum':
    case 'value_avg': {
      const sum = createSum();
      const value = type === 'value_sum' ? sum.total : sum.average;
      return { add: sum.add, remove: sum.remove, holds: compared(value) };
    }
    case 'value_percentile': {
      const sorted = createSorted();
      return { add: sorted.add, remove: sorted.remove, holds: compared(() => sorted.percentile(percentile)) };
    }
    case 'temporal':
      return createTogether(correlation);
    case 'temporal_ordered':
      return createOrder(rules.length);
  }
}

const COMPARE: Readonly<
  Record<SigmaCorrelation['conditions'][number]['op'], (value: number, bound: number) => boolean>
> = {
  gt: (value, bound) => value > bound,
  gte: (value, bound) => value >= bound,
  lt: (value, bound) => value < bound,
  lte: (value, bound) => value <= bound,
  eq: (value, bound) => value === bound,
  neq: (value, bound) => value !== bound,
};

/** Whether a number satisfies one comparison. */
export function satisfies(
  { op, value: bound }: SigmaCorrelation['conditions'][number],
  value: number,
): boolean {
  return COMPARE[op](value, bound);
}

function satisfiesAll({ conditions }: SigmaCorrelation, value: number | undefined): boolean {
  return value !== undefined && conditions.every((one) => satisfies(one, value));
}

/** Distinct texts, each with how often it is there. */
function createCounts() {
  const counts = new Map<string, number>();
  return {
    add(text: string): void {
      counts.set(text, (counts.get(text) ?? 0) + 1);
    },
    remove(text: string): void {
      const left = (counts.get(text) ?? 0) - 1;
      if (left > 0) counts.set(text, left);
      else counts.delete(text);
    },
    distinct: () => counts.size,
  };
}

const numberOf = ({ value }: Entry): number => Number(value);

/** A sum that is added up anew now and then, so that rounding does not pile up. */
function createSum() {
  let held: number[] = [];
  let head = 0;
  let total = 0;
  return {
    add(entry: Entry): void {
      held.push(numberOf(entry));
      total += numberOf(entry);
    },
    remove(): void {
      total -= held[head] ?? 0;
      head++;
      if (head * 2 < held.length) return;
      held = held.slice(head);
      head = 0;
      total = held.reduce((sum, value) => sum + value, 0);
    },
    total: () => (held.length === head ? undefined : total),
    average: () => (held.length === head ? undefined : total / (held.length - head)),
  };
}

/** Numbers in ascending order. */
function createSorted() {
  const sorted: number[] = [];
  /** Where the first number stands that is not less. */
  const place = (value: number): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    add(entry: Entry): void {
      sorted.splice(place(numberOf(entry)), 0, numberOf(entry));
    },
    remove(entry: Entry): void {
      sorted.splice(place(numberOf(entry)), 1);
    },
    /** The least number that `percent` of all do not exceed (nearest rank); undefined of none. */
    percentile: (percent: number) => sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)],
  };
}

/** When each rule last hit: so many hold together as have done so within the window; without conditions all must. */
function createTogether(correlation: SigmaCorrelation): Tally {
  const { rules, conditions } = correlation;
  const last: number[] = rules.map(() => Number.NEGATIVE_INFINITY);
  /** A rule that is named twice counts once. */
  const counted = rules.flatMap((rule, place) => (rules.indexOf(rule) === place ? [place] : []));
  const within = (start: number): number =>
    counted.filter((place) => (last[place] ?? Number.NEGATIVE_INFINITY) > start).length;
  return {
    add({ places, time }) {
      for (const place of places) last[place] = time;
    },
    remove: () => undefined,
    holds: (start) =>
      conditions.length === 0 ? last.every((time) => time > start) : satisfiesAll(correlation, within(start)),
  };
}

/** For each place the latest possible time of the first hit of a chain that has come so far. */
function createOrder(rules: number): Tally {
  const begun: number[] = Array.from({ length: rules }, () => Number.NEGATIVE_INFINITY);
  return {
    add({ places, time }) {
      // From the last place back: one hit is one step of a chain.
      for (const place of [...places].reverse())
        begun[place] = place === 0 ? time : (begun[place - 1] ?? Number.NEGATIVE_INFINITY);
    },
    remove: () => undefined,
    holds: (start) => (begun[rules - 1] ?? Number.NEGATIVE_INFINITY) > start,
  };
}
