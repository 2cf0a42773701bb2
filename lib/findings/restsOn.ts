import { type Chain, type ChainStage, type Match, stageOf } from '../analytics/chain';
import type { Counterfactual, Explanation } from './finding';
import { subjectOfMatch } from './judgeWhen';
import type { Outcome } from './rejudge';
import { actualOf, type Flip, soleFlips, wantedOf } from './soleFlips';

/** Values told per stage. */
const TOLD = 2;

/**
 * For a complete chain: the single values it rests on. A stage rests on one when it is held up by a single
 * event, the chain needs the stage, and one test of that event coming out otherwise would undo it.
 * `without` judges the chain without a stage that is not the anchor.
 */
export function restsOn(chain: Chain, without: (stage: string) => Outcome): readonly Counterfactual[] {
  return chain.stages.flatMap((stage) => {
    const [match] = stage.matches;
    if (match === undefined || stage.state !== 'matched' || stage.total !== 1 || !holdsUp(stage, chain))
      return [];
    return soleValues(stage, match, chain)
      .slice(0, TOLD)
      .map(({ test, to }): Counterfactual => {
        const field = test.field ?? 'a value';
        return {
          kind: 'one_value',
          stage: stage.stage.id,
          text: `Rests on one value of \u201c${stage.stage.title}\u201d: ${field}`,
          field,
          actual: actualOf({ test, to }),
          wanted: wantedOf([{ test, to: true }]),
          eventId: match.evidence.id,
          ...(stage.stage.anchor ? { change: 'gone' } : without(stage.stage.id)),
        };
      });
  });
}

/** Whether the chain is complete only with this stage. */
function holdsUp({ stage }: ChainStage, chain: Chain): boolean {
  if (stage.required || stage.anchor) return true;
  const group = stage.group === undefined ? undefined : chain.analytic.groups.get(stage.group);
  if (group === undefined) return false;
  const matched = chain.stages.filter(
    (other) => other.stage.group === group.id && stageOf(chain, other.stage.id)?.state === 'matched',
  );
  return matched.length <= group.min;
}

/** The positive tests any one of which undoes the stage; none when another alternative would hold it up. */
function soleValues(stage: ChainStage, match: Match, chain: Chain): readonly Flip[] {
  const subject = subjectOfMatch(match, chain);
  const held = stage.stage.alternatives
    .filter(({ on }) => match.event === undefined || on.has(match.event.kind))
    .map(({ where }) => where.explain(subject))
    .filter(({ result }) => result === 'true');
  const [only] = held;
  if (only === undefined || held.length > 1) return [];
  const flips = soleFlips(only, false) ?? [];
  // What names the program or the kind of event is what the stage is about, not what it hangs on.
  return flips
    .filter(({ test, to }) => !to && !IDENTITY.has(test.field ?? ''))
    .sort((a, b) => weight(b.test) - weight(a.test));
}

const IDENTITY: ReadonlySet<string> = new Set([
  'event.kind',
  'process.identity',
  'process.name',
  'process.executable',
]);

/** What was matched within a longer value says more than a value as a whole. */
function weight(test: Explanation): number {
  return test.matched !== undefined && test.matched.length < (test.actual?.length ?? 0) ? 1 : 0;
}
