import { wilson } from '../../base/wilson';
import type { Durations, Share } from '../../contracts/metrics';
import type { MetricListName } from '../../storage/metrics/metricLists';
import type { MetricNumbers } from '../../storage/metrics/metricNumbers';

/** `n` of `of`, with its interval by Wilson; nulls where nothing was counted. */
export function toShare(n: number, of: number): Share {
  return { ...(wilson(n, of) ?? { share: null, low: null, high: null }), n, of };
}

/** The lengths of time of a list, in minutes, and of how many rows they are. */
export function toDurations(numbers: MetricNumbers, list: MetricListName): Durations {
  return { ...numbers.length(list), n: numbers.count(list) };
}

/** Of verdicts in force but undetermined: true ones, benign ones included. */
export function toPrecision(count: (list: MetricListName) => number): Share {
  return toShare(count('true_positives') + count('benign_true_positives'), count('precision'));
}
