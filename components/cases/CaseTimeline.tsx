'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Segmented } from '@/components/ui/Toggle';
import type { CaseTimeline as Timeline } from '@/lib/contracts/cases';
import { CaseAxis } from './CaseAxis';
import { CaseEventTable } from './CaseEventTable';
import { caseTimelineQuery } from './caseQueries';

/** Stage events of all findings of the case and its hits of Sigma on one axis, a lane per host; the same as a table. */
export function CaseTimeline({ caseId }: { caseId: number }) {
  const timeline = useQuery(caseTimelineQuery(caseId));
  const [view, setView] = useState<'axis' | 'table'>('axis');
  const [selected, setSelected] = useState<string | null>(null);
  if (timeline.error && !timeline.data)
    return (
      <ProblemNote
        error={timeline.error}
        what="The timeline could not be read"
        safe="Findings and events are stored; nothing is lost."
        onRetry={() => void timeline.refetch()}
      />
    );
  if (!timeline.data)
    return (
      <SkeletonRegion label="Reading the timeline" className="space-y-6 px-4 py-4">
        {[88, 72, 80].map((width) => (
          <Skeleton key={width} className="h-8" style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    );
  const marks = timeline.data.lanes.reduce((sum, lane) => sum + lane.marks.length, 0);
  if (marks === 0)
    return (
      <EmptyState title="No events yet">
        <p>The events of findings and hits of Sigma stand here, a lane per host, once one is in the case.</p>
      </EmptyState>
    );
  return (
    <div className="space-y-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label="Show as"
          value={view}
          onChange={setView}
          options={[
            { value: 'axis', label: 'Axis' },
            { value: 'table', label: 'Table' },
          ]}
        />
        <p className="num text-text-2">{sentenceOf(timeline.data, marks)}</p>
      </div>
      {view === 'axis' ? (
        <CaseAxis timeline={timeline.data} selected={selected} onSelect={setSelected} />
      ) : (
        <CaseEventTable timeline={timeline.data} selected={selected} onSelect={setSelected} />
      )}
    </div>
  );
}

function sentenceOf(timeline: Timeline, marks: number): string {
  const hosts = timeline.lanes.length;
  const hits = timeline.lanes.flatMap(({ marks: all }) => all.filter(({ hit }) => hit !== undefined)).length;
  const moved = timeline.lanes.filter(({ offsetSeconds }) => offsetSeconds !== 0).length;
  return [
    `${marks.toLocaleString('en')} ${hits > 0 ? 'marks' : 'events'} on ${hosts} ${hosts === 1 ? 'host' : 'hosts'}`,
    hits > 0 ? `${hits.toLocaleString('en')} of them, square, Sigma ${hits === 1 ? 'hit' : 'hits'}` : '',
    timeline.joins.length > 0
      ? `${timeline.joins.length} ${timeline.joins.length === 1 ? 'thing' : 'things'} in common`
      : '',
    moved > 0 ? `clocks of ${moved} moved to agree` : '',
    timeline.cut > 0 ? `${timeline.cut.toLocaleString('en')} more are not drawn` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
