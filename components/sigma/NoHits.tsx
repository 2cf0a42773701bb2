'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { ApiError } from '@/components/shared/apiClient';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { hostOfQuery, progressQuery } from './sigmaQueries';
import { isWorking } from './sigmaWords';

/** Why no hit is listed: the filter, no rule that runs, rules that are still at work, or nothing that satisfies them. */
export function NoHits(props: {
  narrowed: boolean;
  /** The host that is asked for. */
  host: string | null;
  onClear: () => void;
}) {
  const { narrowed, host, onClear } = props;
  const { data: progress, isPending } = useQuery(progressQuery);
  const { error } = useQuery({ ...hostOfQuery(host ?? ''), enabled: narrowed && Boolean(host) });
  const noHost = error instanceof ApiError && error.status === 404;
  if (narrowed)
    return (
      <EmptyState
        title={noHost ? 'No host of that name' : 'No such hit'}
        actions={<Button onClick={onClear}>Clear all filters</Button>}
      >
        <p>
          {noHost
            ? 'Hits are narrowed by a whole name of a host; the field offers those there are.'
            : 'No hit is as the search and the filters say.'}
        </p>
      </EmptyState>
    );
  if (isPending) return null;
  if (progress?.rules === 0)
    return (
      <EmptyState
        title="No Sigma rule runs"
        actions={
          <Link href="/sigma/sets" className={buttonClass({ variant: 'primary' })}>
            Sets of rules
          </Link>
        }
      >
        <p>
          Sequela ships without Sigma rules. Bring in a folder of them, see which can be used, and switch the
          set on: its rules run over everything stored and over each import to come.
        </p>
        <p>Hits stand here, beside the triage queue: none becomes a finding by itself.</p>
      </EmptyState>
    );
  const working = progress !== undefined && isWorking(progress);
  return (
    <EmptyState title={working ? 'No hit yet' : 'No hit that is open'}>
      <p>
        {working
          ? 'The rules are still at work over what is stored.'
          : 'Nothing stored satisfies a rule that runs, or a baseline covers what does. A rule that is blind on a host says nothing of it: see the rules.'}
      </p>
      <p>
        <Link href="/sigma/rules?state=blind" className="link">
          Rules that are blind somewhere
        </Link>
      </p>
    </EmptyState>
  );
}
