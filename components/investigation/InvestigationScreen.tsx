'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import { findingDetailQuery } from '@/components/shared/findingQueries';
import { hostilePlain } from '@/components/shared/hostileText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Investigation } from './Investigation';
import { InvestigationSkeleton } from './InvestigationSkeleton';
import { findingIdOf, queueHref } from './nextFinding';
import { useInvestigationView } from './useInvestigationView';

/** One finding: read, gone, failed or shown. `id` is the one the page was opened at; the address says which it is now. */
export function InvestigationScreen(props: { id: string }) {
  const id = findingIdOf(usePathname()) ?? props.id;
  const [{ queue }] = useInvestigationView();
  const query = useQuery(findingDetailQuery(id));
  const [opened, setOpened] = useState({ id, first: true });
  if (opened.id !== id) setOpened({ id, first: false });
  const title = query.data === undefined ? 'Finding' : hostilePlain(query.data.headline).slice(0, 200);
  useEffect(() => {
    document.title = `${title} · Sequela`;
  }, [title]);
  if (query.data !== undefined)
    return <Investigation key={id} finding={query.data} takesFocus={!opened.first} />;
  if (query.isPending) return <InvestigationSkeleton />;
  if (query.error instanceof ApiError && query.error.status === 404) {
    return (
      <EmptyState
        title="This finding no longer exists"
        actions={
          <>
            <Link className={buttonClass({ variant: 'primary' })} href={queueHref(queue)}>
              Back to triage
            </Link>
            <Button onClick={() => void query.refetch()}>Look again</Button>
          </>
        }
      >
        <p>
          Its events are still stored. Either newer data joined it to another chain, or the import it came
          from was removed.
        </p>
      </EmptyState>
    );
  }
  return (
    <ProblemNote
      error={query.error}
      what="The finding could not be read"
      safe="Nothing was changed; verdicts and notes are as they were."
      onRetry={() => void query.refetch()}
    />
  );
}
