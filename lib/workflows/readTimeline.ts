import { AppError } from '../base/appError';
import { MICROS_PER_SECOND } from '../base/time';
import type { TimelineView } from '../contracts/timeline';
import { kindsWatched } from '../correlate/blindTimes';
import { EVENT_KINDS, type EventKind } from '../events/endpointEvent';
import { loadAnnotations } from '../storage/annotations';
import { loadBlindIntervals } from '../storage/blindIntervals';
import { annotatedIds, countDensity, type TimelineDensity } from '../storage/eventDensity';
import { type EventFilter, type FoundEvent, findEvents } from '../storage/events';
import { loadHostSummaries, memberIds } from '../storage/hosts';
import { loadAncestors } from '../storage/processes';
import { fromEventCursor, toCursor } from './cursor';
import { readCatalogue } from './readCatalogue';
import { findingOrRefuse } from './readFinding';
import { pathOf } from './readLineage';
import { toTime } from './readTriageQueue';
import {
  anchorOf,
  clockNote,
  hostZone,
  iso,
  stagesByEvent,
  toBlindView,
  toTimelineEvent,
} from './timelineView';

export type TimelineQuery = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly scope?: 'lineage' | 'host' | undefined;
  readonly kinds?: string | undefined;
  readonly by?: 'kind' | 'process' | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
};

/** Up to as many events are sent one by one. */
const EXACT = 5000;
/** Flagged and commented events beyond this are in the density only. */
const ANNOTATED = 2000;
/** No screen has more columns than this to draw the whole span in. */
const BINS = 1200;
/** Stretches of the window, each counted by kind or process. */
const CELLS = 400;
/** Below every event of its time. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * What happened around a finding, in order: events of its processes and those that satisfied its stages, or of the
 * whole host. A window that holds more than `limit` is sent as its density with the events that must be seen, and the
 * cursor pages through all of them. Blind intervals tell where silence means nothing. Throws `not_found`,
 * `bad_request` and `too_large`.
 */
export async function readTimeline(id: string, query: TimelineQuery): Promise<TimelineView> {
  const { row, finding } = await findingOrRefuse(id);
  const kinds = toKinds(query.kinds);
  const stages = stagesByEvent(finding);
  const [hostIds, lineage, [host], { catalogue }] = await Promise.all([
    memberIds(row.hostId),
    loadAncestors(row.hostId, pathOf(finding)),
    loadHostSummaries({ id: row.hostId, limit: 1 }),
    readCatalogue(),
  ]);
  const scope = {
    hostIds,
    ...(query.scope === 'host' ? {} : { entityIds: lineage, alsoIds: [...stages.keys()] }),
    ...(kinds === undefined ? {} : { kinds }),
  };
  const density = await countDensity(scope, {
    least: { from: finding.from, to: finding.to },
    ...(query.from === undefined ? {} : { from: toTime(query.from, 'from') }),
    ...(query.to === undefined ? {} : { to: toTime(query.to, 'to') }),
    by: query.by === 'process' ? { processes: lineage } : 'kind',
    cells: CELLS,
    bins: BINS,
  });
  const { window } = density;
  const watched = kindsWatched(catalogue).filter((kind) => kinds?.includes(kind) ?? true);
  const [page, blind] = await Promise.all([
    choosePage({ ...scope, ...window }, density, [...stages.keys()], query),
    loadBlindIntervals([row.hostId], { kinds: watched, ...window }),
  ]);
  const annotations = await loadAnnotations(page.events.map(({ event }) => event.id));
  return {
    from: iso(window.from),
    to: iso(window.to),
    anchor: anchorOf(finding),
    span: { from: iso(density.span.from), to: iso(density.span.to) },
    events: page.events.map((found) => toTimelineEvent(found, stages, annotations)),
    exact: page.exact,
    total: density.total,
    ...drawnDensity(density, page.exact),
    blind: blind.map(toBlindView),
    clock: host === undefined ? null : clockNote(host, finding),
    hostOffsetMinutes: host === undefined ? null : hostZone(host, finding),
    nextCursor: page.nextCursor,
  };
}

type Page = {
  readonly events: readonly FoundEvent[];
  readonly exact: boolean;
  readonly nextCursor: string | null;
};

/** All of the window where it fits, a page of it where a cursor asks, else what must be seen of it. */
async function choosePage(
  window: EventFilter & { readonly from: number; readonly to: number },
  { total }: TimelineDensity,
  stageIds: readonly string[],
  query: TimelineQuery,
): Promise<Page> {
  const limit = query.limit ?? EXACT;
  const after = fromEventCursor(query.cursor);
  if (after !== undefined) {
    const events = await findEvents(window, {
      limit: limit + 1,
      newestFirst: false,
      after,
    });
    const shown = events.slice(0, limit);
    const last = shown.at(-1);
    const more = events.length > limit && last !== undefined;
    return {
      events: shown,
      exact: false,
      nextCursor: more ? toCursor([last.event.time, last.event.id]) : null,
    };
  }
  if (total <= limit)
    return {
      events: await findEvents(window, { limit, newestFirst: false }),
      exact: true,
      nextCursor: null,
    };
  const ids = [...new Set([...stageIds, ...(await annotatedIds(window, window, ANNOTATED))])];
  return {
    events: await findEvents({ ...window, ids }, { limit: ids.length, newestFirst: false }),
    exact: false,
    nextCursor: toCursor([window.from, FIRST_ID]),
  };
}

/** The window's density, needed only where its events are not all sent, and that of the whole span. */
function drawnDensity(
  { cells, cellMicros, bins, binMicros, span }: TimelineDensity,
  isExact: boolean,
): Pick<TimelineView, 'density' | 'densitySeconds' | 'bins' | 'binSeconds'> {
  return {
    density: isExact ? [] : [...cells],
    densitySeconds: cellMicros / MICROS_PER_SECOND,
    bins: bins.map(({ bin, count }) => ({ from: iso(span.from + bin * binMicros), count })),
    binSeconds: binMicros / MICROS_PER_SECOND,
  };
}

function toKinds(text: string | undefined): readonly EventKind[] | undefined {
  if (text === undefined || text === '') return undefined;
  const names = text.split(',');
  const unknown = names.find((name) => !EVENT_KINDS.includes(name as EventKind));
  if (unknown !== undefined) {
    throw new AppError('bad_request', `"${unknown}" is not a kind of event.`, {
      errors: [{ path: 'kinds', message: `one or more of ${EVENT_KINDS.join(', ')}` }],
    });
  }
  return names as EventKind[];
}
