/**
 * The name of an archive's entry as it may be shown and stored: no absolute or climbing paths, no control or
 * direction-changing characters. Names are labels only; nothing is ever written under them.
 */
export function safeMemberName(name: string): string {
  const parts = name
    .replace(/\p{C}/gu, '\ufffd')
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.' && !/^[a-z]:$/i.test(part))
    .map((part) => (part === '..' ? '__' : part));
  const joined = parts.join('/').slice(0, LENGTH_MAX);
  return joined === '' ? 'unnamed' : joined;
}

const LENGTH_MAX = 300;

/** The name, numbered if it was given before: `a.json`, `a.json (2)`. `names` counts what was given. */
export function uniqueName(names: Map<string, number>, name: string): string {
  const seen = (names.get(name) ?? 0) + 1;
  names.set(name, seen);
  return seen === 1 ? name : `${name} (${seen})`;
}
