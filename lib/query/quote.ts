import { addressBlock } from './addressBlock';
import { queryField } from './fields';
import { parseQuery } from './parse';

const BARE = /^[A-Za-z0-9][\w.@-]*$/;
const KEYWORD = /^(and|or|not)$/i;

/** Longer values are asked for by their beginning: a query has its length (QUERY_LIMITS). */
const LONGEST = 500;

/** A value as a query writes it: as it is when nothing in it has a meaning there, else in quotes. Exactly this value. */
export function quoteValue(value: string): string {
  return BARE.test(value) && !KEYWORD.test(value) ? value : inQuotes(value);
}

function inQuotes(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/**
 * The query for events whose field has exactly this value, whatever is in it. A value of more than 500
 * characters is asked for by those it begins with.
 */
export function fieldIs(field: string, value: string | number): string {
  if (typeof value === 'number') return `${field}:${value}`;
  if (value.length > LONGEST) return `${field}:${quoteValue(cut(value))}*`;
  // Unquoted, what stands for an address must be one; what was recorded need not be.
  const odd = queryField(field)?.type === 'ip' && addressBlock(value) === undefined;
  return `${field}:${odd ? inQuotes(value) : quoteValue(value)}`;
}

/** All of the queries at once; those that ask nothing are left out. */
export function allOf(...queries: readonly string[]): string {
  const asking = queries.map((query) => query.trim()).filter((query) => query !== '');
  const [only] = asking;
  return asking.length === 1 && only !== undefined
    ? only
    : asking.map((query) => grouped(query)).join(' and ');
}

/** The query with one more condition that must hold, or must not; unchanged when it ends in just that already. */
export function withTerm(query: string, term: string, mode: 'and' | 'and not'): string {
  const added = mode === 'and' ? grouped(term) : `not ${grouped(term, true)}`;
  const before = query.trim();
  if (before === '') return mode === 'and' ? term.trim() : added;
  if (before === added || before.endsWith(` and ${added}`)) return before;
  return `${grouped(before)} and ${added}`;
}

/** In parentheses where another condition beside it, or a `not` before it, would change what it means. */
function grouped(query: string, negated = false): string {
  const trimmed = query.trim();
  const parsed = parseQuery(trimmed);
  const op = parsed.ok ? parsed.node?.op : 'or';
  return op === 'or' || (negated && op === 'and') ? `(${trimmed})` : trimmed;
}

/** Not between the halves of a surrogate pair. */
function cut(value: string): string {
  const last = value.charCodeAt(LONGEST - 1);
  return value.slice(0, last >= 0xd800 && last <= 0xdbff ? LONGEST - 1 : LONGEST);
}
