import type { Micros } from '../base/time';

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
  /** Hosts that showed it in the 30 days up to the time asked about, that day included. */
  readonly hosts: number;
  /** First time on any host. */
  readonly first: Micros;
};

/** What keys are of: a destination, a destination by class of program, parent and child, an image, a hash. */
export type HistoryClass = 'destination' | 'class_destination' | 'pair' | 'image' | 'hash';

/** `destination:example.com`, `pair:winword.exe>cmd.exe`; at most 200 characters (longer values are cut and hashed). */
export type HistoryKey = `${HistoryClass}:${string}`;

/** No history: nothing is mature, so nothing is called new or rare. What the command line judges one file by. */
export const NO_HISTORY: EnvironmentHistory = { seen: () => undefined, isMature: () => false };
