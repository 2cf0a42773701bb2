'use client';

import dynamic from 'next/dynamic';
import type { Ref } from 'react';
import type { EventKind } from '@/components/shared/lineage/describeItem';
import type { LineagePaneHandle } from '@/components/shared/lineage/LineagePane';
import type { Lineage } from '@/components/shared/lineage/useLineage';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { SigmaNote } from '@/components/shared/sigma/SigmaNote';
import type { useSigmaMarks } from '@/components/shared/sigma/useSigmaMarks';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { FindingDetail } from '@/lib/contracts/findings';
import { type Selection, type SelectionKey, selectItem } from './selection';
import type { InvestigationView } from './useInvestigationView';

const LineagePane = dynamic(
  () => import('@/components/shared/lineage/LineagePane').then((module) => module.LineagePane),
  {
    ssr: false,
    loading: LineageSkeleton,
  },
);

/** The lineage of a finding, with its own loading, failure and reason to be empty. */
export function LineageSection(props: {
  ref: Ref<LineagePaneHandle>;
  finding: FindingDetail;
  lineage: Lineage;
  view: InvestigationView;
  onView: (change: Partial<InvestigationView>) => void;
  originTime: number | null;
  sigma: ReturnType<typeof useSigmaMarks>;
  selection: Selection;
  onSelect: (key: SelectionKey) => void;
  hoveredId: string | null;
  onHover: (itemId: string | null) => void;
  /** Shows the events of a process, of some kinds or (none named) of all. */
  onEvents?: (entityId: string, kinds: readonly EventKind[]) => void;
}) {
  const { lineage, view, finding, onView, sigma } = props;
  if (lineage.isPending) return <LineageSkeleton />;
  if (lineage.error !== null || lineage.view === undefined) {
    return (
      <ProblemNote
        error={lineage.error ?? new Error('The answer was empty.')}
        what="The lineage could not be read"
        safe="The finding and its sequence are intact."
        onRetry={lineage.refetch}
      />
    );
  }
  const shown = lineage.view;
  if (shown.nodes.length === 0) {
    return (
      <EmptyState title="No process of this finding was recorded">
        <p>
          {`The chain rests on events that name no process on ${finding.host}: neither process starts nor ids of processes were in what was imported. The sequence shows what was.`}
        </p>
      </EmptyState>
    );
  }
  return (
    <LineagePane
      ref={props.ref}
      lineage={lineage}
      view={shown}
      hostId={finding.hostId}
      stages={finding.stages}
      originTime={props.originTime}
      reading={view.lineage}
      onReading={(reading) => onView({ lineage: reading })}
      selectedId={props.selection.itemId}
      onSelect={(itemId) => props.onSelect(selectItem(itemId, shown))}
      hoveredId={props.hoveredId}
      onHover={props.onHover}
      folds={view}
      onFolds={({ open, expand, fold }) => onView({ open, expand: [...expand], fold: [...fold] })}
      most={view.most}
      onMost={(most) => onView({ most })}
      at={view.at}
      onAt={(at) => onView({ at })}
      onEvents={props.onEvents}
      sigma={sigma.marks}
      note={<SigmaNote marks={sigma.marks} failed={sigma.failed} onRetry={sigma.retry} />}
      fileName={`lineage-${finding.id}`}
      title={finding.headline}
    />
  );
}

function LineageSkeleton() {
  return (
    <SkeletonRegion
      label="Reading the lineage"
      className="flex size-full items-center gap-14 overflow-hidden px-8"
    >
      {[0, 40, -30, 20].map((shift) => (
        <Skeleton
          key={shift}
          className="h-11 w-54 shrink-0 rounded-md"
          style={{ transform: `translateY(${shift}px)` }}
        />
      ))}
    </SkeletonRegion>
  );
}
