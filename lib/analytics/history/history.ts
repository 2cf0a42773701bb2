import type { Digest } from '../../base/digest';
import { MICROS_PER_DAY, type Micros, micros } from '../../base/time';

/**
 * What this environment has seen before: the memory that "first seen", "rare" and "new for this kind of
 * program" are judged by (ANALYTICS B.5). Facts are relative to the time asked about, so that judging old
 * events again gives the old answer.
 */
export type EnvironmentHistory = {
  /** What is known of a key around a time; undefined when it was never seen anywhere. */
  readonly seen: (key: HistoryKey, at: Micros) => KeyHistory | undefined;
  /** Whether there is enough history of that class before a time to call anything new or rare. */
  readonly isMature: (keyClass: HistoryClass, at: Micros) => boolean;
};

export type KeyHistory = {
  /** Hosts that showed it in the 30 days up to the time asked about, that day included; at most MOST_HOSTS. */
  readonly hosts: number;
  /** First time on any host. */
  readonly first: Micros;
};

export const HISTORY_CLASSES = ['destination', 'class_destination', 'pair', 'image', 'hash'] as const;

/** What keys are of: a destination, a destination by class of program, parent and child, an image, a hash. */
export type HistoryClass = (typeof HISTORY_CLASSES)[number];

/** `destination:example.com`, `pair:winword.exe>cmd.exe`; at most 200 characters (longer values are cut and hashed). */
export type HistoryKey = `${HistoryClass}:${string}`;

/** What one host was seen to do, as the environment's history keeps it. */
export type HistoryRow = {
  readonly key: HistoryKey;
  readonly first: Micros;
  readonly last: Micros;
  /** How many events showed it; records of one happening in two logs count twice. */
  readonly times: number;
};

/** No history: nothing is mature, so nothing is called new or rare. What the command line judges one file by. */
export const NO_HISTORY: EnvironmentHistory = { seen: () => undefined, isMature: () => false };

/** From this many hosts on, counting ends: nothing is less rare than that, and what changes beyond it changes nothing. */
export const MOST_HOSTS = 20;

/** How far back a host counts among those that show a key. */
export const RARITY_SPAN = 30 * MICROS_PER_DAY;

/** A key is new for this long after it was first seen anywhere. */
export const NEW_FOR = MICROS_PER_DAY;

/** What a class must hold before anything of it is called new or rare (ANALYTICS B.5). */
export const MATURE_AGE = 7 * MICROS_PER_DAY;
export const MATURE_KEYS = 500;

/** From when to when one host showed a key; between the two it counts as showing it throughout. */
export type HostSpan = { readonly first: Micros; readonly last: Micros };

/** All hosts' spans of the keys that are known, and from when each class is mature; absent: it is not. */
export type HistoryFacts = {
  readonly spans: ReadonlyMap<HistoryKey, readonly HostSpan[]>;
  readonly matureFrom: ReadonlyMap<HistoryClass, Micros>;
};

/** History out of what each host contributed. The order of spans does not matter. */
export function createHistory({ spans, matureFrom }: HistoryFacts): EnvironmentHistory {
  return {
    seen(key, at) {
      const known = spans.get(key);
      if (known === undefined || known.length === 0) return undefined;
      let first: number = Number.POSITIVE_INFINITY;
      let hosts = 0;
      for (const span of known) {
        first = Math.min(first, span.first);
        if (span.first <= at && span.last >= at - RARITY_SPAN) hosts++;
      }
      return { hosts: Math.min(hosts, MOST_HOSTS), first: micros(first) };
    },
    isMature(keyClass, at) {
      const from = matureFrom.get(keyClass);
      return from !== undefined && at >= from;
    },
  };
}

/** Nothing is known, nothing is mature. */
export const NO_FACTS: HistoryFacts = { spans: new Map(), matureFrom: new Map() };

/** From when a class is mature, given when its first key and its MATURE_KEYS-th distinct key were first seen. */
export function maturityOf(first: Micros, last: Micros): Micros {
  return micros(Math.max(first + MATURE_AGE, last));
}

/** Keys that were asked about, and over which times; `pair:` alone stands for the class's maturity. */
export type HistoryLookups = ReadonlyMap<HistoryKey, HostSpan>;

/**
 * History that remembers what it was asked: which keys, over which times. Its answers depend on nothing else, so
 * whoever keeps the lookups knows when to ask again. Keys are bounded here, so that callers need no digest.
 */
export function listenTo(
  history: EnvironmentHistory,
  digest: Digest,
): { readonly history: EnvironmentHistory; readonly lookups: HistoryLookups } {
  const lookups = new Map<HistoryKey, HostSpan>();
  const note = (key: HistoryKey, at: Micros): void => {
    const known = lookups.get(key);
    if (known === undefined) lookups.set(key, { first: at, last: at });
    else if (at < known.first) lookups.set(key, { first: at, last: known.last });
    else if (at > known.last) lookups.set(key, { first: known.first, last: at });
  };
  return {
    lookups,
    history: {
      seen(key, at) {
        const bounded = boundKey(key, digest);
        note(bounded, at);
        return history.seen(bounded, at);
      },
      isMature(keyClass, at) {
        note(`${keyClass}:`, at);
        return history.isMature(keyClass, at);
      },
    },
  };
}

/** The class a key is of. */
export function classOfKey(key: HistoryKey): HistoryClass {
  return key.slice(0, key.indexOf(':')) as HistoryClass;
}

const LONGEST_KEY = 200;
const KEPT_OF_LONG = 96;

/** The key itself, or where it is longer than 200 characters its beginning and a digest of all of it. */
export function boundKey(key: HistoryKey, digest: Digest): HistoryKey {
  if (key.length <= LONGEST_KEY) return key;
  // Cut within a character's two halves, the rest would not be text that a database can hold.
  const kept = key.slice(0, KEPT_OF_LONG).replace(/[\ud800-\udbff]$/, '');
  return `${kept}\u2026${digest(key)}` as HistoryKey;
}
