import { formatMicros, MICROS_PER_DAY, MICROS_PER_HOUR, micros } from '../../base/time';
import type { EndpointEvent } from '../../events/endpointEvent';
import { describeEvent } from '../eventView';

/** Number of a UTC day since 1970 of its text, `2026-11-20`; undefined of an absent one. */
export function dayNumber(day: string | undefined): number | undefined {
  return day === undefined ? undefined : Date.parse(`${day}T00:00:00Z`) / (MICROS_PER_DAY / 1000);
}

/** `2026-11-20` of a UTC day's number since 1970. */
export function dayText(day: number): string {
  return isoText(day * MICROS_PER_DAY).slice(0, 10);
}

/** When a UTC hour, by its number since 1970, begins. */
export function hourText(hour: number): string {
  return isoText(hour * MICROS_PER_HOUR);
}

/** ISO 8601 of microseconds. */
export function isoText(time: number): string {
  return formatMicros(micros(time));
}

/** What a record says was done to a source: a log cleared, a sensor stopped or set otherwise. */
export function changeText(event: EndpointEvent): string {
  const { label, detail } = describeEvent(event);
  // A cleared log is named by the record where it can; the channel is only where that was written.
  const what = event.kind === 'log_clear' ? (event.message ?? detail) : detail;
  return what === null ? label : `${label}: ${what}`;
}
