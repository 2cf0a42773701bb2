import { parseMicros } from '@/lib/base/time';

/** How a written time is to be understood. */
export type TimeReading = {
  /** T0 in UTC microseconds; null: distances mean nothing. */
  origin: number | null;
  /** A moment in the span, to tell the day of a time without one. */
  near: number;
  /** Minutes the reader's zone is ahead of UTC. */
  zoneMinutes: number;
};

const UNIT: Readonly<Record<string, number>> = {
  µs: 1,
  us: 1,
  ms: 1000,
  s: 1e6,
  min: 60e6,
  m: 60e6,
  h: 3600e6,
  d: 86400e6,
};
const PART = /^(\d{1,9}(?:\.\d{1,9})?)\s?(µs|us|ms|s|min|m|h|d)?(?:\s|$)/;
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d)(\.\d{1,9})?)?$/;

/**
 * Reads a time as the timeline writes it, in UTC microseconds: a distance to T0 (`T0`, `+4.2 s`, `-1 min 5 s`), a clock
 * time in the reader's zone (`09:16:31.702`, of the day that `near` is on), or a day with one (`2026-11-20 09:16`; with
 * `Z` or an offset it is in that zone). Undefined for anything else.
 */
export function readTimeField(text: string, reading: TimeReading): number | undefined {
  const written = text.trim().slice(0, 60);
  const { origin, zoneMinutes } = reading;
  if (/^t0$/i.test(written)) return origin ?? undefined;
  const sign = written[0];
  if (sign === '+' || sign === '-' || sign === '−') {
    const length = readLength(written.slice(1).trim());
    return origin === null || length === undefined ? undefined : origin + (sign === '+' ? length : -length);
  }
  const zone = zoneMinutes * 60e6;
  const clock = CLOCK.exec(written);
  if (clock !== null) {
    const [, hour, minute, second = '0', fraction = ''] = clock;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
    const day = Math.floor((reading.near + zone) / 86400e6) * 86400e6;
    const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
    return day + seconds * 1e6 + Math.round(Number(`0${fraction}`) * 1e6) - zone;
  }
  const absolute = parseMicros(written);
  if (absolute === undefined) return undefined;
  return /(Z|UTC|[+-]\d\d:?\d\d)$/.test(written) && written.length > 10 ? absolute : absolute - zone;
}

function readLength(text: string): number | undefined {
  let rest = text;
  let length = 0;
  for (let parts = 0; rest !== '' && parts < 4; parts++) {
    const part = PART.exec(rest);
    if (part === null) return undefined;
    length += Number(part[1]) * (UNIT[part[2] ?? 's'] ?? 0);
    rest = rest.slice(part[0].length).trimStart();
  }
  return rest === '' && text !== '' ? Math.round(length) : undefined;
}
