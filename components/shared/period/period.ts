/** UTC days, `2026-11-20`, both included. */
export type Period = { readonly from: string; readonly to: string };

/** Days that are offered at one press. */
export const PRESET_DAYS = [7, 30, 90] as const;

const DAY_MS = 24 * 60 * 60 * 1000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The `days` days that end with `to`; undefined when `to` is no day. */
export function daysUpTo(to: string, days: number): Period | undefined {
  const end = dayNumber(to);
  if (end === undefined) return undefined;
  return { from: new Date((end - days + 1) * DAY_MS).toISOString().slice(0, 10), to };
}

/** How many days a period has; undefined when it is none. */
export function lengthOf({ from, to }: Period): number | undefined {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  return first === undefined || last === undefined || last < first ? undefined : last - first + 1;
}

/** What is wrong with a period as it is typed, by field; empty when nothing is. */
export function periodProblems(typed: Period): { from?: string; to?: string } {
  const [first, last] = [dayNumber(typed.from), dayNumber(typed.to)];
  return {
    ...(first === undefined ? { from: 'Not a day.' } : {}),
    ...(last === undefined
      ? { to: 'Not a day.' }
      : first !== undefined && last < first
        ? { to: 'This is before the beginning.' }
        : {}),
  };
}

/** Days since 1970; years with fewer than four digits are somebody still typing. */
function dayNumber(day: string): number | undefined {
  if (!DAY.test(day) || day < '1970') return undefined;
  const at = Date.parse(`${day}T00:00:00Z`);
  // A day that is not in the calendar is none, not the next one.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? undefined : at / DAY_MS;
}
