import type { When } from '../analytics/analytic';
import { type Chain, type Match, stageOf } from '../analytics/chain';
import { matchAlternative } from '../analytics/matchChains';
import type { Subject } from '../analytics/subject';

/** Whether a condition holds over a chain, and the match that shows it. */
export type Judgement = { readonly held: boolean; readonly match?: Match; readonly stage?: string };

const NO: Judgement = { held: false };
const YES: Judgement = { held: true };

/** Judges one condition of a definition on one chain. Unknown counts as not held: a score is never a guess. */
export function judgeWhen(when: When, chain: Chain): Judgement {
  switch (when.op) {
    case 'complete':
      return chain.complete ? YES : NO;
    case 'all': {
      let shown: Judgement = YES;
      for (const inner of when.of) {
        const judged = judgeWhen(inner, chain);
        if (!judged.held) return NO;
        if (judged.match !== undefined && shown.match === undefined) shown = judged;
      }
      return shown;
    }
    case 'any':
      for (const inner of when.of) {
        const judged = judgeWhen(inner, chain);
        if (judged.held) return judged;
      }
      return NO;
    case 'not':
      return judgeWhen(when.of, chain).held ? NO : YES;
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
      const [match] = matchAlternative(when.alternative, chain.stages, chain.index).matches;
      return match === undefined ? NO : { held: true, match };
    }
  }
}

/** The subject of a match: its event with its process, or the process alone. */
export function subjectOfMatch(match: Match, chain: Chain): Subject {
  return { event: match.event, process: chain.index.nodeOf(match.process), host: chain.index };
}

function judgeStage(when: When & { op: 'stage' }, chain: Chain): Judgement {
  const stage = stageOf(chain, when.stage);
  if (stage === undefined || stage.matches.length === 0) return NO;
  for (const match of stage.matches) {
    if (match.unjudged && when.where === undefined) continue;
    if (when.relations !== undefined && !when.relations.has(match.relation?.kind ?? '')) continue;
    if (when.alternative !== undefined && match.alternative !== when.alternative) continue;
    if (
      when.within !== undefined &&
      (match.joined === undefined || match.time - match.joined.time > when.within)
    )
      continue;
    if (when.where !== undefined && when.where.judge(subjectOfMatch(match, chain)) !== true) continue;
    return { held: true, match, stage: when.stage };
  }
  return NO;
}

function judgeAncestor(when: When & { op: 'ancestor' }, chain: Chain): Judgement {
  const match = stageOf(chain, when.stage)?.matches[0];
  let node = chain.index.nodeOf(match?.process);
  for (let level = 0; level < when.depth; level++) {
    const parent = chain.index.nodeOf(node?.link.parentId);
    if (parent === undefined || match === undefined) return NO;
    const start = chain.index.startOf(parent.entityId);
    if (when.where.judge({ event: start, process: parent, host: chain.index }) === true)
      return { held: true, match, stage: when.stage };
    node = parent;
  }
  return NO;
}

/** The stage's predicate held only on the copy with obfuscation removed. */
function judgeNormalised(id: string, chain: Chain): Judgement {
  const stage = stageOf(chain, id);
  const match = stage?.matches[0];
  if (stage === undefined || match === undefined || match.unjudged) return NO;
  for (const alternative of stage.stage.alternatives) {
    const explanation = alternative.where.explain(subjectOfMatch(match, chain));
    if (explanation.result === 'true' && JSON.stringify(explanation).includes('"normalised":true'))
      return { held: true, match, stage: id };
  }
  return NO;
}
