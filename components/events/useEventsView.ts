'use client';

import { useQueryStates } from 'nuqs';
import { type EventOrder, eventSearchParsers } from '@/components/shared/query/eventSearch';
import type { SavedSearchView } from '@/lib/contracts/events';
import { fieldIs, withTerm } from '@/lib/query/quote';
import { columnsPreference, columnsShown, facetsPreference, facetsShown } from './eventChoices';
import type { FacetMode } from './FacetRail';

/** The screen as the address says it, and each change of it. A new search can be taken back with Back; the rest is in place. */
export function useEventsView() {
  const [search, setSearch] = useQueryStates(eventSearchParsers, { history: 'replace', throttleMs: 120 });
  const columns = columnsShown(search.columns, columnsPreference.use());
  const facets = facetsShown(search.facets, facetsPreference.use());
  const anew = { history: 'push' as const };
  return {
    search,
    columns,
    facets,
    setQuery: (q: string) => void setSearch({ q }, anew),
    setRange: (range: { from: string | null; to: string | null }) => void setSearch(range, anew),
    setOrder: (order: EventOrder) => void setSearch({ order }),
    setEvent: (event: string | null) => void setSearch({ event }),
    addTerm: (field: string, value: string, mode: FacetMode) =>
      void setSearch({ q: withTerm(search.q, fieldIs(field, value), mode) }, anew),
    setColumns: (next: readonly string[]) => {
      columnsPreference.set(next);
      void setSearch({ columns: [...next] });
    },
    setFacets: (next: readonly string[]) => {
      facetsPreference.set(next);
      void setSearch({ facets: [...next] });
    },
    openSaved: (saved: SavedSearchView) =>
      void setSearch(
        {
          q: saved.query,
          order: saved.order,
          ...(saved.columns.length === 0 ? {} : { columns: saved.columns }),
        },
        anew,
      ),
    clear: () => void setSearch({ q: '', from: null, to: null }, anew),
  };
}
export type EventsView = ReturnType<typeof useEventsView>;
