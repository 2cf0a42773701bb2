'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { baselinesQuery, MOST_BASELINES } from '@/components/shared/baseline/baselineQueries';
import { inOrder } from '@/components/shared/baseline/baselineWords';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Kbd } from '@/components/ui/Kbd';
import { Segmented } from '@/components/ui/Toggle';
import type { BaselineView } from '@/lib/contracts/baselines';
import { DetailSkeleton } from './AnalyticsSkeleton';
import { BaselineRow } from './BaselineRow';
import { RevokeDialog } from './RevokeDialog';

const STATES = ['active', 'waiting', 'expired', 'revoked', 'all'] as const;
const STEP = 50;

/** Baselines of an analytic, or (null) of all, those that end first in front. */
export function BaselineList({ analytic }: { analytic: string | null }) {
  const [state, setState] = useQueryState('state', parseAsStringLiteral(STATES).withDefault('active'));
  const [most, setMost] = useState(STEP);
  const [revoking, setRevoking] = useState<BaselineView | null>(null);
  const query = useQuery(baselinesQuery(analytic, state === 'all' ? null : state));
  const items = inOrder(query.data?.items ?? []);
  return (
    <section aria-label="List of baselines">
      <div className="flex flex-wrap items-center gap-3 px-4 py-2.5">
        <Segmented
          label="State"
          value={state}
          onChange={(value) => void setState(value)}
          options={STATES.map((value) => ({ value, label: value }))}
        />
        {query.data ? (
          <p className="num text-12 text-text-3">
            {items.length} {items.length === 1 ? 'baseline' : 'baselines'}
            {items.length >= MOST_BASELINES ? '; there may be more in the API' : ''}
          </p>
        ) : null}
      </div>
      {query.error && !query.data ? (
        <ProblemNote
          error={query.error}
          what="The baselines could not be read"
          safe="They stay in force."
          onRetry={() => void query.refetch()}
        />
      ) : !query.data ? (
        <DetailSkeleton label="Reading the baselines" />
      ) : items.length === 0 ? (
        <EmptyState
          title={
            state === 'active'
              ? 'No baseline runs now'
              : state === 'waiting'
                ? 'No baseline waits for an approval'
                : 'None of this state'
          }
        >
          <p>
            When a finding shows something that is normal here, say so once: press <Kbd keys="B" /> on it. It
            is tried on stored events and on recorded attacks, shows what it would hide, and ends on a day you
            choose.
          </p>
        </EmptyState>
      ) : (
        <ul className="border-t">
          {items.slice(0, most).map((baseline) => (
            <BaselineRow
              key={baseline.id}
              baseline={baseline}
              withAnalytic={analytic === null}
              onRevoke={() => setRevoking(baseline)}
            />
          ))}
        </ul>
      )}
      {items.length > most ? (
        <Button size="sm" className="mx-4 my-3" onClick={() => setMost(most + STEP)}>
          Show more: {most} of {items.length} are shown
        </Button>
      ) : null}
      {revoking === null ? null : <RevokeDialog baseline={revoking} onClose={() => setRevoking(null)} />}
    </section>
  );
}
