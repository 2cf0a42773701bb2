import { formatMicros, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND, micros } from '../base/time';
import type { TimelineView } from '../contracts/timeline';
import { offsetAt } from '../events/clock';
import type { Finding, FindingStage } from '../findings/finding';
import { anchorStage } from '../findings/lineageOf';
import type { EventAnnotations } from '../storage/annotations';
import type { KindBlindInterval } from '../storage/blindIntervals';
import type { FoundEvent } from '../storage/events';
import type { HostSummary } from '../storage/hosts';
import { describeEvent } from './eventView';

/** T0: the anchor stage's first event. */
export function anchorOf(finding: Finding): string | null {
  const time = anchorStage(finding)?.events[0]?.time ?? finding.anchor.startedAt;
  return time === undefined ? null : formatMicros(time);
}

/**
 * The stage each of a finding's events satisfied, by event id. Of several the one the finding hangs on most: the
 * anchor, then a required one, then the first.
 */
export function stagesByEvent(finding: Pick<Finding, 'stages'>): ReadonlyMap<string, string> {
  const anchor = anchorStage(finding);
  const weight = (stage: FindingStage) => (stage === anchor ? 0 : stage.required ? 1 : 2);
  const stages = new Map<string, string>();
  for (const stage of [...finding.stages].sort((a, b) => weight(a) - weight(b)))
    for (const { eventId } of stage.events) if (!stages.has(eventId)) stages.set(eventId, stage.id);
  return stages;
}

/** An event as the timeline shows it, with what analysts said of it. */
export function toTimelineEvent(
  { event }: FoundEvent,
  stages: ReadonlyMap<string, string>,
  annotations: ReadonlyMap<string, EventAnnotations>,
): TimelineView['events'][number] {
  const said = annotations.get(event.id);
  return {
    eventId: event.id,
    time: formatMicros(event.time),
    kind: event.kind,
    ...describeEvent(event),
    entityId: event['process.entity_id'] ?? null,
    image: event['process.executable'] ?? null,
    stage: stages.get(event.id) ?? null,
    flagged: said !== undefined && said.flag !== null,
    comments: said?.comments.length ?? 0,
  };
}

/** A blind interval, already cut to the window. */
export function toBlindView({ kind, from, to, reason }: KindBlindInterval): TimelineView['blind'][number] {
  return { kind, from: iso(from), to: iso(to), reason };
}

/** What is said of a host whose event log is not on its sensor's clock; null where it is. */
export function clockNote(host: HostSummary, finding: Finding): TimelineView['clock'] {
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

const HALF_DAY = 12 * MICROS_PER_HOUR;

/**
 * Minutes the host's zone is ahead of UTC, told by a log that wrote local time beside a sensor that wrote UTC. Null
 * where the log is in UTC too, which does not tell the zone, and where twelve hours may have been lost instead
 * (events/clock.ts): by the offset alone, or because another stretch of the log is twelve hours off from this one.
 */
export function hostZone(host: HostSummary, finding: Finding): number | null {
  const offset = offsetAt(host.clock, finding.from);
  // The offset is what makes the sensor's UTC of the log's time: a log two hours ahead has minus two.
  const ahead = -offset;
  if (offset === 0 || ahead <= -HALF_DAY || ahead > 14 * MICROS_PER_HOUR) return null;
  if (host.clock.some((segment) => Math.abs(segment.offset - offset) === HALF_DAY)) return null;
  return ahead % (15 * MICROS_PER_MINUTE) === 0 ? ahead / MICROS_PER_MINUTE : null;
}

/** Microseconds as the API writes times. */
export function iso(time: number): string {
  return formatMicros(micros(time));
}
