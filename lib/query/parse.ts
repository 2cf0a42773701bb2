import { QUERY_FIELDS, type QueryField } from './fields';
import { nearestNames } from './nearestNames';
import type { Comparison, Part, QueryNode, QueryProblem } from './node';
import { scan, type Token } from './scan';
import { isAnything, plainText, readWanted } from './wanted';

/** Bounds of a query: length in UTF-16 units, conditions, parentheses within parentheses. */
export const QUERY_LIMITS = { length: 4000, conditions: 200, depth: 32 } as const;

/** A query as a tree, null for one that asks nothing; or the first mistake in it. */
export type ParsedQuery =
  | { readonly ok: true; readonly node: QueryNode | null }
  | { readonly ok: false; readonly problem: QueryProblem };

/** Reads a query (docs/QUERY.md). Total: any text gives a tree or a mistake with its place. */
export function parseQuery(text: string): ParsedQuery {
  if (text.length > QUERY_LIMITS.length)
    return refused(
      `A query has at most ${QUERY_LIMITS.length} characters.`,
      QUERY_LIMITS.length,
      text.length,
    );
  const parser = new Parser(scan(text), text.length);
  try {
    return { ok: true, node: parser.query() };
  } catch (error) {
    if (error instanceof Mistake) return { ok: false, problem: error.problem };
    throw error;
  }
}

function refused(message: string, from: number, to: number): ParsedQuery {
  return { ok: false, problem: { message, from, to } };
}

/** Ends the reading at the first mistake; never leaves this file. */
class Mistake extends Error {
  readonly problem: QueryProblem;

  constructor(message: string, place: { readonly from: number; readonly to: number }) {
    super(message);
    this.problem = { message, from: place.from, to: place.to };
  }
}

type Of<Type extends Token['type']> = Extract<Token, { type: Type }>;

