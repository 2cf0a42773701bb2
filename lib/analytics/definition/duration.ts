import {
  type DurationMicros,
  durationMicros,
  MICROS_PER_DAY,
  MICROS_PER_HOUR,
  MICROS_PER_MINUTE,
  MICROS_PER_SECOND,
} from '../../base/time';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1000,
  s: MICROS_PER_SECOND,
  m: MICROS_PER_MINUTE,
  h: MICROS_PER_HOUR,
  d: MICROS_PER_DAY,
};

/** Reads Sigma's time span form: a whole number and `ms`, `s`, `m`, `h` or `d`. Undefined for anything else. */
export function parseDuration(text: string): DurationMicros | undefined {
  const m = /^(\d{1,6})(ms|s|m|h|d)$/.exec(text.trim());
  const unit = m === null ? undefined : UNITS[m[2] ?? ''];
  return m === null || unit === undefined ? undefined : durationMicros(Number(m[1]) * unit);
}
