import type { Chain, Match } from '../chain';
import type { HistoryKey } from './history';
import { hashKey, imageKey, pairKey } from './historyKeys';

/** Matches per stage whose keys a finding names. */
const KEYED = 8;
const MOST_KEYS = 64;

/** Keys of the environment's history that a chain's own events stand for, sorted; at most 64. */
export function historyKeysOf(chain: Pick<Chain, 'stages' | 'index'>): readonly HistoryKey[] {
  const keys = new Set<HistoryKey>();
  for (const { matches } of chain.stages)
    for (const match of matches.slice(0, KEYED))
      for (const key of keysOfMatch(match, chain)) if (key !== undefined) keys.add(key);
  return [...keys].sort().slice(0, MOST_KEYS);
}

function keysOfMatch(match: Match, chain: Pick<Chain, 'index'>): readonly (HistoryKey | undefined)[] {
  const { event } = match;
  if (event === undefined) return [];
  if (event.kind === 'network_connect' || event.kind === 'dns_query')
    return chain.index.destination(event).keys;
  if (event.kind !== 'process_start') return [];
  const node = chain.index.nodeOf(match.process);
  const parent = chain.index.nodeOf(node?.link.parentId)?.image ?? event['process.parent.executable'];
  const image = event['process.executable'] ?? node?.image;
  return [pairKey(parent, image), imageKey(image), hashKey(event['process.hash.sha256'] ?? node?.sha256)];
}
