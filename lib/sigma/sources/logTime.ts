import { type Micros, micros, parseMicros } from '../../base/time';
import type { LogRecord } from '../../events/record';

/** The log's own time of a record; undefined where the record says none that can be read, or none that a date can hold. */
export function timeOfLog({ time }: LogRecord): Micros | undefined {
  if (typeof time === 'string') return parseMicros(time);
  return typeof time === 'number' && Math.abs(time) <= FURTHEST ? micros(time) : undefined;
}

/** What a Date can hold, in microseconds. */
const FURTHEST = 8.64e18;
