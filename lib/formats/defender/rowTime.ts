import { type Micros, micros, parseMicros } from '../../base/time';

/**
 * A time as a Defender export writes it: ISO with up to seven digits; what the portals put into a CSV (`Jul 19,
 * 2023 2:02:19 PM`, `7/19/2023, 2:02:19.488 PM`, `19.07.2023 14:02:19`); PowerShell's `/Date(ms)/`. Read as
 * UTC. Undefined for anything else.
 *
 * Of two numbers before the year, the month is first where the clock says AM or PM, and the day where it says
 * am, pm or neither: so do the browsers that write them; a number over 12 is the day wherever it stands.
 */
export function readTime(value: unknown): Micros | undefined {
  if (typeof value !== 'string' || value.length > LONGEST) return undefined;
  const iso = parseMicros(value);
  if (iso !== undefined) return iso;
  const ticks = /^\/Date\((\d{12,14})/.exec(value)?.[1];
  if (ticks !== undefined) return micros(Number(ticks) * 1000);
  return readLocalised(value.replace(BLANKS, ' ').trim());
}

const LONGEST = 64;
/** Browsers write U+202F before AM and PM. */
const BLANKS = /[\s,\u00a0\u202f]+/g;

const NUMERIC =
  /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}) (\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?)(?: (AM|PM|am|pm))?$/;
const NAMED =
  /^([A-Za-z]{3})[a-z]{0,6} (\d{1,2}) (\d{4}) (\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?)(?: (AM|PM|am|pm))?$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function readLocalised(text: string): Micros | undefined {
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) {
    const [, first = '', separator, second = '', year = '', clock = '', half] = numeric;
    const monthFirst = separator === '/' && (half === 'AM' || half === 'PM');
    const [month, day] =
      (monthFirst && Number(first) <= 12) || Number(second) > 12 ? [first, second] : [second, first];
    return assemble(year, month, day, clock, half);
  }
  const named = NAMED.exec(text);
  if (named === null) return undefined;
  const [, name = '', day = '', year = '', clock = '', half] = named;
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  return month === 0 ? undefined : assemble(year, String(month), day, clock, half);
}

function assemble(
  year: string,
  month: string,
  day: string,
  clock: string,
  half: string | undefined,
): Micros | undefined {
  const colon = clock.indexOf(':');
  let hour = Number(clock.slice(0, colon));
  if (half !== undefined) {
    if (hour > 12) return undefined;
    hour = (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  }
  const two = (part: string | number): string => String(part).padStart(2, '0');
  const rest = clock.slice(colon);
  return parseMicros(
    `${year}-${two(month)}-${two(day)}T${two(hour)}${rest.length === 3 ? `${rest}:00` : rest}`,
  );
}
