import { micros } from '../base/time';
import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';
import type { Alternative, Analytic, RelationKind, Stage, When } from './analytic';
import { findAnchors } from './anchors';
import type { Candidate } from './candidate';
import { type Chain, type ChainStage, type Match, stageOf } from './chain';
import type { HostIndex } from './hostIndex';
import { defaultBefore, related } from './relations';
import { unmatchedState } from './stageState';
import { compareStrength, type Strength, weaker } from './strength';
import type { Subject } from './subject';

/** Relations that stand for the want of any other. */
const LINKLESS: ReadonlySet<RelationKind> = new Set(['same_user', 'same_host']);

/** Matches kept per stage, best first; the rest are counted. */
const MATCHES_KEPT = 24;

/** Matches of an earlier stage that later stages may join to. */
const REFERENCES = 8;

/** Candidates looked at per stage and reference: bounds the cost of hostile input (10,000 children). */
const CANDIDATES_TRIED = 20_000;

/** Without a limit in the definition, a related event may follow this long after. */
const DEFAULT_AFTER = 24 * 3600 * 1_000_000;

/**
 * Finds an analytic's chains on one host. For each anchor, stages are resolved in the definition's order,
 * each by looking up what stands in relation to a stage resolved before. Chains whose anchor descends from
 * another chain's anchor, within its reach, have joined it.
 */
export function matchChains(analytic: Analytic, index: HostIndex): readonly Chain[] {
  const [anchorStage, ...others] = analytic.stages;
  if (anchorStage === undefined) return [];
  const anchors = findAnchors(anchorStage, index);
  const first = anchors.flatMap((anchor) =>
    resolve(analytic, anchorStage, others, anchor, index, NOTHING_EXPLAINED).map((chain) => ({
      anchor,
      chain,
    })),
  );
  const explained = eventsExplained(first.map(({ chain }) => chain));
  const chains = first.flatMap(({ anchor, chain }) =>
    hangsOnExplained(chain, explained)
      ? resolve(analytic, anchorStage, others, anchor, index, explained)
      : [chain],
  );
  return mergeDescendants(chains, index);
}

/** Events that some chain joins by more than time and user, with that chain's anchor. */
type Explained = ReadonlyMap<EventId, EventId>;
const NOTHING_EXPLAINED: Explained = new Map();

/** A weak join says "no other link"; an event that another chain explains has one. */
function eventsExplained(chains: readonly Chain[]): Explained {
  const explained = new Map<EventId, EventId>();
  for (const chain of chains) {
    for (const match of chain.stages.flatMap((stage) => stage.matches)) {
      const strength = match.relation?.strength;
      if (match.event !== undefined && (strength === 'exact' || strength === 'inferred'))
        explained.set(match.event.id, chain.anchor.evidence.id);
    }
  }
  return explained;
}

function hangsOnExplained(chain: Chain, explained: Explained): boolean {
  return chain.stages.some((stage) =>
    stage.matches.some((match) =>
      isExplainedElsewhere(match.relation?.strength, match.event, chain.anchor, explained),
    ),
  );
}

function isExplainedElsewhere(
  strength: Strength | undefined,
  event: EndpointEvent | undefined,
  anchor: Match,
  explained: Explained,
): boolean {
  if (strength !== 'weak' || event === undefined) return false;
  const by = explained.get(event.id);
  return by !== undefined && by !== anchor.evidence.id;
}

