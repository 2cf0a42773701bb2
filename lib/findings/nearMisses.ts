import type { Alternative, Relation } from '../analytics/analytic';
import { type Chain, type ChainStage, type Match, stageOf } from '../analytics/chain';
import { firstAtOrAfter } from '../analytics/host/hostIndex';
import type { Candidate, Single } from '../analytics/matching/candidate';
import { defaultBefore, related } from '../analytics/matching/relations';
import { micros } from '../base/time';
import type { Counterfactual } from './finding';
import { subjectOfMatch } from './judgeWhen';
import { actualOf, type Flip, soleFlips, wantedOf } from './soleFlips';
import { spanText, tellEvent } from './tellEvent';

/** Candidates looked at per stage and per relation of it: what a near miss is worth, and no more. */
const PER_STAGE = 48;
const PER_RELATION = 16;
const REFERENCES = 3;
/** Near misses told per stage. */
const TOLD = 2;
/** How far past its window something still counts as nearly in it: this many windows in all. */
const WIDENING = 4;
const LONGEST = 24 * 3600 * 1_000_000;

/** Relations by time and person, or that look through all of a host: those are not widened. */
const LOOSE: ReadonlySet<string> = new Set(['same_user', 'same_host', 'same_session', 'same_browser']);
/** Of these alone nothing is "nearly" a match: everything the person did is in the relation. */
const LINKLESS: ReadonlySet<string> = new Set(['same_user', 'same_host']);

/** A near miss with what it is ordered by: what is surest to say something comes first. */
type Miss = { readonly told: Counterfactual; readonly rank: number; readonly time: number };

/**
 * For a stage without a match: what stood in the relation and failed by one thing only: by one test, or by
 * coming too late, or because another chain explains it better.
 */
export function nearMisses(stage: ChainStage, chain: Chain): readonly Counterfactual[] {
  const misses = new Map<string, Miss>();
  let left = PER_STAGE;
  for (const alternative of stage.stage.alternatives) {
    for (const relation of alternative.relations) {
      const references = stageOf(chain, relation.to)?.matches.slice(0, REFERENCES) ?? [];
      for (const reference of references) {
        for (const candidate of candidatesOf(alternative, relation, reference, chain)) {
          if (left-- <= 0) break;
          const miss = missOf({ stage, alternative, relation, reference, candidate, chain });
          const known = misses.get(candidate.evidence.id);
          if (miss !== undefined && (known === undefined || miss.rank < known.rank))
            misses.set(candidate.evidence.id, miss);
        }
      }
    }
  }
  return [...misses.values()]
    .sort((a, b) => a.rank - b.rank || a.time - b.time || compareText(a.told.eventId, b.told.eventId))
    .slice(0, TOLD)
    .map(({ told }) => told);
}

/** What stands in the relation, also somewhat past the window; at most PER_RELATION. */
function* candidatesOf(
  alternative: Alternative,
  relation: Relation,
  reference: Match,
  chain: Chain,
): Generator<Single> {
  const from = micros(reference.time - (alternative.before ?? defaultBefore(relation)));
  const reach = alternative.after ?? LONGEST;
  const wide = LOOSE.has(relation.kind) ? reach : Math.max(reach, Math.min(LONGEST, reach * WIDENING));
  const wanted = { from, to: micros(reference.time + wide), on: alternative.on };
  let left = PER_RELATION;
  for (const candidate of related(relation, reference, wanted, chain.index)) {
    for (const single of singlesOf(candidate, wanted.on, left, chain)) {
      yield single;
      if (--left <= 0) return;
    }
  }
}

/** Events passed over in a run before it is given up: kinds that are not wanted. */
const PASSED_OVER = 256;

function* singlesOf(
  candidate: Candidate,
  on: Alternative['on'],
  most: number,
  { index }: Chain,
): Generator<Single> {
  if (!('run' in candidate)) {
    yield candidate;
    return;
  }
  const { run, from, to, strength, hops, except } = candidate;
  const first = firstAtOrAfter(run, from);
  let found = 0;
  for (let i = first; i < run.length && i < first + PASSED_OVER && found < most; i++) {
    const event = run[i];
    if (event === undefined || event.time > to) return;
    const process = candidate.process ?? index.lineage.processOf(event);
    if (!on.has(event.kind) || (except !== undefined && process === except)) continue;
    found++;
    yield { event, evidence: event, process, strength, hops };
  }
}

