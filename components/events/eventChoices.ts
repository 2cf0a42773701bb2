import { DEFAULT_COLUMNS, WHAT } from '@/components/shared/query/eventColumns';
import { QUERY_FIELDS, type QuerySource } from '@/lib/query/fields';
import { createStoredList } from './storedList';

export const DEFAULT_FACETS: readonly string[] = [
  'event.kind',
  'host.name',
  'user.name',
  'process.name',
  'destination.domain',
  'destination.ip',
  'event.dataset',
];

const MOST_COLUMNS = 24;
const MOST_FACETS = 16;

export const columnsPreference = createStoredList('events.columns');
export const facetsPreference = createStoredList('events.facets');

/** Columns in order: those of the address, else this browser's, else the first ones; unknown fields are left out. */
export function columnsShown(
  address: readonly string[] | null,
  kept: readonly string[] | null,
): readonly string[] {
  return chosen(address, isColumn, MOST_COLUMNS) ?? chosen(kept, isColumn, MOST_COLUMNS) ?? DEFAULT_COLUMNS;
}

/** Facets in order; an empty list of the address counts as a choice of none. */
export function facetsShown(
  address: readonly string[] | null,
  kept: readonly string[] | null,
): readonly string[] {
  if (address !== null && address.length === 0) return [];
  return chosen(address, isFacet, MOST_FACETS) ?? chosen(kept, isFacet, MOST_FACETS) ?? DEFAULT_FACETS;
}

/** Fields under their full names: those that take all their values from fields before them are short words. */
const FULL_FIELDS = fullFields();

/** Fields that can be a column, by name; what happened comes first. */
export const COLUMN_CHOICES: readonly { name: string; text: string }[] = [
  { name: WHAT, text: 'The telling fields of each kind, in one line' },
  ...FULL_FIELDS.map(({ name, text }) => ({ name, text })),
];

/** Fields whose values are worth counting: all but times. */
export const FACET_CHOICES: readonly string[] = FULL_FIELDS.filter(({ type }) => type !== 'time').map(
  ({ name }) => name,
);

const COLUMN_NAMES = new Set(COLUMN_CHOICES.map(({ name }) => name));
const FACET_NAMES = new Set(FACET_CHOICES);

function isColumn(name: string): boolean {
  return COLUMN_NAMES.has(name);
}

function isFacet(name: string): boolean {
  return FACET_NAMES.has(name);
}

function chosen(
  names: readonly string[] | null,
  fits: (name: string) => boolean,
  most: number,
): readonly string[] | null {
  if (names === null) return null;
  const known = [...new Set(names)].filter(fits).slice(0, most);
  return known.length === 0 ? null : known;
}

function fullFields() {
  const seen = new Set<QuerySource>();
  return QUERY_FIELDS.filter(({ sources }) => {
    const own = sources.some((source) => !seen.has(source));
    for (const source of sources) seen.add(source);
    return own;
  });
}
