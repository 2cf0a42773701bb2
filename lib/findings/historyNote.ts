import type { When } from '../analytics/analytic';
import type { Chain } from '../analytics/chain';
import type { HistoryClass } from '../analytics/history/history';
import { predicatesOf } from './touchedStages';

/** What is said where the environment's history is too short to call anything new or rare (ANALYTICS B.5). */
export const NO_HISTORY_WORDS = 'no history to judge by';

/** The class of history keys that a field is judged by; undefined for fields that ask no history. */
export function historyClassOf(field: string): HistoryClass | undefined {
  switch (field) {
    case 'process.parent.pair_hosts':
      return 'pair';
    case 'process.hash.hosts':
      return 'hash';
    case 'process.executable.hosts':
      return 'image';
    case 'destination.anomaly':
    case 'destination.criteria':
    case 'destination.criteria.names':
      return 'destination';
    default:
      return undefined;
  }
}

/** What a condition's points do not know for want of history; undefined when it asks none, or there is enough. */
export function historyNote(when: When, chain: Chain): string | undefined {
  for (const field of predicatesOf(when).flatMap((predicate) => predicate.fields)) {
    const keyClass = historyClassOf(field);
    if (keyClass !== undefined && !chain.index.history.isMature(keyClass, chain.anchor.time))
      return keyClass === 'destination'
        ? `whether it is new or rare here: ${NO_HISTORY_WORDS}`
        : NO_HISTORY_WORDS;
  }
  return undefined;
}
