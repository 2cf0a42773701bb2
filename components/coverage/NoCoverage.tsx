'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect } from 'react';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { counted } from '@/lib/base/numberWords';
import type { PartProps } from './coveragePart';
import { COVERAGE, rerunQuery, useRunAgain } from './coverageQueries';

/** Nothing to show yet, and why. */
export function NoCoverage({ view, open }: Pick<PartProps, 'view' | 'open'>) {
  if (view.unknown > 0)
    return (
      <div className="px-4 py-6">
        <UnknownNote unknown={view.unknown} />
      </div>
    );
  if (view.retired > 0)
    return (
      <EmptyState title="No host is expected to report" actions={<RetiredButton open={open} />}>
        <p>
          {view.retired === 1 ? 'The one host' : `All ${view.retired.toLocaleString('en')} hosts`} with events
          before the end of this period {view.retired === 1 ? 'was' : 'were'} said to report no more.
        </p>
      </EmptyState>
    );
  if (view.notLookedAt > 0)
    return (
      <EmptyState title="No host of a system that is looked at">
        <p>
          {counted(view.notLookedAt, 'host')} reported in this period; the stages are looked for on Windows
          only.
        </p>
      </EmptyState>
    );
  if (view.newest !== null)
    return (
      <EmptyState title="No host had reported by then">
        <p>
          Every event that is stored came after the end of this period. Choose a later one, or the latest.
        </p>
      </EmptyState>
    );
  return (
    <EmptyState
      title="Nothing was imported yet"
      actions={
        <Link href="/imports" className={buttonClass({ variant: 'primary' })}>
          Import an export
        </Link>
      }
    >
      <p>
        Coverage is worked out from what hosts really delivered: bring in the telemetry of some, and this page
        tells which stages of an attack could be seen on them, which could not, and what would change that.
      </p>
    </EmptyState>
  );
}

/** Opens the list of hosts that were retired, from which they can be brought back. */
export function RetiredButton({ open }: Pick<PartProps, 'open'>) {
  return (
    <Allowed to="coverage.manage">
      <Button size="sm" className="no-print" onClick={() => open({ show: 'retired' })}>
        Retired hosts
      </Button>
    </Allowed>
  );
}

/** Hosts are there, but none that was asked for. */
export function NoSuchHosts({ onAll }: { onAll: () => void }) {
  return (
    <EmptyState title="No such host" actions={<Button onClick={onAll}>Show all hosts</Button>}>
      <p>None of the hosts that count in this period is of this group, system and source.</p>
    </EmptyState>
  );
}

const LOOK_MS = 5000;

/** Hosts that are left out because nobody looked at them since coverage is kept by day. */
export function UnknownNote({ unknown }: { unknown: number }) {
  const again = useRunAgain();
  const client = useQueryClient();
  const started = again.isSuccess;
  const progress = useQuery({
    ...rerunQuery,
    enabled: started,
    refetchInterval: ({ state }) => (state.data?.waiting === 0 ? false : LOOK_MS),
  });
  const waiting = progress.data?.waiting;
  const running = started && waiting !== 0;
  // Host by host they come in; with the last of them this note is gone, or says what was left out.
  useEffect(() => {
    if (started && waiting !== undefined) void client.invalidateQueries({ queryKey: [COVERAGE] });
  }, [started, waiting, client]);
  return (
    <div className="border-l-2 border-warning pl-3">
      <p>
        {counted(unknown, 'host')} {unknown === 1 ? 'is' : 'are'} not in these numbers yet: nothing has looked
        at {unknown === 1 ? 'it' : 'them'} since coverage is kept by day.
      </p>
      <p className="text-text-2">Running the analytics again brings {unknown === 1 ? 'it' : 'them'} in.</p>
      <Allowed to="analytics.run" told>
        <Button
          size="sm"
          className="no-print mt-1.5"
          disabled={again.isPending || running}
          onClick={() => again.mutate()}
        >
          {again.isPending ? 'Starting…' : running ? 'They run' : 'Run the analytics again'}
        </Button>
      </Allowed>
      {again.error ? <ProblemNote compact error={again.error} what="They were not started" /> : null}
    </div>
  );
}
