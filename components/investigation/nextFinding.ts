import { createLoader } from 'nuqs';
import { chosenFilters, filterParsers, triageHref } from '@/components/shared/findingFilters';
import { type FindingQuery, type FindingSummary, findingQuery } from '@/lib/contracts/findings';

/** Parameters of the queue a finding was opened from, as the finding's own URL carries them in `queue`. */
export function queueParams(queue: string): FindingQuery {
  const known = Object.keys(findingQuery.shape).filter((name) => name !== 'cursor' && name !== 'limit');
  const given = [...new URLSearchParams(queue)].filter(
    ([name, value]) => known.includes(name) && value !== '',
  );
  const parsed = findingQuery.safeParse(Object.fromEntries(given));
  return parsed.success ? parsed.data : {};
}

/** As far as the queue was read, in its own order. `complete`: nothing comes after the last of them. */
export type QueueOrder = {
  rows: readonly (Pick<FindingSummary, 'id'> & { verdict: object | null })[];
  complete: boolean;
};

/**
 * The one after `id` in the queue's order; after its end, or when `id` is not in it, the first that is left. Where
 * `undecided`, findings with a verdict are passed over: one keeps its place when it is decided. Null when none is left,
 * undefined when more of the queue has to be read to know.
 */
export function nextInQueue(order: QueueOrder, id: string, undecided: boolean): string | null | undefined {
  const { rows, complete } = order;
  const open = (row: QueueOrder['rows'][number]) => row.id !== id && !(undecided && row.verdict !== null);
  const place = rows.findIndex((row) => row.id === id);
  const after = place < 0 ? undefined : rows.slice(place + 1).find(open);
  if (after !== undefined) return after.id;
  if (!complete) return undefined;
  return rows.find(open)?.id ?? null;
}

/** Address of another finding of the same queue. */
export function findingHref(id: string, queue: string): string {
  return `/findings/${encodeURIComponent(id)}${queue === '' ? '' : `?queue=${encodeURIComponent(queue)}`}`;
}

const readFilters = createLoader(filterParsers);

/** Address of the queue, with the filters it had: the API's own parameters stay out of it. */
export function queueHref(queue: string): string {
  return triageHref(chosenFilters(readFilters(new URLSearchParams(queue))));
}

/** Id of the finding whose address a path is; null for any other path. */
export function findingIdOf(pathname: string): string | null {
  const found = /^\/findings\/([^/]+)\/?$/.exec(pathname)?.[1];
  return found === undefined ? null : decodeURIComponent(found);
}

/**
 * Goes to another finding without asking the server for a page: the page is the same for all, and what the finding is
 * was read ahead. The address changes as with any link, and Back returns.
 */
export function showFinding(id: string, queue: string): void {
  window.history.pushState(null, '', findingHref(id, queue));
}
