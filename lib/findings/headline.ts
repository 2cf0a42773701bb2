import { type Chain, type ChainStage, stageOf } from '../analytics/chain';
import type { Strength } from '../analytics/strength';
import type { Finding } from './finding';
import type { Judge } from './judgeWhen';
import { canTell, tell } from './tell';
import { gradeOfStage, STRENGTH_WORDS } from './weakestLink';

/**
 * The finding in one line: the first sentence of the definition whose condition holds and that can be told.
 * It claims no more than was seen: "Possibly" where a stage it tells could not be judged, and how it is tied
 * where that is weak.
 */
export function headlineOf(chain: Chain, judge: Judge): string {
  const { headlines, title } = chain.analytic;
  const holding = headlines.filter(({ when }) => when === undefined || judge(when).held);
  const template = (holding.find(({ text }) => canTell(text, chain)) ?? holding.at(-1))?.text ?? title;
  const told = stagesTold(template);
  const stages = told.length === 0 ? chain.stages.filter(({ stage }) => stage.anchor) : named(told, chain);
  const doubtful = stages.some(
    ({ matches }) => matches[0]?.unjudged === true && matches[0].file === undefined,
  );
  const tie = tieOf(stages.map(({ stage }) => gradeOfStage(chain, stage.id)));
  return `${doubtful ? 'Possibly: ' : ''}${tell(template, chain)}${tie}`;
}

/** The story in the order it happened; what could not be seen or judged is said, not told. */
export function storyOf(stages: readonly ChainStage[], chain: Chain): Finding['story'] {
  return stages.flatMap((stage): Finding['story'] => {
    const [match] = stage.matches;
    const { id, title, required, group, tell: sentence } = stage.stage;
    if (match?.unjudged === true)
      return [
        {
          text: `Not certain: \u201c${title}\u201d; ${stage.reason ?? 'it could not be judged'}.`,
          stage: id,
          eventId: match.evidence.id,
        },
      ];
    if (match !== undefined && sentence !== undefined) {
      const tie = tieOf([match.relation?.strength]);
      const text = tell(sentence, chain);
      return [
        {
          text: tie === '' ? text : `${text.replace(/\.$/, '')}${tie}.`,
          stage: id,
          eventId: match.evidence.id,
        },
      ];
    }
    if (stage.state !== 'blind' || !(required || group !== undefined)) return [];
    return [{ text: unseenSentence(title, stage.reason), stage: id }];
  });
}

/** What a blind stage's reason says first, in one short sentence; the stage itself holds all of it. */
function unseenSentence(title: string, reason = 'no telemetry'): string {
  const partly = reason.startsWith(IN_PART);
  const [first = reason] = reason.slice(partly ? IN_PART.length : 0).split('; ');
  return `\u201c${title}\u201d could ${partly ? 'be seen only in part' : 'not be seen'}: ${first}.`;
}

const IN_PART = 'in part: ';

/** Ids of the stages whose places a sentence fills. */
function stagesTold(template: string): readonly string[] {
  return [...template.matchAll(/\{([a-z0-9_]+)\./gi)].map((place) => place[1] ?? '');
}

function named(ids: readonly string[], chain: Chain): readonly ChainStage[] {
  return [...new Set(ids)].flatMap((id) => stageOf(chain, id) ?? []);
}

function tieOf(grades: readonly (Strength | undefined)[]): string {
  const worst = (['broken', 'weak'] as const).find((grade) => grades.includes(grade));
  if (worst === undefined) return '';
  return worst === 'weak' ? ` (tied ${STRENGTH_WORDS.weak})` : ` (${STRENGTH_WORDS.broken})`;
}
