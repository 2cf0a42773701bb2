import { remember } from '../../base/remember';
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
 * A reader of one name of a record's data. Where the exact name is not there, another spelling of it is taken, the first
 * in the record's order: some collectors write names in lower camel case, without blanks or with underscores. What a
 * name reads hangs on the record alone, never on what was read before.
 */
export function ownReader(name: string): (data: Data) => string | readonly string[] | undefined {
  const loose = looseName(name);
  // Every object has a `constructor`; a record's data has it only if the record says so.
  const inherited = name in Object.prototype;
  return (data) => {
    const value = inherited && !Object.hasOwn(data, name) ? undefined : data[name];
    if (value !== undefined && value !== null) return fieldValue(value);
    const spelling = spellingsOf(data).get(loose);
    return spelling === undefined ? undefined : fieldValue(data[spelling]);
  };
}

/** Names that come again and again; a longer one is nobody's field. */
const looseOf = remember(looseName);
const NAME_LENGTH_MAX = 100;

let spelled: Data | undefined;
let spellings: ReadonlyMap<string, string> = new Map();

/** The names of a record that have a value, by loose name; made once however many of its fields are asked for. */
function spellingsOf(data: Data): ReadonlyMap<string, string> {
  if (data === spelled) return spellings;
  const found = new Map<string, string>();
  for (const name in data) {
    const value = data[name];
    if (value === undefined || value === null || name.length > NAME_LENGTH_MAX) continue;
    const loose = looseOf(name);
    if (!found.has(loose)) found.set(loose, name);
  }
  spelled = data;
  spellings = found;
  return found;
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
