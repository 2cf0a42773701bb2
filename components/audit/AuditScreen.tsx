'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { throttle, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { useMay, useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Menu, MenuLabel, MenuLink } from '@/components/ui/Menu';
import { Th } from '@/components/ui/Table';
import type { AuditView } from '@/lib/contracts/audit';
import { AuditFilterBar } from './AuditFilterBar';
import { AuditRow } from './AuditRow';
import { AuditSkeleton } from './AuditSkeleton';
import { AUDIT_FILTERS, type AuditFilters, isNarrowed, NO_FILTERS } from './auditFilters';
import { auditExportHref, auditQuery } from './queries';
import { VerifyPanel } from './VerifyPanel';

/** Who did what, when, and the proof that it still says so. */
export function AuditScreen() {
  const refusal = useRefusal('audit.read');
  const [filters, setFilters] = useQueryStates(AUDIT_FILTERS, { limitUrlUpdates: throttle(200) });
  const [verifying, setVerifying] = useState(false);
  const list = useInfiniteQuery({
    ...auditQuery(filters),
    enabled: refusal === null,
    placeholderData: keepPreviousData,
  });
  if (refusal !== null) return <EmptyState title={refusal} />;
  const entries = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label="Audit" className="flex h-full min-h-0 flex-col">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pb-2 pt-3.5">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-15">Audit</h1>
          <p className="text-text-2">
            Every change and every sign-in. Entries are only ever added, and each holds the hash of the one
            before it.
          </p>
        </div>
        <Button aria-expanded={verifying} onClick={() => setVerifying(!verifying)}>
          Verify…
        </Button>
        <ExportMenu filters={filters} />
      </header>
      {verifying ? <VerifyPanel onClose={() => setVerifying(false)} /> : null}
      <AuditFilterBar
        filters={filters}
        actors={list.data?.pages[0]?.actors ?? []}
        onChange={(change) => void setFilters(change)}
      />
      {list.error && !list.data ? (
        <div className="p-4">
          <ProblemNote
            error={list.error}
            what="The audit could not be read"
            safe="Its entries cannot be changed by anyone."
            onRetry={() => void list.refetch()}
          />
        </div>
      ) : !list.data ? (
        <AuditSkeleton />
      ) : entries.length === 0 ? (
        <NoEntries narrowed={isNarrowed(filters)} onAll={() => void setFilters(NO_FILTERS)} />
      ) : (
        <div className="min-h-0 flex-1 overflow-auto">
          <Entries entries={entries} onSubject={(subject) => void setFilters({ subject })} />
          {list.hasNextPage ? (
            <div className="px-4 py-3">
              <Button size="sm" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {list.isFetchingNextPage ? 'Reading…' : 'Show more'}
              </Button>
            </div>
          ) : null}
        </div>
      )}
    </section>
  );
}

function Entries(props: { entries: readonly AuditView[]; onSubject: (subject: string) => void }) {
  return (
    <table className="w-full border-collapse text-left">
      <caption className="sr-only">Entries of the audit, newest first</caption>
      <thead className="sticky top-0 z-10 bg-surface-0">
        <tr>
          <Th className="pl-4">Time</Th>
          <Th>Who</Th>
          <Th>What</Th>
          <Th>Subject</Th>
          <Th>Details</Th>
          <Th className="pr-4 text-right">Entry</Th>
        </tr>
      </thead>
      <tbody>
        {props.entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} onSubject={props.onSubject} />
        ))}
      </tbody>
    </table>
  );
}

/** The entries that match as a file, for those who may take them out. */
function ExportMenu({ filters }: { filters: AuditFilters }) {
  if (!useMay('audit.export')) return null;
  return (
    <Menu label="Export" align="end" trigger={<Button>Export</Button>}>
      <MenuLabel>{isNarrowed(filters) ? 'All entries that match' : 'All entries'}</MenuLabel>
      <MenuLink download href={auditExportHref(filters, 'ndjson')}>
        JSON lines, with what each hash is made of
      </MenuLink>
      <MenuLink download href={auditExportHref(filters, 'csv')}>
        CSV
      </MenuLink>
    </Menu>
  );
}

function NoEntries({ narrowed, onAll }: { narrowed: boolean; onAll: () => void }) {
  return narrowed ? (
    <EmptyState title="No such entry" actions={<Button onClick={onAll}>Show all entries</Button>}>
      <p>Nothing in the audit matches all of this.</p>
    </EmptyState>
  ) : (
    <EmptyState title="Nothing yet">
      <p>Every change and every sign-in will stand here.</p>
    </EmptyState>
  );
}
