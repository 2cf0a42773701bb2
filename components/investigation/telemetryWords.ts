import { parseMicros } from '@/lib/base/time';
import type { TimelineView } from '@/lib/contracts/timeline';

type Interval = TimelineView['blind'][number];

/** A kind of event that could not be seen in a finding's time. */
export type BlindKind = {
  readonly kind: string;
  /** Whether it was blind all of that time. */
  readonly whole: boolean;
  /** The first few, in order of time; `more` are left out. */
  readonly intervals: readonly Interval[];
  readonly more: number;
};

const LISTED = 4;
/** Blindness this long before or after a finding bears on it too, in microseconds. */
const AROUND = 600_000_000;

/** The kinds blind at some time from ten minutes before the finding to ten after, wholly blind ones first. */
export function blindAround(
  blind: readonly Interval[],
  { from, to }: { readonly from: string; readonly to: string },
): BlindKind[] {
  const [start, end] = [(parseMicros(from) ?? 0) - AROUND, (parseMicros(to) ?? 0) + AROUND];
  const kinds = new Map<string, Interval[]>();
  for (const interval of blind) {
    if (timeOf(interval.to) < start || timeOf(interval.from) > end) continue;
    kinds.set(interval.kind, [...(kinds.get(interval.kind) ?? []), interval]);
  }
  return [...kinds]
    .map(([kind, intervals]) => ({
      kind,
      whole: intervals.some((one) => timeOf(one.from) <= start + AROUND && timeOf(one.to) >= end - AROUND),
      intervals: intervals.slice(0, LISTED),
      more: Math.max(0, intervals.length - LISTED),
    }))
    .sort((a, b) => Number(b.whole) - Number(a.whole) || (a.kind < b.kind ? -1 : 1));
}

function timeOf(iso: string): number {
  return parseMicros(iso) ?? 0;
}
