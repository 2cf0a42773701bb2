import {
  classOfKey,
  createHistory,
  type HistoryFacts,
  type HistoryKey,
  type HistoryLookups,
  type HostSpan,
  NO_FACTS,
} from '../analytics/history/history';
import { micros } from '../base/time';
import { type HostCorrelation, judgeHost, type PreparedHost } from '../correlate/correlate';

/**
 * Judges a host by the environment's history, of which only what it asks for is fetched: what it asks is known
 * from judging it without. Answers may lead to further questions; each round knows more keys, so it ends. Most hosts
 * ask nothing, or of classes that are not mature, and are judged once.
 */
export async function judgeByHistory(
  prepared: PreparedHost,
  ask: (lookups: HistoryLookups) => Promise<HistoryFacts>,
): Promise<HostCorrelation> {
  let facts = NO_FACTS;
  let asked: HistoryLookups = new Map();
  for (;;) {
    const result = judgeHost(prepared, createHistory(facts));
    if (covers(asked, result.lookups)) return result;
    asked = join(asked, result.lookups);
    const answers = await ask(asked);
    if (facts === NO_FACTS && saysNothing(answers, asked)) return result;
    facts = answers;
  }
}

function covers(asked: HistoryLookups, lookups: HistoryLookups): boolean {
  for (const [key, span] of lookups) {
    const known = asked.get(key);
    if (known === undefined || known.first > span.first || known.last < span.last) return false;
  }
  return true;
}

function join(a: HistoryLookups, b: HistoryLookups): HistoryLookups {
  const both = new Map<HistoryKey, HostSpan>(a);
  for (const [key, span] of b) {
    const known = both.get(key) ?? span;
    both.set(key, {
      first: micros(Math.min(known.first, span.first)),
      last: micros(Math.max(known.last, span.last)),
    });
  }
  return both;
}

/** No class that was asked about is mature at any time it was asked for: the answers are those of no history. */
function saysNothing({ matureFrom }: HistoryFacts, asked: HistoryLookups): boolean {
  for (const [key, span] of asked) {
    const from = matureFrom.get(classOfKey(key));
    if (from !== undefined && span.last >= from) return false;
  }
  return true;
}
