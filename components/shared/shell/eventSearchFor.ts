import { parseQuery } from '@/lib/query/parse';
import { fieldIs, quoteValue } from '@/lib/query/quote';
import { scan } from '@/lib/query/scan';

/** A search over events for something that was typed or pasted. */
export type EventSearchFor = {
  /** What it was taken for. */
  readonly as: string;
  readonly query: string;
  /** It can be nothing else: a hash, an address or an id, so the search comes before what merely holds the text. */
  readonly certain: boolean;
};

const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?$/;
const IPV6 = /^(?=[^:]*:[^:]*:)[0-9a-f:]{2,39}(?:\/\d{1,3})?$/i;
const UUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

/** What to search events for, given any text; null for none. A text that is a query with a field in it is taken as it is. */
export function eventSearchFor(text: string): EventSearchFor | null {
  const typed = text.trim();
  if (typed === '') return null;
  if (HASH.test(typed)) return { as: 'hash', query: fieldIs('hash', typed), certain: true };
  if (IPV4.test(typed) || IPV6.test(typed)) {
    // A block must stay bare: in quotes it would be a text.
    const query = typed.includes('/') ? `ip:${typed}` : fieldIs('ip', typed);
    if (parseQuery(query).ok) return { as: 'address', query, certain: true };
  }
  const id = UUID.exec(typed)?.[1];
  if (id !== undefined)
    return {
      as: 'id',
      query: ['_id', 'process.entity_id', 'event.id', 'host.id']
        .map((field) => fieldIs(field, id))
        .join(' or '),
      certain: true,
    };
  const namesField = scan(typed).some((token) => token.type === 'field' && token.field !== undefined);
  if (namesField && parseQuery(typed).ok) return { as: 'query', query: typed, certain: false };
  return { as: 'text', query: quoteValue(typed), certain: false };
}
