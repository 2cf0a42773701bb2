'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { BaselineRows } from '@/components/shared/baseline/BaselineRows';
import { baselinesQuery, MOST_BASELINES } from '@/components/shared/baseline/baselineQueries';
import { inOrder } from '@/components/shared/baseline/baselineWords';
import { EmptyState } from '@/components/ui/EmptyState';
import { Kbd } from '@/components/ui/Kbd';
import { Segmented } from '@/components/ui/Toggle';
import type { BaselineView } from '@/lib/contracts/baselines';
import { DetailSkeleton } from './AnalyticsSkeleton';
import { BaselineRow } from './BaselineRow';
import { RevokeDialog } from './RevokeDialog';

const STATES = ['active', 'waiting', 'expired', 'revoked', 'all'] as const;

/** Baselines of an analytic, or (null) of all, those that end first in front. */
export function BaselineList({ analytic }: { analytic: string | null }) {
  const [state, setState] = useQueryState('state', parseAsStringLiteral(STATES).withDefault('active'));
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
      <BaselineRows
        query={query}
        items={items}
        step={50}
        row={(baseline) => (
          <BaselineRow
            key={baseline.id}
            baseline={baseline}
            withAnalytic={analytic === null}
            onRevoke={() => setRevoking(baseline)}
          />
        )}
        skeleton={<DetailSkeleton label="Reading the baselines" />}
        empty={<NoBaselines state={state} />}
      />
      {revoking === null ? null : <RevokeDialog baseline={revoking} onClose={() => setRevoking(null)} />}
    </section>
  );
}

/** That there are none, and how one comes to be. */
function NoBaselines({ state }: { state: (typeof STATES)[number] }) {
  return (
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
        When a finding shows something that is normal here, say so once: press <Kbd keys="B" /> on it. It is
        tried on stored events and on recorded attacks, shows what it would hide, and ends on a day you
        choose.
      </p>
    </EmptyState>
  );
}
