'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PeriodPicker } from '@/components/shared/period/PeriodPicker';
import { daysUpTo } from '@/components/shared/period/period';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { TextField } from '@/components/ui/TextField';
import { counted } from '@/lib/base/numberWords';
import { fleetLedgerQuery } from './coverageQueries';
import { exportHref } from './coverageUrl';
import { LedgerTable } from './LedgerTable';
import { LEDGER_SORTS, type LedgerRow, ledgerRows, orderAfter } from './ledgerRows';

const PARSERS = {
  from: parseAsString,
  to: parseAsString,
  q: parseAsString,
  sort: parseAsStringLiteral(LEDGER_SORTS).withDefault('host'),
  order: parseAsStringLiteral(['ascending', 'descending'] as const).withDefault('ascending'),
};

/** What every host delivered, by source: what all coverage is computed from. */
export function LedgerScreen() {
  const [url, setUrl] = useQueryStates(PARSERS);
  const days = { ...(url.from ? { from: url.from } : {}), ...(url.to ? { to: url.to } : {}) };
  const ledger = useQuery(fleetLedgerQuery(days));
  const items = ledger.data?.items;
  const { q, sort, order } = url;
  const rows = ledgerRows(items ?? [], { words: q ?? '', sort, order });
  return (
    <section
      aria-label="Visibility ledger"
      aria-busy={ledger.isFetching}
      className="h-full overflow-y-auto px-4 pb-8 pt-3 print:h-auto print:overflow-visible print:p-0"
    >
      <div className="num flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h1 className="text-13 tracking-normal">Visibility ledger</h1>
        <p role="status" className="text-text-2">
          {items ? toldOf(items, rows) : null}
        </p>
        <span className="no-print ml-auto flex gap-3">
          {(['csv', 'json'] as const).map((format) => (
            <a
              key={format}
              className="link"
              download
              href={exportHref({ by: 'group', ...days }, 'ledger', format)}
            >
              {format.toUpperCase()}
            </a>
          ))}
        </span>
      </div>
      <p className="mt-1 max-w-[90ch] text-text-2">
        What came from every host, by source, and how much of it carries each fact. A network event that names
        no process joins no lineage: it is stored, and no chain can be built on it.
      </p>
      <div className="no-print mt-2.5 mb-3 flex flex-wrap items-end gap-x-4 gap-y-2">
        <PeriodPicker shown={usualDays(items)} />
        <TextField
          label="Host or source"
          hideLabel
          placeholder="Part of a host or source"
          type="search"
          dense
          className="w-56"
          value={q ?? ''}
          onChange={(event) => void setUrl({ q: event.target.value || null }, { history: 'replace' })}
        />
      </div>
      {ledger.error ? (
        <ProblemNote
          error={ledger.error}
          what="The ledger could not be read"
          safe="What is stored is not affected."
          onRetry={() => void ledger.refetch()}
        />
      ) : null}
      {items ? (
        rows.length > 0 ? (
          <LedgerTable
            rows={rows}
            sort={sort}
            order={order}
            onSort={(pressed) => void setUrl(orderAfter(pressed, { sort, order }), { history: 'replace' })}
          />
        ) : (
          <EmptyState title={items.length === 0 ? 'Nothing came on these days' : 'No such host or source'}>
            <p>
              {items.length === 0
                ? 'Choose other days, or import the telemetry of some hosts.'
                : 'No host or source of these days holds these words.'}
            </p>
          </EmptyState>
        )
      ) : ledger.error ? null : (
        <SkeletonRegion label="Reading the ledger" className="space-y-3 py-2">
          {[100, 97, 99, 98, 100, 96].map((width) => (
            <Skeleton key={width} className="h-5" style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      )}
    </section>
  );
}

/** "12 hosts, 30 lines", or how many of them the words leave. */
function toldOf(items: readonly LedgerRow[], rows: readonly LedgerRow[]): string {
  const hosts = counted(new Set(items.map(({ hostId }) => hostId)).size, 'host');
  const lines = counted(items.length, 'line');
  return rows.length === items.length
    ? `${hosts}, ${lines}`
    : `${rows.length.toLocaleString('en')} of ${lines}, ${hosts}`;
}

/** The days that are answered for when none are asked: 30 up to the newest event. */
function usualDays(items: readonly LedgerRow[] | undefined) {
  const newest = (items ?? []).reduce((last, item) => (item.last > last ? item.last : last), '');
  return daysUpTo(newest.slice(0, 10), 30);
}
