import { CST, Lexer } from 'yaml';

/** What a text of YAML has too much of, and where it stands in the text. */
export type YamlExcess = { readonly of: 'depth' | 'anchors'; readonly at: number };

/**
 * Looks for what makes the package that reads YAML slow or deep before it reads: brackets inside one another, marks
 * `- - -` of one line, and anchors with aliases. Other nesting takes a line and an indent each. Undefined where there is
 * no more of it than `most`; time grows with the text's length only.
 */
export function yamlExcess(
  text: string,
  most: { readonly depth: number; readonly anchors: number },
): YamlExcess | undefined {
  if (!mayExceed(text, most)) return undefined;
  let depth = 0;
  let marks = 0;
  let anchors = 0;
  let at = 0;
  let scalar = false;
  for (const token of new Lexer().lex(text)) {
    const type = scalar ? 'scalar' : CST.tokenType(token);
    scalar = token === CST.SCALAR && !scalar;
    if (type === 'flow-map-start' || type === 'flow-seq-start') depth++;
    else if (type === 'flow-map-end' || type === 'flow-seq-end') depth--;
    else if (type === 'seq-item-ind' || type === 'explicit-key-ind') marks++;
    else if (type === 'newline') marks = 0;
    else if ((type === 'anchor' || type === 'alias') && ++anchors > most.anchors)
      return { of: 'anchors', at };
    if (depth > most.depth || marks > most.depth) return { of: 'depth', at };
    // Marks of the lexer's own are no part of the text.
    if (!scalar && !isLexerMark(token)) at += token.length;
  }
  return undefined;
}

function isLexerMark(token: string): boolean {
  return token === CST.BOM || token === CST.DOCUMENT || token === CST.FLOW_END;
}

/** Whether a text has so many characters that the lexer, which takes longer, could find too much in it. */
function mayExceed(text: string, most: { readonly depth: number; readonly anchors: number }): boolean {
  let brackets = 0;
  let marks = 0;
  let anchors = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === NEWLINE) marks = 0;
    else if (code === SQUARE || code === CURLY) brackets++;
    else if (code === DASH || code === QUESTION) marks++;
    else if (code === AMPERSAND || code === ASTERISK) anchors++;
    if (brackets > most.depth || marks > most.depth || anchors > most.anchors) return true;
  }
  return false;
}

const NEWLINE = 10;
const AMPERSAND = 38;
const ASTERISK = 42;
const DASH = 45;
const QUESTION = 63;
const SQUARE = 91;
const CURLY = 123;
