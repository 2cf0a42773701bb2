import { RE2JS } from 're2js';
import type { Truth } from '../../base/truth';
import { fold } from '../fold';
import { requiredLiterals } from '../requiredLiterals';
import type { Literals } from '../rule';
import { type Budget, spend } from './budget';
import type { Chain } from './chain';
import { quoted, SigmaFault } from './fault';
import { compiledRegex, type Regex } from './regexCache';
import { regexSize } from './regexSize';
import { isAscii } from './textValue';
import type { ValueTest } from './valueTest';

/**
 * Regular expressions see at most this much of a value; longer command lines do not occur (32,767 is Windows' limit).
 * Whether one stands behind that in a longer value is unknown.
 */
const REGEX_INPUT = 32_768;
/** Longest expression in characters. */
const PATTERN_MAX = 8_192;
/** Steps of one expression, its repeats written out: a value takes at most steps × characters. */
const SIZE_MAX = 3_000;

/**
 * A value taken as a regular expression (RE2: linear time), found anywhere in a text, with case unless it or its
 * modifiers say `i`. Unknown where it is not in the first 32,768 characters of a longer value. Throws a fault for one
 * that RE2 does not take, or that is too large.
 */
export function regexValue(pattern: string, flags: Chain['flags'], budget: Budget): ValueTest {
  if (pattern.length > PATTERN_MAX)
    throw new SigmaFault(
      `a regular expression has at most ${PATTERN_MAX} characters, ${quoted(pattern)} has more`,
    );
  const size = regexSize(pattern);
  if (size > SIZE_MAX)
    throw new SigmaFault(
      `the regular expression ${quoted(pattern)} comes to more than ${SIZE_MAX} steps; use smaller repeats`,
    );
  spend(budget, 'regexSize', size);
  const { body, i, m, s } = lifted(pattern, flags);
  const regex: Regex = { body, flags: flagsOf({ i, m, s }), size };
  refuseUnsound(regex, pattern);
  const literals = literalsOf(body, i);
  return {
    expected: pattern,
    id: `r${i ? 'i' : ''}${m ? 'm' : ''}${s ? 's' : ''}:${body}`,
    regexSteps: size,
    holds: (text) => {
      if (literals !== undefined) {
        const folded = fold(text);
        if (!literals.texts.some((literal) => folded.includes(literal))) return false;
      }
      return text.length > REGEX_INPUT ? foundAhead(regex, text) : compiledRegex(regex).matcher(text).find();
    },
    ...(literals === undefined ? {} : { literals }),
  };
}

/** Flags written at the beginning, `(?i)`, put with those of the modifiers. */
function lifted(
  pattern: string,
  flags: Chain['flags'],
): { body: string; i: boolean; m: boolean; s: boolean } {
  const [prefix = '', letters = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  return {
    body: pattern.slice(prefix.length),
    i: flags.i || letters.includes('i'),
    m: flags.m || letters.includes('m'),
    s: flags.s || letters.includes('s'),
  };
}

/** Of a value longer than what is seen: a match that ends before the cut holds whatever follows. */
function foundAhead(regex: Regex, text: string): Truth {
  const matcher = compiledRegex(regex).matcher(text.slice(0, REGEX_INPUT));
  if (!matcher.find()) return undefined;
  // `$` and `\b` take the cut for the end of the value.
  return matcher.end() < REGEX_INPUT || !/\$|\\[bBzZ]/.test(regex.body) ? true : undefined;
}

function flagsOf({ i, m, s }: Chain['flags']): number {
  return (i ? RE2JS.CASE_INSENSITIVE : 0) | (m ? RE2JS.MULTILINE : 0) | (s ? RE2JS.DOTALL : 0);
}

/** Compiles it and lets go: most rules are read far more often than their expressions are tried. */
function refuseUnsound({ body, flags }: Regex, pattern: string): void {
  try {
    RE2JS.compile(body, flags);
  } catch (error) {
    throw new SigmaFault(`the regular expression ${quoted(pattern)} ${whyNot(body, error)}`);
  }
}

/** What a person can do about an expression that RE2 refused. */
function whyNot(body: string, error: unknown): string {
  const bare = body.replace(/\\\\/g, '');
  if (/\(\?<?[=!]/.test(bare))
    return 'looks ahead or behind ("(?=", "(?!", "(?<"), which is not supported; write a second selection with "not" instead';
  if (/\\[1-9]|\\k[<{']|\(\?P=/.test(bare))
    return 'refers back to a group ("\\1"), which is not supported; write the alternatives out';
  if (/\(\?>|[*+?}]\+/.test(bare))
    return 'has a possessive or atomic part, which is not supported and not needed: leave out the "+" or "?>"';
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
  return `cannot be read: ${message.slice(0, 200)}`;
}

/**
 * Texts of which a match holds one, to be looked for in the folded value. With case aside, an `s` may stand as `ſ`,
 * which no folding makes an `s`: such texts are cut there.
 */
function literalsOf(body: string, insensitive: boolean): Literals | undefined {
  if (!isAscii(body)) return undefined;
  const required = requiredLiterals(body);
  if (required === undefined) return undefined;
  const texts = insensitive ? required.map(withoutS) : required;
  return texts.length === 0 || texts.includes('') ? undefined : { place: 'contains', texts };
}

function withoutS(text: string): string {
  return text.split('s').reduce((best, piece) => (piece.length > best.length ? piece : best), '');
}
