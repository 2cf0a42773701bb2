import { type Chain, type ChainStage, stageOf } from '../analytics/chain';
import { isComplete, resolveStage } from '../analytics/matching/matchChains';
import type { Severity } from '../analytics/severity';
import { createJudge, type Judge } from './judgeWhen';
import { isKept, type Scale, tallyOf } from './score';
import { COMPLETENESS } from './touchedStages';

/** What a chain would be worth. */
export type Outcome = {
  readonly change: 'complete' | 'partial' | 'gone';
  readonly score: number;
  readonly severity: Severity;
};

/** The chain as it would be had a stage not matched: what was joined to it is looked for again. */
export function withoutStage(chain: Chain, id: string): Chain {
  const changed = new Set([id]);
  const stages: ChainStage[] = [];
  for (const stage of chain.stages) {
    if (stage.stage.id === id)
      stages.push({ ...stage, state: 'absent', reason: 'left out', matches: [], total: 0 });
    else if (stage.matches.some(({ relation }) => relation !== undefined && changed.has(relation.to))) {
      changed.add(stage.stage.id);
      stages.push(resolveStage(stage.stage, stages, chain.anchor, chain.index, chain.isExplainedElsewhere));
    } else stages.push(stage);
  }
  return withStages(chain, stages);
}

/** The chain as it would be had a stage matched, with nothing known of how. */
export function assumingStage(chain: Chain, id: string): Chain {
  return withStages(
    chain,
    chain.stages.map((stage) => (stage.stage.id === id ? { ...stage, state: 'matched' } : stage)),
  );
}

function withStages(chain: Chain, stages: readonly ChainStage[]): Chain {
  const seen = stages.every(({ stage, state }) => !stage.anchor || state === 'matched');
  return { ...chain, stages, complete: seen && isComplete(chain.analytic, stages) };
}

/** Judges an altered chain as a whole; `judge` is that of the chain it was made from. */
export function outcomeOf(altered: Chain, chain: Chain, judge: Judge, scale: Scale): Outcome {
  const changed = new Set(
    altered.stages.flatMap((stage) => (stage === stageOf(chain, stage.stage.id) ? [] : [stage.stage.id])),
  );
  if (altered.complete !== chain.complete) changed.add(COMPLETENESS);
  const rejudge = createJudge(altered, { judge, changed });
  const tally = tallyOf(altered, scale, rejudge);
  const change = altered.complete ? 'complete' : isKept(altered, tally, rejudge) ? 'partial' : 'gone';
  return { change, score: tally.points, severity: tally.severity };
}
