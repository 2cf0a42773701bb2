'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useRef, useState } from 'react';
import { Allowed, useMay, useMe } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { SelectField, TextField } from '@/components/ui/TextField';
import { Segmented, Toggle } from '@/components/ui/Toggle';
import { CaseBoard } from './CaseBoard';
import { CaseRow } from './CaseRow';
import { casePagesQuery } from './caseQueries';
import { CASE_STATE_WORD, CASE_STATES } from './caseWords';
import { NewCaseDialog } from './NewCaseDialog';

const STATES = ['active', ...CASE_STATES, 'any'] as const;
const SORTS = ['updated', 'oldest', 'severity', 'state'] as const;
const SORT_WORD: Record<(typeof SORTS)[number], string> = {
  updated: 'Changed last',
  oldest: 'Oldest first',
  severity: 'Severity',
  state: 'Longest in its state',
};

/** All cases as a list or as a board by state; searched over everything written in them. */
export function CasesScreen() {
  const me = useMe().handle;
  const router = useRouter();
  const [at, setAt] = useQueryStates({
    state: parseAsStringLiteral(STATES).withDefault('active'),
    q: parseAsString.withDefault(''),
    mine: parseAsBoolean.withDefault(false),
    sort: parseAsStringLiteral(SORTS).withDefault('updated'),
    view: parseAsStringLiteral(['list', 'board']).withDefault('list'),
  });
  const [making, setMaking] = useState(false);
  const mayWrite = useMay('cases.write');
  const seesLead = useMay('workload.read');
  const search = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const board = at.view === 'board';
  const pages = useInfiniteQuery(
    casePagesQuery({
      state: board ? 'any' : at.state,
      sort: at.sort,
      ...(at.q === '' ? {} : { q: at.q }),
      ...(at.mine ? { owner: me } : {}),
    }),
  );
  const cases = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = pages.data?.pages[0]?.counts;
  const total = pages.data?.pages[0]?.total ?? 0;
  const step = (by: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[data-case]') ?? [])];
    const here = links.indexOf(document.activeElement as HTMLAnchorElement);
    links[Math.max(0, Math.min(links.length - 1, here + by))]?.focus();
  };
  useShortcuts({
    title: 'Cases',
    shortcuts: [
      { keys: 'j', label: 'Next case', run: () => step(1) },
      { keys: 'k', label: 'Case before', run: () => step(-1) },
      { keys: '/', label: 'Search', run: () => search.current?.querySelector('input')?.focus() },
      ...(mayWrite ? [{ keys: 'n', label: 'New case', run: () => setMaking(true) }] : []),
    ],
  });
  return (
    <section aria-label="Cases" className="flex h-full flex-col">
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2 px-4 pb-3 pt-3">
        <h1 className="self-center text-13 tracking-normal">Cases</h1>
        <Segmented
          label="Show as"
          value={at.view}
          onChange={(view) => void setAt({ view })}
          options={[
            { value: 'list', label: 'List' },
            { value: 'board', label: 'Board' },
          ]}
        />
        {board ? null : (
          <Segmented
            label="State"
            value={at.state}
            onChange={(state) => void setAt({ state })}
            options={[
              { value: 'active', label: 'Active' },
              ...CASE_STATES.map((state) => ({
                value: state,
                label: (
                  <span className="num">
                    {CASE_STATE_WORD[state]} <span className="text-text-3">{counts?.[state] ?? ''}</span>
                  </span>
                ),
                name: CASE_STATE_WORD[state],
              })),
              { value: 'any', label: 'All' },
            ]}
          />
        )}
        <Toggle pressed={at.mine} onChange={(mine) => void setAt({ mine })}>
          <span className="num">Mine {counts?.mine ?? ''}</span>
        </Toggle>
        <div ref={search}>
          <TextField
            label="Search in titles, notes, comments, tasks, indicators"
            hideLabel
            type="search"
            placeholder="Search everything written in cases"
            className="w-64 max-w-full"
            value={at.q}
            onChange={(event) => void setAt({ q: event.target.value || null })}
          />
        </div>
        <SelectField
          label="Order"
          hideLabel
          dense
          className="w-40"
          value={at.sort}
          onChange={(event) => void setAt({ sort: event.target.value as (typeof SORTS)[number] })}
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_WORD[sort]}
            </option>
          ))}
        </SelectField>
        <span className="flex-1" />
        {seesLead ? (
          <Link href="/cases/home" className={buttonClass({ variant: 'quiet' })}>
            Review and workload
          </Link>
        ) : null}
        <Allowed to="cases.write">
          <Button variant="primary" keys="n" onClick={() => setMaking(true)}>
            New case
          </Button>
        </Allowed>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto border-t">
        {pages.error && !pages.data ? (
          <ProblemNote
            error={pages.error}
            what="The cases could not be read"
            safe="What was written is stored; nothing is lost."
            onRetry={() => void pages.refetch()}
          />
        ) : !pages.data ? (
          <SkeletonRegion label="Reading the cases" className="space-y-5 px-4 py-4">
            {[64, 52, 70, 58].map((width) => (
              <Skeleton key={width} className="h-6" style={{ width: `${width}%` }} />
            ))}
          </SkeletonRegion>
        ) : cases.length === 0 ? (
          <NoCases
            filtered={at.q !== '' || at.mine || (!board && at.state !== 'active')}
            onClear={() => void setAt({ q: null, mine: null, state: null })}
          />
        ) : board ? (
          <CaseBoard cases={cases} />
        ) : (
          <ul ref={list} aria-label="Cases">
            {cases.map((each) => (
              <CaseRow key={each.id} shown={each} />
            ))}
          </ul>
        )}
        {pages.data && cases.length > 0 ? (
          <p className="num flex items-center gap-3 px-4 py-2 text-12 text-text-3" role="status">
            {cases.length.toLocaleString('en')} of {total.toLocaleString('en')}
            {pages.hasNextPage ? (
              <Button
                size="sm"
                disabled={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                {pages.isFetchingNextPage ? 'Reading…' : 'Show more'}
              </Button>
            ) : null}
          </p>
        ) : null}
      </div>
      <NewCaseDialog open={making} onOpenChange={setMaking} onMade={(id) => router.push(`/cases/${id}`)} />
    </section>
  );
}

function NoCases({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered)
    return (
      <EmptyState title="No case matches" actions={<Button onClick={onClear}>Clear all filters</Button>}>
        <p>Closed cases are under “Closed” and “All”.</p>
      </EmptyState>
    );
  return (
    <EmptyState
      title="No open case"
      actions={
        <Link href="/" className={buttonClass()}>
          To triage
        </Link>
      }
    >
      <p>
        A case gathers findings, alerts and Sigma hits of one investigation. In triage, <kbd>e</kbd> puts a
        finding into one; here, <kbd>n</kbd> opens an empty one.
      </p>
    </EmptyState>
  );
}
