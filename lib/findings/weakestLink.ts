import { type Chain, type ChainStage, type Match, stageOf } from '../analytics/chain';
import { compareStrength, type Strength, weaker } from '../analytics/strength';
import type { LinkEnd, WeakestLink } from './finding';
import { nameOfMatch } from './tell';

/** One step back from a match to the one it is joined to. */
type Step = { readonly strength: Strength; readonly match: Match };

/**
 * The weakest join a required stage, or a required group's best member, hangs on. A join counts with those
 * before it: a callback of a process that is tied to the chain only by inference is no surer than that tie.
 */
export function weakestRequired(chain: Chain): WeakestLink {
  let weakest: Step | undefined;
  for (const stage of deciding(chain)) {
    const step = weakestBack(stage.matches[0]);
    if (step !== undefined && compareStrength(step.strength, weakest?.strength ?? 'exact') > 0)
      weakest = step;
  }
  if (weakest === undefined)
    return { strength: 'exact', text: 'every required stage is joined by unique id or full path' };
  const { strength, match } = weakest;
  const to = endOf(match, chain);
  const from = match.joined === undefined ? undefined : endOf(match.joined, chain);
  return {
    strength,
    text: sentence(strength, from, to),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** The matched stages that completeness hangs on: the required ones, and the surest of each group. */
function deciding(chain: Chain): readonly ChainStage[] {
  const required = chain.stages.filter(({ stage, state }) => stage.required && state === 'matched');
  const best = [...chain.analytic.groups.keys()].flatMap((group) =>
    chain.stages
      .filter(({ stage, state }) => stage.group === group && state === 'matched')
      .sort((a, b) => compareStrength(strengthBack(a.matches[0]), strengthBack(b.matches[0])))
      .slice(0, 1),
  );
  return [...required, ...best];
}

/** Grade of the whole way from a match back to the anchor. */
function strengthBack(match: Match | undefined): Strength {
  let strength: Strength = 'exact';
  for (let at = match; at !== undefined; at = at.joined)
    strength = weaker(strength, at.relation?.strength ?? 'exact');
  return strength;
}

function weakestBack(match: Match | undefined): Step | undefined {
  let weakest: Step | undefined;
  for (let at = match; at !== undefined; at = at.joined) {
    const strength = at.relation?.strength ?? 'exact';
    if (compareStrength(strength, weakest?.strength ?? 'exact') > 0) weakest = { strength, match: at };
  }
  return weakest;
}

function endOf(match: Match, chain: Chain): LinkEnd | undefined {
  const stage = chain.stages.find(({ matches }) => matches.includes(match))?.stage;
  return stage === undefined
    ? undefined
    : { stage: stage.id, title: stage.title, name: nameOfMatch(match, chain) };
}

function sentence(strength: Strength, from: LinkEnd | undefined, to: LinkEnd | undefined): string {
  const later = to === undefined ? 'a required stage' : `\u201c${to.title}\u201d (${to.name})`;
  const earlier = from === undefined ? '' : ` to \u201c${from.title}\u201d (${from.name})`;
  return `${later} is joined${earlier} ${STRENGTH_WORDS[strength]}`;
}

/** How a join of each grade is said in a sentence. */
export const STRENGTH_WORDS: Readonly<Record<Strength, string>> = {
  exact: 'by unique id or full path',
  inferred: 'by inference',
  weak: 'by time and user only',
  broken: 'over a broken link',
};

/** The grade at which a stage of the chain is tied to the anchor; undefined when it has no match. */
export function gradeOfStage(chain: Chain, id: string): Strength | undefined {
  const match = stageOf(chain, id)?.matches[0];
  return match === undefined ? undefined : strengthBack(match);
}
