import type { FleetLedger } from '@/lib/contracts/coverage';

export type LedgerRow = FleetLedger['items'][number];

/** What the rows can be in order of. */
export const LEDGER_SORTS = ['host', 'events', 'last'] as const;
export type LedgerSort = (typeof LEDGER_SORTS)[number];
export type LedgerOrder = 'ascending' | 'descending';

/** Rows whose host or source holds the words, whatever the case, in order; equal ones by host and source. */
export function ledgerRows(
  items: readonly LedgerRow[],
  by: { readonly words: string; readonly sort: LedgerSort; readonly order: LedgerOrder },
): LedgerRow[] {
  const words = by.words.trim().toLowerCase();
  const sign = by.order === 'ascending' ? 1 : -1;
  return items
    .filter(({ host, source }) => `${host}\n${source}`.toLowerCase().includes(words))
    .toSorted((a, b) => sign * COMPARE[by.sort](a, b) || byHost(a, b));
}

function byHost(a: LedgerRow, b: LedgerRow): number {
  return compareText(a.host, b.host) || compareText(a.source, b.source);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const COMPARE: Readonly<Record<LedgerSort, (a: LedgerRow, b: LedgerRow) => number>> = {
  host: byHost,
  events: (a, b) => a.events - b.events,
  last: (a, b) => compareText(a.last, b.last),
};

/** The order after a press on a column's head: the other way round, or for another column the one that tells most. */
export function orderAfter(
  pressed: LedgerSort,
  now: { readonly sort: LedgerSort; readonly order: LedgerOrder },
): { sort: LedgerSort; order: LedgerOrder } {
  if (pressed === now.sort)
    return { sort: pressed, order: now.order === 'ascending' ? 'descending' : 'ascending' };
  return { sort: pressed, order: pressed === 'events' ? 'descending' : 'ascending' };
}
