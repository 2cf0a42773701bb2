import { VALUES_MAX } from './budget';
import { quoted, SigmaFault } from './fault';

/** Values a placeholder stands for, by its name without the percent signs; undefined: nobody set any. */
export type Placeholders = (name: string) => readonly string[] | undefined;

/** Values of placeholders: an environment's lists, by their names. */
export function placeholdersOf(lists: ReadonlyMap<string, readonly string[]>): Placeholders {
  return (name) => lists.get(name) ?? lists.get(name.toLowerCase());
}

/**
 * A value with each `%name%` in it replaced by all values of that name; `\%` is a percent sign. Throws a fault for a
 * placeholder without values. `isRegex`: values go into a regular expression and are quoted there, to mean themselves.
 */
export function expandPlaceholders(
  value: string,
  placeholders: Placeholders,
  isRegex = false,
): readonly string[] {
  let texts: readonly string[] = [''];
  let at = 0;
  for (const match of value.matchAll(/\\%|%(\w[\w.-]*)%/g)) {
    const before = value.slice(at, match.index);
    const name = match[1];
    const known = name === undefined ? ['%'] : valuesOf(name, placeholders);
    const values = isRegex && name !== undefined ? known.map(asRegex) : known;
    if (texts.length * values.length > VALUES_MAX)
      throw new SigmaFault(`the placeholders of ${quoted(value)} come to more than ${VALUES_MAX} values`);
    texts = texts.flatMap((text) => values.map((one) => text + before + one));
    at = match.index + match[0].length;
  }
  const rest = value.slice(at);
  return texts.map((text) => text + rest);
}

/** A text as a regular expression that finds just it. */
function asRegex(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

function valuesOf(name: string, placeholders: Placeholders): readonly string[] {
  const values = placeholders(name);
  if (values === undefined || values.length === 0)
    throw new SigmaFault(
      `the placeholder %${name.slice(0, 100)}% has no values here; make a list of that name in the environment, or write the values into the rule`,
    );
  return values;
}
