import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNarrow } from '@/components/shared/lineage/useNarrow';
import type { TimelineReading } from '@/components/shared/timeline/TimelinePane';
import {
  chainWindow,
  chooseTimeline,
  type DensityKey,
  inOrder,
  spanOf,
  type TimelineData,
  windowToAsk,
} from '@/components/shared/timeline/timelineData';
import type { TimeWindow } from '@/components/shared/timeline/timeScale';
import { parseMicros } from '@/lib/base/time';
import type { FindingDetail } from '@/lib/contracts/findings';
import type { TimelineEventView, TimelineView } from '@/lib/contracts/timeline';
import { OVERVIEW_BY, timelineQueryOptions, timelineWindowQueryOptions } from './queries';

/** A finding's sequence as far as it was read. */
export type FindingTimeline = {
  /** The answer for the whole span, T0 set, its events joined with those of the window; undefined until it is there. */
  view: TimelineView | undefined;
  /** What to draw of the shown window. */
  data: TimelineData | undefined;
  whole: TimeWindow | null;
  /** What is shown unless the reader chose otherwise: the chain. */
  home: TimeWindow | null;
  isPending: boolean;
  /** Why the whole could not be read; null when it could. */
  error: Error | null;
  /** The shown window is being read while something coarser stands in. */
  isReading: boolean;
  /** Why the shown window could not be read in detail; what is drawn is the overview. */
  windowError: Error | null;
  /** Reads again what failed. */
  retry: () => void;
};

const NO_WINDOW: TimeWindow = { from: 0, to: 0 };

/**
 * Reads a finding's sequence: the whole span once, and where that holds more events than can be sent, the window that is
 * looked at, counted by what its lanes are. `window` null: the chain's. `window` is expected to rest: the pane tells it
 * only when a gesture paused.
 */
export function useTimeline(
  finding: FindingDetail,
  window: TimeWindow | null,
  reading: TimelineReading,
): FindingTimeline {
  const narrow = useNarrow();
  const by: DensityKey = narrow || reading === 'kind' || reading === 'table' ? 'kind' : 'process';
  const overviewQuery = useQuery(timelineQueryOptions(finding.id));
  const overview = useMemo(
    () => (overviewQuery.data === undefined ? undefined : withOrigin(overviewQuery.data, finding)),
    [overviewQuery.data, finding],
  );
  const whole = useMemo(() => (overview === undefined ? null : spanOf(overview)), [overview]);
  const home = useMemo(
    () =>
      whole === null
        ? null
        : chainWindow(parseMicros(finding.from) ?? whole.from, parseMicros(finding.to) ?? whole.to, whole),
    [whole, finding.from, finding.to],
  );
  const shown = window ?? home;
  const wanted =
    overview === undefined || overview.exact || whole === null || shown === null
      ? null
      : windowToAsk(shown, whole);
  const partQuery = useQuery({
    ...timelineWindowQueryOptions(finding.id, wanted ?? NO_WINDOW, by),
    enabled: wanted !== null,
  });
  const part = wanted === null ? undefined : partQuery.data;
  const data = useMemo(
    () =>
      overview === undefined
        ? undefined
        : chooseTimeline({
            overview,
            part: part === undefined ? null : { view: part, by },
            by,
            overviewBy: OVERVIEW_BY,
          }),
    [overview, part, by],
  );
  const view = useMemo(() => withEvents(overview, data?.events), [overview, data?.events]);
  return {
    view,
    data,
    whole,
    home,
    isPending: overviewQuery.isPending,
    error: overviewQuery.error,
    isReading: wanted !== null && (partQuery.isPending || partQuery.isPlaceholderData),
    windowError: wanted === null ? null : partQuery.error,
    retry: () => void (overviewQuery.isError ? overviewQuery.refetch() : partQuery.refetch()),
  };
}

/**
 * T0 is the anchor while it lies in the chain; where the anchor is a program that had been running for hours, distances
 * to its start would say nothing, and T0 is the chain's first event.
 */
function withOrigin(view: TimelineView, finding: FindingDetail): TimelineView {
  const [t0, from, to] = [view.anchor ?? '', finding.from, finding.to].map(parseMicros);
  const inChain = t0 !== undefined && from !== undefined && to !== undefined && t0 >= from && t0 <= to;
  return { ...view, anchor: inChain ? view.anchor : finding.from, events: inOrder(view.events) };
}

function withEvents(
  view: TimelineView | undefined,
  events: readonly TimelineEventView[] | undefined,
): TimelineView | undefined {
  return view === undefined || events === undefined ? view : { ...view, events: [...events] };
}
