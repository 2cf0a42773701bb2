import type { EndpointEvent } from '../../events/endpointEvent';
import type { StageEvent } from '../../findings/finding';
import { hostClocks, stagesOf } from '../../storage/cases/caseStages';
import { loadEvents } from '../../storage/events';

/** An event of a finding's stage, where it stands on a case's axis. */
export type StageMark = {
  readonly findingId: string;
  readonly hostId: number;
  readonly host: string;
  readonly stage: string;
  readonly stageTitle: string;
  readonly event: StageEvent;
};

export type StageMarks = {
  /** In order of time. */
  readonly marks: readonly StageMark[];
  /** Events of the stages that are not among them. */
  readonly cut: number;
};

/**
 * Events of the stages of findings, `limit` at most: first what tells each stage, then the second of each, and so on, so
 * that no stage is left out for another's thousandth.
 */
export async function stageMarks(findingIds: readonly string[], limit: number): Promise<StageMarks> {
  let kept: (StageMark & { readonly rank: number })[] = [];
  let total = 0;
  for await (const findings of stagesOf(findingIds)) {
    for (const { id, hostId, host, stages } of findings) {
      for (const stage of stages) {
        total += Math.max(stage.eventsTotal, stage.events.length);
        for (const [rank, event] of stage.events.entries())
          kept.push({ findingId: id, hostId, host, stage: stage.id, stageTitle: stage.title, event, rank });
      }
    }
    // Cut as one goes: memory is that of some findings and what is kept.
    if (kept.length > limit) kept = kept.sort((a, b) => a.rank - b.rank || inTime(a, b)).slice(0, limit);
  }
  const marks = kept.sort(inTime).map(({ rank: _rank, ...mark }) => mark);
  return { marks, cut: total - marks.length };
}

/** In order of time, then of event, finding and stage, so that the order is always the same. */
function inTime(a: StageMark, b: StageMark): number {
  return (
    a.event.time - b.event.time ||
    compare(a.event.eventId, b.event.eventId) ||
    compare(a.findingId, b.findingId) ||
    compare(a.stage, b.stage)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The recorded events of marks by id, for what a finding does not quote. */
export async function recordedOf(marks: readonly StageMark[]): Promise<ReadonlyMap<string, EndpointEvent>> {
  const clocks = await hostClocks([...new Set(marks.map((mark) => mark.hostId))]);
  const keys = marks.flatMap(({ hostId, event }) =>
    (clocks.get(hostId)?.members ?? [hostId]).map((member) => ({
      hostId: member,
      id: event.eventId,
      time: event.time,
    })),
  );
  const found = await loadEvents([...new Map(keys.map((key) => [`${key.hostId} ${key.id}`, key])).values()]);
  return new Map(found.map(({ event }) => [event.id, event]));
}
