import type { HostHit, HostSigma } from '../sigma/hit';
import type { SigmaRule } from '../sigma/rule';
import type { WatchedSource } from '../sigma/sources/fieldWatch';
import { undecidableRules } from '../sigma/sources/undecidable';
import { inTime } from './firstHits';
import { sourcesByHost } from './sigmaBlind';

type Seen = HostHit & { readonly host: string };

/**
 * Sigma on each host, as on the server: `runs` are the rules that are tried, `seen` their hits. With `judged` also which
 * of them cannot be decided on a host, by the classes of records that came of it.
 */
export function sigmaByHost(
  runs: readonly SigmaRule[],
  seen: readonly Seen[],
  given: {
    /** The host of a name as recorded. */
    readonly hostOf: (name: string) => string;
    readonly sources: readonly WatchedSource[];
    readonly judged: boolean;
  },
): (host: string) => HostSigma {
  const { hostOf, judged } = given;
  const enabled = new Set(runs.map(({ id }) => id));
  const hits = groupByHost(seen, hostOf);
  for (const own of hits.values()) own.sort((a, b) => inTime(a, b) || (a.ruleId < b.ruleId ? -1 : 1));
  if (!judged) return (host) => ({ enabled, hits: hits.get(host) ?? [] });
  const sources = groupByHost(sourcesByHost(given.sources, hostOf), (host) => host);
  return (host) => ({
    enabled,
    undecidable: undecidableRules(runs, sources.get(host) ?? []),
    hits: hits.get(host) ?? [],
  });
}

function groupByHost<One extends { readonly host: string }>(
  all: readonly One[],
  hostOf: (name: string) => string,
): Map<string, One[]> {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const host = hostOf(one.host);
    const group = groups.get(host);
    if (group === undefined) groups.set(host, [one]);
    else group.push(one);
  }
  return groups;
}
