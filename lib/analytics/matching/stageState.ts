import { MICROS_PER_DAY, MICROS_PER_MINUTE, type Micros, micros } from '../../base/time';
import type { EntityId, EventKind } from '../../events/endpointEvent';
import type { Alternative, RelationKind, Stage } from '../analytic';
import { type ChainStage, type Match, type StageState, stageOf } from '../chain';
import type { HostIndex } from '../host/hostIndex';
import { lackSentence } from '../predicate/sigmaTest';
import { branchesOf } from './branches';
import { sieveOf } from './sieve';
import { alternativeLack } from './sigmaLack';
import { stageDoubt } from './stageVisibility';

/** Window assumed for a stage without a limit, when asking whether it could have been seen. */
const DEFAULT_REACH = 10 * MICROS_PER_MINUTE;

/** However long a definition waits, what is asked of the telemetry after the related event ends here. */
const LONGEST_AFTER = MICROS_PER_DAY;

/** Relations to what was there before: without a limit in the definition, their events lie before the related one. */
const BACKWARD: ReadonlySet<RelationKind> = new Set<RelationKind>([
  'parent_of',
  'ancestor_of',
  'writer_of',
  'named_by',
  'archive_of',
  'opened_by_ancestor_of',
  'written_by_ancestor_of',
  'com_broker_of',
]);

type Window = { readonly from: Micros; readonly to: Micros };

/**
 * Why a stage has no match: *absent* only if the telemetry to see it was there, for every way to satisfy the stage and
 * the whole of that way's window; else *blind* with the reason, "in part" where other ways could be seen. Windows are
 * those of the stage's alternatives around the stages they relate to; where those did not match, around the anchor.
 */
export function unmatchedState(
  stage: Stage,
  before: readonly ChainStage[],
  anchor: Match,
  index: HostIndex,
): { readonly state: StageState; readonly reason: string } {
  const branches = branchesOf(stage, index.visibility);
  const asked = new Set(branches.flatMap((branch) => branch.kinds));
  const whole = joined(branches.map(({ alternative }) => windowOf(alternative, before, anchor)));
  // What the definition says it needs, though no way to satisfy it is on that kind, is needed for all of them.
  const missing = firstBlind(
    stage.telemetry.needs.filter((kind) => !asked.has(kind)),
    whole,
    index,
  );
  if (missing !== undefined) return { state: 'blind', reason: missing };
  const blind = new Set<string>();
  const seen = new Set<EventKind>();
  for (const { alternative, kinds } of mainFirst(branches, stage)) {
    const reason =
      wantsRules(alternative, index) ??
      hangsOnUnseen(alternative, before, anchor, index) ??
      firstBlind(kinds, windowOf(alternative, before, anchor), index);
    if (reason !== undefined) blind.add(reason);
    else for (const kind of kinds) seen.add(kind);
  }
  const [first] = blind;
  if (first !== undefined)
    return {
      state: 'blind',
      reason: seen.size === 0 ? first : `in part: ${first}; ${nothingFits([...seen])}`,
    };
  const doubt = stageDoubt(stage, index);
  if (doubt !== undefined) return { state: 'blind', reason: doubt };
  return { state: 'absent', reason: nothingFits(stage.telemetry.needs) };
}

/** Why a way could not have been seen to hold at all: it names rules of Sigma that are not switched on. */
function wantsRules(alternative: Alternative, index: HostIndex): string | undefined {
  const lack = alternativeLack(alternative, index);
  return lack?.isBlind === true ? lackSentence(lack.rules, index.sigma) : undefined;
}

/**
 * Why a way that follows other stages alone cannot be said not to have happened: none of them could be tied, and a
 * program that would fit one of them did what would fit here.
 */
function hangsOnUnseen(
  alternative: Alternative,
  before: readonly ChainStage[],
  anchor: Match,
  index: HostIndex,
): string | undefined {
  const related = alternative.relations.map(({ to }) => stageOf({ stages: before }, to));
  const isUnseen = (one: ChainStage | undefined): boolean =>
    one?.state === 'blind' && one.matches.length === 0;
  const [unseen] = related;
  if (unseen === undefined || !related.every(isUnseen)) return undefined;
  const window = windowOf(alternative, before, anchor);
  for (const process of candidatesOf(unseen.stage, before, anchor, index)) {
    const acts = index.actsOf(process);
    const { low, high } = sieveOf(alternative, index).of({
      ...window,
      run: acts,
      strength: 'weak',
      hops: [],
    });
    if (high > low) return `"${unseen.stage.title}", which it would follow, could not be seen`;
  }
  return undefined;
}

/** Programs looked at that would fit a stage if they could be tied to it. */
const CANDIDATES = 64;

function candidatesOf(
  stage: Stage,
  before: readonly ChainStage[],
  anchor: Match,
  index: HostIndex,
): ReadonlySet<EntityId> {
  const found = new Set<EntityId>();
  for (const alternative of stage.alternatives)
    for (const kind of alternative.on) {
      const window = windowOf(alternative, before, anchor);
      const run = { ...window, run: index.ofKind(kind), strength: 'weak' as const, hops: [] };
      const { list, low, high } = sieveOf(alternative, index).of(run);
      for (let i = low; i < high && found.size < CANDIDATES; i++) {
        const event = list[i];
        const process = event === undefined ? undefined : index.lineage.processOf(event);
        if (process !== undefined) found.add(process);
      }
    }
  return found;
}

function nothingFits(kinds: readonly EventKind[]): string {
  return `${[...kinds].sort().join(' and ')} events were recorded on this host then, and none fits`;
}

/** Ways on the kinds that the definition says it needs come first: theirs is the reason to give. */
function mainFirst(branches: ReturnType<typeof branchesOf>, stage: Stage): ReturnType<typeof branchesOf> {
  const isMain = (kinds: readonly EventKind[]): boolean =>
    stage.telemetry.needs.some((kind) => kinds.includes(kind));
  return [
    ...branches.filter(({ kinds }) => isMain(kinds)),
    ...branches.filter(({ kinds }) => !isMain(kinds)),
  ];
}

function firstBlind(kinds: readonly EventKind[], { from, to }: Window, index: HostIndex): string | undefined {
  for (const kind of kinds) {
    const reason = index.visibility.blindBecause(kind, from, to);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** The interval in which events that satisfy an alternative would have had to lie. */
export function windowOf(alternative: Alternative, before: readonly ChainStage[], anchor: Match): Window {
  const windows = alternative.relations.map((relation): Window => {
    const at = (stageOf({ stages: before }, relation.to)?.matches[0] ?? anchor).time;
    const backward = BACKWARD.has(relation.kind);
    const reach = alternative.before ?? (backward ? DEFAULT_REACH : 0);
    const ahead = alternative.after ?? (backward ? 0 : DEFAULT_REACH);
    // What goes back by days is asked for one: longer than that no recording proves anything.
    return {
      from: micros(at - Math.min(reach, MICROS_PER_DAY)),
      to: micros(at + Math.min(ahead, LONGEST_AFTER)),
    };
  });
  return windows.length === 0 ? { from: anchor.time, to: anchor.time } : joined(windows);
}

function joined(windows: readonly Window[]): Window {
  return {
    from: micros(Math.min(...windows.map((window) => window.from))),
    to: micros(Math.max(...windows.map((window) => window.to))),
  };
}
