'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FindingFilters } from '@/components/shared/findingFilters';
import { useMay, useMe } from '@/components/shared/me';
import { useToast } from '@/components/ui/Toast';
import type { SavedView } from '@/lib/contracts/triage';
import { isChanged, openedView, type TriageLayout, viewSearch } from './triageUrl';
import { savedViewsQuery, useDeleteView, useSaveView } from './viewQueries';

export type ViewAsking = { view?: SavedView; search: string };

type Setters = {
  onChange: (change: Partial<FindingFilters>) => void;
  onLayout: (change: Partial<TriageLayout>) => void;
};

/** Saved views of the queue: which there are, which one is open and changed, and what can be done with each. */
export function useSavedViews(filters: FindingFilters, layout: TriageLayout, set: Setters) {
  const me = useMe().handle;
  const may = useMay('searches.write');
  const views = useQuery(savedViewsQuery);
  const save = useSaveView();
  const remove = useDeleteView();
  const toast = useToast();
  const [asking, setAsking] = useState<ViewAsking | null>(null);
  const items = views.data?.items ?? [];
  const open = items.find(({ id }) => id === layout.saved);
  const search = viewSearch(filters, layout, me);
  const failed = (what: string) => (error: Error) =>
    toast.show({ text: `${what} ${error.message}`, tone: 'danger' });

  return {
    own: items.filter(({ by }) => by === me),
    others: items.filter(({ by }) => by !== me),
    error: views.error,
    open,
    changed: open !== undefined && isChanged(open.search, filters, layout),
    /** Whether one may keep views at all. */
    may,
    isMine: (view: SavedView) => view.by === me,
    openView: (view: SavedView) => {
      const { columns, group, ...kept } = openedView(view.search);
      set.onChange(kept);
      set.onLayout({ columns, group, saved: view.id });
    },
    /** Writes what is shown into the open view. */
    keepChange: () => {
      if (open)
        save.mutate(
          { id: open.id, name: open.name, shared: open.shared, search },
          { onError: failed('The view was not saved.') },
        );
    },
    share: (view: SavedView) =>
      save.mutate(
        { id: view.id, name: view.name, shared: !view.shared, search: view.search },
        { onError: failed('It was not changed.') },
      ),
    remove: (view: SavedView) =>
      remove.mutate(view.id, {
        onSuccess: () => {
          if (layout.saved === view.id) set.onLayout({ saved: null });
          // What is deleted can be had again with one press.
          toast.show({
            text: 'View deleted.',
            countdown: true,
            action: {
              label: 'Undo',
              run: () => save.mutate({ name: view.name, shared: view.shared, search: view.search }),
            },
          });
        },
        onError: failed('It was not deleted.'),
      }),
    asking,
    askForName: (view?: SavedView) => setAsking(view ? { view, search: view.search } : { search }),
    closeAsking: () => setAsking(null),
  };
}
export type SavedViewsState = ReturnType<typeof useSavedViews>;
