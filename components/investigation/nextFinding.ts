import { createLoader } from 'nuqs';
import { filterParsers, triageHref } from '@/components/shared/findingFilters';
import { type FindingQuery, findingQuery } from '@/lib/contracts/findings';

/** Parameters of the queue a finding was opened from, as the finding's own URL carries them in `queue`. */
export function queueParams(queue: string): FindingQuery {
  const known = Object.keys(findingQuery.shape).filter((name) => name !== 'cursor' && name !== 'limit');
  const given = [...new URLSearchParams(queue)].filter(
    ([name, value]) => known.includes(name) && value !== '',
  );
  const parsed = findingQuery.safeParse(Object.fromEntries(given));
  return parsed.success ? parsed.data : {};
}

/**
 * The one after `id` in the queue's own order. When `id` is no longer in it (a verdict took it out), the first that is
 * left; null when nothing is.
 */
export function nextInQueue(ids: readonly string[], id: string): string | null {
  const place = ids.indexOf(id);
  const next = place < 0 ? ids[0] : (ids[place + 1] ?? ids.find((other) => other !== id));
  return next ?? null;
}

/** Address of another finding of the same queue. */
export function findingHref(id: string, queue: string): string {
  return `/findings/${encodeURIComponent(id)}${queue === '' ? '' : `?queue=${encodeURIComponent(queue)}`}`;
}

const readFilters = createLoader(filterParsers);

/** Address of the queue, with the filters it had: the API's own parameters stay out of it. */
export function queueHref(queue: string): string {
  const filters = readFilters(new URLSearchParams(queue));
  return triageHref({ ...filters, blind: filters.view === 'blind' ? null : filters.blind });
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
