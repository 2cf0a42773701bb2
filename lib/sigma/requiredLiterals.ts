/**
 * Texts, lower case, of which anything that matches a regular expression must hold one; undefined where the
 * pattern does not tell. So most values need no matching: `\bhttps?://|javascript:` is only tried on a value
 * with `http` or `javascript:` in it. Only ASCII is understood: ask of no other values. Never fails.
 */
export function requiredLiterals(pattern: string): readonly string[] | undefined {
  const reader: Reader = { pattern, at: 0, unknown: false };
  const found = alternatives(reader);
  return reader.unknown || reader.at < pattern.length ? undefined : found;
}

type Reader = { readonly pattern: string; at: number; unknown: boolean };
/** One of these must be there; undefined: nothing is known. */
type Required = readonly string[] | undefined;

/** More are dearer to look for than the pattern. */
const LITERALS_MAX = 40;

/** Every branch must require something, or the whole requires nothing. */
function alternatives(reader: Reader): Required {
  let all: string[] | undefined = [];
  for (;;) {
    const branch = sequence(reader);
    if (branch === undefined) all = undefined;
    else all?.push(...branch);
    if (reader.pattern[reader.at] !== '|') break;
    reader.at++;
  }
  return all === undefined || all.length > LITERALS_MAX ? undefined : [...new Set(all)];
}

/** The best of what its parts require, one after the other. */
function sequence(reader: Reader): Required {
  let best: Required;
  let run = '';
  const offer = (candidate: Required): void => {
    if (candidate !== undefined && candidate.length > 0 && worth(candidate) > worth(best)) best = candidate;
  };
  const endRun = (): void => {
    if (run !== '') offer([run]);
    run = '';
  };
  while (reader.at < reader.pattern.length) {
    const c = reader.pattern[reader.at] ?? '';
    if (c === '|' || c === ')') break;
    const part = readPart(reader, c);
    const times = readQuantifier(reader);
    if (times === 'once' && part.literal !== undefined) {
      run += part.literal;
      continue;
    }
    endRun();
    if (times === 'optional') continue;
    offer(part.literal === undefined ? part.required : [part.literal]);
  }
  endRun();
  return best;
}

/** The longer its shortest text, the rarer a value that holds it. */
function worth(required: Required): number {
  return required === undefined ? 0 : Math.min(...required.map((text) => text.length));
}

type Part = { readonly literal?: string; readonly required?: Required };

function readPart(reader: Reader, c: string): Part {
  reader.at++;
  switch (c) {
    case '(':
      return group(reader);
    case '[':
      skipClass(reader);
      return {};
    case '\\':
      return escaped(reader);
    case '.':
    case '^':
    case '$':
      return {};
    default:
      return { literal: c.toLowerCase() };
  }
}

function group(reader: Reader): Part {
  if (reader.pattern[reader.at] === '?') {
    // Flags and names are not understood.
    if (reader.pattern[reader.at + 1] === ':') reader.at += 2;
    else reader.unknown = true;
  }
  const required = alternatives(reader);
  if (reader.pattern[reader.at] === ')') reader.at++;
  else reader.unknown = true;
  return { required };
}

/** `\.` is a dot; a letter or digit makes a class, a place or a number. */
function escaped(reader: Reader): Part {
  const c = reader.pattern[reader.at++] ?? '';
  if (c === '') reader.unknown = true;
  if (!/[a-z0-9]/i.test(c)) return { literal: c };
  if (!/[bBdDsSwW]/.test(c)) reader.unknown = true;
  return {};
}

function skipClass(reader: Reader): void {
  const { pattern } = reader;
  if (pattern[reader.at] === '^') reader.at++;
  // A bracket that comes first stands for itself.
  if (pattern[reader.at] === ']') reader.at++;
  while (reader.at < pattern.length && pattern[reader.at] !== ']') {
    if (pattern[reader.at] === '[') reader.unknown = true;
    reader.at += pattern[reader.at] === '\\' ? 2 : 1;
  }
  reader.at++;
}

function readQuantifier(reader: Reader): 'once' | 'optional' | 'repeated' {
  const c = reader.pattern[reader.at] ?? '';
  if (!'?*+{'.includes(c) || c === '') return 'once';
  let optional = c === '?' || c === '*';
  if (c === '{') {
    const count = /^\{(\d+)(?:,\d*)?\}/.exec(reader.pattern.slice(reader.at, reader.at + 16));
    if (count === null) reader.unknown = true;
    optional = count === null || Number(count[1]) === 0;
    reader.at += count?.[0].length ?? 1;
  } else reader.at++;
  // A lazy mark changes what is taken, not what must be there.
  if (reader.pattern[reader.at] === '?') reader.at++;
  return optional ? 'optional' : 'repeated';
}
