import { compileGlob, matchesGlob } from './glob';

/** A Sigma condition: identifiers of a detection joined by and, or, not, `1 of x*`, `all of them`. */
export type Condition =
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };

/** Longest condition in characters; the longest of SigmaHQ's are near 1,000. */
const TEXT_MAX = 20_000;
/** Parentheses and `not` inside one another. */
const DEPTH_MAX = 100;
/** Places that name a part once `1 of x*` is written out. */
const NAMED_MAX = 20_000;
/** Parts told in a reason. */
const TOLD_MAX = 20;

/**
 * Parses a condition (Sigma 2.1.0: `or` binds loosest, then `and`, `not`, quantifiers, parentheses).
 * Throws an Error that names the word it could not place; `names` are the detection's identifiers, those
 * that begin with `_` being skipped by `them` and by patterns that do not begin so themselves.
 */
export function parseCondition(text: string, names: readonly string[]): Condition {
  if (text.length > TEXT_MAX) throw new Error(`a condition has at most ${TEXT_MAX} characters`);
  const words = text.match(/\(|\)|[^\s()]+/g) ?? [];
  const known = new Set(names);
  const chosenBy = new Map<string, readonly string[]>();
  let at = 0;
  let depth = 0;
  let named = 0;
  const peek = (): string | undefined => words[at]?.toLowerCase();

  const either = (): Condition => {
    const parts = [both()];
    while (peek() === 'or') {
      at++;
      parts.push(both());
    }
    return join('any', parts);
  };
  const both = (): Condition => {
    const parts = [one()];
    while (peek() === 'and') {
      at++;
      parts.push(one());
    }
    return join('all', parts);
  };
  const deeper = (parse: () => Condition): Condition => {
    if (++depth > DEPTH_MAX) throw new Error(`the condition is nested more than ${DEPTH_MAX} deep`);
    const parsed = parse();
    depth--;
    return parsed;
  };
  const one = (): Condition => {
    const word = words[at];
    if (word === undefined) throw new Error(`the condition "${told(text)}" ends too early`);
    at++;
    switch (word.toLowerCase()) {
      case 'not':
        return { op: 'not', of: deeper(one) };
      case '(': {
        const inner = deeper(either);
        if (words[at] !== ')') throw new Error(`a parenthesis is not closed in "${told(text)}"`);
        at++;
        return inner;
      }
      case '1':
      case 'any':
      case 'all':
        if (peek() === 'of') return quantified(word.toLowerCase() === 'all' ? 'all' : 'any');
    }
    if (!known.has(word))
      throw new Error(`"${told(word)}" is not a part of this detection (it has ${listed(names)})`);
    return name(word);
  };
  const name = (word: string): Condition => {
    if (++named > NAMED_MAX) throw new Error(`the condition comes to more than ${NAMED_MAX} parts`);
    return { op: 'name', name: word };
  };
  const quantified = (op: 'all' | 'any'): Condition => {
    at++;
    const pattern = words[at];
    if (pattern === undefined) throw new Error(`"of" needs a name or "them" in "${told(text)}"`);
    at++;
    let chosen = chosenBy.get(pattern);
    if (chosen === undefined) {
      chosen = namesOf(pattern, names);
      chosenBy.set(pattern, chosen);
    }
    if (chosen.length === 0)
      throw new Error(`"${told(pattern)}" names no part of this detection (it has ${listed(names)})`);
    return join(op, chosen.map(name));
  };

  const parsed = either();
  if (at < words.length) throw new Error(`"${told(words[at] ?? '')}" is out of place in "${told(text)}"`);
  return parsed;
}

/** The identifiers meant by what stands behind `of`. */
function namesOf(pattern: string, names: readonly string[]): readonly string[] {
  if (pattern.toLowerCase() === 'them') return names.filter((name) => !name.startsWith('_'));
  if (!pattern.includes('*')) return names.filter((name) => name === pattern);
  // Only `*` is a wildcard here.
  const glob = compileGlob(pattern.replace(/[\\?]/g, '\\$&'));
  return names.filter(
    (name) => (pattern.startsWith('_') || !name.startsWith('_')) && matchesGlob(glob, name),
  );
}

function join(op: 'all' | 'any', parts: readonly Condition[]): Condition {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { op, of: parts };
}

function listed(names: readonly string[]): string {
  const more = names.length > TOLD_MAX ? ` and ${names.length - TOLD_MAX} more` : '';
  return `${names.slice(0, TOLD_MAX).map(told).join(', ')}${more}`;
}

/** A reason quotes a text only so far. */
function told(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
