import type { Truth } from '../../base/truth';
import { fold } from '../fold';
import { compileGlob, DASHES, type Glob, type GlobToken, globTruth } from '../glob';
import type { Literals } from '../rule';
import { type Budget, spend, VALUE_LENGTH_MAX, WILDCARDS_MAX } from './budget';
import type { Chain, Step } from './chain';
import { base64, base64Offsets, utf8Bytes, utf16Bytes } from './encode';
import { quoted, SigmaFault } from './fault';
import { anyTruth, type ValueTest } from './valueTest';

/**
 * A value looked for as text: its wildcards read, its dashes widened, encoded as its modifiers say, put where they
 * say. One value may come to several texts (`base64offset`), of which one must be there.
 */
export function textValue(value: string, chain: Chain, keyword: boolean, budget: Budget): ValueTest {
  if (value.length > VALUE_LENGTH_MAX)
    throw new SigmaFault(`a value has at most ${VALUE_LENGTH_MAX} characters, ${quoted(value)} has more`);
  const { globs, cased } = globsOf(value, chain, budget);
  const place = chain.place ?? (keyword ? 'contains' : undefined);
  const placed = globs.map((glob) => placedGlob(cased ? glob : foldedGlob(glob), place));
  const matchers = placed.map(matcherOf);
  const [only] = matchers;
  const matches: Matcher =
    matchers.length === 1 && only !== undefined ? only : (text) => anyTruth(matchers, (one) => one(text));
  const literals = literalsOf(placed);
  return {
    expected: value,
    id: `${cased ? 'c' : 'i'}${JSON.stringify(placed)}`,
    holds: cased ? matches : (text) => matches(fold(text)),
    ...(literals === undefined ? {} : { literals }),
  };
}

/** The value's patterns before they are placed, and whether they compare with case. */
function globsOf(value: string, chain: Chain, budget: Budget): { globs: readonly Glob[]; cased: boolean } {
  let glob = compileGlob(value);
  if (chain.steps.includes('windash')) glob = dashed(glob);
  if (glob.filter(({ kind }) => kind !== 'text').length > WILDCARDS_MAX)
    throw new SigmaFault(
      `a value has at most ${WILDCARDS_MAX} wildcards and dashes, ${quoted(value)} has more`,
    );
  const encoding = chain.steps.filter((step) => step !== 'windash');
  if (encoding.length === 0) return { globs: [glob], cased: chain.cased };
  refuseUnencodable(glob, value);
  // Counted before any is made: dashes multiply long values.
  spend(budget, 'characters', spellingsOf(glob) * encodedLength(lengthOf(glob), encoding));
  const texts = spelledOut(glob).flatMap((text) => encoded(text, encoding));
  if (texts.includes('') && value !== '')
    throw new SigmaFault(`${quoted(value)} is too short for "base64offset": nothing of it stays the same`);
  return {
    globs: texts.map((text) => (text === '' ? [] : [{ kind: 'text', text }])),
    // Base64 says with upper and lower case what the bytes are.
    cased: chain.cased || encoding.some((step) => step === 'base64' || step === 'base64offset'),
  };
}

function encoded(text: string, steps: readonly Step[]): readonly string[] {
  const wide = steps.find((step) => step !== 'base64' && step !== 'base64offset');
  const bytes = wide === undefined ? utf8Bytes(text) : utf16Bytes(text, wide);
  if (steps.includes('base64')) return [base64(bytes)];
  if (steps.includes('base64offset')) return base64Offsets(bytes);
  return [bytes.map((byte) => String.fromCharCode(byte)).join('')];
}

/** Characters that a text of so many comes to at most, in all its encodings. */
function encodedLength(length: number, steps: readonly Step[]): number {
  const wide = steps.some((step) => step !== 'base64' && step !== 'base64offset');
  const bytes = (wide ? 2 : 3) * length + 2;
  if (steps.includes('base64offset')) return 3 * Math.ceil((4 * bytes) / 3);
  return steps.includes('base64') ? Math.ceil((4 * bytes) / 3) : bytes;
}

/** Dashes at the beginning of a word (pySigma's `\B[-/]\b`): the first of `-param-name`, not the second. */
function dashed(glob: Glob): Glob {
  return glob.flatMap((token): readonly GlobToken[] => {
    if (token.kind !== 'text') return [token];
    const tokens: GlobToken[] = [];
    let from = 0;
    for (const { index } of token.text.matchAll(
      /(?<![\p{L}\p{N}_])[-/\u2013\u2014\u2015](?=[\p{L}\p{N}_])/gu,
    )) {
      if (index > from) tokens.push({ kind: 'text', text: token.text.slice(from, index) });
      tokens.push({ kind: 'dash' });
      from = index + 1;
    }
    if (from < token.text.length) tokens.push({ kind: 'text', text: token.text.slice(from) });
    return tokens;
  });
}

/** Dashes written out before a value is encoded: 5 to the power of so many texts. */
const ENCODED_DASHES_MAX = 3;

