import { AppError } from '../base/appError';
import { findingQuery } from '../contracts/findings';
import { type SavedView, viewOfSearch } from '../contracts/triage';
import { countMatches } from '../storage/findingCounts';
import {
  addView,
  changeView as change,
  listViews,
  removeView,
  type StoredView,
  type ViewRefusal,
  type ViewToKeep,
} from '../storage/savedViews';
import { toFilter } from './findingFilter';

/** One's own views of the queue and those that are shared, by name, each with how many findings it shows now. */
export async function readViews(person: string): Promise<{ items: SavedView[] }> {
  const items: SavedView[] = [];
  // One after the other: a rail of views must not take every connection there is.
  for (const view of await listViews(person)) items.push(await toView(view, person));
  return { items };
}

/** Keeps a view under a name. */
export async function keepView(view: ViewToKeep, person: string): Promise<SavedView> {
  return toView(await addView(view, person), person);
}

/** Changes a view of one's own. Throws `not_found`, and `forbidden` for another person's. */
export async function changeView(id: number, view: ViewToKeep, person: string): Promise<SavedView> {
  const changed = await change(id, view, person);
  if (typeof changed === 'string') throw refusalOf(changed);
  return toView(changed, person);
}

/** Deletes a view of one's own and gives those that are left. Throws as changeView does. */
export async function dropView(id: number, person: string): Promise<{ items: SavedView[] }> {
  const outcome = await removeView(id, person);
  if (outcome !== 'deleted') throw refusalOf(outcome);
  return readViews(person);
}

function refusalOf(why: ViewRefusal): AppError {
  return why === 'not_found'
    ? new AppError('not_found', 'There is no saved view with this number.')
    : new AppError('forbidden', 'Only the one who saved a view can change it.');
}

async function toView({ at, ...view }: StoredView, person: string): Promise<SavedView> {
  return { ...view, at: at.toISOString(), count: await countOf(view.search, person) };
}

/** Findings a view shows; none for one whose address this version does not understand. */
async function countOf(search: string, person: string): Promise<number> {
  const query = findingQuery.safeParse(viewOfSearch(search, person));
  if (!query.success) return 0;
  try {
    return await countMatches(await toFilter(query.data));
  } catch (error) {
    if (error instanceof AppError) return 0;
    throw error;
  }
}
