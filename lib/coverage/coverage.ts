import type { Analytic } from '../analytics/analytic';
import type { HostIndex } from '../analytics/host/hostIndex';
import { stageVisibility } from '../analytics/matching/stageVisibility';
import type { Gap } from '../visibility/gap';

/** Whether one stage can be seen on one host; `stage` is `ANALYTIC/stage`. */
export type HostCoverage = {
  readonly host: string;
  readonly stage: string;
  readonly state: 'visible' | 'partial' | 'blind';
  readonly why: string;
  /** The setting that would make it visible; absent when it is. */
  readonly fix?: string;
  /** Each thing that is missing by itself; empty when it is visible. */
  readonly gaps: readonly Gap[];
};

/** Every stage of every analytic on one host, in the order of the story (ANALYTICS E.3). */
export function coverageOf(
  host: string,
  analytics: readonly Analytic[],
  index: HostIndex,
): readonly HostCoverage[] {
  return analytics.flatMap((analytic) =>
    [...analytic.stages]
      .sort((a, b) => a.position - b.position)
      .map((stage): HostCoverage => {
        const { state, why, fix, gaps } = stageVisibility(stage, index);
        return {
          host,
          stage: `${analytic.id}/${stage.id}`,
          state,
          why,
          gaps,
          ...(fix === undefined ? {} : { fix }),
        };
      }),
  );
}
