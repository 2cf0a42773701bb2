import type { Truth } from '../base/truth';

/**
 * Sigma's wildcards: `*` any run, `?` one character, `\*` `\?` `\\` the character itself, any other
 * backslash stands for itself. Both sides must already be in one case.
 */
export type Glob = readonly GlobToken[];
export type GlobToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'one' }
  | { readonly kind: 'many' }
  /** One of the characters that begin an option on a Windows command line (`windash`). */
  | { readonly kind: 'dash' };

/** Hyphen, slash, en dash, em dash, horizontal bar: Windows programs take each for the other. */
export const DASHES: readonly string[] = ['-', '/', '\u2013', '\u2014', '\u2015'];

/** Compiles a pattern; never fails. */
export function compileGlob(pattern: string): Glob {
  const tokens: GlobToken[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') tokens.push({ kind: 'text', text });
    text = '';
  };
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    const next = pattern[i + 1];
    if (c === '\\' && (next === '*' || next === '?' || next === '\\')) {
      text += next;
      i++;
    } else if (c === '*') {
      flush();
      if (tokens.at(-1)?.kind !== 'many') tokens.push({ kind: 'many' });
    } else if (c === '?') {
      flush();
      tokens.push({ kind: 'one' });
    } else text += c;
  }
  flush();
  return tokens;
}

/** The pattern's text when it has no wildcard, else undefined. */
export function literalOf(glob: Glob): string | undefined {
  if (glob.length === 0) return '';
  const [only] = glob;
  return glob.length === 1 && only?.kind === 'text' ? only.text : undefined;
}

/** Steps of a walk that failed, before it is given up: so many, and so many for each character of the text. */
const STEPS_MAX = 500_000;
const STEPS_PER_CHARACTER = 8;

/** Whether the whole text matches; false as well where `globTruth` cannot tell. */
export function matchesGlob(glob: Glob, text: string): boolean {
  return globTruth(glob, text) === true;
}

/**
 * Whether the whole text matches. Greedy with one step back per `*`: O(text × pattern) at worst, and given up, as
 * unknown, long before that: only a long pattern with `?` in a long text that nearly matches everywhere comes to it.
 */
export function globTruth(glob: Glob, text: string): Truth {
  // Most texts end otherwise than the pattern does: they need not be walked through.
  const last = glob.at(-1);
  if (last?.kind === 'text' && !text.endsWith(last.text)) return false;
  let steps = STEPS_MAX + STEPS_PER_CHARACTER * text.length;
  let at = 0;
  let token = 0;
  let starToken = -1;
  let starAt = 0;
  for (;;) {
    const current = glob[token];
    if (current === undefined) {
      if (at === text.length) return true;
    } else if (current.kind === 'many') {
      starToken = token++;
      starAt = at;
      if (starToken === glob.length - 1) return true;
      starAt = nextStart(glob, token, text, starAt);
      if (starAt === -1) return false;
      at = starAt;
      continue;
    } else {
      steps -= current.kind === 'text' ? 1 + current.text.length : 1;
      const length = lengthAt(current, text, at);
      if (length >= 0) {
        at += length;
        token++;
        continue;
      }
    }
    if (starToken === -1) return false;
    if (steps < 0) return undefined;
    starAt++;
    if (starAt > text.length) return false;
    starAt = nextStart(glob, starToken + 1, text, starAt);
    if (starAt === -1) return false;
    at = starAt;
    token = starToken + 1;
  }
}

/**
 * Where, from `from` on, what stands behind a `*` can begin at the earliest: its first text must come behind the
 * single characters before it, of one or two units each. -1: nowhere.
 */
function nextStart(glob: Glob, first: number, text: string, from: number): number {
  let token = first;
  while (glob[token]?.kind === 'one' || glob[token]?.kind === 'dash') token++;
  const wanted = glob[token];
  if (wanted?.kind !== 'text') return from;
  const singles = token - first;
  const found = text.indexOf(wanted.text, from + singles);
  return found === -1 ? -1 : Math.max(from, found - 2 * singles);
}

/** How much of the text a token takes from there on; -1 where it does not match. */
function lengthAt(token: Exclude<GlobToken, { kind: 'many' }>, text: string, at: number): number {
  if (token.kind === 'text') return text.startsWith(token.text, at) ? token.text.length : -1;
  const code = text.codePointAt(at);
  if (code === undefined) return -1;
  if (token.kind === 'dash') return DASHES.includes(text.charAt(at)) ? 1 : -1;
  return code > 0xffff ? 2 : 1;
}
