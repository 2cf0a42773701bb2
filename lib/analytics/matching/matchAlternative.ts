import { micros } from '../../base/time';
import type { EndpointEvent, EventId } from '../../events/endpointEvent';
import type { Alternative, Relation } from '../analytic';
import { type ChainStage, type Match, stageOf } from '../chain';
import type { HostIndex } from '../host/hostIndex';
import { compareStrength, type Strength, weaker } from '../strength';
import type { Subject } from '../subject';
import type { Run, Single } from './candidate';
import { defaultBefore } from './relations';
import { type Sieve, type Slice, sieveOf, singleOf } from './sieve';

/** Matches kept per stage, best first; the rest are counted. */
export const MATCHES_KEPT = 24;

/** Matches of an earlier stage that later stages may join to. */
const REFERENCES = 8;

/** Events passed over, as other chains explain them, before a weak join is given up. */
const PASSED_OVER = 4096;

/** Up to this many events are told apart when several ways lead to the same ones; beyond, they are estimated. */
const TOLD_APART = 1024;

/** Without a limit in the definition, a related event may follow this long after. */
const DEFAULT_AFTER = 24 * 3600 * 1_000_000;

/** What satisfies an alternative: the best joins, how many there are, and what a bound left unlooked at. */
export type AlternativeMatches = {
  /** Best join first; at most MATCHES_KEPT. */
  readonly matches: readonly Match[];
  /** At least so many; exactly, unless `cut` says otherwise. */
  readonly total: number;
  readonly cut: readonly string[];
};

/** Whether a join of that strength to that event is void. */
export type Excluded = (strength: Strength, event: EndpointEvent | undefined) => boolean;

/** Everything that satisfies one alternative in relation to the chain so far, best join first. */
export function matchAlternative(
  alternative: Alternative,
  stages: readonly ChainStage[],
  index: HostIndex,
  excluded: Excluded = NOTHING_EXCLUDED,
): AlternativeMatches {
  return collect(alternative, stages, index, excluded)?.result() ?? NO_MATCHES;
}

/** The best join alone, for what asks only whether there is one: nothing is counted. */
export function bestMatch(
  alternative: Alternative,
  stages: readonly ChainStage[],
  index: HostIndex,
): Match | undefined {
  return collect(alternative, stages, index, NOTHING_EXCLUDED)?.best();
}

const NOTHING_EXCLUDED: Excluded = () => false;

function collect(
  alternative: Alternative,
  stages: readonly ChainStage[],
  index: HostIndex,
  excluded: Excluded,
): Collection | undefined {
  const sieve = sieveOf(alternative, index);
  let collected: Collection | undefined;
  for (const relation of alternative.relations) {
    const references = stageOf({ stages }, relation.to)?.matches ?? [];
    if (references.length === 0) continue;
    collected ??= new Collection(alternative, index, excluded);
    for (let i = 0; i < references.length && i < REFERENCES; i++) {
      const reference = references[i];
      if (reference !== undefined && isGiven(alternative, reference, stages, index))
        collected.addRelated(relation, reference, sieve);
    }
    if (references.length > REFERENCES && collected.size > 0)
      collected.cut.add(
        `only joins to the best ${REFERENCES} of ${references.length} events of "${relation.to}" were looked for`,
      );
  }
  return collected;
}

const NO_MATCHES: AlternativeMatches = { matches: [], total: 0, cut: [] };

/** Better join first, then the nearer, the earlier, the id: independent of the order in which matches were found. */
export function compareMatches(a: Match, b: Match): number {
  const grade = compareStrength(gradeOf(a), gradeOf(b));
  if (grade !== 0) return grade;
  const near = (a.relation?.hops.length ?? 0) - (b.relation?.hops.length ?? 0);
  if (near !== 0) return near;
  if (a.time !== b.time) return a.time - b.time;
  return a.evidence.id < b.evidence.id ? -1 : a.evidence.id > b.evidence.id ? 1 : 0;
}

/** Grade of the join by which a match was found; of an anchor, exact. */
export function gradeOf(match: Match): Strength {
  return match.relation?.strength ?? 'exact';
}

/** Whether what the alternative presupposes of the related stage, or of another, holds. */
function isGiven(
  { given, givenOf }: Alternative,
  reference: Match,
  stages: readonly ChainStage[],
  index: HostIndex,
): boolean {
  if (given === undefined) return true;
  const about = givenOf === undefined ? reference : stageOf({ stages }, givenOf)?.matches[0];
  return about !== undefined && given.judge(subjectOfReference(about, index)) === true;
}

function subjectOfReference(match: Match, index: HostIndex): Subject {
  return { event: match.event, process: index.nodeOf(match.process), host: index };
}

/** Many events that fit alike, of which only the first were collected. */
type Rest = {
  readonly count: number;
  readonly taken: number;
  /** Whose acts they are, if they are one process's. */
  readonly ofProcess: boolean;
  readonly ids: () => Iterable<EventId>;
};

/** Gathers what the relations of one alternative lead to, each event by its best join. */
class Collection {
  readonly cut = new Set<string>();
  private readonly found = new Map<string, Match>();
  private readonly rests = new Map<unknown, Rest>();

  private readonly alternative: Alternative;
  private readonly index: HostIndex;
  private readonly excluded: Excluded;

  constructor(alternative: Alternative, index: HostIndex, excluded: Excluded) {
    this.alternative = alternative;
    this.index = index;
    this.excluded = excluded;
  }

