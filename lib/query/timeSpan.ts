import {
  MICROS_PER_DAY,
  MICROS_PER_HOUR,
  MICROS_PER_MINUTE,
  MICROS_PER_SECOND,
  parseMicros,
} from '../base/time';

const WRITTEN =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?)?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;

/**
 * The stretch of time a text names, as wide as it leaves open: `2026` a year, `2026-11` a month, `2026-11-20` a day,
 * `…T09` an hour, `…T09:16` a minute, `…:31` a second, `…31.7` a tenth of one. Microseconds, `to` not included;
 * without a zone it is UTC. Undefined for what is no time.
 */
export function timeSpanOf(text: string): { readonly from: number; readonly to: number } | undefined {
  const m = WRITTEN.exec(text.trim());
  if (m === null) return undefined;
  const [, year = '', month, day, hour, minute, second, fraction, zone = ''] = m;
  const begin = `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}`;
  const from = parseMicros(
    `${begin}${fraction === undefined ? '' : `.${fraction}`}${zone.toUpperCase() || 'Z'}`,
  );
  if (from === undefined) return undefined;
  if (day === undefined) {
    const until = new Date(Date.UTC(Number(year) + (month === undefined ? 1 : 0), Number(month ?? 1) - 1, 1));
    if (month !== undefined) until.setUTCMonth(until.getUTCMonth() + 1);
    const first = Date.UTC(Number(year), Number(month ?? 1) - 1, 1);
    return { from, to: from + (until.getTime() - first) * 1000 };
  }
  return { from, to: from + widthOf(hour, minute, second, fraction) };
}

function widthOf(hour?: string, minute?: string, second?: string, fraction?: string): number {
  if (hour === undefined) return MICROS_PER_DAY;
  if (minute === undefined) return MICROS_PER_HOUR;
  if (second === undefined) return MICROS_PER_MINUTE;
  if (fraction === undefined) return MICROS_PER_SECOND;
  return Math.max(1, MICROS_PER_SECOND / 10 ** fraction.length);
}
