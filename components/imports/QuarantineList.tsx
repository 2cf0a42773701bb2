'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { sizeText } from '@/components/shared/sizeText';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Segmented } from '@/components/ui/Toggle';
import type { ImportView, QuarantinedView } from '@/lib/contracts/imports';
import { hexDump } from './hexDump';
import { quarantineQuery } from './queries';

type View = 'text' | 'hex';

/** The records of one group: where each stands, why it was refused, and its bytes as text or in hex. */
export function QuarantineList({ thisImport, group }: { thisImport: ImportView; group: string }) {
  const list = useInfiniteQuery(quarantineQuery(thisImport, group));
  const [view, setView] = useState<View>('text');
  if (list.error) {
    return (
      <ProblemNote
        compact
        error={list.error}
        what="The quarantine could not be read"
        safe="The records are in the original."
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (!list.data) {
    return (
      <SkeletonRegion label="Reading the quarantine" className="space-y-3">
        {[90, 70, 80].map((width) => (
          <Skeleton key={width} className="h-10" style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    );
  }
  const items = list.data.pages.flatMap((page) => page.items);
  return (
    <>
      <Segmented
        label="Bytes as"
        value={view}
        onChange={setView}
        options={[
          { value: 'text', label: 'Text' },
          { value: 'hex', label: 'Hex' },
        ]}
      />
      <ol aria-label="Quarantined records">
        {items.map((item) => (
          <QuarantinedRecord key={`${item.file}:${item.index}`} item={item} view={view} />
        ))}
      </ol>
      <div className="num flex items-center gap-3 py-3 text-text-3">
        {items.length.toLocaleString('en')} shown
        {list.hasNextPage ? (
          <Button size="sm" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {list.isFetchingNextPage ? 'Reading…' : 'Show more'}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function QuarantinedRecord({ item, view }: { item: QuarantinedView; view: View }) {
  return (
    <li className="border-b py-2">
      <p className="text-warning">
        <HostileText text={item.reason} />
      </p>
      <p className="num text-12 text-text-3">
        <HostileText text={item.file} />, record {item.index.toLocaleString('en')}, byte{' '}
        {item.offset.toLocaleString('en')}, {sizeText(item.bytes)}
      </p>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        className={`focus-inset machine mt-1 max-h-40 overflow-auto rounded-md bg-surface-2 px-2 py-1.5 text-text-2 ${view === 'text' ? 'whitespace-pre-wrap [overflow-wrap:anywhere]' : ''}`}
      >
        {view === 'text' ? (
          <HostileText text={item.text} />
        ) : (
          hexDump(item.head, item.offset, 8)
            .map((line) => `${line.offset}  ${line.hex.padEnd(23)}  ${line.text}`)
            .join('\n')
        )}
      </pre>
      {view === 'hex' && item.bytes > 512 ? (
        <p className="mt-1 text-12 text-text-3">The first 512 bytes; all of them are in the original.</p>
      ) : null}
    </li>
  );
}