/** Recursive descent: or < and (also by standing side by side) < not < a condition or parentheses. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #at = 0;
  #depth = 0;
  #conditions = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.#tokens = tokens;
    this.#end = end;
  }

  query(): QueryNode | null {
    if (this.#tokens.length === 0) return null;
    const node = this.#any(undefined);
    const rest = this.#peek();
    if (rest !== undefined)
      throw new Mistake('No parenthesis is open here. Put it in quotes to search for it.', rest);
    return node;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #isKeyword(word: 'and' | 'or' | 'not'): boolean {
    const token = this.#peek();
    return token?.type === 'keyword' && token.word === word;
  }

  /** Conditions joined by `or`; `list` is the field whose list of values is being read. */
  #any(list: QueryField | undefined): QueryNode {
    const nodes = [this.#all(list)];
    while (this.#isKeyword('or')) {
      this.#at++;
      nodes.push(this.#all(list));
    }
    return joined('or', nodes);
  }

  #all(list: QueryField | undefined): QueryNode {
    const nodes = [this.#maybeNot(list)];
    for (;;) {
      const token = this.#peek();
      if (this.#isKeyword('and')) this.#at++;
      else if (token === undefined || token.type === 'close' || this.#isKeyword('or')) break;
      else if (list !== undefined)
        throw new Mistake('Put "or" or "and" between the values, or quote a value with blanks in it.', token);
      nodes.push(this.#maybeNot(list));
    }
    return joined('and', nodes);
  }

  #maybeNot(list: QueryField | undefined): QueryNode {
    let negated = false;
    while (this.#isKeyword('not')) {
      this.#at++;
      negated = !negated;
    }
    const node = this.#one(list);
    return negated ? { op: 'not', node } : node;
  }

  #one(list: QueryField | undefined): QueryNode {
    const token = this.#peek();
    if (token === undefined || token.type === 'close') throw this.#missing(token);
    this.#at++;
    switch (token.type) {
      case 'open':
        return this.#group(token, list);
      case 'field':
        return this.#condition(token);
      case 'value':
        this.#count(token);
        return list === undefined ? this.#freeText(token) : this.#is(list, token);
      case 'keyword':
        throw new Mistake(
          `"${token.word}" stands between two conditions. Put it in quotes to search for the word.`,
          token,
        );
      case 'operator':
        throw new Mistake('A field must stand before this. Put it in quotes to search for it.', token);
    }
  }

  /** What stands before the place where something is missing says what. */
  #missing(token: Token | undefined): Mistake {
    const place = token ?? { from: this.#end, to: this.#end };
    const before = this.#tokens[this.#at - 1];
    if (before?.type === 'keyword') return new Mistake(`Something must follow "${before.word}".`, before);
    if (before?.type === 'open')
      return new Mistake('There is nothing in these parentheses.', spanning(before, place));
    return new Mistake('No parenthesis is open here. Put it in quotes to search for it.', place);
  }

  #group(open: Of<'open'>, list: QueryField | undefined): QueryNode {
    if (++this.#depth > QUERY_LIMITS.depth)
      throw new Mistake(`Parentheses may be at most ${QUERY_LIMITS.depth} deep.`, open);
    const node = this.#any(list);
    if (this.#peek()?.type !== 'close') throw new Mistake('This parenthesis is not closed: add ")".', open);
    this.#at++;
    this.#depth--;
    return node;
  }

  #condition(name: Of<'field'>): QueryNode {
    const field = name.field;
    if (field === undefined) throw unknownField(name);
    const operator = this.#peek();
    this.#at++;
    // The scanner takes a word for a field only when an operator follows.
    if (operator?.type !== 'operator') throw new Mistake('An operator must follow the field.', name);
    if (operator.operator.startsWith('=') || operator.operator === '!=')
      throw new Mistake(
        operator.operator === '!='
          ? `Write not ${name.name}:value.`
          : `Write ${name.name}:value, with a colon. Put it in quotes to search for the text.`,
        operator,
      );
    const value = this.#peek();
    if (value?.type === 'open' && operator.operator === ':') {
      this.#at++;
      return this.#group(value, field);
    }
    if (value?.type !== 'value')
      throw new Mistake(`A value must follow "${name.name}${operator.operator}".`, spanning(name, operator));
    this.#at++;
    this.#count(value);
    return operator.operator === ':'
      ? this.#is(field, value)
      : compared(field, operator.operator as Comparison, closed(value), operator);
  }

  #is(field: QueryField, value: Of<'value'>): QueryNode {
    closed(value);
    if (isAnything(value.parts)) return { op: 'exists', field };
    const wanted = readWanted(field, value);
    if ('mistake' in wanted) throw new Mistake(wanted.mistake, value);
    return { op: 'is', field, wanted };
  }

  #freeText(value: Of<'value'>): QueryNode {
    closed(value);
    if (isAnything(value.parts) || plainText(value.parts) === '') return { op: 'and', nodes: [] };
    return { op: 'anywhere', pattern: value.parts };
  }

  #count(token: Token): void {
    if (++this.#conditions > QUERY_LIMITS.conditions)
      throw new Mistake(`A query has at most ${QUERY_LIMITS.conditions} conditions.`, token);
  }
}

function spanning(first: { readonly from: number }, last: { readonly to: number }) {
  return { from: first.from, to: last.to };
}

function joined(op: 'and' | 'or', nodes: readonly QueryNode[]): QueryNode {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only : { op, nodes };
}

function closed(value: Of<'value'>): Of<'value'> {
  if (value.unclosed) throw new Mistake('This quote is not closed: add ".', value);
  return value;
}

/** Of a stretch such as a day: before it begins, after it has ended, or with it. */
function compared(
  field: QueryField,
  than: Comparison,
  value: {
    readonly parts: readonly Part[];
    readonly quoted: boolean;
    readonly from: number;
    readonly to: number;
  },
  operator: Token,
): QueryNode {
  if (field.type !== 'number' && field.type !== 'time')
    throw new Mistake(`${field.name} has no order: "<" and ">" are for numbers and times.`, operator);
  const wanted = readWanted(field, value);
  if ('mistake' in wanted) throw new Mistake(wanted.mistake, value);
  if (wanted.type === 'number') return { op: 'compare', field, than, value: wanted.number };
  if (wanted.type !== 'span') throw new Mistake(`${field.name} cannot be compared with this.`, value);
  switch (than) {
    case '<':
    case '>=':
      return { op: 'compare', field, than, value: wanted.from };
    case '<=':
      return { op: 'compare', field, than: '<', value: wanted.to };
    case '>':
      return { op: 'compare', field, than: '>=', value: wanted.to };
  }
}

function unknownField(name: Of<'field'>): Mistake {
  const near = nearestNames(
    name.name,
    QUERY_FIELDS.map((field) => field.name),
  );
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  return new Mistake(
    `There is no field "${name.name}".${hint} Put it in quotes to search for the text.`,
    name,
  );
}
