import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND } from '@/lib/base/time';
import { type TimeSpan, toX } from './histogramLayout';

const STEPS = [
  ...[0.001, 0.01, 0.1, 1, 5, 15, 30].map((n) => n * MICROS_PER_SECOND),
  ...[1, 5, 15, 30].map((n) => n * MICROS_PER_MINUTE),
  ...[1, 3, 6, 12].map((n) => n * MICROS_PER_HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * MICROS_PER_DAY),
];

export type AxisTick = { readonly time: number; readonly x: number };

/** Round times of UTC over a span, at least `spacing` pixels apart; `step` in microseconds says how fine to write them. */
export function axisTicks(span: TimeSpan, width: number, spacing = 110): { ticks: AxisTick[]; step: number } {
  const room = Math.max(1, Math.floor(width / spacing));
  const wanted = (span.to - span.from) / room;
  const years = 365 * MICROS_PER_DAY;
  const step = STEPS.find((candidate) => candidate >= wanted) ?? Math.ceil(wanted / years) * years;
  const ticks: AxisTick[] = [];
  for (let time = Math.ceil(span.from / step) * step; time <= span.to && ticks.length <= room; time += step)
    ticks.push({ time, x: toX(time, span, width) });
  return { ticks, step };
}
