import { type Chain, stageOf } from '../analytics/chain';
import { cutText } from '../base/cutText';
import { MICROS_PER_HOUR } from '../base/time';
import type { EntityId, EventId } from '../events/endpointEvent';
import type { HostHit } from '../sigma/hit';
import { SIGMA_LEVELS, type SigmaLevel } from '../sigma/rule';
import type { Reason } from './finding';
import { pathOf } from './path';
import { QUOTED, spanOf } from './span';
import { baseName } from './tell';

/**
 * What hits of Sigma's rules are worth, by the rule's level: a rule counts once per finding, however often it hit; all
 * rules together add at most `cap`. At most the step from one severity to the next: the community's rules back a chain up
 * and do not replace it. A hit counts on an event that the chain cites, or on a process of its path within `around`
 * (microseconds) of its span.
 */
export const SIGMA_SCORE: {
  readonly points: Readonly<Record<SigmaLevel, number>>;
  readonly cap: number;
  readonly around: number;
} = {
  points: { critical: 12, high: 8, medium: 4, low: 1, informational: 0 },
  cap: 20,
  around: MICROS_PER_HOUR,
};

/** Rules told per finding, worst first; the cap is used up long before. */
const TOLD = 20;
/** Longest title told. */
const TITLE = 160;

/** Reasons by Sigma's rules, in order of level: those that count and, above the cap, those that do not. */
export function sigmaReasons(chain: Chain): readonly Reason[] {
  if (!chain.index.sigma.hasHits) return [];
  let left = SIGMA_SCORE.cap;
  return hitsOfChain(chain)
    .slice(0, TOLD)
    .map(({ hit, stage }): Reason => {
      const worth = SIGMA_SCORE.points[hit.level];
      const points = Math.min(left, worth);
      left -= points;
      const counted = points > 0 || worth === 0;
      const text = textOf(hit, stage, chain);
      return {
        id: `sigma:${hit.ruleId}`,
        effect: 'raises',
        points: counted ? points : worth,
        text,
        group: { id: 'sigma', take: 'sum', cap: SIGMA_SCORE.cap },
        counted,
        ...(counted && points < worth ? { worth } : {}),
        ...(stage === undefined ? {} : { stage }),
        ...(hit.noEvent === true ? {} : { eventId: hit.eventId as EventId }),
      };
    });
}

/** What the reasons add to the score. */
export function sigmaPoints(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { counted, points }) => sum + (counted ? points : 0), 0);
}

/** A hit of a rule on the chain; with the stage that cites its event. */
type ChainHit = { readonly hit: HostHit; readonly stage: string | undefined };

/** The hit that stands for each rule: on a cited event before one on a process, then the earliest. Worst rules first. */
function hitsOfChain(chain: Chain): readonly ChainHit[] {
  const best = new Map<string, ChainHit>();
  const take = (found: ChainHit): void => {
    const known = best.get(found.hit.ruleId);
    if (known === undefined || compareHits(found, known) < 0) best.set(found.hit.ruleId, found);
  };
  const { sigma } = chain.index;
  for (const { stage, state, matches } of chain.stages) {
    if (state !== 'matched') continue;
    for (const { evidence } of matches.slice(0, QUOTED))
      for (const hit of sigma.onEvent(evidence.id)) take({ hit, stage: stage.id });
  }
  const span = spanOf(chain);
  const [from, to] = [span.from - SIGMA_SCORE.around, span.to + SIGMA_SCORE.around];
  for (const process of pathOf(chain).path)
    for (const hit of sigma.ofProcess(process))
      if (hit.time >= from && hit.time <= to) take({ hit, stage: undefined });
  return [...best.values()].sort(
    (a, b) =>
      SIGMA_LEVELS.indexOf(b.hit.level) - SIGMA_LEVELS.indexOf(a.hit.level) ||
      (a.hit.ruleId < b.hit.ruleId ? -1 : 1),
  );
}

function compareHits(a: ChainHit, b: ChainHit): number {
  return (
    Number(a.stage === undefined) - Number(b.stage === undefined) ||
    a.hit.time - b.hit.time ||
    (a.hit.eventId < b.hit.eventId ? -1 : a.hit.eventId > b.hit.eventId ? 1 : 0)
  );
}

/** "Sigma: TITLE (high) on mshta.exe". The title is a stranger's text: it is told as it is, never filled in. */
function textOf(hit: HostHit, stage: string | undefined, chain: Chain): string {
  const citing = stage === undefined ? undefined : stageOf(chain, stage);
  const matched = citing?.matches.find(({ evidence }) => evidence.id === hit.eventId)?.process;
  const image = baseName(chain.index.nodeOf((hit.entityId as EntityId | undefined) ?? matched)?.image);
  const title = hit.title.length > TITLE ? `${cutText(hit.title, TITLE - 1)}\u2026` : hit.title;
  return `Sigma: ${title} (${hit.level})${image === undefined ? '' : ` on ${image}`}`;
}
