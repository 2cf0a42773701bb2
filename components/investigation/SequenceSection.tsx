'use client';

import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { laneColours, laneVariable } from '@/components/shared/lineage/laneColours';
import { ProblemNote } from '@/components/shared/ProblemNote';
import type { TimelineMark } from '@/components/shared/timeline/layoutTimeline';
import type { TimeWindow } from '@/components/shared/timeline/timeScale';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { formatMicros, micros } from '@/lib/base/time';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { LineageView } from '@/lib/contracts/lineage';
import type { TimelineView } from '@/lib/contracts/timeline';
import { type Selection, type SelectionKey, selectEvent } from './selection';
import {
  clockPreference,
  type InvestigationView,
  lanesPreference,
  silencePreference,
} from './useInvestigationView';

const TimelinePane = dynamic(
  () => import('@/components/shared/timeline/TimelinePane').then((module) => module.TimelinePane),
  {
    ssr: false,
    loading: SequenceSkeleton,
  },
);

/** The sequence of a finding, with its own loading, failure and reason to be empty. */
export function SequenceSection(props: {
  finding: FindingDetail;
  query: Pick<
    UseInfiniteQueryResult,
    'isPending' | 'isError' | 'error' | 'hasNextPage' | 'isFetchingNextPage'
  > & {
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
  timeline: TimelineView | undefined;
  lineage: LineageView | undefined;
  view: InvestigationView;
  onView: (change: Partial<InvestigationView>) => void;
  home: TimeWindow | null;
  window: TimeWindow | null;
  selection: Selection;
  onSelect: (key: SelectionKey) => void;
  litEntityId: string | null;
  litEventId: string | null;
  onHover: (mark: TimelineMark | null) => void;
}) {
  const { query, timeline, lineage, finding, view } = props;
  const format = useTimeFormat();
  const lanes = lanesPreference.use();
  const silence = silencePreference.use();
  const clock = clockPreference.use();
  const colours = useMemo(
    () => (lineage === undefined ? new Map<string, number>() : laneColours(lineage)),
    [lineage],
  );
  const stages = useMemo(
    () =>
      finding.stages.map(({ id, title, state, stateReason, events }) => ({
        id,
        title,
        state,
        stateReason,
        entityIds: events.flatMap((event) => event.entityId ?? []),
      })),
    [finding.stages],
  );
  const processes = useMemo(
    () => lineage?.nodes.map(({ entityId, name, pid }) => ({ entityId, name, pid })) ?? [],
    [lineage],
  );

  if (query.isPending) return <SequenceSkeleton />;
  if (query.isError || timeline === undefined || props.home === null) {
    return (
      <ProblemNote
        error={query.error ?? new Error('The answer was empty.')}
        what="The sequence could not be read"
        safe="The finding and its lineage are intact."
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (timeline.events.length === 0) {
    return (
      <EmptyState title="No event of these processes is stored">
        <p>
          {timeline.blind.length > 0
            ? `On ${finding.host} nothing could be seen then: ${timeline.blind[0]?.reason ?? 'no telemetry'}.`
            : 'The finding was made from records whose events have been removed by retention, or whose import was deleted.'}
        </p>
      </EmptyState>
    );
  }
  return (
    <TimelinePane
      view={timeline}
      stages={stages}
      processes={processes}
      colourOf={(entityId) => laneVariable(entityId === null ? undefined : colours.get(entityId))}
      reading={view.lanes ?? lanes}
      onReading={(reading) => {
        lanesPreference.set(reading);
        props.onView({ lanes: reading });
      }}
      compress={silence === 'shortened'}
      onCompress={(shortened) => silencePreference.set(shortened ? 'shortened' : 'kept')}
      clock={clock === 'clock'}
      onClock={(absolute) => clockPreference.set(absolute ? 'clock' : 'relative')}
      formatTime={(time) => format.time(formatMicros(micros(time)), 'ms')}
      home={props.home}
      window={props.window}
      onWindow={(window) =>
        props.onView({ window: window === null ? null : [Math.round(window.from), Math.round(window.to)] })
      }
      selectedEventId={props.selection.eventId}
      litEntityId={props.litEntityId}
      litEventId={props.litEventId}
      onSelect={(eventId) => props.onSelect(selectEvent(eventId))}
      onHover={props.onHover}
      more={
        query.hasNextPage ? (
          <>
            {' · '}
            <button
              type="button"
              className="link"
              disabled={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {query.isFetchingNextPage ? 'reading' : 'read more'}
            </button>
          </>
        ) : null
      }
    />
  );
}

function SequenceSkeleton() {
  return (
    <SkeletonRegion label="Reading the sequence" className="size-full space-y-6 px-5 py-4">
      <Skeleton className="h-6 w-full" />
      {[1, 2, 3, 4].map((lane) => (
        <Skeleton key={lane} className="h-px w-full" />
      ))}
    </SkeletonRegion>
  );
}
