import { compileGlob, matchesGlob } from '../../sigma/glob';

/** The least that must be the same in texts for one pattern to stand for them: characters, and share of the shortest. */
const SAME_CHARACTERS = 8;
const SAME_SHARE = 0.4;
/** Pieces of a text that are held against each other; what is longer is one only with itself. */
const PIECES = 4000;

/** A text as a pattern that matches it and nothing else, whatever characters it has; case is never told apart. */
export function literalPattern(text: string, last = true): string {
  let pattern = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    const next = text[i + 1];
    const stands = next === undefined ? last : next !== '\\' && next !== '*' && next !== '?';
    pattern +=
      character === '*' || character === '?' || (character === '\\' && !stands)
        ? `\\${character}`
        : character;
  }
  return pattern;
}

/**
 * One pattern for several texts: the text itself where they are the same but for case, else what they share with `*`
 * for what differs. Undefined when they share too little for it to say anything. Linear in the texts.
 */
export function patternFor(texts: readonly string[]): string | undefined {
  const [first, ...others] = texts;
  if (first === undefined) return undefined;
  if (others.every((other) => other.toLowerCase() === first.toLowerCase())) return literalPattern(first);
  let shared: readonly Piece[] = piecesOf(first);
  for (const other of others) shared = sharedBy(shared, piecesOf(other));
  const literal = shared.reduce((total, piece) => total + (piece === ANY ? 0 : wordCharacters(piece)), 0);
  const shortest = Math.min(...texts.map(wordCharacters));
  if (shared.length > PIECES || literal < SAME_CHARACTERS || literal < SAME_SHARE * shortest)
    return undefined;
  const pattern = toPattern(shared);
  const glob = compileGlob(pattern.toLowerCase());
  return texts.every((text) => matchesGlob(glob, text.toLowerCase())) ? pattern : undefined;
}

/** Characters of a pattern that stand for themselves and say something: letters and digits. */
export function literalCharacters(pattern: string): number {
  return compileGlob(pattern).reduce(
    (total, token) => total + (token.kind === 'text' ? wordCharacters(token.text) : 0),
    0,
  );
}

/** Where Windows keeps what is a person's own; their name stands behind it. */
const PROFILE = /\b([a-z]:[\\/]users[\\/])[^\\/"*?]+(?=[\\/])/gi;

/** A pattern with any person's profile in the place of one person's; the same when it names none. */
export function forAnyProfile(pattern: string): string {
  return pattern.replace(
    PROFILE,
    (_whole, before: string) => `${before.slice(0, -1)}${before.slice(-1) === '\\' ? '\\\\' : '/'}*`,
  );
}

/** A stretch that differs. */
const ANY = Symbol('any');
type Piece = string | typeof ANY;

/** Words, numbers and single other characters, in order. */
function piecesOf(text: string): readonly string[] {
  return text.match(/[a-z]+|[0-9]+|[^a-z0-9]/giu) ?? [];
}

/** What two lines of pieces share: their common beginning and end, and between these each piece in its place if they are as many. */
function sharedBy(pattern: readonly Piece[], pieces: readonly string[]): readonly Piece[] {
  const isSame = (a: Piece | undefined, b: string | undefined): boolean =>
    a !== undefined && a !== ANY && b !== undefined && a.toLowerCase() === b.toLowerCase();
  const least = Math.min(pattern.length, pieces.length);
  let head = 0;
  while (head < least && isSame(pattern[head], pieces[head])) head++;
  let tail = 0;
  while (tail < least - head && isSame(pattern.at(-1 - tail), pieces.at(-1 - tail))) tail++;
  const [left, right] = [
    pattern.slice(head, pattern.length - tail),
    pieces.slice(head, pieces.length - tail),
  ];
  const middle: readonly Piece[] =
    left.length === right.length ? left.map((piece, i) => (isSame(piece, right[i]) ? piece : ANY)) : [ANY];
  return [...pattern.slice(0, head), ...middle, ...pattern.slice(pattern.length - tail)];
}

function toPattern(pieces: readonly Piece[]): string {
  let pattern = '';
  let text = '';
  for (const piece of [...pieces, undefined]) {
    if (typeof piece === 'string') text += piece;
    else {
      pattern += literalPattern(text, piece === undefined);
      text = '';
      if (piece === ANY && (!pattern.endsWith('*') || isEscapedStar(pattern))) pattern += '*';
    }
  }
  return pattern;
}

/** Whether the star a pattern ends in stands for itself. */
function isEscapedStar(pattern: string): boolean {
  let strokes = 0;
  while (pattern.at(-2 - strokes) === '\\') strokes++;
  return strokes % 2 === 1;
}

function wordCharacters(text: string): number {
  let count = 0;
  for (const character of text) if (/[\p{L}\p{N}]/u.test(character)) count++;
  return count;
}