/** Everything that satisfies one alternative in relation to the chain so far, best join first. */
export function matchAlternative(
  alternative: Alternative,
  stages: readonly ChainStage[],
  index: HostIndex,
  excluded: (strength: Strength, event: EndpointEvent | undefined) => boolean = () => false,
): { readonly matches: readonly Match[]; readonly total: number } {
  const found = new Map<string, Match>();
  let total = 0;
  for (const relation of alternative.relations) {
    const references = stageOf({ stages }, relation.to)?.matches.slice(0, REFERENCES) ?? [];
    for (const reference of references) {
      if (
        alternative.given !== undefined &&
        alternative.given.judge(subjectOfReference(reference, index)) !== true
      )
        continue;
      const from = micros(reference.time - (alternative.before ?? defaultBefore(relation)));
      const to = micros(reference.time + (alternative.after ?? DEFAULT_AFTER));
      let tried = 0;
      for (const candidate of related(relation, reference, { from, to, on: alternative.on }, index)) {
        if (++tried > CANDIDATES_TRIED) break;
        const key = candidate.event?.id ?? `process ${candidate.process}`;
        const known = found.get(key);
        const strength =
          alternative.grade === undefined
            ? candidate.strength
            : weaker(candidate.strength, alternative.grade);
        if (known !== undefined && compareStrength(known.relation?.strength ?? 'broken', strength) <= 0)
          continue;
        if (excluded(strength, candidate.event) || !satisfies(alternative, candidate, index)) continue;
        if (known === undefined) total++;
        found.set(
          key,
          toMatch(
            candidate,
            {
              kind: relation.kind,
              to: relation.to,
              strength,
              hops: candidate.hops,
              via: candidate.via ?? [],
            },
            reference,
            alternative,
          ),
        );
      }
    }
  }
  const matches = [...found.values()].sort(compareMatches);
  return { matches: matches.slice(0, MATCHES_KEPT), total };
}

function subjectOfReference(match: Match, index: HostIndex): Subject {
  return { event: match.event, process: index.nodeOf(match.process), host: index };
}

/** Better join first, then the nearer, the earlier, the id: independent of the order in which matches were found. */
export function compareMatches(a: Match, b: Match): number {
  const grade = compareStrength(gradeOf(a), gradeOf(b));
  if (grade !== 0) return grade;
  const near = (a.relation?.hops.length ?? 0) - (b.relation?.hops.length ?? 0);
  if (near !== 0) return near;
  if (a.time !== b.time) return a.time - b.time;
  return a.evidence.id < b.evidence.id ? -1 : a.evidence.id > b.evidence.id ? 1 : 0;
}

function gradeOf(match: Match): Strength {
  return match.relation?.strength ?? 'exact';
}

function resolve(
  analytic: Analytic,
  anchorStage: Stage,
  others: readonly Stage[],
  anchors: readonly Match[],
  index: HostIndex,
  explained: Explained,
): readonly Chain[] {
  const sure = anchors.filter((match) => !match.unjudged);
  const kept = sure.length > 0 ? sure : anchors;
  const [anchor] = kept;
  if (anchor === undefined) return [];
  const unknown = sure.length === 0;
  const first: ChainStage = {
    stage: anchorStage,
    state: unknown ? 'blind' : 'matched',
    reason: unknown ? unjudgedReason(anchorStage, anchor) : undefined,
    matches: kept.slice(0, MATCHES_KEPT),
    total: kept.length,
  };
  const stages: ChainStage[] = [first];
  const excluded = (strength: Strength, event: EndpointEvent | undefined): boolean =>
    isExplainedElsewhere(strength, event, anchor, explained);
  for (const stage of others) {
    const resolved = resolveStage(stage, stages, anchor, index, excluded);
    if (resolved.state !== 'matched' && isIndispensable(analytic, stage)) return [];
    stages.push(resolved);
  }
  return [{ analytic, index, anchor, stages, complete: !unknown && isComplete(analytic, stages) }];
}

/**
 * Whether a chain without this stage can never be a finding: it is required, and every condition under
 * which a partial chain is kept asks for it. Most anchors end here, before the stages that cost more.
 */
function isIndispensable(analytic: Analytic, stage: Stage): boolean {
  return stage.required && analytic.keepPartialWhen.every((when) => asksFor(when, stage.id));
}

function asksFor(when: When, stage: string): boolean {
  switch (when.op) {
    case 'stage':
      return when.stage === stage;
    case 'matched':
      return when.state === 'matched' && when.atLeast === when.stages.length && when.stages.includes(stage);
    case 'all':
      return when.of.some((inner) => asksFor(inner, stage));
    case 'any':
      return when.of.every((inner) => asksFor(inner, stage));
    default:
      return false;
  }
}

function unjudgedReason(stage: Stage, match: Match): string {
  if (match.file !== undefined)
    return `the file itself was not seen on this host; ${match.file.path.split('\\').pop()} is known from a command line`;
  return `could not be judged: ${stage.telemetry.fields.join(', ') || 'a field it needs'} is not recorded on this host`;
}

