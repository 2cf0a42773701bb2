import type { ScoreGroup } from '../analytics/analytic';
import { type Chain, stageOf } from '../analytics/chain';
import { compareStrength, type Strength, weaker } from '../analytics/strength';
import type { Reason, Severity } from './finding';
import { judgeWhen } from './judgeWhen';
import { tell } from './tell';

export type Score = {
  /** 0 to 100, after caps. */
  readonly points: number;
  readonly severity: Severity;
  readonly reasons: readonly Reason[];
  readonly caps: readonly { readonly limit: number; readonly text: string }[];
  readonly suppressed: boolean;
};

/** A chain with something required absent or blind is held here (ANALYTICS B.6). */
const PARTIAL_CAP = 60;
/** A chain that hangs on a weak or broken join is held here. */
const WEAK_CAP = 69;

/**
 * The score as a sum of named reasons, held down by caps. Blind stages cost nothing: they change the
 * status and the sentence, not the points. A suppressor hides and keeps the score.
 */
export function scoreChain(chain: Chain): Score {
  const reasons = chain.analytic.score.flatMap((group) => reasonsOf(group, chain));
  const sum = reasons.reduce(
    (total, reason) => total + (reason.effect === 'lowers' ? -reason.points : reason.points),
    0,
  );
  const caps: { limit: number; text: string }[] = [];
  if (!chain.complete)
    caps.push({ limit: PARTIAL_CAP, text: `a required stage is not proven: at most ${PARTIAL_CAP}` });
  const weakest = weakestRequired(chain);
  if (compareStrength(weakest.strength, 'weak') >= 0)
    caps.push({ limit: WEAK_CAP, text: `${weakest.text}: at most ${WEAK_CAP}` });
  const points = Math.max(0, Math.min(100, sum, ...caps.map((cap) => cap.limit)));
  const suppressing = chain.analytic.suppressors.flatMap((suppressor): readonly Reason[] => {
    const judged = judgeWhen(suppressor.when, chain);
    if (!judged.held) return [];
    return [
      {
        id: suppressor.id,
        effect: 'suppresses',
        points: 0,
        text: tell(suppressor.text, chain),
        ...evidence(judged),
      },
    ];
  });
  return {
    points,
    severity: severityOf(points),
    reasons: [...reasons, ...suppressing],
    caps: caps.filter((cap) => cap.limit < sum),
    suppressed: suppressing.length > 0,
  };
}

/** Severity of a score (ANALYTICS B.6). */
export function severityOf(points: number): Severity {
  if (points >= 85) return 'critical';
  if (points >= 65) return 'high';
  if (points >= 40) return 'medium';
  return points >= 20 ? 'low' : 'informational';
}

/** The weakest join a required stage, or a required group's best member, hangs on. */
export function weakestRequired(chain: Chain): { readonly strength: Strength; readonly text: string } {
  let strength: Strength = 'exact';
  let text = 'every required stage is joined by unique id or full path';
  const consider = (grade: Strength, sentence: string): void => {
    if (compareStrength(grade, strength) > 0) text = sentence;
    strength = weaker(strength, grade);
  };
  for (const { stage, state, matches } of chain.stages) {
    if (stage.required && state === 'matched')
      consider(
        matches[0]?.relation?.strength ?? 'exact',
        joinText(stage.title, matches[0]?.relation?.strength),
      );
  }
  for (const group of chain.analytic.groups.values()) {
    const members = chain.stages.filter(
      ({ stage, state }) => stage.group === group.id && state === 'matched',
    );
    const best = members
      .map((member) => ({ member, grade: member.matches[0]?.relation?.strength ?? ('exact' as Strength) }))
      .sort((a, b) => compareStrength(a.grade, b.grade))[0];
    if (best !== undefined) consider(best.grade, joinText(best.member.stage.title, best.grade));
  }
  return { strength, text };
}

function joinText(title: string, strength: Strength | undefined): string {
  switch (strength) {
    case 'broken':
      return `"${title}" is joined over a broken link`;
    case 'weak':
      return `"${title}" is joined by time and user only`;
    default:
      return `"${title}" is joined by inference`;
  }
}

function reasonsOf(group: ScoreGroup, chain: Chain): readonly Reason[] {
  const held = group.reasons.flatMap((reason): readonly Reason[] => {
    const judged = judgeWhen(reason.when, chain);
    if (!judged.held) return [];
    const effect = reason.points < 0 ? 'lowers' : 'raises';
    return [
      {
        id: reason.id,
        effect,
        points: Math.abs(reason.points),
        text: tell(reason.text, chain),
        ...evidence(judged),
      },
    ];
  });
  if (group.take === 'highest') {
    const best = held.reduce<Reason | undefined>(
      (a, b) => (a === undefined || b.points > a.points ? b : a),
      undefined,
    );
    return best === undefined ? [] : [best];
  }
  return group.cap === undefined ? held : capped(held, group.cap);
}

/** The reasons in order until the cap is used up; the one that crosses it gives the rest. */
function capped(reasons: readonly Reason[], cap: number): readonly Reason[] {
  let left = cap;
  return reasons.flatMap((reason) => {
    const points = Math.min(left, reason.points);
    left -= points;
    return points === 0 ? [] : [{ ...reason, points }];
  });
}

function evidence(judged: ReturnType<typeof judgeWhen>): Pick<Reason, 'stage' | 'eventId'> {
  return {
    ...(judged.stage === undefined ? {} : { stage: judged.stage }),
    ...(judged.match === undefined ? {} : { eventId: judged.match.evidence.id }),
  };
}

/** Whether a partial chain is worth a finding; a complete one always is. */
export function worthKeeping(chain: Chain): boolean {
  if (chain.complete) return true;
  const anchor = stageOf(chain, chain.stages[0]?.stage.id ?? '');
  return anchor !== undefined && chain.analytic.keepPartialWhen.some((when) => judgeWhen(when, chain).held);
}
