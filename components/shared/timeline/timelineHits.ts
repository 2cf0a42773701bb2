import { recordOfHit, type SigmaMarks } from '@/components/shared/sigma/sigmaMarks';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { TimelineEventView } from '@/lib/contracts/timeline';
import { inOrder, microsOf, type TimelineData } from './timelineData';
import type { TimeWindow } from './timeScale';

/** The lane of hits whose record is no listed event. */
export const HIT_LANE = 'sigma';

const OWN = 'sigma:';

/** What a mark of a hit is called where its record became no event. */
export function hitMarkId(ref: string): string {
  return `${OWN}${ref}`;
}

/** The hit that a mark stands for; null: the mark is an event. */
export function hitOfMark(markId: string): string | null {
  return markId.startsWith(OWN) ? markId.slice(OWN.length) : null;
}

/** The mark on which a hit lies: of several hits on one record, that of the first. */
export function markOfHit(marks: SigmaMarks, ref: string): string {
  return hitMarkId(recordOfHit(marks, ref)?.[0]?.ref ?? ref);
}

/** A timeline with its hits. A hit on an event that is known by its number only has a mark of its own, called as it. */
export function withHits(data: TimelineData, marks: SigmaMarks): TimelineData {
  if (marks.items.length === 0) return data;
  const listed = new Set(data.events.map((event) => event.eventId));
  const on = new Map(marks.byEvent);
  const own: TimelineEventView[] = [];
  for (const [eventId, hits] of marks.byEvent) {
    const [first] = hits;
    if (first !== undefined && !listed.has(eventId)) own.push(ownMark(eventId, first));
  }
  for (const hits of marks.byRecord) {
    const [first] = hits;
    if (first === undefined) continue;
    const id = hitMarkId(first.ref);
    on.set(id, hits);
    own.push(ownMark(id, first));
  }
  return { ...data, hits: { on, own: inOrder(own) } };
}

/** Everything one can go to, in order of time: events and the marks of hits. */
export function eventsAndHits(data: Pick<TimelineData, 'events' | 'hits'>): readonly TimelineEventView[] {
  const own = data.hits?.own ?? [];
  return own.length === 0 ? data.events : inOrder([...data.events, ...own]);
}

/** The whole span of a timeline, made wider to hold the marks of hits that lie outside of it. */
export function spanWithHits(whole: TimeWindow, hits: TimelineData['hits']): TimeWindow {
  let { from, to } = whole;
  for (const { time } of hits?.own ?? []) {
    const at = microsOf(time);
    // Air, so that a mark at the end is not cut.
    if (at - AIR < from) from = at - AIR;
    if (at + AIR > to) to = at + AIR;
  }
  return from === whole.from && to === whole.to ? whole : { from, to };
}

/** Half a second, in microseconds. */
const AIR = 500_000;

function ownMark(eventId: string, hit: SigmaHitView): TimelineEventView {
  const { process } = hit;
  return {
    eventId,
    time: hit.time,
    // Only its place in lists asks for a kind; what is drawn and said of it is that it is a hit.
    kind: hit.kind ?? 'alert',
    label: hit.rule.title,
    detail: hit.source,
    entityId: process.entityId,
    image: process.image,
    stage: null,
    flagged: false,
    comments: 0,
  };
}
