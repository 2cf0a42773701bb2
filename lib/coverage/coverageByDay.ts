import type { Analytic } from '../analytics/analytic';
import { MICROS_PER_DAY, MICROS_PER_SECOND, type Micros, micros } from '../base/time';
import type { EventKind } from '../events/endpointEvent';
import { joinStretches, type Stretch, withoutStretches } from '../visibility/stretches';
import type { Visibility } from '../visibility/visibility';
import type { HostCoverage } from './coverage';

/**
 * For how long of one UTC day (number since 1970) a stage (`ANALYTIC/stage`) could be seen on a host, in microseconds,
 * exactly. Time in which the machine was off is in none of the three.
 */
export type CoverageDay = {
  readonly stage: string;
  readonly day: number;
  readonly visible: number;
  readonly partial: number;
  readonly blind: number;
};

/**
 * Ten years. A host of a longer span has had a wrong clock: days on which it recorded nothing are then left out, and of
 * the others all but the newest so many.
 */
const MOST_DAYS = 3660;

/**
 * Cuts what a host's stages are judged to be (coverageOf) by time, from its first event to a second after its last.
 * The judgement holds throughout, but for the stretches in which a kind that the stage needs was blind; the last
 * second is as the moment of the last event was. By stage in the order given, then by day; days without a moment in
 * which the machine was on have no row, and a host without events has none at all.
 */
export function coverageByDay(
  coverage: readonly HostCoverage[],
  analytics: readonly Analytic[],
  visibility: Visibility,
): readonly CoverageDay[] {
  const { from, to: last } = visibility;
  if (from === undefined || last === undefined) return [];
  const to = micros(last + MICROS_PER_SECOND);
  const days = daysBetween(from, to, visibility);
  const on = withoutStretches([{ from, to }], visibility.off);
  const onByDay = lengthsByDay(on, days);
  const blindOf = rememberBlind(visibility, from, last);
  const needsOf = new Map<string, readonly EventKind[]>(
    analytics.flatMap(({ id, stages }) =>
      stages.map((stage) => [`${id}/${stage.id}`, stage.telemetry.needs] as const),
    ),
  );
  return coverage.flatMap(({ stage, state }) => {
    const blind = state === 'blind' ? on : joinStretches((needsOf.get(stage) ?? []).flatMap(blindOf));
    const seen = lengthsByDay(withoutStretches(on, blind), days);
    return days.flatMap((day, i): CoverageDay[] => {
      const [whole, lit] = [onByDay[i] ?? 0, seen[i] ?? 0];
      if (whole === 0) return [];
      return [
        {
          stage,
          day,
          visible: state === 'visible' ? lit : 0,
          partial: state === 'partial' ? lit : 0,
          blind: whole - lit,
        },
      ];
    });
  });
}

/** Stretches from a host's first event to a second after its last in which a kind could not be seen; by kind. */
function rememberBlind(
  visibility: Visibility,
  from: Micros,
  last: Micros,
): (kind: EventKind) => readonly Stretch[] {
  const known = new Map<EventKind, readonly Stretch[]>();
  return (kind) => {
    const remembered = known.get(kind);
    if (remembered !== undefined) return remembered;
    const isBlindAtLast = visibility.blindIntervals(kind, last, last).length > 0;
    const found = joinStretches([
      ...visibility.blindIntervals(kind, from, last),
      ...(isBlindAtLast ? [{ from: last, to: micros(last + MICROS_PER_SECOND) }] : []),
    ]);
    known.set(kind, found);
    return found;
  };
}

/** Numbers of the days that [from, to) touches. */
function daysBetween(from: Micros, to: Micros, visibility: Visibility): readonly number[] {
  const first = dayOf(from);
  const count = dayOf(micros(to - 1)) - first + 1;
  return count > MOST_DAYS
    ? visibility.days().slice(-MOST_DAYS)
    : Array.from({ length: count }, (_, i) => first + i);
}

function dayOf(time: Micros): number {
  return Math.floor(time / MICROS_PER_DAY);
}

/** How much of each day the stretches cover, in microseconds; both in order, the stretches apart. */
function lengthsByDay(stretches: readonly Stretch[], days: readonly number[]): readonly number[] {
  const lengths = Array<number>(days.length).fill(0);
  let first = 0;
  for (const { from, to } of stretches) {
    while (first < days.length && endOf(days[first]) <= from) first++;
    for (let i = first; i < days.length && endOf(days[i]) - MICROS_PER_DAY < to; i++) {
      const end = endOf(days[i]);
      lengths[i] = (lengths[i] ?? 0) + Math.min(to, end) - Math.max(from, end - MICROS_PER_DAY);
    }
  }
  return lengths;
}

function endOf(day = 0): number {
  return (day + 1) * MICROS_PER_DAY;
}
