import { AppError } from '../base/appError';
import { formatMicros, MICROS_PER_SECOND, micros } from '../base/time';
import type { TimelineView } from '../contracts/timeline';
import { kindsNeeded } from '../correlate/kindsNeeded';
import { offsetAt } from '../events/clock';
import { EVENT_KINDS, type EventKind } from '../events/endpointEvent';
import type { Finding } from '../findings/finding';
import { countByTime, type EventFilter, type FoundEvent, findEvents, timeSpan } from '../storage/events';
import { type HostSummary, loadHostSummaries, memberIds } from '../storage/hosts';
import { loadAncestors } from '../storage/processes';
import { fromCursor, toCursor } from './cursor';
import { describeEvent } from './eventView';
import { readCatalogue } from './readCatalogue';
import { findingOrRefuse } from './readFinding';
import { pathOf } from './readLineage';
import { toTime } from './readTriageQueue';

export type TimelineQuery = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly scope?: 'lineage' | 'host' | undefined;
  readonly kinds?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
};

const PAGE = 1000;
/** No screen has more columns than this to draw bins in. */
const BINS = 1200;

/**
 * What happened around a finding, in order: events of its processes, or of the whole host. Bins tell the
 * density of all of it, whatever the page holds; blind intervals tell where silence means nothing.
 */
export async function readTimeline(id: string, query: TimelineQuery): Promise<TimelineView> {
  const { row, finding } = await findingOrRefuse(id);
  const hostIds = await memberIds(row.hostId);
  const kinds = toKinds(query.kinds);
  const scope: EventFilter = {
    hostIds,
    ...(query.scope === 'host' ? {} : { entityIds: await loadAncestors(row.hostId, pathOf(finding)) }),
    ...(kinds === undefined ? {} : { kinds }),
  };
  const span = await timeSpan(scope);
  const from =
    query.from === undefined
      ? Math.min(span?.from ?? finding.from, finding.from)
      : toTime(query.from, 'from');
  const to = query.to === undefined ? Math.max(span?.to ?? finding.to, finding.to) : toTime(query.to, 'to');
  const filter = { ...scope, from, to };
  const binMicros = Math.max(1, Math.ceil((to - from + 1) / BINS));
  const limit = query.limit ?? PAGE;
  const after = fromCursor(query.cursor, 'number', 'string');
  const [events, bins, host] = await Promise.all([
    findEvents(filter, {
      limit: limit + 1,
      newestFirst: false,
      ...(after === undefined ? {} : { after: { time: after[0], id: after[1] } }),
    }),
    countByTime(filter, from, binMicros),
    loadHostSummaries({ id: row.hostId, limit: 1 }),
  ]);
  const shown = events.slice(0, limit);
  const last = shown.at(-1);
  const stages = stagesByEvent(finding);
  return {
    from: formatMicros(micros(from)),
    to: formatMicros(micros(to)),
    anchor: anchorOf(finding),
    events: shown.map((found) => toTimelineEvent(found, stages)),
    total: bins.reduce((sum, bin) => sum + bin.count, 0),
    bins: bins.map(({ bin, count }) => ({ from: formatMicros(micros(from + bin * binMicros)), count })),
    binSeconds: binMicros / MICROS_PER_SECOND,
    blind: host[0] === undefined ? [] : await blindIntervals(host[0], from, to),
    clock: host[0] === undefined ? null : clockNote(host[0], finding),
    nextCursor:
      events.length > limit && last !== undefined ? toCursor([last.event.time, last.event.id]) : null,
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

/** T0: the anchor stage's first event. The anchor is the one stage that hangs on no other. */
function anchorOf(finding: Finding): string | null {
  const stage = finding.stages.find(
    (candidate) => candidate.relation === undefined && candidate.events.length > 0,
  );
  const time = stage?.events[0]?.time ?? finding.anchor.startedAt;
  return time === undefined ? null : formatMicros(time);
}

function stagesByEvent(finding: Finding): ReadonlyMap<string, string> {
  return new Map(
    finding.stages.flatMap((stage) =>
      stage.events.map((event) => [event.eventId as string, stage.id] as const),
    ),
  );
}

function toTimelineEvent(
  { event }: FoundEvent,
  stages: ReadonlyMap<string, string>,
): TimelineView['events'][number] {
  return {
    eventId: event.id,
    time: formatMicros(event.time),
    kind: event.kind,
    ...describeEvent(event),
    entityId: event['process.entity_id'] ?? null,
    image: event['process.executable'] ?? null,
    stage: stages.get(event.id) ?? null,
  };
}

/** Kinds the analytics look at that this host never delivered, and the time before and after its recording. */
async function blindIntervals(host: HostSummary, from: number, to: number): Promise<TimelineView['blind']> {
  const { catalogue } = await readCatalogue();
  return kindsNeeded(catalogue)
    .filter((kind) => !host.counts.has(kind))
    .map((kind) => ({
      kind,
      from: formatMicros(micros(from)),
      to: formatMicros(micros(to)),
      reason: `no ${kind} events from this host`,
    }));
}

function clockNote(host: HostSummary, finding: Finding): TimelineView['clock'] {
  if (host.clock.length === 0) return null;
  // Segments are by recorded time; the finding's is on the sensor's clock. One segment's offset is near enough to choose by.
  const offset = offsetAt(host.clock, finding.from);
  if (offset === 0) return null;
  const seconds = offset / MICROS_PER_SECOND;
  const direction = seconds > 0 ? 'behind' : 'ahead of';
  return {
    offsetSeconds: seconds,
    text: `The event log of this host is ${hoursOf(Math.abs(seconds))} ${direction} its sensor; all times are the sensor's.`,
  };
}

function hoursOf(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.round((seconds % 3600) / 60);
  return [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : '']
    .filter((part) => part !== '')
    .join(' ');
}
