import { scaleLinear } from 'd3';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND } from '@/lib/base/time';

export type TimeWindow = { from: number; to: number };
/** A stretch without marks that is drawn `GAP_WIDTH` wide instead of to scale. */
export type TimeGap = { from: number; to: number; x0: number; x1: number };
export type TimeScale = {
  toX: (time: number) => number;
  toTime: (x: number) => number;
  gaps: TimeGap[];
};

const GAP_WIDTH = 36;

/**
 * Time (UTC microseconds) to pixels over `window`. With `compress`, each stretch without any of `busy` that would take
 * more than an eighth of the width shrinks to a fixed one, and is named in `gaps` so that it can be marked: a scale that
 * is bent without saying so would lie. `busy`, moments and stretches with events, may be unsorted, overlap, and be empty.
 */
export function timeScale(
  window: TimeWindow,
  width: number,
  busy: readonly TimeWindow[],
  compress: boolean,
): TimeScale {
  const span = Math.max(1, window.to - window.from);
  const stretches = compress ? emptyStretches(window, busy, span / 8) : [];
  const kept = span - stretches.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const perMicro = Math.max(0, width - stretches.length * GAP_WIDTH) / Math.max(1, kept);
  const domain = [window.from];
  const range = [0];
  const gaps: TimeGap[] = [];
  let x = 0;
  let at = window.from;
  for (const gap of stretches) {
    x += (gap.from - at) * perMicro;
    gaps.push({ ...gap, x0: x, x1: x + GAP_WIDTH });
    domain.push(gap.from, gap.to);
    range.push(x, x + GAP_WIDTH);
    x += GAP_WIDTH;
    at = gap.to;
  }
  domain.push(Math.max(window.to, window.from + 1));
  range.push(width);
  const scale = scaleLinear().domain(domain).range(range);
  return { toX: (time) => scale(time), toTime: (px) => scale.invert(px), gaps };
}

function emptyStretches(window: TimeWindow, busy: readonly TimeWindow[], longest: number): TimeWindow[] {
  const inside = busy
    .filter((time) => time.to >= window.from && time.from <= window.to)
    .sort((a, b) => a.from - b.from);
  const margin = longest * 0.12;
  const stretches: TimeWindow[] = [];
  let last: number | undefined;
  for (const { from, to } of inside) {
    if (last !== undefined && from - last > longest)
      stretches.push({ from: last + margin, to: from - margin });
    last = Math.max(last ?? to, to);
  }
  return stretches;
}

const STEPS = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  1000,
  2000,
  5000,
  10_000,
  20_000,
  50_000,
  100_000,
  200_000,
  500_000,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MICROS_PER_SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MICROS_PER_MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * MICROS_PER_HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * MICROS_PER_DAY),
];

export type TimeTick = { time: number; x: number };

/** Round times, counted from `origin` (T0), about `spacing` pixels apart, none inside a gap or nearer than half of it. */
export function ticksOf(
  scale: TimeScale,
  window: TimeWindow,
  origin: number,
  width: number,
  spacing = 92,
): TimeTick[] {
  const hidden = scale.gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const wanted = ((window.to - window.from - hidden) / Math.max(1, width)) * spacing;
  const step = STEPS.find((candidate) => candidate >= wanted) ?? STEPS.at(-1) ?? 1;
  const ticks: TimeTick[] = [];
  const add = (time: number) => {
    const x = scale.toX(time);
    const last = ticks.at(-1);
    if (scale.gaps.some((gap) => time > gap.from && time < gap.to)) return;
    if (last === undefined || x - last.x >= spacing * 0.5) ticks.push({ time, x });
  };
  const first = Math.ceil((window.from - origin) / step);
  const last = Math.floor((window.to - origin) / step);
  for (let n = first; n <= last && ticks.length < 200; n++) {
    const time = origin + n * step;
    const gap = scale.gaps.find((candidate) => time > candidate.from && time < candidate.to);
    if (gap === undefined) add(time);
    else n = Math.max(n, Math.floor((gap.to - origin) / step));
  }
  return ticks;
}

