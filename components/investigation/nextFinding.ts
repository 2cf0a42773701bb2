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

/** Address of a finding that remembers its queue; of the queue itself. */
export function findingHref(id: string, queue: string): string {
  return `/findings/${encodeURIComponent(id)}${queue === '' ? '' : `?queue=${encodeURIComponent(queue)}`}`;
}
export function queueHref(queue: string): string {
  return queue === '' ? '/' : `/?${queue}`;
}
