import {
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs';

export const ORDERS = ['newest', 'oldest'] as const;
export type EventOrder = (typeof ORDERS)[number];

/** The Events screen in the URL; columns and facets are left out where they are this browser's own choice. */
export const eventSearchParsers = {
  /** In the language of docs/QUERY.md. */
  q: parseAsString.withDefault(''),
  /** ISO 8601 UTC, both ends included. */
  from: parseAsString,
  to: parseAsString,
  order: parseAsStringLiteral(ORDERS).withDefault('newest'),
  columns: parseAsArrayOf(parseAsString),
  facets: parseAsArrayOf(parseAsString),
  /** The event that is open beside the list. */
  event: parseAsString,
};
export type EventSearch = inferParserType<typeof eventSearchParsers>;

/** What a search is over; how it is shown apart. */
export type EventScope = Pick<EventSearch, 'q' | 'from' | 'to'>;

const serialize = createSerializer(eventSearchParsers);

/** Address of a search over all events. */
export function eventsHref(search: Partial<EventSearch>): string {
  return serialize('/events', search);
}

/** Address of the lineage of a host with the process of an event, or a process itself, in the middle. */
export function lineageHref(hostId: string, at: { eventId: string } | { entityId: string }): string {
  const selected = 'eventId' in at ? `e:${at.eventId}` : `p:${at.entityId}`;
  return `/hosts/${encodeURIComponent(hostId)}?tab=lineage&sel=${encodeURIComponent(selected)}`;
}

/** The scope as the API takes it; ends and query only where there are any. */
export function scopeParams({ q, from, to }: EventScope) {
  return {
    ...(q.trim() === '' ? {} : { q: q.trim() }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  };
}