type Tried = {
  readonly stage: ChainStage;
  readonly alternative: Alternative;
  readonly relation: Relation;
  readonly reference: Match;
  readonly candidate: Single;
  readonly chain: Chain;
};

function missOf(tried: Tried): Miss | undefined {
  const { alternative, relation, reference, candidate, chain } = tried;
  const subject = {
    event: candidate.event,
    process: chain.index.nodeOf(candidate.process),
    host: chain.index,
  };
  const where = soleFlips(alternative.where.explain(subject), true);
  const given = givenFlips(tried);
  if (where === undefined || given === undefined) return undefined;
  const late = candidate.evidence.time - reference.time - (alternative.after ?? Number.POSITIVE_INFINITY);
  const flips = [...where, ...given];
  const failures = Number(where.length > 0) + Number(given.length > 0) + Number(late > 0);
  if (failures > 1) return undefined;
  if (late > 0) return tooLate(tried, late);
  if (flips.length > 0) return LINKLESS.has(relation.kind) ? undefined : otherValue(tried, flips);
  return chain.isExplainedElsewhere(candidate.strength, candidate.event)
    ? explainedElsewhere(tried)
    : undefined;
}

/** What keeps the related stage, or the one named instead, from being as the alternative wants it. */
function givenFlips({ alternative, reference, chain }: Tried): readonly Flip[] | undefined {
  const { given, givenOf } = alternative;
  if (given === undefined) return [];
  const about = givenOf === undefined ? reference : stageOf(chain, givenOf)?.matches[0];
  return about === undefined ? undefined : soleFlips(given.explain(subjectOfMatch(about, chain)), true);
}

function tooLate(tried: Tried, late: number): Miss {
  const { alternative, reference, candidate, chain } = tried;
  const after = spanText((alternative.after ?? 0) + late);
  const window = spanText(alternative.after ?? 0);
  const since = chain.stages.find(({ stage }) => stage.id === tried.relation.to)?.stage.title ?? 'it';
  return miss(tried, 0, candidate.evidence.time - reference.time, {
    text: `${tellEvent(candidate, chain)}, but ${after} after \u201c${since}\u201d; the window is ${window}`,
    field: 'window',
    actual: after,
    wanted: `at most ${window}`,
  });
}

function otherValue(tried: Tried, flips: readonly Flip[]): Miss | undefined {
  const [flip] = flips;
  const field = flip?.test.field;
  // Another kind of event is not a value that could have been another.
  if (flip === undefined || field === undefined || field === 'event.kind') return undefined;
  return miss(tried, flip.to ? 1 : 3, tried.candidate.evidence.time, {
    text: `${tellEvent(tried.candidate, tried.chain)}, but one value keeps it out: ${field}`,
    field,
    actual: actualOf(flip),
    wanted: wantedOf(flips),
  });
}

function explainedElsewhere(tried: Tried): Miss {
  return miss(tried, 2, tried.candidate.evidence.time, {
    text: `${tellEvent(tried.candidate, tried.chain)}, but it is tied to this by time and user only, and another finding explains it`,
    field: 'join',
    actual: tried.candidate.strength,
    wanted: 'inferred or exact',
  });
}

function miss(
  tried: Tried,
  rank: number,
  time: number,
  told: Pick<Counterfactual, 'text'> & Partial<Counterfactual>,
): Miss {
  const { stage, candidate } = tried;
  return {
    rank,
    time,
    told: { kind: 'near_miss', stage: stage.stage.id, eventId: candidate.evidence.id, ...told },
  };
}

function compareText(a: string | undefined, b: string | undefined): number {
  return (a ?? '') < (b ?? '') ? -1 : a === b ? 0 : 1;
}