/** Throws where a value that is to be encoded has wildcards, which nothing can encode, or too many dashes. */
function refuseUnencodable(glob: Glob, value: string): void {
  if (glob.some(({ kind }) => kind === 'one' || kind === 'many'))
    throw new SigmaFault(
      `${quoted(value)} has a wildcard, which cannot be encoded; leave it out, or write a backslash before it to mean the character`,
    );
  if (glob.filter(({ kind }) => kind === 'dash').length > ENCODED_DASHES_MAX)
    throw new SigmaFault(
      `${quoted(value)} has more than ${ENCODED_DASHES_MAX} dashes to vary before it is encoded`,
    );
}

/** How many texts a piece with dashes comes to. */
function spellingsOf(tokens: readonly GlobToken[]): number {
  return DASHES.length ** tokens.filter(({ kind }) => kind === 'dash').length;
}

function spelledOut(tokens: readonly GlobToken[]): readonly string[] {
  let texts: readonly string[] = [''];
  for (const token of tokens) {
    const choices = token.kind === 'text' ? [token.text] : DASHES;
    texts = texts.flatMap((text) => choices.map((choice) => text + choice));
  }
  return texts;
}

function foldedGlob(glob: Glob): Glob {
  return glob.map((token) => (token.kind === 'text' ? { kind: 'text', text: fold(token.text) } : token));
}

function placedGlob(glob: Glob, place: Chain['place']): Glob {
  const many: GlobToken = { kind: 'many' };
  const before = (place === 'contains' || place === 'endswith') && glob[0]?.kind !== 'many';
  const behind = (place === 'contains' || place === 'startswith') && glob.at(-1)?.kind !== 'many';
  // Nothing placed anywhere is one `*`.
  if (glob.length === 0) return place === undefined ? [] : [many];
  return [...(before ? [many] : []), ...glob, ...(behind ? [many] : [])];
}

type Matcher = (text: string) => Truth;

/** The common patterns need no walk. */
function matcherOf(glob: Glob): Matcher {
  if (glob.length === 0) return (text) => text === '';
  const core = glob.filter(({ kind }) => kind !== 'many');
  const [only] = core;
  const [first, last] = [glob[0], glob.at(-1)];
  if (core.length === 1 && only?.kind === 'text') {
    const wanted = only.text;
    if (first?.kind === 'many' && last?.kind === 'many') return (text) => text.includes(wanted);
    if (first?.kind === 'many') return (text) => text.endsWith(wanted);
    if (last?.kind === 'many') return (text) => text.startsWith(wanted);
    return (text) => text === wanted;
  }
  return (text) => globTruth(glob, text);
}

/** Spellings of a piece with dashes that are told one by one; longer ones are told by what stands between dashes. */
const SPELLINGS_MAX = 25;

function literalsOf(globs: readonly Glob[]): Literals | undefined {
  const each = globs.map(literalsOfGlob);
  let place: Literals['place'] | undefined;
  const texts: string[] = [];
  for (const one of each) {
    if (one === undefined) return undefined;
    place = place === undefined || place === one.place ? one.place : 'contains';
    texts.push(...one.texts);
  }
  return place === undefined ? undefined : { place, texts };
}

/** The longest piece between wildcards, in lower case; only ASCII and dashes, whose case is certain. */
function literalsOfGlob(glob: Glob): Literals | undefined {
  let best: { piece: readonly GlobToken[]; from: number } | undefined;
  let from = 0;
  const offer = (to: number): void => {
    const piece = glob.slice(from, to);
    if (piece.length > 0 && (best === undefined || lengthOf(piece) > lengthOf(best.piece)))
      best = { piece, from };
  };
  for (const [i, { kind }] of glob.entries()) {
    if (kind === 'text' || kind === 'dash') continue;
    offer(i);
    from = i + 1;
  }
  offer(glob.length);
  if (best === undefined) return undefined;
  const { piece } = best as { piece: readonly GlobToken[]; from: number };
  const spelled = spellingsOf(piece) <= SPELLINGS_MAX;
  const ascii = piece.every((token) => token.kind !== 'text' || isAscii(token.text));
  if (!spelled || !ascii) return inside(piece);
  return { place: placeOfPiece(glob, piece, best.from), texts: spelledOut(piece).map(lower) };
}

function placeOfPiece(glob: Glob, piece: readonly GlobToken[], from: number): Literals['place'] {
  const first = from === 0;
  const last = from + piece.length === glob.length;
  if (first && last) return 'equals';
  if (first) return 'startswith';
  return last ? 'endswith' : 'contains';
}

/** The longest run of ASCII within a piece. */
function inside(piece: readonly GlobToken[]): Literals | undefined {
  let longest = '';
  for (const token of piece) {
    if (token.kind !== 'text') continue;
    for (const run of token.text.match(/[ -~\t\n\r]+/g) ?? []) if (run.length > longest.length) longest = run;
  }
  return longest === '' ? undefined : { place: 'contains', texts: [lower(longest)] };
}

function lengthOf(piece: readonly GlobToken[]): number {
  let length = 0;
  for (const token of piece) length += token.kind === 'text' ? token.text.length : 1;
  return length;
}

function lower(text: string): string {
  return text.toLowerCase();
}

/** Beyond ASCII, case is not as simple as lower case makes it. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
