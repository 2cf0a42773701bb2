import type { When } from '../analytics/analytic';
import { type Chain, type Match, stageOf } from '../analytics/chain';
import { upward } from '../analytics/matching/lineageRelations';
import { bestMatch } from '../analytics/matching/matchAlternative';
import type { PredicateExplanation } from '../analytics/predicate/predicate';
import type { Subject } from '../analytics/subject';
import { touches } from './touchedStages';

/** Whether a condition holds over a chain, and the match that shows it. */
export type Judgement = { readonly held: boolean; readonly match?: Match; readonly stage?: string };

/** Judges conditions of a definition on one chain, each once. Unknown counts as not held: a score is never a guess. */
export type Judge = (when: When) => Judgement;

const NO: Judgement = { held: false };
const YES: Judgement = { held: true };

/**
 * A judge of one chain. `before` is the judge of a chain that differs in the stages named `changed` only:
 * what does not look at those is taken over from it.
 */
export function createJudge(
  chain: Chain,
  before?: { readonly judge: Judge; readonly changed: ReadonlySet<string> },
): Judge {
  const known = new Map<When, Judgement>();
  const judge: Judge = (when) => {
    const judged = known.get(when);
    if (judged !== undefined) return judged;
    const fresh =
      before !== undefined && !touches(when, before.changed)
        ? before.judge(when)
        : judgeOnce(when, chain, judge);
    known.set(when, fresh);
    return fresh;
  };
  return judge;
}

function judgeOnce(when: When, chain: Chain, judge: Judge): Judgement {
  switch (when.op) {
    case 'complete':
      return chain.complete ? YES : NO;
    case 'all': {
      let shown: Judgement = YES;
      for (const inner of when.of) {
        const judged = judge(inner);
        if (!judged.held) return NO;
        if (judged.match !== undefined && shown.match === undefined) shown = judged;
      }
      return shown;
    }
    case 'any':
      for (const inner of when.of) {
        const judged = judge(inner);
        if (judged.held) return judged;
      }
      return NO;
    case 'not':
      return judge(when.of).held ? NO : YES;
    case 'matched':
      return when.stages.filter((id) => stageOf(chain, id)?.state === when.state).length >= when.atLeast
        ? YES
        : NO;
    case 'stage':
      return judgeStage(when, chain);
    case 'ancestor':
      return judgeAncestor(when, chain);
    case 'normalised':
      return judgeNormalised(when.stage, chain);
    default: {
      const match = bestMatch(when.alternative, chain.stages, chain.index);
      return match === undefined ? NO : { held: true, match };
    }
  }
}

/** The subject of a match: its event with its process, or the process alone. */
export function subjectOfMatch(match: Match, chain: Pick<Chain, 'index'>): Subject {
  return { event: match.event, process: chain.index.nodeOf(match.process), host: chain.index };
}

/** Whether a match meets all that a `stage` condition asks beside its predicate. */
export function fitsStage(when: When & { op: 'stage' }, match: Match): boolean {
  if (match.unjudged && when.where === undefined) return false;
  if (when.relations !== undefined && !when.relations.has(match.relation?.kind ?? '')) return false;
  if (when.alternative !== undefined && match.alternative !== when.alternative) return false;
  return (
    when.within === undefined || (match.joined !== undefined && match.time - match.joined.time <= when.within)
  );
}

/** The process's ancestors, nearest first, as a predicate sees them. */
export function ancestorSubjects(match: Match | undefined, depth: number, chain: Chain): readonly Subject[] {
  const { index } = chain;
  return [...upward(match?.process, depth, index)].map(({ id }) => ({
    event: index.startOf(id),
    process: index.nodeOf(id),
    host: index,
  }));
}

function judgeStage(when: When & { op: 'stage' }, chain: Chain): Judgement {
  const stage = stageOf(chain, when.stage);
  for (const match of stage?.matches ?? []) {
    if (!fitsStage(when, match)) continue;
    if (when.where !== undefined && when.where.judge(subjectOfMatch(match, chain)) !== true) continue;
    return { held: true, match, stage: when.stage };
  }
  return NO;
}

function judgeAncestor(when: When & { op: 'ancestor' }, chain: Chain): Judgement {
  const match = stageOf(chain, when.stage)?.matches[0];
  const held = ancestorSubjects(match, when.depth, chain).some(
    (subject) => when.where.judge(subject) === true,
  );
  return held && match !== undefined ? { held: true, match, stage: when.stage } : NO;
}

function hasNormalised({ normalised, children }: PredicateExplanation): boolean {
  return normalised === true || (children?.some(hasNormalised) ?? false);
}

/** The stage's predicate held only on the copy with obfuscation removed. */
function judgeNormalised(id: string, chain: Chain): Judgement {
  const stage = stageOf(chain, id);
  const match = stage?.matches[0];
  if (stage === undefined || match === undefined || match.unjudged) return NO;
  for (const alternative of stage.stage.alternatives) {
    const explanation = alternative.where.explain(subjectOfMatch(match, chain));
    if (explanation.result === 'true' && hasNormalised(explanation)) return { held: true, match, stage: id };
  }
  return NO;
}
