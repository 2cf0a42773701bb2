import type { Micros } from '../../base/time';
import {
  type HistoryClass,
  type HistoryKey,
  type HostSpan,
  MOST_HOSTS,
  NEW_FOR,
  RARITY_SPAN,
} from './history';

/** How what one host shows of a key has changed; a side that is missing: it did, or does, not show it. */
export type HistoryChange = {
  readonly key: HistoryKey;
  readonly before: HostSpan | undefined;
  readonly after: HostSpan | undefined;
};

/** That somebody asked about a key over some time, and what the hosts that did not change say of it. */
export type StandingLookup = HostSpan & {
  /** First time on any of the other hosts. */
  readonly othersFirst: Micros | undefined;
  /** Other hosts that count over the whole of the time asked about; counted up to MOST_HOSTS. */
  readonly others: number;
};

/**
 * Whether a change can give a look-up another answer than it had. Never misses one; says yes too often only where a
 * host showed the key twice with a long time between.
 */
export function changesAnswer({ before, after }: HistoryChange, asked: StandingLookup): boolean {
  return (
    (asked.others < MOST_HOSTS && changesCount(before, after, asked)) || changesFirst(before, after, asked)
  );
}

function changesCount(before: HostSpan | undefined, after: HostSpan | undefined, asked: HostSpan): boolean {
  if (before === undefined || after === undefined) {
    const span = before ?? after;
    return span !== undefined && meets(asked, span.first, span.last + RARITY_SPAN);
  }
  return (
    differs(asked, before.first, after.first) ||
    differs(asked, before.last + RARITY_SPAN, after.last + RARITY_SPAN)
  );
}

/** Whether a key was new at the time asked about hangs on when it was first seen on any host. */
function changesFirst(
  before: HostSpan | undefined,
  after: HostSpan | undefined,
  asked: StandingLookup,
): boolean {
  const others = asked.othersFirst ?? Number.POSITIVE_INFINITY;
  const was = Math.min(before?.first ?? Number.POSITIVE_INFINITY, others);
  const is = Math.min(after?.first ?? Number.POSITIVE_INFINITY, others);
  return was !== is && meets(asked, Math.min(was, is), Math.max(was, is) + NEW_FOR);
}

function differs(asked: HostSpan, was: number, is: number): boolean {
  return was !== is && meets(asked, Math.min(was, is), Math.max(was, is));
}

function meets(asked: HostSpan, from: number, to: number): boolean {
  return asked.first <= to && asked.last >= from;
}

/** A class that is mature from another time on than before. */
export type MaturityChange = {
  readonly keyClass: HistoryClass;
  /** Times from `from` up to, and without, `to` are judged otherwise; `to` may be without end. */
  readonly from: Micros;
  readonly to: Micros | undefined;
};

/** Which classes became mature, or ceased to be, and for which times that matters. */
export function maturityChanges(
  before: ReadonlyMap<HistoryClass, Micros>,
  after: ReadonlyMap<HistoryClass, Micros>,
): readonly MaturityChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((keyClass): MaturityChange[] => {
    const [was, is] = [before.get(keyClass), after.get(keyClass)];
    const known = [was, is].filter((time) => time !== undefined).sort((a, b) => a - b);
    const [from, to] = known;
    return was === is || from === undefined ? [] : [{ keyClass, from, to }];
  });
}
