import type { BlindEnds } from './blindLanes';
import { isExact, type TimelineData } from './timelineData';
import type { TimeWindow } from './timeScale';

/** How times are written and read on this screen; all take UTC microseconds. */
export type TimeWriter = {
  /** Clock time, `09:16:31.702`. */
  time: (micros: number) => string;
  /** With the day in front. */
  dateTime: (micros: number) => string;
  /** `UTC`, `UTC+01:00`, `host UTC+02:00`. */
  zoneName: string;
  /** Minutes the zone is ahead of UTC at a moment. */
  zoneMinutes: (micros: number) => number;
  /** On to the next zone. */
  cycleZone: () => void;
};

/** A blind interval as a sentence; an end that is null is said to be open. `told` goes before the interval's own ends. */
export function blindWords(
  span: BlindEnds & { reason: string; told?: BlindEnds },
  write: (time: number) => string,
): string {
  const { from, to } = span.told ?? span;
  const begins = from === null ? null : write(from);
  const ends = to === null ? null : write(to);
  const when =
    begins === null && ends === null
      ? 'All of this time'
      : begins === null
        ? `Until ${ends}`
        : ends === null
          ? `From ${begins} on`
          : `From ${begins} to ${ends}`;
  return `${when}: ${span.reason}.`;
}

/** How much of everything is shown, and how: "1,234 events", "34 of 214,003 events one by one, the rest by number". */
export function countWords(data: TimelineData, shown: TimeWindow): string {
  const known = data.events.length;
  const all = `${data.total.toLocaleString('en')} ${data.total === 1 ? 'event' : 'events'}`;
  if (known >= data.total) return all;
  if (isExact(data, shown)) return `every event of this window, of ${all} in all`;
  return `${known.toLocaleString('en')} of ${all} one by one, the rest by number`;
}
