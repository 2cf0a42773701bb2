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
