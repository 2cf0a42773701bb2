import type { SigmaSetDetail } from '@/lib/contracts/sigmaSets';

export type Facets = SigmaSetDetail['facets'];
export type Facet = Readonly<Record<string, number>>;

/** What there is to choose among in several sets together. */
export function mergedFacets(all: readonly Facets[]): Facets {
  const merged = (name: keyof Facets) => {
    const sums = new Map<string, number>();
    for (const facets of all)
      for (const [value, count] of Object.entries(facets[name]))
        sums.set(value, (sums.get(value) ?? 0) + count);
    return Object.fromEntries(sums);
  };
  return {
    levels: merged('levels'),
    statuses: merged('statuses'),
    tags: merged('tags'),
    logsources: merged('logsources'),
  };
}

/** Values of a facet, the most frequent first; those that are chosen stay listed when nothing has them any more. */
export function facetValues(
  facet: Facet,
  chosen: readonly string[] = [],
): { value: string; count: number }[] {
  const known = Object.entries(facet).map(([value, count]) => ({ value, count }));
  const gone = chosen.filter((value) => !Object.hasOwn(facet, value)).map((value) => ({ value, count: 0 }));
  return [...known, ...gone].toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
