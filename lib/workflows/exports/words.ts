import { formatDuration, parseMicros } from '../../base/time';
import type { FindingDetail, ReasonView, StageView } from '../../contracts/findings';

/** "raises 20 of 40 (not counted: another of its group is)". */
export function pointsWords({ effect, points, worth, counted }: ReasonView): string {
  const of = worth === null ? '' : ` of ${worth}`;
  return `${effect} ${points}${of}${counted ? '' : ' (not counted: another of its group is)'}`;
}

/** Time of a stage's first event after that of the last stage before it that has one: "+4.2 s"; null where there is none. */
export function gapOf(stages: FindingDetail['stages'], place: number): string | null {
  const time = timeOf(stages[place]);
  const before = timeOf(stages.slice(0, place).findLast((stage) => stage.events.length > 0));
  if (time === undefined || before === undefined) return null;
  return `${time < before ? '\u2212' : '+'}${formatDuration(Math.abs(time - before))}`;
}

/** How a stage is joined and in which time: "exact, same process as …; 0 ms after it, at most 10 min"; null for the first. */
export function joinWords({ relation, window }: StageView): string | null {
  if (relation === null) return null;
  const used = window?.usedSeconds ?? null;
  const limit = window?.limitSeconds ?? null;
  const after =
    used === null
      ? ''
      : `; ${formatDuration(Math.abs(used) * 1_000_000)} ${used < 0 ? 'before' : 'after'} it${limit === null ? '' : `, at most ${formatDuration(limit * 1_000_000)}`}`;
  return `${relation.strength}: ${relation.text}${after}`;
}

function timeOf(stage: StageView | undefined): number | undefined {
  const time = stage?.events[0]?.time;
  return time === undefined ? undefined : parseMicros(time);
}

/**
 * What the host could show of a stage over all it recorded, and, where the stage was blind in this finding, why it was
 * then: "AN1397/network: visible. recorded on this host: 3 dns_query. Then: telemetry ends at 07:52:13Z".
 */
export function seenWords(
  { stage, state, why }: FindingDetail['telemetry'][number],
  stages: FindingDetail['stages'],
): string {
  const own = stages.find(({ id }) => stage === id || stage.endsWith(`/${id}`));
  const then = own?.state === 'blind' && own.stateReason !== null ? ` Then: ${own.stateReason}.` : '';
  return `${stage}: ${state}. ${why}${then === '' ? '' : '.'}${then}`;
}
