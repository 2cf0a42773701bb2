import type { SigmaRule } from '../rule';
import { type HostSource, sightOfRule } from './sight';

/**
 * Rules that cannot be decided on a host by what came of it, by their ids, with why as the end of a sentence: neither
 * true nor false there.
 */
export function undecidableRules(
  rules: readonly SigmaRule[],
  sources: readonly HostSource[],
): ReadonlyMap<string, string> {
  const undecidable = new Map<string, string>();
  for (const rule of rules) {
    const { state, why } = sightOfRule(rule, sources);
    if (state === 'blind') undecidable.set(rule.id, asClause(why));
  }
  return undecidable;
}

/** A sentence as the end of another. */
function asClause(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}
