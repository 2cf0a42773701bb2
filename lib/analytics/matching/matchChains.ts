import type { EndpointEvent, EntityId, EventId } from '../../events/endpointEvent';
import type { Analytic, RelationKind, Stage, When } from '../analytic';
import type { Chain, ChainStage, Match } from '../chain';
import type { HostIndex } from '../host/hostIndex';
import { compareStrength, type Strength } from '../strength';
import { findAnchors } from './anchors';
import { causesOf } from './lineageRelations';
import { compareMatches, gradeOf, MATCHES_KEPT, matchAlternative } from './matchAlternative';
import { unmatchedState } from './stageState';

/** Relations that stand for the want of any other. */
const LINKLESS: ReadonlySet<RelationKind> = new Set(['same_user', 'same_host']);

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
    stages.push(resolved);
    if (resolved.state !== 'matched' && isHopeless(analytic, stages)) return [];
  }
  return [
    {
      analytic,
      index,
      anchor,
      stages,
      complete: !unknown && isComplete(analytic, stages),
      isExplainedElsewhere: excluded,
    },
  ];
}

/**
 * Whether a chain can never be a finding any more: a required stage is missing, and every condition under
 * which a partial chain is kept asks for one that is. Most anchors end here, before the stages that cost more.
 */
function isHopeless(analytic: Analytic, resolved: readonly ChainStage[]): boolean {
  const missing = resolved.filter(({ state }) => state !== 'matched').map(({ stage }) => stage);
  return (
    missing.some((stage) => stage.required) &&
    analytic.keepPartialWhen.every((when) => missing.some((stage) => asksFor(when, stage.id)))
  );
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
  return `could not be judged: ${stage.telemetry.fields.join(', ') || 'a field it needs'} is not recorded for it`;
}

/** The state and matches of one stage, given those resolved before it. */
export function resolveStage(
  stage: Stage,
  before: readonly ChainStage[],
  anchor: Match,
  index: HostIndex,
  excluded: (strength: Strength, event: EndpointEvent | undefined) => boolean,
): ChainStage {
  const matches: Match[] = [];
  const order = new Map<Match, number>();
  const cut = new Set<string>();
  let total = 0;
  const seen = new Set<string>();
  for (const [rank, alternative] of stage.alternatives.entries()) {
    // "Same user, about the same time" says that there is no other link; where there is one it is only noise.
    if (matches.length > 0 && alternative.relations.every(({ kind }) => LINKLESS.has(kind))) continue;
    const found = matchAlternative(alternative, before, index, excluded);
    total += found.total;
    for (const what of found.cut) cut.add(what);
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
  return {
    stage,
    state: 'matched',
    reason: undefined,
    matches: matches.slice(0, MATCHES_KEPT),
    total,
    ...(cut.size === 0 ? {} : { cut: [...cut] }),
  };
}

/** Whether every required stage matched and every group has its minimum. */
export function isComplete(analytic: Analytic, stages: readonly ChainStage[]): boolean {
  for (const { stage, state } of stages) if (stage.required && state !== 'matched') return false;
  for (const group of analytic.groups.values()) {
    const matched = stages.filter(
      ({ stage, state }) => stage.group === group.id && state === 'matched',
    ).length;
    if (matched < group.min) return false;
  }
  return true;
}

/**
 * How far above an anchor the outermost is looked for, and how many processes on the way. Where that ends the
 * walk, the inner chain stays a finding of its own beside the outer one: nothing is lost by it.
 */
const MERGE_DEPTH = 8;
const MERGE_TRIED = 64;

/**
 * A chain whose anchor runs below another chain's anchor, by parentage or because that one asked for it, has
 * joined it: the outermost tells the story.
 */
function mergeDescendants(chains: readonly Chain[], index: HostIndex): readonly Chain[] {
  const anchored = new Map<EntityId, Chain>();
  for (const chain of chains) {
    if (chain.anchor.evidence.kind === 'process_start' && chain.anchor.process !== undefined)
      anchored.set(chain.anchor.process, chain);
  }
  const joined = new Set<Chain>();
  for (const chain of chains) {
    const { process, evidence } = chain.anchor;
    if (evidence.kind !== 'process_start' || process === undefined) continue;
    for (const id of causersOf(process, index)) {
      const outer = anchored.get(id);
      if (outer !== undefined && yieldsTo(outer, chain)) joined.add(outer);
      else if (outer !== undefined && (outer.complete || !chain.complete)) joined.add(chain);
    }
  }
  return chains.filter((chain) => !joined.has(chain));
}

/** The processes above one, nearest first; a mere coincidence in time makes none. */
function causersOf(process: EntityId, index: HostIndex): Iterable<EntityId> {
  const above = new Set<EntityId>();
  let frontier: readonly EntityId[] = [process];
  for (let level = 0; level < MERGE_DEPTH && frontier.length > 0; level++) {
    const next: EntityId[] = [];
    for (const id of frontier) {
      const node = index.nodeOf(id);
      if (node === undefined) continue;
      for (const { id: causer, hop } of causesOf(node, index, node.startedAt)) {
        if (hop.strength === 'weak' || causer === process || above.has(causer)) continue;
        if (above.size >= MERGE_TRIED) return above;
        above.add(causer);
        next.push(causer);
      }
    }
    frontier = next;
  }
  return above;
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
