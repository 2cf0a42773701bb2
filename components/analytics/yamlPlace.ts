/** Where a cursor stands in a definition, read from indentation: enough to complete, never a parser. */
export type YamlPlace = {
  /** Keys from the top to the mapping the cursor is in, without places in lists. */
  readonly path: readonly string[];
  readonly at: 'key' | 'value';
  /** At a value: the key it belongs to. */
  readonly key: string | null;
  /** What is already typed of the key or value, and where it begins (offset in the text). */
  readonly typed: string;
  readonly from: number;
};

type Line = { indent: number; key: string | null };

/** Keys of definitions: field names with modifiers, words, `Names.with.dots`. */
const KEY = /^(['"]?)([\w.$%@-]+(?:\|[\w]+)*)\1\s*:(?=\s|$)/;

/** The place at `offset` of `text`; null inside a comment. */
export function yamlPlace(text: string, offset: number): YamlPlace | null {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(start, offset);
  if (/^\s*#|\s#/.test(before) && !/['"]/.test(before)) return null;
  const { indent, rest, restFrom } = unlisted(before);
  const above = pathAbove(text.slice(0, start), indent);
  const flow = openFlow(rest);
  if (flow !== null) return flowPlace(rest, flow, above, start + restFrom);
  const key = KEY.exec(rest);
  const own = key?.[2] ?? null;
  if (key === null || own === null) {
    const asValue = listKey(text.slice(0, start), before, indent);
    const from = start + restFrom;
    if (asValue !== null) return { path: above.slice(0, -1), at: 'value', key: asValue, typed: rest, from };
    return { path: above, at: 'key', key: null, typed: rest, from };
  }
  const value = rest.slice(key[0].length);
  const lead = value.length - value.trimStart().length;
  return inValue(above, own, value.slice(lead), start + restFrom + key[0].length + lead);
}

/** The keys of a place as one name, as `stages.telemetry`. */
export function placeName(path: readonly string[]): string {
  return path.join('.');
}

function inValue(path: readonly string[], key: string, value: string, from: number): YamlPlace {
  // Within `[a, b` only the last one is typed.
  const last = /^\[(?:.*[,[])?\s*/.exec(value)?.[0].length ?? 0;
  const quote = /^['"]/.exec(value.slice(last))?.[0].length ?? 0;
  return { path, at: 'value', key, typed: value.slice(last + quote), from: from + last + quote };
}

/** A line without the dashes of lists: they count as indentation. */
function unlisted(line: string): { indent: number; rest: string; restFrom: number } {
  const lead = /^(\s*(?:-\s+|-$)*)/.exec(line)?.[0].length ?? 0;
  return { indent: lead, rest: line.slice(lead), restFrom: lead };
}

/** Keys that the lines above put a line of this indentation under. */
function pathAbove(text: string, indent: number): readonly string[] {
  const path: string[] = [];
  let room = indent;
  const lines = text.split('\n');
  for (let place = lines.length - 1; place >= 0 && room > 0; place--) {
    const line = readLine(lines[place] ?? '');
    if (line === null || line.key === null || line.indent >= room) continue;
    path.unshift(line.key);
    room = line.indent;
  }
  return path;
}

/** Indentation and key of a line; null for empty lines and comments. */
function readLine(line: string): Line | null {
  if (line.trim() === '' || line.trimStart().startsWith('#')) return null;
  const { indent, rest } = unlisted(line);
  return { indent, key: KEY.exec(rest)?.[2] ?? null };
}

/** For an item of a plain list, `- network_connect`, the key the list belongs to. */
function listKey(above: string, before: string, indent: number): string | null {
  if (!/^\s*-\s*/.test(before)) return null;
  const key = pathAbove(above, indent).at(-1) ?? null;
  return key !== null && LIST_KEYS.has(key.split('|')[0] ?? '') ? key : null;
}

/** Keys whose lists hold words, not mappings. */
const LIST_KEYS = new Set(['on', 'needs', 'fields', 'matched', 'blind', 'trace_of', 'techniques']);

/** Where the innermost open `{` of a line stands; null outside one. Quoted text is skipped. */
function openFlow(rest: string): number | null {
  const open: number[] = [];
  let quote = '';
  for (let place = 0; place < rest.length; place++) {
    const char = rest[place] ?? '';
    if (quote !== '') quote = char === quote ? '' : quote;
    else if ((char === "'" || char === '"') && /[\s:,[{]$/.test(rest.slice(0, place))) quote = char;
    else if (char === '{' && rest[place - 1] !== '$') open.push(place);
    else if (char === '}') open.pop();
  }
  return open.at(-1) ?? null;
}

/** The place inside `{ a: 1, b: { c` of one line. */
function flowPlace(rest: string, open: number, above: readonly string[], from: number): YamlPlace {
  const path = [...above, ...flowKeys(rest.slice(0, open))];
  const inside = rest.slice(open + 1);
  const begin = lastComma(inside);
  const entry = inside.slice(begin);
  const lead = entry.length - entry.trimStart().length;
  const typed = entry.slice(lead);
  const at = from + open + 1 + begin + lead;
  const key = KEY.exec(typed);
  const own = key?.[2] ?? null;
  if (key === null || own === null) return { path, at: 'key', key: null, typed, from: at };
  const value = typed.slice(key[0].length);
  const space = value.length - value.trimStart().length;
  return inValue(path, own, value.slice(space), at + key[0].length + space);
}

/** Keys that lead to an open `{`: of the line, and of every open mapping before it. */
function flowKeys(before: string): readonly string[] {
  const outer = openFlow(before);
  const last = before.slice(outer === null ? 0 : outer + 1);
  const entry = outer === null ? last : last.slice(lastComma(last)).trimStart();
  const key = KEY.exec(entry)?.[2];
  const own = key === undefined ? [] : [key];
  return outer === null ? own : [...flowKeys(before.slice(0, outer)), ...own];
}

/** Behind the last comma that stands in no bracket or quote; 0 without one. */
function lastComma(text: string): number {
  let depth = 0;
  let quote = '';
  let at = 0;
  for (let place = 0; place < text.length; place++) {
    const char = text[place] ?? '';
    if (quote !== '') quote = char === quote ? '' : quote;
    else if ((char === "'" || char === '"') && /[\s:,[{]$/.test(text.slice(0, place))) quote = char;
    else if (char === '[' || char === '{') depth++;
    else if (char === ']' || char === '}') depth--;
    else if (char === ',' && depth === 0) at = place + 1;
  }
  return at;
}
