import type { Chain } from '../analytics/chain';

/** Destinations kept per finding: those of a chain that reached thousands would say nothing about likeness. */
const KEPT = 64;

/** Names asked for and names and addresses reached by the matched stages, lower case, sorted, each once. */
export function destinationsReached(chain: Pick<Chain, 'stages' | 'index'>): readonly string[] {
  const reached = new Set<string>();
  for (const { state, matches } of chain.stages) {
    if (state !== 'matched') continue;
    for (const { event } of matches) {
      if (reached.size >= KEPT) break;
      if (event?.kind === 'dns_query') add(reached, event['dns.question.name']);
      if (event?.kind !== 'network_connect' || event['network.direction'] === 'ingress') continue;
      add(reached, event['destination.ip']);
      add(reached, chain.index.destination(event).name);
    }
  }
  return [...reached].sort();
}

function add(reached: Set<string>, name: string | undefined): void {
  const plain = name?.trim().toLowerCase().replace(/\.$/, '');
  if (plain !== undefined && plain !== '') reached.add(plain);
}
