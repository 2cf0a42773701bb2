import type { FieldValue } from '../rule';

type Data = Readonly<Record<string, unknown>>;

/** A field's name without what collectors change in it: case, blanks, underscores (`Threat Name` → `threatname`). */
export function looseName(name: string): string {
  return name.toLowerCase().replaceAll(SEPARATORS, '');
}

const SEPARATORS = /[ _-]/g;

/** A value as rules see it: numbers and booleans as text, a list as its texts; undefined for nothing and for objects. */
export function fieldValue(value: unknown): string | readonly string[] | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  if (!Array.isArray(value)) return undefined;
  const texts: string[] = [];
  for (const item of value as unknown[]) {
    const text = fieldValue(item);
    if (typeof text === 'string') texts.push(text);
  }
  return texts.length === 0 ? undefined : texts;
}

/** The first text of a value; undefined where it has none or cannot have one. */
export function firstText(value: FieldValue): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? (value as readonly string[])[0] : undefined;
}

/**
 * A reader of one name of a record's data. Where the exact name is not there, another spelling of it is taken: some
 * collectors write names in lower camel case, without blanks or with underscores.
 */
export function ownReader(name: string): (data: Data) => string | readonly string[] | undefined {
  const loose = looseName(name);
  return (data) => {
    const value = data[name];
    if (value !== undefined && value !== null) return fieldValue(value);
    learnSpellings(data);
    const spellings = SPELLINGS.get(loose);
    if (spellings === undefined) return undefined;
    for (const spelling of spellings) {
      const other = data[spelling];
      if (other !== undefined && other !== null) return fieldValue(other);
    }
    return undefined;
  };
}

/** Spellings met so far by loose name. Names are the records' own: the map is emptied before it fills memory. */
const SPELLINGS = new Map<string, string[]>();
const KNOWN = new Set<string>();
const NAMES_MAX = 20_000;
const NAME_LENGTH_MAX = 100;
/** Of one name; each is tried where a record lacks the name. */
const SPELLINGS_MAX = 32;

let learned: Data | undefined;

/** Takes in the names of a record, once however many of its fields are asked for. */
function learnSpellings(data: Data): void {
  if (data === learned) return;
  learned = data;
  if (KNOWN.size > NAMES_MAX) {
    KNOWN.clear();
    SPELLINGS.clear();
  }
  for (const name in data) {
    if (KNOWN.has(name) || name.length > NAME_LENGTH_MAX) continue;
    KNOWN.add(name);
    const loose = looseName(name);
    const spellings = SPELLINGS.get(loose);
    if (spellings === undefined) SPELLINGS.set(loose, [name]);
    else if (spellings.length < SPELLINGS_MAX) spellings.push(name);
  }
}

const TEXTS_MAX = 2000;
const DEPTH_MAX = 6;

/** Adds every text within a value to the list, nested ones too; at most 2,000 of a record, six levels deep. */
export function addTexts(texts: string[], value: unknown, depth = 0): void {
  if (texts.length >= TEXTS_MAX || value === null || value === undefined) return;
  if (typeof value === 'string') texts.push(value);
  else if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    texts.push(String(value));
  else if (typeof value === 'object' && depth < DEPTH_MAX)
    for (const inner of Object.values(value)) addTexts(texts, inner, depth + 1);
}
