import { type Micros, micros, parseMicros } from '../../base/time';

/**
 * A time as .NET's serialiser (`/Date(1605863791702)/`) or a culture writes it: `11/20/2026 9:16:31 AM`,
 * `20.11.2026 09:16:31`, `2026/11/20 9:16:31`, with or without a fraction. Local time without a zone is taken as
 * it stands; the clocks are aligned later (events/clock.ts).
 *
 * Day and month: a number over 12 is the day. Else a point or hyphen, and a slash in 24 hours, put the day
 * first; a slash with AM or PM puts the month first, as the United States do. So the first twelve days of a
 * month are misread in the few cultures that write `d/m/y` with AM and PM (Australia, India).
 */
export function cultureTime(text: string): Micros | undefined {
  if (text.length > LENGTH_MAX) return undefined;
  const date = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/.exec(text.trim());
  if (date !== null) return micros(Number(date[1]) * 1000);
  const parts = SHAPE.exec(text.trim());
  if (parts === null) return undefined;
  const [
    ,
    first = '',
    separator = '',
    second = '',
    third = '',
    hours = '',
    minutes = '',
    seconds,
    fraction,
    half,
  ] = parts;
  const day = dayOf(first, separator, second, third, half !== undefined);
  if (day === undefined) return undefined;
  const hour = half === undefined ? Number(hours) : hourOf(Number(hours), half);
  const two = (value: string | number): string => String(value).padStart(2, '0');
  return parseMicros(
    `${day} ${two(hour)}:${minutes}:${seconds ?? '00'}${fraction === undefined ? '' : `.${fraction}`}`,
  );
}

const LENGTH_MAX = 64;

/** Figures with `/`, `.` or `-` between them, a time, a fraction, and AM or PM in the spellings of several languages. */
const SHAPE =
  /^(\d{1,4})([/.-]) ?(\d{1,2})\2 ?(\d{1,4})\.?,?[ \u00a0\u202fT]+(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,](\d{1,9}))?)?(?:[ \u00a0\u202f]?([AaPp])\.?[ \u00a0\u202f]?[Mm]\.?)?(?: ?Z)?$/;

/** ISO day of the three figures of a date. */
function dayOf(
  first: string,
  separator: string,
  second: string,
  third: string,
  halves: boolean,
): string | undefined {
  const two = (value: string): string => value.padStart(2, '0');
  if (first.length === 4) return `${first}-${two(second)}-${two(third)}`;
  if (first.length > 2) return undefined;
  const year = third.length === 2 ? `20${third}` : third;
  if (year.length !== 4) return undefined;
  const monthFirst = Number(first) > 12 ? false : Number(second) > 12 ? true : separator === '/' && halves;
  return monthFirst ? `${year}-${two(first)}-${two(second)}` : `${year}-${two(second)}-${two(first)}`;
}

function hourOf(hour: number, half: string): number {
  const base = hour === 12 ? 0 : hour;
  return half.toLowerCase() === 'p' ? base + 12 : base;
}
