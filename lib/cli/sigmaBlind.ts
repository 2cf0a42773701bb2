import type { AnalyzeSigma } from '../contracts/analyze';
import type { SigmaRule } from '../sigma/rule';
import type { WatchedSource } from '../sigma/sources/fieldWatch';
import { type RuleSight, sightOfRule } from '../sigma/sources/sight';

/** Hosts named of one rule. */
const HOSTS = 100;

/** Classes of records of all names of a host as that host's; in order of host and class. */
export function sourcesByHost(
  sources: readonly WatchedSource[],
  hostOf: (name: string) => string,
): readonly WatchedSource[] {
  const merged = new Map<string, WatchedSource>();
  for (const { host: name, source, records, fields } of sources) {
    const host = hostOf(name);
    const key = `${host}\n${source.key}`;
    const known = merged.get(key);
    merged.set(key, {
      host,
      source,
      records: records + (known?.records ?? 0),
      fields: known === undefined ? fields : new Set([...known.fields, ...fields]),
    });
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, source]) => source);
}

/** Rules that cannot come true on some hosts, whatever happened there; in the order of the rules. */
export function blindRules(
  rules: readonly SigmaRule[],
  sources: readonly WatchedSource[],
): AnalyzeSigma['blind'] {
  const alike = groupAlike(sources);
  const of = alike.reduce((sum, { hosts }) => sum + hosts.length, 0);
  return rules.flatMap((rule) => {
    const blind = alike.flatMap(({ hosts, brought }) => {
      const sight: RuleSight = sightOfRule(rule, brought);
      return sight.state === 'blind' ? hosts.map((host) => ({ host, why: sight.why })) : [];
    });
    if (blind.length === 0) return [];
    blind.sort((a, b) => (a.host < b.host ? -1 : 1));
    const { id, title, level } = rule;
    return [{ rule: { id, title, level }, total: blind.length, of, hosts: blind.slice(0, HOSTS) }];
  });
}

type Alike = { readonly hosts: string[]; readonly brought: readonly WatchedSource[] };

/** Hosts that brought the same, together: a rule is judged once for all of them. */
function groupAlike(sources: readonly WatchedSource[]): readonly Alike[] {
  const byHost = new Map<string, WatchedSource[]>();
  for (const source of sources) {
    const own = byHost.get(source.host);
    if (own === undefined) byHost.set(source.host, [source]);
    else own.push(source);
  }
  const groups = new Map<string, Alike>();
  for (const [host, brought] of byHost) {
    const signature = brought
      .map(({ source, records, fields }) => [source.key, Math.min(records, ENOUGH), ...[...fields].sort()])
      .sort();
    const key = JSON.stringify(signature);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { hosts: [host], brought });
    else known.hosts.push(host);
  }
  return [...groups.values()];
}

/** How many records came beyond this makes no difference to what can be decided. */
const ENOUGH = 20;
