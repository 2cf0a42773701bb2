'use client';

import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { BaselineRows } from '@/components/shared/baseline/BaselineRows';
import { useRefusal } from '@/components/shared/me';
import { EmptyState } from '@/components/ui/EmptyState';
import { Segmented } from '@/components/ui/Segmented';
import { counted } from '@/lib/base/numberWords';
import type { SigmaBaselineView } from '@/lib/contracts/sigmaBaselines';
import { RevokeHitBaseline } from './RevokeHitBaseline';
import { SigmaBaselineRow } from './SigmaBaselineRow';
import { SigmaSkeleton } from './SigmaSkeleton';
import { sigmaBaselinesQuery } from './sigmaQueries';
import { baselineParsers } from './sigmaUrl';

const STATES = ['active', 'expired', 'revoked', 'all'] as const;

/** What people said is normal of hits: what each covers, who answers for it, until when. */
export function SigmaBaselinesScreen() {
  const [{ state }, setUrl] = useQueryStates(baselineParsers);
  const [revoking, setRevoking] = useState<SigmaBaselineView | null>(null);
  const query = useQuery(sigmaBaselinesQuery);
  const refusal = useRefusal('baselines.write');
  const items = (query.data?.items ?? []).filter((each) => state === 'all' || each.state === state);
  return (
    <section aria-label="Baselines of hits" className="h-full overflow-y-auto pb-8">
      <header className="flex flex-wrap items-start gap-x-6 gap-y-3 px-4 pb-3 pt-3.5">
        <div className="min-w-0 flex-1 basis-72">
          <h1 className="text-15">Baselines of hits</h1>
          <p className="max-w-[76ch] text-text-2">
            What is normal here. A hit that a baseline covers is kept and counted, but no longer open, and
            raises no score. Each has an owner and an end.
          </p>
          {refusal === null ? null : <p className="text-12 text-text-3">{refusal}</p>}
        </div>
        <div className="flex items-center gap-3">
          <Segmented
            label="Which baselines"
            value={state}
            onChange={(value) => void setUrl({ state: value })}
            options={STATES.map((value) => ({ value, label: value }))}
          />
          {query.data ? (
            <p role="status" className="num text-12 text-text-3">
              {counted(items.length, 'baseline')}
            </p>
          ) : null}
        </div>
      </header>
      <BaselineRows
        query={query}
        items={items}
        step={100}
        row={(baseline) => (
          <SigmaBaselineRow
            key={baseline.id}
            baseline={baseline}
            onRevoke={refusal === null ? () => setRevoking(baseline) : null}
          />
        )}
        skeleton={<SigmaSkeleton label="Reading the baselines" />}
        empty={
          <EmptyState title={state === 'active' ? 'No baseline is in force' : 'None of this state'}>
            <p>
              Where a hit shows something that is normal here, open it and say so: the baseline proposes what
              it is about, and shows what it would cover before it is saved.
            </p>
          </EmptyState>
        }
      />
      {revoking === null ? null : <RevokeHitBaseline baseline={revoking} onClose={() => setRevoking(null)} />}
    </section>
  );
}
