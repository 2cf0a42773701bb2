'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import type { Ref } from 'react';
import type { LineagePaneHandle } from '@/components/shared/lineage/LineagePane';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { LineageView } from '@/lib/contracts/lineage';
import { FIRST_PROCESSES } from './queries';
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
  query: UseQueryResult<LineageView>;
  view: InvestigationView;
  onView: (change: Partial<InvestigationView>) => void;
  originTime: number | null;
  selection: Selection;
  onSelect: (key: SelectionKey) => void;
  hoveredId: string | null;
  onHover: (itemId: string | null) => void;
}) {
  const { query, view, finding } = props;
  if (query.isPending) return <LineageSkeleton />;
  if (query.isError) {
    return (
      <ProblemNote
        error={query.error}
        what="The lineage could not be read"
        safe="The finding and its sequence are intact."
        onRetry={() => void query.refetch()}
      />
    );
  }
  const lineage = query.data;
  if (lineage.nodes.length === 0) {
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
      view={lineage}
      stages={finding.stages}
      originTime={props.originTime}
      reading={view.lineage}
      onReading={(reading) => props.onView({ lineage: reading })}
      selectedId={props.selection.itemId}
      onSelect={(itemId) => props.onSelect(selectItem(itemId, lineage))}
      hoveredId={props.hoveredId}
      onHover={props.onHover}
      expanded={view.expand}
      collapsed={view.fold}
      onFolds={({ expanded, collapsed, more }) =>
        props.onView({
          expand: expanded,
          fold: collapsed,
          most: more ? Math.min(2000, view.most + 500) : expanded.length === 0 ? FIRST_PROCESSES : view.most,
        })
      }
      note={query.isPlaceholderData ? ' · reading more' : null}
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
