import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsInteger,
  parseAsStringLiteral,
} from 'nuqs';
import {
  chosenFilters,
  type FindingFilters,
  filterParsers,
  queueText,
} from '@/components/shared/findingFilters';
import { QUEUE_COLUMNS } from './queueColumns';

/** How the queue is laid out, in the URL beside its filters. */
export const layoutParsers = {
  columns: parseAsArrayOf(parseAsStringLiteral(QUEUE_COLUMNS)),
  /** One row per chain shape. */
  group: parseAsStringLiteral(['shape'] as const),
  /** The saved view that was opened. */
  saved: parseAsInteger,
};
export type TriageLayout = inferParserType<typeof layoutParsers>;

const { saved: _saved, ...keptParsers } = layoutParsers;
const serializeLayout = createSerializer(keptParsers);
const readView = createLoader({ ...filterParsers, ...keptParsers });

/** A view as it is kept: filters, order, columns and grouping, with the API's parameters so that it can be counted. */
export function viewSearch(
  filters: FindingFilters,
  { columns, group }: Pick<TriageLayout, 'columns' | 'group'>,
  me: string,
): string {
  const text = new URLSearchParams(queueText(filters, me));
  for (const [name, value] of new URLSearchParams(serializeLayout({ columns, group }))) text.set(name, value);
  text.sort();
  return text.toString();
}

/** What a kept view opens: the reader's own filters and the layout. */
export function openedView(search: string): FindingFilters & Omit<TriageLayout, 'saved'> {
  const { columns, group, ...filters } = readView(new URLSearchParams(search));
  return { ...chosenFilters(filters), columns, group };
}

/** Whether the list shows something else than a kept view; what it is worded like does not count. */
export function isChanged(
  search: string,
  filters: FindingFilters,
  layout: Pick<TriageLayout, 'columns' | 'group'>,
): boolean {
  const { columns, group, ...kept } = openedView(search);
  return viewSearch(kept, { columns, group }, '') !== viewSearch(filters, layout, '');
}
