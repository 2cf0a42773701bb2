import { formatMicros, MICROS_PER_DAY, MICROS_PER_HOUR, micros, parseMicros } from '@/lib/base/time';
import type { EventSummary } from '@/lib/contracts/events';

export type TimePreset = { readonly label: string; readonly from: string | null; readonly to: string | null };

/** Ranges counted back from the last event that matches: recordings are of the past, so `now` would find nothing. */
export function presetsOf(
  summary: Pick<EventSummary, 'from' | 'to' | 'bins' | 'binSeconds'> | undefined,
): TimePreset[] {
  const whole = { label: 'All of the recording', from: null, to: null };
  const last = parseMicros(summary?.to ?? '');
  const first = parseMicros(summary?.from ?? '');
  if (summary === undefined || last === undefined || first === undefined) return [whole];
  const back = [
    ['Its last hour', MICROS_PER_HOUR],
    ['Its last day', MICROS_PER_DAY],
    ['Its last week', 7 * MICROS_PER_DAY],
  ] as const;
  return [
    whole,
    ...back
      .filter(([, length]) => length < last - first)
      .map(([label, length]) => ({ label, from: iso(last - length), to: iso(last) })),
    ...busiest(summary),
  ];
}

/** The bin with most events, where there are several. */
function busiest(summary: Pick<EventSummary, 'bins' | 'binSeconds'>): TimePreset[] {
  const [first, ...others] = summary.bins;
  if (first === undefined || others.length === 0) return [];
  const most = others.reduce((top, bin) => (bin.count > top.count ? bin : top), first);
  const from = parseMicros(most.from);
  if (from === undefined) return [];
  return [{ label: 'Its busiest stretch', from: iso(from), to: iso(from + summary.binSeconds * 1e6) }];
}

function iso(time: number): string {
  return formatMicros(micros(Math.round(time)));
}
