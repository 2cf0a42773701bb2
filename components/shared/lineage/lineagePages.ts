import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { apiGet } from '@/components/shared/apiClient';
import { type LineageChildren, type LineageView, lineageChildren } from '@/lib/contracts/lineage';
import { pageSizeOf } from './foldState';

/** Whose lineage: a finding's on its host, or all of a host. */
export type LineageSource = { hostId: string; findingId: string | null };

/** A page of the children of a process, or of the roots under the empty id, and how it is read. */
type Wanted = { parentId: string; options: ReturnType<typeof childrenQueryOptions> };

function childrenQueryOptions(source: LineageSource, parentId: string, cursor: string | null) {
  return queryOptions({
    queryKey: ['hosts', source.hostId, 'lineage', 'children', parentId, source.findingId, cursor],
    queryFn: ({ signal }) =>
      apiGet(`/hosts/${encodeURIComponent(source.hostId)}/lineage/children`, lineageChildren, {
        // Without a parent, the roots.
        params: { parent: parentId, finding: source.findingId, cursor, limit: pageSizeOf(parentId) },
        signal,
      }),
    staleTime: 60_000,
  });
}

/**
 * Pages to be read now: the next of a process is known only once the one before it came. Many roots are in the base
 * view already: a page of roots that brought nothing else does not count, or reading more would change nothing.
 */
export function pagesWanted(
  client: QueryClient,
  source: LineageSource,
  base: LineageView,
  pages: ReadonlyMap<string, number>,
): readonly Wanted[] {
  if (base.shown >= base.total) return [];
  return [...pages].flatMap(([parentId, count]) => {
    const sent = parentId === '' ? idsOf(base) : NONE;
    const wanted: Wanted[] = [];
    for (let cursor: string | null = null, page = 0; page < count; ) {
      const options: Wanted['options'] = childrenQueryOptions(source, parentId, cursor);
      wanted.push({ parentId, options });
      const came: LineageChildren | undefined = client.getQueryData(options.queryKey);
      if (came === undefined || came.nextCursor === null) break;
      if (came.nodes.some((node) => !sent.has(node.entityId))) page++;
      cursor = came.nextCursor;
    }
    return wanted;
  });
}

const NONE: ReadonlySet<string> = new Set();
const idsOfView = new WeakMap<LineageView, ReadonlySet<string>>();

/** Ids of the processes of a view; the same set for the same view, because every render asks. */
function idsOf(view: LineageView): ReadonlySet<string> {
  const known = idsOfView.get(view) ?? new Set(view.nodes.map((node) => node.entityId));
  idsOfView.set(view, known);
  return known;
}
