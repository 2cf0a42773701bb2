'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { HostRetirements } from '@/lib/contracts/coverage';
import { retirementsQuery, useRetire } from './coverageQueries';
import { useShowMore } from './useShowMore';

type Retirement = HostRetirements['items'][number];

/** Drawn at once; the others at a press. */
const FIRST = 50;

/** Hosts that were retired, each with who said so and why; any can be expected to report again. */
export function RetiredDialog({ onClose }: { onClose: () => void }) {
  const retirements = useQuery({ ...retirementsQuery, staleTime: 0 });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Retired hosts"
      description="No longer expected to report. Brought back, a host counts again, from its first event on."
      width="lg"
      footer={
        <>
          <span className="flex-1" />
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <div className="px-5 py-4">
        {retirements.error && !retirements.data ? (
          <ProblemNote
            compact
            error={retirements.error}
            what="The retired hosts could not be read"
            onRetry={() => void retirements.refetch()}
          />
        ) : !retirements.data ? (
          <SkeletonRegion label="Reading the retired hosts" className="space-y-4">
            {[90, 80].map((width) => (
              <Skeleton key={width} className="h-8" style={{ width: `${width}%` }} />
            ))}
          </SkeletonRegion>
        ) : (
          <Retirements items={retirements.data.items} />
        )}
      </div>
    </Dialog>
  );
}

function Retirements({ items }: { items: readonly Retirement[] }) {
  const { shown, more } = useShowMore(items, FIRST);
  // The row that was pressed goes away: whoever pressed it goes on at what is told here.
  const [told, setTold] = useState<string | null>(null);
  return (
    <>
      {told === null ? null : (
        <p key={told} ref={focusOnTold} tabIndex={-1} className="mb-2 outline-none">
          <HostileText text={told} /> is expected to report again.
        </p>
      )}
      {items.length === 0 ? <p className="text-text-2">No host is retired.</p> : null}
      <ul>
        {shown.map((item) => (
          <RetiredRow key={item.host} item={item} onBack={() => setTold(item.host)} />
        ))}
      </ul>
      {more ? (
        <Button size="sm" variant="quiet" onClick={more.toggle}>
          {more.all ? 'Show fewer' : `Show all ${items.length.toLocaleString('en')}`}
        </Button>
      ) : null}
    </>
  );
}

function focusOnTold(element: HTMLElement | null): void {
  element?.focus();
}

function RetiredRow({ item, onBack }: { item: Retirement; onBack: () => void }) {
  const retire = useRetire();
  const bringBack = async () => {
    await retire.mutateAsync({ host: item.hostId ?? item.host, retired: false, reason: '' }).then(
      onBack,
      // Told below, where it was pressed.
      () => undefined,
    );
  };
  return (
    <li className="border-b py-2 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="machine min-w-0 flex-1 font-medium [overflow-wrap:anywhere]">
          <HostileText text={item.host} />
        </span>
        {item.reporting ? <span className="text-warning">reports again, and counts</span> : null}
        <Button
          size="sm"
          disabled={retire.isPending}
          aria-label={`Bring back ${hostilePlain(item.host)}`}
          onClick={() => void bringBack()}
        >
          {retire.isPending ? 'Saving…' : 'Bring back'}
        </Button>
      </div>
      <p className="num text-12 text-text-2">
        {item.reason === '' ? null : (
          <>
            <HostileText text={item.reason} />
            {' · '}
          </>
        )}
        by <HostileText text={item.by} />, <TimeText at={item.at} date precision="min" zone />
      </p>
      {retire.error ? <ProblemNote compact error={retire.error} what="Nothing was changed" /> : null}
    </li>
  );
}
