import { type QueryField, queryField } from './fields';
import type { Part } from './node';

/** A piece of a query's text; `to` is behind its last character. */
export type Token = { readonly from: number; readonly to: number } & (
  | { readonly type: 'open'; readonly list: boolean }
  | { readonly type: 'close' }
  | { readonly type: 'keyword'; readonly word: 'and' | 'or' | 'not' }
  /** A name with an operator behind it; `field` is absent when nothing is called so. */
  | { readonly type: 'field'; readonly name: string; readonly field: QueryField | undefined }
  | { readonly type: 'operator'; readonly operator: string }
  | {
      readonly type: 'value';
      readonly parts: readonly Part[];
      /** Holds a part in quotes. */
      readonly quoted: boolean;
      /** A quote that is not closed. */
      readonly unclosed: boolean;
    }
);

const BLANK = /\s/;
const NAME = /[@_A-Za-z][\w.@-]*/y;
const OPERATOR = /<=|>=|[:<>]|!=|={1,2}/y;

/**
 * Cuts a query into tokens. Total: any text gives tokens, whose places do not overlap and go up. What a token may be
 * depends only on those before it.
 */
export function scan(text: string): readonly Token[] {
  const tokens: Token[] = [];
  /** For each open parenthesis, the list of values it began; undefined for a group. */
  const open: { readonly field: QueryField | undefined; readonly list: boolean }[] = [];
  let field: { readonly field: QueryField | undefined } | undefined;
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const last = tokens.at(-1);
    const afterOperator = last?.type === 'operator';
    const list = open.at(-1)?.list === true;
    const char = text[at];
    let token: Token;
    if (char === '(') {
      open.push({ field: afterOperator ? field?.field : open.at(-1)?.field, list: afterOperator || list });
      token = { type: 'open', list: afterOperator || list, from: at, to: at + 1 };
    } else if (char === ')') {
      open.pop();
      token = { type: 'close', from: at, to: at + 1 };
    } else if (last?.type === 'field') {
      token = scanOperator(text, at);
    } else if (afterOperator || list) {
      const of = afterOperator ? field?.field : open.at(-1)?.field;
      token = scanKeyword(text, at, list || !touches(last, at)) ?? scanValue(text, at, of?.path === true);
    } else {
      const named = scanField(text, at);
      if (named?.type === 'field') field = { field: named.field };
      token = named ?? scanKeyword(text, at, true) ?? scanValue(text, at, false);
    }
    tokens.push(token);
    at = skipBlanks(text, token.to);
  }
  return tokens;
}

function touches(token: Token | undefined, at: number): boolean {
  return token?.to === at;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && BLANK.test(text.charAt(at))) at++;
  return at;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** scanField promised that there is one. */
function scanOperator(text: string, at: number): Token {
  const operator = match(OPERATOR, text, at) ?? text.charAt(at);
  return { type: 'operator', operator, from: at, to: at + operator.length };
}

/** A name that an operator follows; not the beginning of a path, a URL or an address. */
function scanField(text: string, at: number): Token | undefined {
  const name = match(NAME, text, at);
  if (name === undefined || keywordOf(name) !== undefined) return undefined;
  const end = at + name.length;
  const operator = match(OPERATOR, text, skipBlanks(text, end));
  if (operator === undefined) return undefined;
  const field = queryField(name);
  if (field === undefined && (operator.includes('=') || isOrdinaryColon(text, name, end))) {
    if (operator !== '<=' && operator !== '>=') return undefined;
  }
  return { type: 'field', name, field, from: at, to: end };
}

/** The colon of `C:\`, of `http://` and of `fe80::1`. */
function isOrdinaryColon(text: string, name: string, end: number): boolean {
  if (text[end] !== ':') return false;
  const next = text[end + 1];
  return (
    next === ':' || text.startsWith('//', end + 1) || (name.length === 1 && (next === '\\' || next === '/'))
  );
}

function keywordOf(word: string): 'and' | 'or' | 'not' | undefined {
  const lower = word.toLowerCase();
  return lower === 'and' || lower === 'or' || lower === 'not' ? lower : undefined;
}

function scanKeyword(text: string, at: number, allowed: boolean): Token | undefined {
  const name = allowed ? match(NAME, text, at) : undefined;
  const word = name === undefined ? undefined : keywordOf(name);
  if (name === undefined || word === undefined) return undefined;
  const to = at + name.length;
  const next = text.charAt(to);
  return next === '' || next === '(' || next === ')' || BLANK.test(next)
    ? { type: 'keyword', word, from: at, to }
    : undefined;
}

const DRIVE = /^[A-Za-z]:$/;
const ESCAPED = new Set(['\\', '"', '(', ')', ':', '<', '>']);

/**
 * A value: quoted and unquoted pieces without a blank between them. Ends at a blank, or at a parenthesis that does not
 * belong to it. Unquoted, `*` and `?` are wildcards; a backslash takes its meaning from what has one (`\\`, `\(`,
 * `\:`), stands for itself elsewhere, and makes a wildcard literal unless the value is a path.
 */
function scanValue(text: string, start: number, isPath: boolean): Token {
  const parts: Part[] = [];
  let literal = '';
  let path = isPath;
  let [quoted, unclosed, depth, at] = [false, false, 0, start];
  const flush = () => {
    if (literal !== '') parts.push({ literal });
    literal = '';
  };
  while (at < text.length && !unclosed) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char === '"') {
      const phrase = scanPhrase(text, at);
      [quoted, unclosed] = [true, !phrase.closed];
      literal += phrase.text;
      at = phrase.to;
      continue;
    }
    if (BLANK.test(char) || (char === ')' && depth === 0)) break;
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === '*' || char === '?') {
      flush();
      addWild(parts, char);
    } else if (char === '\\' && ESCAPED.has(next)) {
      literal += next;
      at++;
    } else if (char === '\\' && (next === '*' || next === '?') && !path && !isDrive(parts, literal)) {
      literal += next;
      at++;
    } else {
      if (char === '\\') path = true;
      literal += char;
    }
    at++;
  }
  flush();
  // `""` is a value: the empty one.
  if (parts.length === 0) parts.push({ literal: '' });
  return { type: 'value', parts, quoted, unclosed, from: start, to: at };
}

function isDrive(parts: readonly Part[], literal: string): boolean {
  return parts.length === 0 && DRIVE.test(literal);
}

function addWild(parts: Part[], wild: '*' | '?'): void {
  const last = parts.at(-1);
  if (wild === '*' && last !== undefined && 'wild' in last && last.wild === '*') return;
  parts.push({ wild });
}

/** Text in double quotes: only `\"` and `\\` are escapes. */
function scanPhrase(
  text: string,
  start: number,
): { readonly text: string; readonly to: number; readonly closed: boolean } {
  let phrase = '';
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return { text: phrase, to: at + 1, closed: true };
    const next = text.charAt(at + 1);
    if (char === '\\' && (next === '"' || next === '\\')) {
      phrase += next;
      at++;
    } else phrase += char;
  }
  return { text: phrase, to: text.length, closed: false };
}
