/** A Sigma condition: identifiers of a detection joined by and, or, not, `1 of x*`, `all of them`. */
export type Condition =
  | { readonly op: 'name'; readonly name: string }
  | { readonly op: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };

/**
 * Parses a condition (Sigma 2.1.0: `or` binds loosest, then `and`, `not`, quantifiers, parentheses).
 * Throws an Error that names the word it could not place; `names` are the detection's identifiers, those
 * that begin with `_` being skipped by `them`.
 */
export function parseCondition(text: string, names: readonly string[]): Condition {
  const words = text.match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
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
  const one = (): Condition => {
    const word = words[at];
    if (word === undefined) throw new Error(`the condition "${text}" ends too early`);
    at++;
    switch (word.toLowerCase()) {
      case 'not':
        return { op: 'not', of: one() };
      case '(': {
        const inner = either();
        if (words[at] !== ')') throw new Error(`a parenthesis is not closed in "${text}"`);
        at++;
        return inner;
      }
      case '1':
      case 'any':
      case 'all':
        if (peek() === 'of') return quantified(word.toLowerCase() === 'all' ? 'all' : 'any');
    }
    if (!names.includes(word))
      throw new Error(`"${word}" is not a part of this detection (it has ${names.join(', ')})`);
    return { op: 'name', name: word };
  };
  const quantified = (op: 'all' | 'any'): Condition => {
    at++;
    const pattern = words[at];
    if (pattern === undefined) throw new Error(`"of" needs a name or "them" in "${text}"`);
    at++;
    const chosen = names.filter((name) =>
      pattern === 'them'
        ? !name.startsWith('_')
        : pattern.endsWith('*')
          ? name.startsWith(pattern.slice(0, -1))
          : name === pattern,
    );
    if (chosen.length === 0)
      throw new Error(`"${pattern}" names no part of this detection (it has ${names.join(', ')})`);
    return join(
      op,
      chosen.map((name) => ({ op: 'name', name })),
    );
  };

  const parsed = either();
  if (at < words.length) throw new Error(`"${words[at]}" is out of place in "${text}"`);
  return parsed;
}

function join(op: 'all' | 'any', parts: readonly Condition[]): Condition {
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { op, of: parts };
}
