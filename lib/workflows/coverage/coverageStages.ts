import type { Analytic, When } from '../../analytics/analytic';
import type { Catalogue } from '../../analytics/catalogue';
import type { EventKind } from '../../events/endpointEvent';
import { touches } from '../../findings/touchedStages';

/** A stage as coverage lists it. */
export type CoverageStage = {
  /** `ANALYTIC/stage`. */
  readonly stage: string;
  readonly analytic: string;
  readonly analyticTitle: string;
  readonly title: string;
  readonly required: boolean;
  /** Most points that seeing it can give. */
  readonly weight: number;
  /** Kinds each of which it needs. */
  readonly needs: readonly EventKind[];
};

/** Every stage of the definitions in force, or of one of them, in the order of the story. */
export function coverageStages(catalogue: Catalogue, only?: string): readonly CoverageStage[] {
  return catalogue.analytics
    .filter(({ id }) => only === undefined || id === only)
    .flatMap((analytic) =>
      [...analytic.stages]
        .sort((a, b) => a.position - b.position)
        .map((stage) => ({
          stage: `${analytic.id}/${stage.id}`,
          analytic: analytic.id,
          analyticTitle: analytic.title,
          title: stage.title,
          required: stage.required,
          weight: weightOf(analytic, stage.id),
          needs: stage.telemetry.needs,
        })),
    );
}

/** All points a score can have. */
const MOST_POINTS = 100;

/**
 * Points of the reasons that hold because something of the stage was seen, each group at most at its cap and all
 * together at most a whole score.
 */
function weightOf(analytic: Analytic, stage: string): number {
  const only = new Set([stage]);
  const points = analytic.score.reduce((sum, { take, cap, reasons }) => {
    const given = reasons.flatMap((reason) =>
      reason.points > 0 && rewards(reason.when, only) ? [reason.points] : [],
    );
    if (take === 'highest') return sum + Math.max(0, ...given);
    return (
      sum +
      Math.min(
        cap ?? Number.POSITIVE_INFINITY,
        given.reduce((a, b) => a + b, 0),
      )
    );
  }, 0);
  return Math.min(MOST_POINTS, points);
}

/** Whether a condition can hold because the stage matched: not because it did not, nor because it was blind. */
function rewards(when: When, stage: ReadonlySet<string>): boolean {
  if (when.op === 'not' || (when.op === 'matched' && when.state === 'blind')) return false;
  if (when.op === 'all' || when.op === 'any') return when.of.some((inner) => rewards(inner, stage));
  return touches(when, stage);
}
