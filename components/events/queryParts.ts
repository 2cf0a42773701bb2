import { parseQuery } from '@/lib/query/parse';
import { scan } from '@/lib/query/scan';

/**
 * The conditions a query joins by `and` at its top, as they are written; none when it is one condition, joins
 * otherwise, or is broken. For saying which of them nothing satisfies.
 */
export function andParts(query: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const token of scan(query)) {
    if (token.type === 'open') depth++;
    else if (token.type === 'close') depth--;
    else if (token.type === 'keyword' && depth === 0) {
      if (token.word === 'or') return [];
      if (token.word === 'and') {
        parts.push(query.slice(start, token.from).trim());
        start = token.to;
      }
    }
  }
  parts.push(query.slice(start).trim());
  return parts.length > 1 && parts.every((part) => parseQuery(part).ok) ? parts : [];
}