/** Distance to T0 as people say it: `T0`, `+4.2 s`, `−1 min 05 s`, `+12.345 ms`. */
export function relativeTime(time: number, origin: number): string {
  const length = Math.round(time - origin);
  if (length === 0) return 'T0';
  const sign = length < 0 ? '−' : '+';
  const value = Math.abs(length);
  if (value < 1000) return `${sign}${value} µs`;
  if (value < MICROS_PER_SECOND) return `${sign}${trim(value / 1000, value < 10_000 ? 2 : 0)} ms`;
  if (value < MICROS_PER_MINUTE)
    return `${sign}${trim(value / MICROS_PER_SECOND, value < 10 * MICROS_PER_SECOND ? 2 : 1)} s`;
  if (value < MICROS_PER_HOUR)
    return `${sign}${twoUnits(value, MICROS_PER_MINUTE, 'min', MICROS_PER_SECOND, 's')}`;
  if (value < MICROS_PER_DAY)
    return `${sign}${twoUnits(value, MICROS_PER_HOUR, 'h', MICROS_PER_MINUTE, 'min')}`;
  return `${sign}${twoUnits(value, MICROS_PER_DAY, 'd', MICROS_PER_HOUR, 'h')}`;
}

function trim(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

function twoUnits(value: number, large: number, largeName: string, small: number, smallName: string): string {
  const total = Math.round(value / small);
  const perLarge = large / small;
  const rest = total % perLarge;
  return rest === 0
    ? `${total / perLarge} ${largeName}`
    : `${Math.floor(total / perLarge)} ${largeName} ${rest} ${smallName}`;
}

/** Moves and scales a window about `centre` (0 left edge, 1 right edge), never beyond `limits` nor below `least` micros. */
export function changeWindow(
  window: TimeWindow,
  limits: TimeWindow,
  change: { shift?: number; zoom?: number; centre?: number },
  least = 1000,
): TimeWindow {
  const span = window.to - window.from;
  const whole = Math.max(limits.to - limits.from, least);
  const wanted = Math.min(whole, Math.max(Math.min(least, whole), span / (change.zoom ?? 1)));
  const centre = change.centre ?? 0.5;
  const from = window.from + span * centre - wanted * centre + (change.shift ?? 0) * span;
  const kept = Math.min(Math.max(from, limits.from), limits.from + whole - wanted);
  return { from: kept, to: kept + wanted };
}

/**
 * The window in which two moments lie under two fingers, at `x1` and `x2` pixels of `width`, kept inside `limits`.
 * Fingers on one spot count as 8 pixels apart.
 */
export function pinchWindow(
  moments: readonly [number, number],
  [x1, x2]: readonly [number, number],
  width: number,
  limits: TimeWindow,
): TimeWindow {
  const apart = Math.abs(x2 - x1) < 8 ? (x2 < x1 ? -8 : 8) : x2 - x1;
  const perPixel = (moments[1] - moments[0]) / apart;
  // Fingers that crossed would turn time around.
  if (perPixel <= 0) return limits;
  const from = moments[0] - x1 * perPixel;
  return changeWindow({ from, to: from + Math.max(1, width) * perPixel }, limits, {});
}

/** A window around one moment; all of it when that is what is shown already. */
export function windowAround(time: number | undefined, whole: TimeWindow, shown: TimeWindow): TimeWindow {
  if (time === undefined || shown.to - shown.from < 4_000_000) return whole;
  const half = Math.max(1_000_000, (shown.to - shown.from) / 8);
  return changeWindow({ from: time - half, to: time + half }, whole, {});
}

/** The window as it is, or, for a moment at or beyond its ends, moved so that the moment is in its middle. */
export function windowWith(window: TimeWindow, time: number, whole: TimeWindow): TimeWindow {
  const span = window.to - window.from;
  const isInside = time >= window.from + span * 0.02 && time <= window.to - span * 0.02;
  return isInside ? window : changeWindow({ from: time - span / 2, to: time + span / 2 }, whole, {});
}
