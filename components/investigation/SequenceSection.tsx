'use client';

import dynamic from 'next/dynamic';
import { type Ref, useCallback, useMemo } from 'react';
import { useFlagEvent } from '@/components/shared/event/useAnnotations';
import { laneColours, laneVariable } from '@/components/shared/lineage/laneColours';
import { useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { SigmaSign } from '@/components/shared/sigma/SigmaSquare';
import { type SigmaMarks, worstOf } from '@/components/shared/sigma/sigmaMarks';
import type { TimelineMark } from '@/components/shared/timeline/layoutTimeline';
import type { TimelinePaneHandle } from '@/components/shared/timeline/TimelinePane';
import type { TimelineData } from '@/components/shared/timeline/timelineData';
import { hitOfMark, markOfHit, spanWithHits, withHits } from '@/components/shared/timeline/timelineHits';
import type { TimeWindow } from '@/components/shared/timeline/timeScale';
import { blindWords, type TimeWriter } from '@/components/shared/timeline/timeWords';
import { useHostZone, useTimeFormat } from '@/components/shared/useTimeFormat';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { counted } from '@/lib/base/numberWords';
import { formatMicros, micros, parseMicros } from '@/lib/base/time';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { LineageView } from '@/lib/contracts/lineage';
import type { TimelineView } from '@/lib/contracts/timeline';
import { type Selection, type SelectionKey, selectEvent, selectedHit, selectHit } from './selection';
import {
  clockPreference,
  type InvestigationView,
  lanesPreference,
  silencePreference,
} from './useInvestigationView';
import type { FindingTimeline } from './useTimeline';

const TimelinePane = dynamic(
  () => import('@/components/shared/timeline/TimelinePane').then((module) => module.TimelinePane),
  {
    ssr: false,
    loading: SequenceSkeleton,
  },
);

/** The sequence of a finding, with its own loading, failure and reason to be empty. */
export function SequenceSection(props: {
  ref?: Ref<TimelinePaneHandle>;
  finding: FindingDetail;
  timeline: FindingTimeline;
  lineage: LineageView | undefined;
  /** Hits of Sigma to mark. */
  sigma: SigmaMarks;
  view: InvestigationView;
  onView: (change: Partial<InvestigationView>) => void;
  window: TimeWindow | null;
  selection: Selection;
  onSelect: (key: SelectionKey) => void;
  litEntityId: string | null;
  litEventId: string | null;
  onHover: (mark: TimelineMark | null) => void;
  /** Asked to write a comment on an event: where it is written is the screen's matter. */
  onComment: (eventId: string) => void;
}) {
  const { timeline, lineage, finding, view } = props;
  const { view: answer, data: read, whole: span } = timeline;
  const data = useMemo(
    () => (read === undefined ? undefined : withHits(read, props.sigma)),
    [read, props.sigma],
  );
  const whole = useMemo(() => (span === null ? null : spanWithHits(span, data?.hits)), [span, data?.hits]);
  useHostZone(answer?.hostOffsetMinutes ?? null);
  const writer = useTimeWriter();
  const flag = useFlagEvent();
  const mayAnnotate = useMay('events.annotate');
  const lanes = lanesPreference.use();
  const silence = silencePreference.use();
  const clock = clockPreference.use();
  const colourOf = useLaneColours(lineage);
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
  const { key, eventId: selectedEvent } = props.selection;
  const hitRef = selectedHit(key);
  const eventId = hitRef === null ? selectedEvent : markOfHit(props.sigma, hitRef);
  const selectedTime = useMemo(
    () => (eventId === null ? null : eventTime(eventId, finding, lineage)),
    [eventId, finding, lineage],
  );

  if (timeline.isPending) return <SequenceSkeleton />;
  if (
    timeline.error !== null ||
    answer === undefined ||
    data === undefined ||
    timeline.home === null ||
    whole === null
  ) {
    return (
      <ProblemNote
        error={timeline.error ?? new Error('The answer was empty.')}
        what="The sequence could not be read"
        safe="The finding and its lineage are intact."
        onRetry={timeline.retry}
      />
    );
  }
  if (data.total === 0 && data.events.length === 0 && props.sigma.items.length === 0) {
    return (
      <EmptyState title="No event of these processes is stored">
        <p>
          {answer.blind.length > 0
            ? `On ${finding.host} nothing could be seen then. ${firstBlind(answer.blind, writer)}`
            : 'The finding was made from records whose events have been removed by retention, or whose import was deleted.'}
        </p>
      </EmptyState>
    );
  }
  return (
    <TimelinePane
      ref={props.ref}
      data={data}
      stages={stages}
      processes={processes}
      colourOf={colourOf}
      reading={view.lanes ?? lanes}
      onReading={(reading) => {
        lanesPreference.set(reading);
        props.onView({ lanes: reading });
      }}
      compress={silence === 'shortened'}
      onCompress={(shortened) => silencePreference.set(shortened ? 'shortened' : 'kept')}
      clock={clock === 'clock'}
      onClock={(absolute) => clockPreference.set(absolute ? 'clock' : 'relative')}
      onlyFlagged={view.flagged}
      onOnlyFlagged={(flagged) => props.onView({ flagged })}
      writer={writer}
      whole={whole}
      home={timeline.home}
      window={props.window}
      onWindow={(window) =>
        props.onView({ window: window === null ? null : [Math.round(window.from), Math.round(window.to)] })
      }
      selectedEventId={eventId}
      selectedTime={selectedTime}
      litEntityId={props.litEntityId}
      litEventId={props.litEventId}
      onSelect={(markId) => {
        const ref = hitOfMark(markId);
        props.onSelect(ref === null ? selectEvent(markId) : selectHit(ref));
      }}
      onHover={props.onHover}
      // What analysts say is said of events; a hit on a record that is none has no place for it.
      onFlag={(markId, flagged) =>
        mayAnnotate && hitOfMark(markId) === null && flag.mutate({ eventId: markId, flagged })
      }
      onComment={(markId) => hitOfMark(markId) === null && props.onComment(markId)}
      more={
        <>
          <HitLegend data={data} />
          {timeline.isReading ? ' · reading this window' : null}
          {timeline.windowError === null ? null : (
            <>
              {' · this window could not be read in detail '}
              <button type="button" className="link" onClick={timeline.retry}>
                Try again
              </button>
            </>
          )}
          {flag.isError ? ' · the flag could not be stored' : null}
          {answer.clock === null ? null : ` · ${answer.clock.text}`}
        </>
      }
    />
  );
}

/** What the square marks are: on how many events and other records rules of Sigma hit. */
function HitLegend({ data }: { data: TimelineData }) {
  if (data.hits === undefined) return null;
  const { on, own } = data.hits;
  const others = own.filter((mark) => hitOfMark(mark.eventId) !== null).length;
  const events = on.size - others;
  const parts = [
    ...(events > 0 ? [counted(events, 'event')] : []),
    ...(others > 0 ? [counted(others, 'other record')] : []),
  ];
  return (
    <span>
      {' · '}
      <SigmaSign level={worstOf([...on.values()].flat())} /> {`Sigma hits on ${parts.join(' and ')}`}
    </span>
  );
}

/** When an event happened, as finding or lineage tell; null: neither does. */
function eventTime(eventId: string, finding: FindingDetail, lineage: LineageView | undefined): number | null {
  const time =
    finding.stages.flatMap((stage) => stage.events).find((event) => event.eventId === eventId)?.time ??
    lineage?.artefacts.find((artefact) => artefact.eventId === eventId)?.time ??
    lineage?.nodes.find((node) => node.startEventId === eventId)?.startedAt;
  return parseMicros(time ?? '') ?? null;
}

/** The first interval in which nothing could be recorded, with its days: a reason says times of day only. */
function firstBlind(blind: TimelineView['blind'], writer: TimeWriter): string {
  const [first] = blind;
  if (first === undefined) return '';
  const [from, to] = [parseMicros(first.from) ?? null, parseMicros(first.to) ?? null];
  return blindWords({ from, to, reason: first.reason }, writer.dateTime);
}

/** Times as this reader wants them, for what is in microseconds. */
function useTimeWriter(): TimeWriter {
  const format = useTimeFormat();
  return useMemo(() => {
    const iso = (time: number) => formatMicros(micros(Math.round(time)));
    return {
      time: (time) => format.time(iso(time), 'ms'),
      dateTime: (time) => format.dateTime(iso(time), 'ms'),
      zoneName: format.zoneName,
      zoneMinutes: (time) => format.minutesAt(iso(time)),
      cycleZone: format.cycle,
    };
  }, [format]);
}

/** The colour of each process, as in the lineage. */
function useLaneColours(lineage: LineageView | undefined): (entityId: string | null) => string {
  const colours = useMemo(
    () => (lineage === undefined ? new Map<string, number>() : laneColours(lineage)),
    [lineage],
  );
  return useCallback(
    (entityId) => laneVariable(entityId === null ? undefined : colours.get(entityId)),
    [colours],
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
