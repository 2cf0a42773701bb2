import { type Chain, type ChainStage, stageOf } from '../analytics/chain';
import { stageLack } from '../analytics/matching/sigmaLack';
import { compareStrength } from '../analytics/strength';
import type { Counterfactual, UnjudgedReason } from './finding';
import type { Judge } from './judgeWhen';
import { nearMisses } from './nearMisses';
import { assumingStage, type Outcome, outcomeOf, withoutStage } from './rejudge';
import { restsOn } from './restsOn';
import type { Scale, Tally } from './score';
import { severityBorder } from './severityBorder';
import { STRENGTH_WORDS } from './weakestLink';

/** A chain as it was judged. */
export type Judged = {
  readonly chain: Chain;
  readonly judge: Judge;
  readonly scale: Scale;
  readonly tally: Tally;
  readonly unjudged: readonly UnjudgedReason[];
};

/**
 * What would change the result, each worked out by judging the chain again: what is missing or could not be
 * seen and what nearly was there, then what it could do without, then the single values it rests on.
 */
export function counterfactualsOf(judged: Judged): readonly Counterfactual[] {
  const { chain } = judged;
  return [
    ...chain.stages.flatMap((stage) => unmatched(stage, judged)),
    ...chain.stages.flatMap((stage) => withoutIt(stage, judged)),
    ...(chain.complete ? restsOn(chain, (id) => withoutStageOutcome(id, judged)) : []),
    ...firmerLink(judged),
    ...severityBorder(chain, judged.tally, judged.unjudged, judged.scale.severity),
  ];
}

/** A blind stage, with what it would make of the finding; or a missing one, with what came near it. */
function unmatched(stage: ChainStage, judged: Judged): readonly Counterfactual[] {
  const { chain } = judged;
  const { id, title, telemetry } = stage.stage;
  if (stage.state === 'matched') return [];
  const wanted = isWanted(stage, chain);
  if (stage.state === 'blind') {
    if (!wanted && stage.stage.group === undefined) return [];
    const outcome = outcomeWith(stage, judged);
    const lack = stageLack(stage.stage, chain.index);
    const fix = lack?.isBlind === true ? lack.fix : telemetry.fix;
    const effect = wanted ? ` With it the finding would be ${atLeast(outcome, judged)}.` : '';
    return [
      {
        kind: 'undecidable',
        stage: id,
        text: `\u201c${title}\u201d could not be seen; to see it: ${fix.replace(/\.$/, '')}.${effect}`,
        ...(wanted ? outcome : {}),
      },
    ];
  }
  if (!wanted) return [];
  return [...missing(stage, judged), ...nearMisses(stage, chain)];
}

/** What did not happen, said once for stages that stand for one another. */
function missing(stage: ChainStage, judged: Judged): readonly Counterfactual[] {
  const { chain } = judged;
  const alike = chain.stages.filter(
    (other) =>
      other === stage ||
      (stage.stage.group !== undefined &&
        other.stage.group === stage.stage.group &&
        other.state === 'absent'),
  );
  if (alike[0] !== stage) return [];
  const titles = alike.map((one) => `\u201c${one.stage.title}\u201d`).join(', ');
  const outcome = outcomeWith(stage, judged);
  return [
    {
      kind: 'missing',
      stage: stage.stage.id,
      text:
        alike.length === 1
          ? `${titles} did not happen. With it the finding would be ${atLeast(outcome, judged)}.`
          : `None of these happened: ${titles}. With one of them the finding would be ${atLeast(outcome, judged)}.`,
      ...outcome,
    },
  ];
}

/** Whether the chain lacks this stage: it is required, or its group has not reached its minimum. */
function isWanted({ stage }: ChainStage, chain: Chain): boolean {
  if (stage.required || stage.anchor) return true;
  const group = stage.group === undefined ? undefined : chain.analytic.groups.get(stage.group);
  if (group === undefined) return false;
  const matched = chain.stages.filter(
    (other) => other.stage.group === group.id && other.state === 'matched',
  ).length;
  return matched < group.min;
}

function outcomeWith(stage: ChainStage, { chain, judge, scale }: Judged): Outcome {
  return outcomeOf(assumingStage(chain, stage.stage.id), chain, judge, scale);
}

/** What the stage itself would add is not known: the score is a lower bound. */
function atLeast({ change, score }: Outcome, { tally }: Judged): string {
  const instead = score === tally.points ? '' : ` instead of ${tally.points}`;
  return `${change === 'complete' ? 'complete' : 'still partial'}, at least ${score}${instead}`;
}

function withoutIt(stage: ChainStage, judged: Judged): readonly Counterfactual[] {
  const { chain, tally } = judged;
  const { id, title, anchor } = stage.stage;
  if (stage.state !== 'matched' || anchor) return [];
  const outcome = withoutStageOutcome(id, judged);
  const same = outcome.change === (chain.complete ? 'complete' : 'partial');
  // That a finding would be the same without what nothing hangs on says nothing.
  const idle = same && !stage.stage.required && stage.stage.group === undefined;
  if (idle && outcome.score === tally.points) return [];
  const kind = same ? 'dispensable' : 'needed';
  return [{ kind, stage: id, text: withoutText(title, outcome, same, tally.points), ...outcome }];
}

function withoutStageOutcome(id: string, { chain, judge, scale }: Judged): Outcome {
  return outcomeOf(withoutStage(chain, id), chain, judge, scale);
}

function withoutText(title: string, outcome: Outcome, same: boolean, points: number): string {
  const without = `Without \u201c${title}\u201d it would`;
  if (outcome.change === 'gone') return `${without} not be a finding.`;
  const score = outcome.score === points ? `the same ${points}` : `${outcome.score} instead of ${points}`;
  return `${without} ${same ? 'still ' : ''}be ${outcome.change}, ${score}.`;
}

/** A score held down by how sure its weakest join is. */
function firmerLink({ chain, tally }: Judged): readonly Counterfactual[] {
  const { weakest, caps, sum } = tally;
  if (compareStrength(weakest.strength, 'weak') < 0) return [];
  const others = caps.filter(({ kind }) => kind !== 'join').map(({ limit }) => limit);
  const score = Math.max(0, Math.min(100, sum, ...others) - (tally.before - tally.points));
  if (score <= tally.points) return [];
  const eventId =
    weakest.to === undefined ? undefined : stageOf(chain, weakest.to.stage)?.matches[0]?.evidence.id;
  return [
    {
      kind: 'near_miss',
      ...(weakest.to === undefined ? {} : { stage: weakest.to.stage }),
      text: `Tied ${STRENGTH_WORDS[weakest.strength]}: with a firmer link the score would be ${score} instead of ${tally.points}.`,
      field: 'join',
      actual: weakest.strength,
      wanted: 'inferred or exact',
      ...(eventId === undefined ? {} : { eventId }),
      score,
    },
  ];
}
