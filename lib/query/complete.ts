import { queryField } from './fields';
import { QUERY_LIMITS } from './parse';
import { scan, type Token } from './scan';

/** What can be completed at a place of a query, and the stretch that a completion replaces. */
export type Completion = {
  /** `operator`: a condition is whole here; `and`, `or` or the next condition may follow. */
  readonly what: 'field' | 'value' | 'operator' | 'none';
  /** Name of the field whose values are wanted, as the language has it. */
  readonly field?: string;
  /** What stands before the place, without quotes and escapes. */
  readonly prefix: string;
  /** UTF-16 units; `to` is behind the last one. Put a field's name as it is, a value through quoteValue. */
  readonly from: number;
  readonly to: number;
};

/** What can be completed at an offset, however unfinished or broken the query is. */
export function completionAt(text: string, offset: number): Completion {
  const at = Math.max(0, Math.min(offset, text.length, QUERY_LIMITS.length));
  const before = scan(text.slice(0, at));
  const last = before.at(-1);
  if (last === undefined) return { what: 'field', prefix: '', from: at, to: at };
  const touching = last.to === at;
  switch (last.type) {
    case 'field':
      return { what: 'none', prefix: '', from: at, to: at };
    case 'operator':
      return ofValue(fieldBefore(before), '', at, endOf(text, at, at));
    case 'open':
      return last.list
        ? ofValue(fieldBefore(before), '', at, endOf(text, at, at))
        : { what: 'field', prefix: '', from: at, to: endOf(text, at, at) };
    case 'keyword':
      return touching
        ? { what: 'none', prefix: text.slice(last.from, at), from: last.from, to: at }
        : afterKeyword(before, text, at);
    case 'close':
      return { what: 'operator', prefix: '', from: at, to: at };
    case 'value':
      return touching ? atValue(before, last, text, at) : afterValue(at);
  }
}

type Value = Extract<Token, { type: 'value' }>;

function afterValue(at: number): Completion {
  return { what: 'operator', prefix: '', from: at, to: at };
}

/** Within a list of values the next value, else the next condition. */
function afterKeyword(before: readonly Token[], text: string, at: number): Completion {
  const to = endOf(text, at, at);
  return isInList(before)
    ? ofValue(fieldBefore(before), '', at, to)
    : { what: 'field', prefix: '', from: at, to };
}

function atValue(before: readonly Token[], value: Value, text: string, at: number): Completion {
  const to = value.unclosed ? at + restOfPhrase(text.slice(at)) : endOf(text, value.from, at);
  const ofField = before.at(-2)?.type === 'operator' || isInList(before);
  if (ofField) return ofValue(fieldBefore(before), prefixOf(value), value.from, to);
  if (value.quoted) return { what: 'none', prefix: prefixOf(value), from: value.from, to };
  return { what: 'field', prefix: text.slice(value.from, at), from: value.from, to };
}

function ofValue(name: string | undefined, prefix: string, from: number, to: number): Completion {
  const field = name === undefined ? undefined : queryField(name)?.name;
  return field === undefined
    ? { what: 'none', prefix, from, to }
    : { what: 'value', field, prefix, from, to };
}

/** Length of what is left of a phrase one stands in, if its quote comes before a blank. */
function restOfPhrase(rest: string): number {
  return /^[^\s"]*"/.exec(rest)?.[0].length ?? 0;
}

/** Up to the first wildcard: what a value begins with. */
function prefixOf(value: Value): string {
  const first = value.parts[0];
  return first !== undefined && 'literal' in first ? first.literal : '';
}

/** Whether the place is within parentheses of values. */
function isInList(tokens: readonly Token[]): boolean {
  const lists: boolean[] = [];
  for (const token of tokens) {
    if (token.type === 'open') lists.push(token.list);
    else if (token.type === 'close') lists.pop();
  }
  return lists.at(-1) === true;
}

function fieldBefore(tokens: readonly Token[]): string | undefined {
  const field = tokens.findLast((token) => token.type === 'field');
  return field?.type === 'field' ? field.name : undefined;
}

/** End of the token that begins at `from` in the whole text; `at` when it does not go on there. */
function endOf(text: string, from: number, at: number): number {
  const same = scan(text.slice(0, QUERY_LIMITS.length)).find((token) => token.from === from);
  return same === undefined || same.type === 'open' || same.type === 'close' ? at : Math.max(at, same.to);
}
