'use client';

import { useState } from 'react';
import { useRefusal } from '@/components/shared/me';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import { Button } from '@/components/ui/Button';
import { onDemand } from '@/components/ui/onDemand';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';

const AddToCase = onDemand(
  async () => (await import('@/components/shared/cases/AddToCase')).AddToCase,
  (props) => props.onClose(),
);
const NormalDialog = onDemand(
  async () => (await import('./NormalDialog')).NormalDialog,
  (props) => props.onClose(),
);

/** What can be done with a hit: put it into a case, or say that it is normal here. What one may not do is said. */
export function HitActs({ hit }: { hit: SigmaHitView }) {
  const [casing, setCasing] = useState(false);
  const [normal, setNormal] = useState(false);
  const noCase = useRefusal('cases.write');
  const noBaseline = useRefusal('baselines.write');
  const mayCase = noCase === null && hit.case === null;
  const mayNormal = noBaseline === null && hit.baseline === null;
  useShortcuts({
    title: 'Hit',
    shortcuts: [
      ...(mayCase ? [{ keys: 'e', label: 'Make a case, or add to one', run: () => setCasing(true) }] : []),
      ...(mayNormal ? [{ keys: 'B', label: 'Normal here', run: () => setNormal(true) }] : []),
    ],
  });
  const refusals = [...new Set([noCase, noBaseline].filter((text) => text !== null))];
  return (
    <div className="sticky top-0 z-10 flex flex-wrap items-center gap-2 border-b bg-surface-1 px-4 py-2">
      {mayCase ? (
        <Button size="sm" keys="e" onClick={() => setCasing(true)}>
          Make a case…
        </Button>
      ) : null}
      {mayNormal ? (
        <Button size="sm" keys="B" onClick={() => setNormal(true)}>
          Normal here…
        </Button>
      ) : null}
      {refusals.length > 0 ? (
        <p className="min-w-0 flex-1 basis-60 text-12 text-text-3">{refusals.join(' ')}</p>
      ) : null}
      {!mayCase && !mayNormal && refusals.length === 0 ? (
        <p className="text-12 text-text-3">It is in a case and covered by a baseline.</p>
      ) : null}
      {casing ? (
        <AddToCase what={{ findings: [], alerts: [], hits: [hit.ref] }} onClose={() => setCasing(false)} />
      ) : null}
      {normal ? <NormalDialog hit={hit} onClose={() => setNormal(false)} /> : null}
    </div>
  );
}
