'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useRef, useState } from 'react';
import { eventQueryOptions } from '@/components/shared/event/eventQuery';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { processHitsHref } from '@/components/shared/sigma/hitHref';
import { SigmaNote } from '@/components/shared/sigma/SigmaNote';
import { useSigmaMarks } from '@/components/shared/sigma/useSigmaMarks';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { counted } from '@/lib/base/numberWords';
import type { EventKind } from './describeItem';
import { LineagePane, type LineagePaneHandle } from './LineagePane';
import { FOREST_MOST, FOREST_PAGE, useLineage } from './useLineage';
import { useLineageKeys } from './useLineageKeys';

/**
 * Roots a host's forest begins with; siblings of one image are one stack, so that few of them are boxes. The others are
 * one more stack, which is read page by page.
 */
const FIRST_ROOTS = 2000;

const PARSERS = {
  /** `p:<process>` or `e:<event>`: an event stands for the process that did it. */
  sel: parseAsString,
  expand: parseAsArrayOf(parseAsString).withDefault([]),
  fold: parseAsArrayOf(parseAsString).withDefault([]),
  at: parseAsString,
  lineage: parseAsStringLiteral(['graph', 'table'] as const).withDefault('graph'),
  open: parseAsStringLiteral(['path', 'all'] as const).withDefault('path'),
  most: parseAsInteger.withDefault(0),
};

/** All processes of a host as far as they were recorded: the drawing of a finding, without a finding. Its keys too. */
export function HostLineage({
  hostId,
  title,
  onEvents,
}: {
  hostId: string;
  /** What a saved drawing says it shows. */
  title: string;
  /** Shows the events of a process, of some kinds or (none named) of all. */
  onEvents?: (entityId: string, kinds: readonly EventKind[]) => void;
}) {
  const [view, setView] = useQueryStates(PARSERS, { history: 'replace', throttleMs: 120 });
  const [hovered, setHovered] = useState<string | null>(null);
  const least = view.open === 'all' ? FOREST_PAGE : FIRST_ROOTS;
  const most = Math.min(FOREST_MOST, Math.max(least, view.most));
  const lineage = useLineage({
    source: { hostId, findingId: null },
    open: view.open,
    expand: view.expand,
    most,
  });
  const selectedId = useSelectedProcess(view.sel);
  const sigma = useSigmaMarks({ type: 'host', id: hostId });
  const root = useRef<HTMLDivElement>(null);
  const pane = useRef<LineagePaneHandle>(null);
  const isShown = lineage.error === null && lineage.view !== undefined && lineage.view.total > 0;
  useLineageKeys({ home: () => root.current, lineage: pane, enabled: isShown });
  if (lineage.isPending) return <ForestSkeleton />;
  if (lineage.error !== null || lineage.view === undefined) {
    return (
      <ProblemNote
        error={lineage.error ?? new Error('The answer was empty.')}
        what="The processes of this host could not be read"
        safe="Nothing was changed."
        onRetry={lineage.refetch}
      />
    );
  }
  if (lineage.view.total === 0) {
    return (
      <EmptyState title="No process of this host was recorded">
        <p>
          What was imported of it holds neither process starts nor events that name the process which did
          them.
        </p>
      </EmptyState>
    );
  }
  return (
    <div ref={root} className="size-full">
      <LineagePane
        ref={pane}
        lineage={lineage}
        view={lineage.view}
        hostId={hostId}
        stages={[]}
        originTime={null}
        reading={view.lineage}
        onReading={(reading) => void setView({ lineage: reading })}
        selectedId={selectedId}
        onSelect={(id) => void setView({ sel: `p:${id}` })}
        hoveredId={hovered}
        onHover={setHovered}
        folds={view}
        onFolds={({ open, expand, fold }) => void setView({ open, expand: [...expand], fold: [...fold] })}
        most={most}
        onMost={(next) => void setView({ most: next })}
        at={view.at}
        onAt={(at) => void setView({ at })}
        onEvents={onEvents}
        sigma={sigma.marks}
        note={<HostHits hostId={hostId} selectedId={selectedId} {...sigma} />}
        fileName={`lineage-host-${hostId}`}
        title={title}
      />
    </div>
  );
}

/** What the square marks are, and where the hits on the selected process are told. */
function HostHits({
  hostId,
  selectedId,
  ...sigma
}: { hostId: string; selectedId: string | null } & ReturnType<typeof useSigmaMarks>) {
  const hits = selectedId === null ? undefined : sigma.marks.byProcess.get(selectedId);
  return (
    <>
      <SigmaNote marks={sigma.marks} failed={sigma.failed} onRetry={sigma.retry} />
      {hits === undefined || selectedId === null ? null : (
        <Link href={processHitsHref(hostId, selectedId)} prefetch={false} className="link ml-2 min-h-6">
          {`${counted(hits.length, 'hit')} on the selected process`}
        </Link>
      )}
    </>
  );
}

/** The process a selection means; an event is looked up. Null for none, and as long as it is not known. */
function useSelectedProcess(sel: string | null): string | null {
  const eventId = sel?.startsWith('e:') === true ? sel.slice(2) : null;
  const event = useQuery({ ...eventQueryOptions(eventId ?? ''), enabled: eventId !== null });
  if (sel?.startsWith('p:') === true) return sel.slice(2);
  const process = event.data?.fields['process.entity_id'];
  return process === undefined ? null : String(process);
}

function ForestSkeleton() {
  return (
    <SkeletonRegion label="Reading the processes" className="size-full space-y-3.5 overflow-hidden px-8 py-6">
      {[0, 1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="h-11 w-54 rounded-md" />
      ))}
    </SkeletonRegion>
  );
}
