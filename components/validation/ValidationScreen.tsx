'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { RecordingsSection } from './RecordingsSection';
import { RunProgress } from './RunProgress';
import { RunsTable } from './RunsTable';
import { StartRun } from './StartRun';
import { ValidationSkeleton } from './ValidationSkeleton';
import { runsQuery } from './validationQueries';
import { isOpen } from './validationWords';

/** Does it work: labelled recordings replayed through the production code, run by run, and what they are replayed from. */
export function ValidationScreen() {
  const refusal = useRefusal('validation.read');
  const list = useInfiniteQuery({ ...runsQuery, enabled: refusal === null });
  if (refusal !== null) return <EmptyState title={refusal} />;
  const runs = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const open = runs.find(isOpen);
  return (
    <section aria-label="Validation" aria-busy={list.isFetching} className="h-full overflow-y-auto pb-8">
      <header className="flex flex-wrap items-start gap-x-6 gap-y-3 px-4 pb-3 pt-3.5">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-15">Validation</h1>
          <p className="max-w-[76ch] text-text-2">
            Labelled recordings are replayed through the code that reads your telemetry, apart from live data.
            Stages found as labelled turn from visible to proven.
          </p>
        </div>
        <StartRun busy={open !== undefined} />
      </header>
      {open ? (
        <div className="px-4 pb-4">
          <RunProgress run={open} />
        </div>
      ) : null}
      {list.error && !list.data ? (
        <ProblemNote
          error={list.error}
          what="The validation runs could not be read"
          safe="Signed reports are not affected."
          onRetry={() => void list.refetch()}
        />
      ) : !list.data ? (
        <ValidationSkeleton />
      ) : runs.length === 0 ? (
        <EmptyState title="Nothing has been validated yet">
          <p>
            Until a run ends, coverage says what could be seen, not that it would be found. A run replays the
            recordings that ship with Sequela and those uploaded below.
          </p>
        </EmptyState>
      ) : (
        <>
          <RunsTable runs={runs} />
          {list.hasNextPage ? (
            <div className="px-4 pt-3">
              <Button size="sm" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {list.isFetchingNextPage ? 'Reading…' : 'Older runs'}
              </Button>
            </div>
          ) : null}
        </>
      )}
      <RecordingsSection />
    </section>
  );
}
