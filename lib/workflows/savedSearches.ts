import { AppError } from '../base/appError';
import type { SavedSearchView } from '../contracts/events';
import { deleteSearch, listSearches, type StoredSearch, saveSearch } from '../storage/savedSearches';

/** A search as its screen saves it. */
export type SearchToSave = Omit<SavedSearchView, 'id' | 'by' | 'at' | 'mine'>;

/** One's own searches and those that are shared, by name. */
export async function readSearches(person: string): Promise<{ items: SavedSearchView[] }> {
  return { items: (await listSearches(person)).map((search) => toView(search, person)) };
}

/** Keeps a search under a name, in place of one's own of that name. A query with a mistake is kept as it is. */
export async function keepSearch(search: SearchToSave, person: string): Promise<SavedSearchView> {
  const name = search.name.trim();
  if (name === '')
    throw new AppError('bad_request', 'The search needs a name.', {
      errors: [{ path: 'name', message: 'is empty' }],
    });
  return toView(await saveSearch({ ...search, name, by: person }), person);
}

/** Deletes a search of one's own. Throws `not_found`, and `forbidden` for another person's. */
export async function dropSearch(id: number, person: string): Promise<Record<string, never>> {
  const outcome = await deleteSearch(id, person);
  if (outcome === 'not found') throw new AppError('not_found', 'There is no saved search with this number.');
  if (outcome === 'of another')
    throw new AppError('forbidden', 'Only the one who saved a search can delete it.');
  return {};
}

function toView({ order, at, columns, ...search }: StoredSearch, person: string): SavedSearchView {
  return {
    ...search,
    columns: [...columns],
    order: order === 'oldest' ? 'oldest' : 'newest',
    at: at.toISOString(),
    mine: search.by === person,
  };
}
