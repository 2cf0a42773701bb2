import { systemVariable } from './paths';

/** Variables one line sets that are kept, and how often what they hold is put in again. */
const MOST_VARIABLES = 64;
const MOST_ROUNDS = 3;

/** `set x=value` or `set "x=value"`, up to what ends a command. */
const SET = /(?:^|[\s&|("])set\s+"?([a-z_][a-z0-9_]{0,31})=([^&|"\r\n]{0,512})/gi;

/** `%x%`, `!x!`, a part of one (`%x:~1,2%`), or one with something replaced (`%x:a=b%`). */
const USE =
  /([%!])([a-z_][a-z0-9_()]{0,31})(?::~(-?\d{1,4})(?:,(-?\d{1,4}))?|:([^=%!~]{1,64})=([^%!]{0,64}))?\1/gi;

/**
 * Puts in what the line's own `set` commands give variables, as cmd.exe does with `%x%` and, with delayed
 * expansion, `!x!`; of variables that every Windows sets alike only parts (`%comspec:~0,1%`), for whole ones
 * hide nothing. All else stays, to be seen as what it is. No longer than `limit`, else as it was. Linear.
 */
export function expandVariables(line: string, limit: number): string {
  if (!line.includes('%') && !line.includes('!')) return line;
  const own = ownVariables(line);
  let text = line;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let length = 0;
    const next = text.replace(
      USE,
      (whole, _mark, name: string, from?: string, count?: string, old?: string, by?: string) => {
        const value = own.get(name.toLowerCase()) ?? partOfSystems(name, from, old);
        if (value === undefined || length > limit) return whole;
        const used =
          from !== undefined
            ? part(value, Number(from), count === undefined ? undefined : Number(count))
            : old !== undefined
              ? value.replaceAll(old, () => by ?? '')
              : value;
        length += used.length;
        return used;
      },
    );
    if (next === text) break;
    if (next.length > limit) return text;
    text = next;
  }
  return text;
}

function ownVariables(line: string): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  if (!/\bset\s/i.test(line)) return own;
  for (const [, name = '', value = ''] of line.matchAll(SET)) {
    if (own.size >= MOST_VARIABLES) break;
    own.set(name.toLowerCase(), value.trimEnd());
  }
  return own;
}

function partOfSystems(name: string, from: string | undefined, old: string | undefined): string | undefined {
  return from === undefined && old === undefined ? undefined : systemVariable(name);
}

/** cmd.exe's substring: negative numbers count from the end. */
function part(value: string, from: number, count: number | undefined): string {
  const start = from < 0 ? Math.max(0, value.length + from) : from;
  const end = count === undefined ? value.length : count < 0 ? value.length + count : start + count;
  return value.slice(start, Math.max(start, end));
}