  get size(): number {
    return this.found.size;
  }

  addRelated(relation: Relation, reference: Match, sieve: Sieve): void {
    const { alternative } = this;
    const wanted = {
      from: micros(reference.time - (alternative.before ?? defaultBefore(relation))),
      to: micros(reference.time + (alternative.after ?? DEFAULT_AFTER)),
      on: alternative.on,
      cut: (what: string) => void this.cut.add(what),
    };
    for (const candidate of sieve.related(relation, reference, wanted)) {
      if ('sifted' in candidate)
        this.addSlice(
          candidate.sifted,
          (single) => single,
          candidate.sifted.list,
          false,
          relation,
          reference,
        );
      else if ('run' in candidate) this.addRun(candidate, sieve, relation, reference);
      else this.addSingle(candidate, relation, reference);
    }
  }

  best(): Match | undefined {
    let best: Match | undefined;
    for (const match of this.found.values())
      if (best === undefined || compareMatches(match, best) < 0) best = match;
    return best;
  }

  result(): AlternativeMatches {
    const total = this.total();
    const matches = [...this.found.values()].sort(compareMatches);
    return { matches: matches.slice(0, MATCHES_KEPT), total, cut: [...this.cut] };
  }

  private addRun(run: Run, sieve: Sieve, relation: Relation, reference: Match): void {
    const slice = sieve.of(run);
    if (slice.high === slice.low) return;
    this.addSlice(
      slice,
      (event) => singleOf(run, event, this.index),
      run.run,
      run.process !== undefined,
      relation,
      reference,
      run,
    );
  }

  private addSlice<Item extends { readonly id: EventId } | Single>(
    { list, low, high }: Slice<Item>,
    toSingle: (item: Item) => Single,
    key: unknown,
    ofProcess: boolean,
    relation: Relation,
    reference: Match,
    { except, exceptEvent }: Pick<Run, 'except' | 'exceptEvent'> = {},
  ): void {
    let taken = 0;
    let passed = 0;
    const isMeant = (single: Single): boolean =>
      (except === undefined || single.process !== except) &&
      (exceptEvent === undefined || single.event?.id !== exceptEvent) &&
      !this.excluded(this.graded(single.strength), single.event);
    for (let i = low; i < high && taken < MATCHES_KEPT; i++) {
      const item = list[i];
      if (item === undefined) break;
      const single = toSingle(item);
      if (!isMeant(single)) {
        if (++passed < PASSED_OVER) continue;
        this.cut.add(`after ${PASSED_OVER} events that belong elsewhere no more were looked at`);
        return;
      }
      taken++;
      this.keep(single, this.graded(single.strength), relation, reference);
    }
    const count = high - low - passed;
    if (count <= taken) return;
    const known = this.rests.get(key);
    if (known !== undefined && known.count >= count) return;
    const ids = function* (): Generator<EventId> {
      for (let i = low; i < high; i++) {
        const item = list[i];
        const single = item === undefined ? undefined : toSingle(item);
        if (single !== undefined && isMeant(single)) yield single.evidence.id;
      }
    };
    this.rests.set(key, { count, taken, ofProcess, ids });
  }

  private addSingle(single: Single, relation: Relation, reference: Match): void {
    const strength = this.graded(single.strength);
    if (this.excluded(strength, single.event)) return;
    const known = this.found.get(keyOf(single));
    if (known !== undefined && compareStrength(gradeOf(known), strength) <= 0) return;
    const process = this.index.nodeOf(single.process);
    if (this.alternative.where.judge({ event: single.event, process, host: this.index }) === true)
      this.keep(single, strength, relation, reference);
  }

  private keep(single: Single, strength: Strength, relation: Relation, reference: Match): void {
    const key = keyOf(single);
    const known = this.found.get(key);
    if (known !== undefined && compareStrength(gradeOf(known), strength) <= 0) return;
    this.found.set(key, {
      event: single.event,
      evidence: single.evidence,
      process: single.process,
      time: single.event?.time ?? single.evidence.time,
      relation: { kind: relation.kind, to: relation.to, strength, hops: single.hops, via: single.via ?? [] },
      joined: reference,
      alternative: this.alternative.name,
      windowLimit: this.alternative.after,
      file: undefined,
      unjudged: false,
    });
  }

  private graded(strength: Strength): Strength {
    const { grade } = this.alternative;
    return grade === undefined ? strength : weaker(strength, grade);
  }

  private total(): number {
    if (this.rests.size === 0) return this.found.size;
    const rests = [...this.rests.values()];
    const [only] = rests;
    // All that was found was taken from the one list: what was not taken of it is all there is more.
    if (rests.length === 1 && only !== undefined && only.taken === this.found.size) return only.count;
    const more = rests.map(({ count, taken }) => count - taken);
    const sum = more.reduce((a, b) => a + b, 0);
    if (sum <= TOLD_APART) {
      const ids = new Set<string>(this.found.keys());
      for (const rest of rests) for (const id of rest.ids()) ids.add(id);
      return ids.size;
    }
    if (rests.length === 1 || rests.every((rest) => rest.ofProcess)) return this.found.size + sum;
    const least = this.found.size + Math.max(...more);
    this.cut.add(`at least ${least} events fit; they were not all counted`);
    return least;
  }
}

function keyOf(single: Single): string {
  return single.event?.id ?? `process ${single.process}`;
}
