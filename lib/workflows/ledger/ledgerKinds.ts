import type { HostLedger } from '../../contracts/coverage';
import type { EventKind } from '../../events/endpointEvent';
import type { LedgerDay } from '../../storage/ledger/ledgerDays';
import { factsOf, LEDGER_FACTS, type LedgerFact } from '../../visibility/ledgerFacts';
import { sourceOf } from '../../visibility/sources';
import { dayText, hourText } from './ledgerText';

type LedgerKind = HostLedger['kinds'][number];

type Sum = {
  readonly channelId: number;
  readonly kind: EventKind;
  events: number;
  readonly filled: number[];
  /** By day: events in each hour. */
  readonly days: Map<number, number[]>;
};

/** What a host delivered, by channel and kind, in order of channel name and of first day. */
export function kindsOfDays(
  days: readonly LedgerDay[],
  channel: (id: number) => string,
): readonly LedgerKind[] {
  const sums = new Map<string, Sum>();
  for (const { day, channelId, kind, events, hours, filled } of days) {
    const key = `${channelId}/${kind}`;
    const sum = sums.get(key) ?? {
      channelId,
      kind,
      events: 0,
      filled: LEDGER_FACTS.map(() => 0),
      days: new Map<number, number[]>(),
    };
    sums.set(key, sum);
    sum.events += events;
    addUp(sum.filled, filled);
    const ofDay = sum.days.get(day) ?? Array<number>(24).fill(0);
    sum.days.set(day, ofDay);
    addUp(ofDay, hours);
  }
  return [...sums.values()]
    .map((sum) => toView(sum, channel(sum.channelId)))
    .sort((a, b) => compare(a.channel, b.channel) || b.events - a.events || compare(a.kind, b.kind));
}

/** Shares of events that carry each fact: those a kind is worth more with, and any others that came. */
export function sharesOf(
  kind: EventKind,
  events: number,
  filled: readonly number[],
): Partial<Record<LedgerFact, number>> {
  const told = factsOf(kind);
  return Object.fromEntries(
    LEDGER_FACTS.flatMap(({ id }, i) => {
      const carried = filled[i] ?? 0;
      return carried > 0 || told.includes(id) ? [[id, carried / events]] : [];
    }),
  );
}

function toView({ kind, events, filled, days }: Sum, channel: string): LedgerKind {
  const heard = [...days].flatMap(([day, hours]) =>
    hours.flatMap((count, hour) => (count > 0 ? [day * 24 + hour] : [])),
  );
  return {
    channel,
    source: sourceOf(channel),
    kind,
    events,
    first: hourText(heard.reduce((a, b) => Math.min(a, b), heard[0] ?? 0)),
    last: hourText(heard.reduce((a, b) => Math.max(a, b), heard[0] ?? 0)),
    filled: sharesOf(kind, events, filled),
    days: [...days]
      .sort(([a], [b]) => a - b)
      .map(([day, hours]) => ({
        day: dayText(day),
        events: hours.reduce((sum, count) => sum + count, 0),
        hours: hours.filter((count) => count > 0).length,
      })),
  };
}

function addUp(into: number[], counts: readonly number[]): void {
  for (const [i, count] of counts.entries()) into[i] = (into[i] ?? 0) + count;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
