import type { LineageSearch } from '../contracts/lineage';
import { searchProcesses } from '../storage/processes';
import { loadForest } from './lineageNodes';
import { ancestorIds } from './processForest';
import { hostOrRefuse } from './readLineage';

const HITS = 200;

/** Processes of a host whose image, command line, user or pid holds a text, with what leads to each. Throws `not_found`. */
export async function searchLineage(
  host: string,
  query: { readonly q: string; readonly limit?: number | undefined },
): Promise<LineageSearch> {
  const hostId = await hostOrRefuse(host);
  const [forest, found] = await Promise.all([
    loadForest(hostId),
    searchProcesses(hostId, query.q, query.limit ?? HITS),
  ]);
  return {
    hits: found.entityIds.flatMap((entityId) => {
      const place = forest.placeOf.get(entityId);
      return place === undefined
        ? []
        : [{ entityId, name: forest.names[place]?.shown ?? '', ancestors: ancestorIds(forest, place) }];
    }),
    total: found.total,
  };
}
