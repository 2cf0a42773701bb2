import { formatMicros, MICROS_PER_HOUR, type Micros, micros } from '../base/time';
import { hourOf, type Stream } from './ledger';
import { type Stretch, withoutStretches } from './stretches';

/** A stretch of time in which something could not be seen, and why; both ends may be moments. */
export type BlindInterval = {
  readonly from: Micros;
  readonly to: Micros;
  readonly cause: BlindCause;
  /** One sentence's part: "telemetry ends at 14:03:02Z". */
  readonly reason: string;
};

/** `never`: no such events from the host at all. */
export type BlindCause = 'never' | 'begins' | 'cleared' | 'silent' | 'stopped' | 'ends';

/** What the host's own records say about its telemetry. */
export type Interruptions = {
  /** Logs that were cleared; without a channel: which one is not said. */
  readonly cleared: readonly { readonly time: Micros; readonly channel: string | undefined }[];
  /** A source was stopped, or told to record less, until it is heard again. */
  readonly stopped: readonly {
    readonly channel: string;
    readonly from: Micros;
    /** Undefined when it was not heard again. */
    readonly to: Micros | undefined;
    readonly what: string;
  }[];
  /** Whole hours that were silent on all channels and ended with the machine starting up: it was off. Apart, in order. */
  readonly off: readonly Stretch[];
};

/**
 * When, in [from, to], one channel could not show a kind: before it begins, in hours of which it says nothing
 * (unless the machine was off), while it was stopped, from a change on after which the kind, last seen at
 * `lastOfKind`, never came again, and after it ends (ANALYTICS E.3.1). In order of time, apart.
 */
export function silencesOf(
  stream: Stream,
  lastOfKind: Micros,
  from: Micros,
  to: Micros,
  interruptions: Interruptions,
): readonly BlindInterval[] {
  if (stream.last < from || stream.first > to) {
    return stream.first > to
      ? [{ from, to, cause: 'begins', reason: `telemetry begins at ${clock(stream.first)}` }]
      : [{ from, to, cause: 'ends', reason: endReason(stream, interruptions) }];
  }
  const found: BlindInterval[] = [];
  if (stream.first > from) found.push(beginning(stream, from, interruptions));
  found.push(...silentHours(stream, from, to, interruptions));
  for (const stop of interruptions.stopped) {
    if (stop.channel !== stream.channel) continue;
    const until = lastOfKind < stop.from ? to : (stop.to ?? to);
    if (stop.from > to || until < from) continue;
    found.push({
      from: later(stop.from, from),
      to: earlier(until, to),
      cause: 'stopped',
      reason: `${stop.what} at ${clock(stop.from)}`,
    });
  }
  if (stream.last < to)
    found.push({ from: stream.last, to, cause: 'ends', reason: endReason(stream, interruptions) });
  return apart(found);
}

function beginning(stream: Stream, from: Micros, { cleared }: Interruptions): BlindInterval {
  const to = stream.first;
  const clearing = cleared.find(
    ({ time, channel }) => time > from && time <= to && (channel === undefined || channel === stream.channel),
  );
  return clearing === undefined
    ? { from, to, cause: 'begins', reason: `telemetry begins at ${clock(to)}` }
    : { from, to, cause: 'cleared', reason: `the log was cleared at ${clock(clearing.time)}` };
}

function endReason(stream: Stream, { stopped }: Interruptions): string {
  const stop = stopped.find(({ channel, to }) => channel === stream.channel && to === undefined);
  const end = `telemetry ends at ${clock(stream.last)}`;
  return stop === undefined ? end : `${end}: ${stop.what}`;
}

function silentHours(
  stream: Stream,
  from: Micros,
  to: Micros,
  { off }: Interruptions,
): readonly BlindInterval[] {
  const start = later(from, stream.first);
  const end = earlier(to, stream.last);
  const heard = hoursHeard(stream, hourOf(start), hourOf(end));
  // The hours at the edges of the window, which may lie in a silence themselves.
  const marks = [hourOf(start) - 1, ...heard, hourOf(end) + 1];
  const found: BlindInterval[] = [];
  for (let i = 1; i < marks.length; i++) {
    const first = (marks[i - 1] ?? 0) + 1;
    const next = marks[i] ?? 0;
    if (next <= first) continue;
    const silence = { from: micros(first * MICROS_PER_HOUR), to: micros(next * MICROS_PER_HOUR) };
    for (const part of withoutStretches([silence], off)) {
      const cut = { from: later(from, part.from), to: earlier(to, part.to) };
      if (cut.from > cut.to) continue;
      const reason = `no telemetry at all between ${hourText(part.from)} and ${hourText(part.to)}`;
      found.push({ ...cut, cause: 'silent', reason });
    }
  }
  return found;
}

/** Hours from first to last in which a channel said anything, in order; asked for every stage without a match. */
function hoursHeard(stream: Stream, first: number, last: number): readonly number[] {
  if (last - first > stream.hours.size)
    return [...stream.hours].filter((hour) => hour >= first && hour <= last).sort((a, b) => a - b);
  const heard: number[] = [];
  for (let hour = first; hour <= last; hour++) if (stream.hours.has(hour)) heard.push(hour);
  return heard;
}

/** In order of time, without overlap: where two meet, the earlier one's reason stands. */
export function apart(intervals: readonly BlindInterval[]): readonly BlindInterval[] {
  const sorted = [...intervals].sort((a, b) => a.from - b.from || b.to - a.to);
  const result: BlindInterval[] = [];
  for (const interval of sorted) {
    const previous = result.at(-1);
    if (previous === undefined || interval.from > previous.to) result.push(interval);
    else if (interval.to > previous.to) result.push({ ...interval, from: previous.to });
  }
  return result;
}

/** The parts of intervals within [from, to]; in a window of a single moment, those that hold it. */
export function cutTo(
  intervals: readonly BlindInterval[],
  from: Micros,
  to: Micros,
): readonly BlindInterval[] {
  return intervals.flatMap((interval) => {
    const cut = { from: later(from, interval.from), to: earlier(to, interval.to) };
    return cut.from < cut.to || (from === to && interval.from <= from && from < interval.to)
      ? [{ ...interval, ...cut }]
      : [];
  });
}

/** Times at which neither of two channels could see; the first one's reasons. Moments count only in a window that is one. */
export function bothBlind(
  a: readonly BlindInterval[],
  b: readonly BlindInterval[],
  isMoment: boolean,
): readonly BlindInterval[] {
  const result: BlindInterval[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [one, other] = [a[i], b[j]];
    if (one === undefined || other === undefined) return result;
    const from = later(one.from, other.from);
    const to = earlier(one.to, other.to);
    if (to > from || (isMoment && to === from)) result.push({ ...one, from, to });
    if (one.to < other.to) i++;
    else j++;
  }
}

function later(a: Micros, b: Micros): Micros {
  return a > b ? a : b;
}

function earlier(a: Micros, b: Micros): Micros {
  return a < b ? a : b;
}

/** `14:03:02Z`, as reasons say times. */
export function clock(time: Micros): string {
  return `${formatMicros(time).slice(11, 19)}Z`;
}

function hourText(time: Micros): string {
  return `${formatMicros(time).slice(11, 16)}Z`;
}
