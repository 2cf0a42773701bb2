import type { Analytic, ScoreGroup, ScoreReason } from '../analytics/analytic';
import type { Judge, Judgement } from './judgeWhen';

/** A reason that held, with what of it counts. */
export type Entry = {
  readonly group: ScoreGroup;
  readonly reason: ScoreReason;
  readonly judged: Judgement;
  readonly counted: boolean;
  /** Signed; what counts of it, or what it is worth where it does not count. */
  readonly points: number;
};

/** All reasons of a definition that hold, in its order: those that count and those that do not. */
export function entriesOf(analytic: Analytic, judge: Judge): readonly Entry[] {
  const entries = analytic.score.flatMap((group) => {
    const held = group.reasons.flatMap((reason): readonly Entry[] => {
      const judged = judge(reason.when);
      return judged.held ? [{ group, reason, judged, counted: true, points: reason.points }] : [];
    });
    if (group.take === 'highest') return highestOf(held);
    return group.cap === undefined ? held : capped(held, group.cap);
  });
  return entries.map((entry) => floored(entry, sumOf(entries)));
}

/** A reason that lowers only down to some score takes what is above it, the other reasons counted. */
function floored(entry: Entry, sum: number): Entry {
  const floor = entry.reason.notBelow;
  if (floor === undefined || !entry.counted || entry.points >= 0) return entry;
  const points = -Math.min(-entry.points, Math.max(0, sum - entry.points - floor));
  return points === 0 ? { ...entry, counted: false } : { ...entry, points };
}

/** The score before caps. */
export function sumOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { counted, points }) => sum + (counted ? points : 0), 0);
}

/** By weight, whichever way it pulls; the first of equals. */
function highestOf(held: readonly Entry[]): readonly Entry[] {
  const best = held.reduce<Entry | undefined>(
    (a, b) => (a === undefined || Math.abs(b.points) > Math.abs(a.points) ? b : a),
    undefined,
  );
  return held.map((entry) => (entry === best ? entry : { ...entry, counted: false }));
}

/** The reasons in order until the cap is used up; the one that crosses it gives the rest, those after it nothing. */
function capped(held: readonly Entry[], cap: number): readonly Entry[] {
  let left = cap;
  return held.map((entry) => {
    if (entry.points <= 0) return entry;
    const points = Math.min(left, entry.points);
    left -= points;
    return points === 0 ? { ...entry, counted: false } : { ...entry, points };
  });
}
