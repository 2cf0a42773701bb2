import type { Pattern } from './node';

/**
 * Whether a text is as a pattern says, whatever its case; `?` is one character (code point). Steps back to the last
 * `*` only, so that the time is bounded by the product of the lengths whatever the pattern.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const wanted = toUnits(pattern);
  const given = Array.from(text.toLowerCase());
  let [at, want, star, resume] = [0, 0, -1, 0];
  while (at < given.length) {
    const unit = wanted[want];
    if (unit !== undefined && unit !== ANY && (unit === ONE || unit === given[at])) {
      at++;
      want++;
    } else if (unit === ANY) {
      star = want++;
      resume = at;
    } else if (star >= 0) {
      want = star + 1;
      at = ++resume;
    } else return false;
  }
  while (wanted[want] === ANY) want++;
  return want === wanted.length;
}

/** The pattern with anything around it. */
export function anywhere(pattern: Pattern): Pattern {
  return [{ wild: '*' }, ...pattern, { wild: '*' }];
}

// No character is longer than one code point, so these are none.
const ANY = 'any run';
const ONE = 'any one';

function toUnits(pattern: Pattern): readonly string[] {
  return pattern.flatMap((part) =>
    'literal' in part ? Array.from(part.literal.toLowerCase()) : [part.wild === '*' ? ANY : ONE],
  );
}
