import type { When } from '../analytics/analytic';
import { type Chain, stageOf } from '../analytics/chain';
import { conciseExplanation } from './conciseExplanation';
import type { Explanation } from './finding';
import { ancestorSubjects, fitsStage, type Judge, subjectOfMatch } from './judgeWhen';

/**
 * How a condition that holds came out, as a tree: what it asks of the chain in words, with the predicates
 * it judged below. Kept small: of alternatives only those that held.
 */
export function explainWhen(when: When, chain: Chain, judge: Judge): Explanation {
  const result = judge(when).held ? 'true' : 'false';
  switch (when.op) {
    case 'all':
      return { op: 'all', result, children: when.of.map((inner) => explainWhen(inner, chain, judge)) };
    case 'any': {
      const held = when.of.filter((inner) => judge(inner).held);
      const [only] = held;
      if (held.length === 1 && only !== undefined) return explainWhen(only, chain, judge);
      const shown = held.length > 0 ? held : when.of;
      return { op: 'any', result, children: shown.map((inner) => explainWhen(inner, chain, judge)) };
    }
    case 'not':
      return { op: 'not', result, children: [explainWhen(when.of, chain, judge)] };
    case 'complete':
      return { op: 'test', result, text: 'the chain is complete' };
    case 'matched':
      return { op: 'test', result, text: matchedText(when, chain) };
    case 'normalised':
      return {
        op: 'test',
        result,
        text: `${titleOf(when.stage, chain)} holds only after removing obfuscation`,
      };
    case 'stage':
      return explainStage(when, chain, judge);
    case 'ancestor': {
      const match = stageOf(chain, when.stage)?.matches[0];
      const subject = ancestorSubjects(match, when.depth, chain).find(
        (one) => when.where.judge(one) === true,
      );
      const text = `an ancestor of ${titleOf(when.stage, chain)}, at most ${when.depth} up`;
      return subject === undefined
        ? { op: 'test', result, text }
        : withText(text, conciseExplanation(when.where.explain(subject)));
    }
    default: {
      const { alternative } = when;
      const { match } = judge(when);
      const text = `an event (${[...alternative.on].join(', ')}) that stands in relation to it`;
      return match === undefined
        ? { op: 'test', result, text }
        : withText(text, conciseExplanation(alternative.where.explain(subjectOfMatch(match, chain))));
    }
  }
}

function explainStage(when: When & { op: 'stage' }, chain: Chain, judge: Judge): Explanation {
  const judged = judge(when);
  const asked = [
    ...(when.alternative === undefined ? [] : [`by way of "${when.alternative.replaceAll('_', ' ')}"`]),
    ...(when.relations === undefined ? [] : [`joined by ${[...when.relations].join(' or ')}`]),
    ...(when.within === undefined ? [] : ['in the time it asks for']),
  ];
  const text = [`${titleOf(when.stage, chain)} matched`, ...asked].join(', ');
  const match = judged.match ?? stageOf(chain, when.stage)?.matches.find((one) => fitsStage(when, one));
  if (when.where === undefined || match === undefined)
    return { op: 'test', result: judged.held ? 'true' : 'false', text };
  const where = conciseExplanation(when.where.explain(subjectOfMatch(match, chain)));
  return asked.length === 0 ? where : withText(text, where);
}

function withText(text: string, explanation: Explanation): Explanation {
  return { op: 'all', result: explanation.result, text, children: [explanation] };
}

function matchedText(when: When & { op: 'matched' }, chain: Chain): string {
  const count = when.stages.length === 1 ? '' : `at least ${when.atLeast} of `;
  return `${count}${when.stages.map((id) => titleOf(id, chain)).join(', ')} ${when.state === 'matched' ? 'matched' : 'could not be seen'}`;
}

function titleOf(id: string, chain: Chain): string {
  return `\u201c${stageOf(chain, id)?.stage.title ?? id}\u201d`;
}
