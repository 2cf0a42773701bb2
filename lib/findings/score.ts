import type { ScoreGroup } from '../analytics/analytic';
import type { Catalogue } from '../analytics/catalogue';
import { type Chain, type Match, stageOf } from '../analytics/chain';
import { type Severity, severityOf } from '../analytics/severity';
import { compareStrength, type Strength, weaker } from '../analytics/strength';
import type { Reason } from './finding';
import { judgeWhen } from './judgeWhen';
import { tell } from './tell';

export type Score = {
  /** 0 to 100, after caps. */
  readonly points: number;
  readonly severity: Severity;
  readonly reasons: readonly Reason[];
  readonly caps: readonly { readonly limit: number; readonly text: string }[];
  readonly suppressed: boolean;
  /** Baselines that lowered or suppressed it, by id. */
  readonly baselines: readonly number[];
};

/** A chain with something required absent or blind is held here (ANALYTICS B.6). */
const PARTIAL_CAP = 60;
/** A chain that hangs on a weak or broken join is held here. */
const WEAK_CAP = 69;

/**
 * The score as a sum of named reasons, held down by caps. Blind stages cost nothing: they change the
 * status and the sentence, not the points. A suppressor hides and keeps the score.
 */
export function scoreChain(chain: Chain, catalogue: Pick<Catalogue, 'severity' | 'baselines'>): Score {
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
    severity: severityOf(points, catalogue.severity),
    reasons: [...reasons, ...suppressing],
    caps: caps.filter((cap) => cap.limit < sum),
    suppressed: suppressing.length > 0,
    baselines: [],
  };
}

/**
 * The weakest join a required stage, or a required group's best member, hangs on. A join counts with those
 * before it: a callback of a process that is tied to the chain only by inference is no surer than that tie.
 */
export function weakestRequired(chain: Chain): { readonly strength: Strength; readonly text: string } {
  let strength: Strength = 'exact';
  let text = 'every required stage is joined by unique id or full path';
  const consider = (grade: Strength, title: string): void => {
    if (compareStrength(grade, strength) > 0) text = joinText(title, grade);
    strength = weaker(strength, grade);
  };
  for (const { stage, state, matches } of chain.stages) {
    if (stage.required && state === 'matched') consider(strengthBack(matches[0]), stage.title);
  }
  for (const group of chain.analytic.groups.values()) {
    const [best] = chain.stages
      .filter(({ stage, state }) => stage.group === group.id && state === 'matched')
      .map(({ stage, matches }) => ({ title: stage.title, grade: strengthBack(matches[0]) }))
      .sort((a, b) => compareStrength(a.grade, b.grade));
    if (best !== undefined) consider(best.grade, best.title);
  }
  return { strength, text };
}

/** Grade of the whole way from a match back to the anchor. */
function strengthBack(match: Match | undefined): Strength {
  let strength: Strength = 'exact';
  for (let at = match; at !== undefined; at = at.joined)
    strength = weaker(strength, at.relation?.strength ?? 'exact');
  return strength;
}

function joinText(title: string, strength: Strength): string {
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
