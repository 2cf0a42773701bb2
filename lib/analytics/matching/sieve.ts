import type { EndpointEvent } from '../../events/endpointEvent';
import { compareEvents } from '../../events/order';
import type { Alternative, Relation } from '../analytic';
import type { Match } from '../chain';
import { firstAtOrAfter, type HostIndex } from '../host/hostIndex';
import { compareStrength } from '../strength';
import type { Candidate, Run, Single, Wanted } from './candidate';
import { related } from './relations';

/**
 * What satisfies one alternative, remembered per host. Chains of one host ask for the same things again and
 * again: what a process did, what lies below it, what a user started. The first question about something is
 * answered by looking at its window only; from the second on everything in it has been judged once, and an
 * answer is a binary search. So n chains over the same n events cost n, not n².
 */
export type Sieve = {
  /** The events of a run's window that satisfy the alternative, in time order: `list` from `low` up to `high`. */
  readonly of: (run: Run) => Slice<EndpointEvent>;
  /** What stands in a relation: candidates still to be judged, or, in `sifted`, such as satisfy. */
  readonly related: (relation: Relation, from: Match, wanted: Wanted) => Iterable<Candidate | Sifted>;
};

export type Slice<Item> = { readonly list: readonly Item[]; readonly low: number; readonly high: number };

/** Candidates that satisfy, of one grade and distance, in time order. */
export type Sifted = { readonly sifted: Slice<SiftedSingle> };
export type SiftedSingle = Single & { readonly event: EndpointEvent };

const SIEVES = new WeakMap<HostIndex, Map<unknown, Map<unknown, Sieve>>>();

/** Lists shorter than this are looked through each time. */
const SHORT = 32;
const EVER = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY } as Pick<Wanted, 'from' | 'to'>;

/** The sieve of an alternative on a host; alternatives with the same predicate and kinds share one. */
export function sieveOf(alternative: Pick<Alternative, 'where' | 'on'>, index: HostIndex): Sieve {
  let ofHost = SIEVES.get(index);
  if (ofHost === undefined) {
    ofHost = new Map();
    SIEVES.set(index, ofHost);
  }
  let ofPredicate = ofHost.get(alternative.where);
  if (ofPredicate === undefined) {
    ofPredicate = new Map();
    ofHost.set(alternative.where, ofPredicate);
  }
  let sieve = ofPredicate.get(alternative.on);
  if (sieve === undefined) {
    sieve = createSieve(alternative, index);
    ofPredicate.set(alternative.on, sieve);
  }
  return sieve;
}

function createSieve({ where, on }: Pick<Alternative, 'where' | 'on'>, index: HostIndex): Sieve {
  const satisfies = (event: EndpointEvent, run: Run): boolean => {
    if (!on.has(event.kind)) return false;
    const process = index.nodeOf(run.process ?? index.lineage.processOf(event));
    return where.judge({ event, process, host: index }) === true;
  };
  const lists = new WeakMap<readonly EndpointEvent[], readonly EndpointEvent[] | undefined>();
  const below = new Map<string, readonly (readonly SiftedSingle[])[] | undefined>();

  const of = (run: Run): Slice<EndpointEvent> => {
    const { from, to } = run;
    if (run.run.length > SHORT) {
      let known = lists.get(run.run);
      if (known === undefined && lists.has(run.run)) {
        known = run.run.filter((event) => satisfies(event, run));
        lists.set(run.run, known);
      }
      if (known !== undefined) return slice(known, from, to, timeOf);
      lists.set(run.run, undefined);
    }
    const list: EndpointEvent[] = [];
    for (let i = firstAtOrAfter(run.run, from); i < run.run.length; i++) {
      const event = run.run[i];
      if (event === undefined || event.time > to) break;
      if (satisfies(event, run)) list.push(event);
    }
    return { list, low: 0, high: list.length };
  };

  const siftedBelow = (relation: Relation, from: Match): readonly (readonly SiftedSingle[])[] => {
    const groups = new Map<string, SiftedSingle[]>();
    const add = (single: SiftedSingle): void => {
      const rank = `${single.strength} ${single.hops.length}`;
      const group = groups.get(rank);
      if (group === undefined) groups.set(rank, [single]);
      else group.push(single);
    };
    for (const candidate of related(relation, from, { ...EVER, on }, index)) {
      if ('run' in candidate) {
        const { list, low, high } = of(candidate);
        for (let i = low; i < high; i++) {
          const event = list[i];
          if (event !== undefined) add(singleOf(candidate, event, index));
        }
      } else if (candidate.event !== undefined && isSatisfied(candidate)) {
        add({ ...candidate, event: candidate.event });
      }
    }
    const ranked = [...groups.values()];
    for (const group of ranked) group.sort((a, b) => compareEvents(a.event, b.event));
    return ranked.sort(
      ([a], [b]) =>
        compareStrength(a?.strength ?? 'exact', b?.strength ?? 'exact') ||
        (a?.hops.length ?? 0) - (b?.hops.length ?? 0),
    );
  };

  const isSatisfied = (single: Single): boolean => {
    return where.judge({ event: single.event, process: index.nodeOf(single.process), host: index }) === true;
  };

  return {
    of,
    related: function* (relation, from, wanted) {
      if ((relation.kind !== 'descendant_of' && relation.kind !== 'child_of') || from.process === undefined) {
        yield* related(relation, from, wanted, index);
        return;
      }
      const key = `${relation.kind === 'child_of' ? 1 : relation.depth} ${from.process}`;
      let known = below.get(key);
      if (known === undefined && below.has(key)) {
        known = siftedBelow(relation, from);
        below.set(key, known);
      }
      if (known === undefined) {
        below.set(key, undefined);
        yield* related(relation, from, wanted, index);
        return;
      }
      for (const group of known) yield { sifted: slice(group, wanted.from, wanted.to, timeOfSingle) };
    },
  };
}

/** One event of a run as a candidate of its own. */
export function singleOf(run: Run, event: EndpointEvent, index: HostIndex): SiftedSingle {
  return {
    event,
    evidence: event,
    process: run.process ?? index.lineage.processOf(event),
    strength: run.strength,
    hops: run.hops,
    ...(run.via === undefined ? {} : { via: run.via }),
  };
}

const timeOf = (event: EndpointEvent): number => event.time;
const timeOfSingle = (single: SiftedSingle): number => single.event.time;

function slice<Item>(
  list: readonly Item[],
  from: number,
  to: number,
  time: (item: Item) => number,
): Slice<Item> {
  return { list, low: firstAtOrAfter(list, from, time), high: firstAtOrAfter(list, to + 1, time) };
}
