import { type Micros, micros } from '../base/time';
import type { Stage } from './analytic';
import type { ChainStage, Match, StageState } from './chain';
import { stageOf } from './chain';
import type { HostIndex } from './hostIndex';
import { stageVisibility } from './stageVisibility';

/** Window assumed for a stage without a limit, when asking whether it could have been seen. */
const DEFAULT_REACH = 600 * 1_000_000;

/**
 * Why a stage has no match: *absent* only if the telemetry to see it was there for the whole window, else
 * *blind* with the reason. The window is that of the stage's alternatives after the stages they relate to;
 * where those did not match, after the anchor.
 */
export function unmatchedState(
  stage: Stage,
  before: readonly ChainStage[],
  anchor: Match,
  index: HostIndex,
): { readonly state: StageState; readonly reason: string } {
  const seen = stageVisibility(stage, index);
  if (seen.state === 'blind') return { state: 'blind', reason: seen.why };
  const { from, to } = windowOf(stage, before, anchor);
  for (const kind of stage.telemetry.needs) {
    const reason = index.visibility.blindBecause(kind, from, to);
    if (reason !== undefined) return { state: 'blind', reason };
  }
  if (seen.state === 'partial') return { state: 'blind', reason: seen.why };
  return {
    state: 'absent',
    reason: `${stage.telemetry.needs.join(' and ')} events were recorded on this host then, and none fits`,
  };
}

/** The interval in which the stage's events would have had to lie. */
export function windowOf(
  stage: Stage,
  before: readonly ChainStage[],
  anchor: Match,
): { readonly from: Micros; readonly to: Micros } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const alternative of stage.alternatives) {
    for (const relation of alternative.relations) {
      const reference = stageOf({ stages: before }, relation.to)?.matches[0] ?? anchor;
      const upward =
        relation.kind === 'parent_of' ||
        relation.kind === 'ancestor_of' ||
        relation.kind === 'writer_of' ||
        relation.kind === 'named_by';
      const reach = alternative.after ?? DEFAULT_REACH;
      from = Math.min(
        from,
        reference.time - (upward ? Math.min(alternative.before ?? DEFAULT_REACH, DEFAULT_REACH) : 0),
      );
      to = Math.max(to, reference.time + (upward ? 0 : Math.min(reach, 24 * 3600 * 1_000_000)));
    }
  }
  if (!Number.isFinite(from)) return { from: anchor.time, to: anchor.time };
  return { from: micros(from), to: micros(to) };
}