function resolveStage(
  stage: Stage,
  before: readonly ChainStage[],
  anchor: Match,
  index: HostIndex,
  excluded: (strength: Strength, event: EndpointEvent | undefined) => boolean,
): ChainStage {
  const matches: Match[] = [];
  const order = new Map<Match, number>();
  let total = 0;
  const seen = new Set<string>();
  for (const [rank, alternative] of stage.alternatives.entries()) {
    // "Same user, about the same time" says that there is no other link; where there is one it is only noise.
    if (matches.length > 0 && alternative.relations.every(({ kind }) => LINKLESS.has(kind))) continue;
    const found = matchAlternative(alternative, before, index, excluded);
    total += found.total;
    for (const match of found.matches) {
      const key = match.event?.id ?? `process ${match.process}`;
      if (seen.has(key)) {
        total--;
        continue;
      }
      seen.add(key);
      matches.push(match);
      order.set(match, rank);
    }
  }
  if (matches.length === 0)
    return { stage, ...unmatchedState(stage, before, anchor, index), matches, total: 0 };
  // Of equal grade, the alternative that the definition names first tells the story.
  matches.sort(
    (a, b) =>
      compareStrength(gradeOf(a), gradeOf(b)) ||
      (order.get(a) ?? 0) - (order.get(b) ?? 0) ||
      compareMatches(a, b),
  );
  return { stage, state: 'matched', reason: undefined, matches: matches.slice(0, MATCHES_KEPT), total };
}

function satisfies(alternative: Alternative, candidate: Candidate, index: HostIndex): boolean {
  return (
    alternative.where.judge({
      event: candidate.event,
      process: index.nodeOf(candidate.process),
      host: index,
    }) === true
  );
}

function toMatch(
  candidate: Candidate,
  relation: NonNullable<Match['relation']>,
  reference: Match,
  alternative: Alternative,
): Match {
  return {
    event: candidate.event,
    evidence: candidate.evidence,
    process: candidate.process,
    time: candidate.event?.time ?? candidate.evidence.time,
    relation,
    joined: reference,
    alternative: alternative.name,
    windowLimit: alternative.after,
    file: undefined,
    unjudged: false,
  };
}

function isComplete(analytic: Analytic, stages: readonly ChainStage[]): boolean {
  for (const { stage, state } of stages) if (stage.required && state !== 'matched') return false;
  for (const group of analytic.groups.values()) {
    const matched = stages.filter(
      ({ stage, state }) => stage.group === group.id && state === 'matched',
    ).length;
    if (matched < group.min) return false;
  }
  return true;
}

/** A chain whose anchor runs below another chain's anchor has joined it: the outermost tells the story. */
function mergeDescendants(chains: readonly Chain[], index: HostIndex): readonly Chain[] {
  const anchored = new Map<EntityId, Chain>();
  for (const chain of chains) {
    if (chain.anchor.evidence.kind === 'process_start' && chain.anchor.process !== undefined)
      anchored.set(chain.anchor.process, chain);
  }
  const joined = new Set<Chain>();
  for (const chain of chains) {
    if (chain.anchor.evidence.kind !== 'process_start') continue;
    let at = index.nodeOf(chain.anchor.process);
    for (let depth = 0; depth < 8 && at?.link.parentId !== undefined; depth++) {
      const outer = anchored.get(at.link.parentId);
      if (outer !== undefined && yieldsTo(outer, chain)) joined.add(outer);
      else if (outer !== undefined && (outer.complete || !chain.complete)) joined.add(chain);
      at = index.nodeOf(at.link.parentId);
    }
  }
  return chains.filter((chain) => !joined.has(chain));
}

/** A stand-in for the real anchor steps back when the real one runs below it and tells as much. */
function yieldsTo(outer: Chain, inner: Chain): boolean {
  return standsIn(outer) && !standsIn(inner) && (inner.complete || !outer.complete);
}

function standsIn(chain: Chain): boolean {
  return chain.analytic.stages.some((stage) =>
    stage.alternatives.some(
      (alternative) => alternative.yields === true && alternative.name === chain.anchor.alternative,
    ),
  );
}
