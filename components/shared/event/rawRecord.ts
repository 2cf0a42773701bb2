/** JSON with indentation, or null when the record is not JSON. Long integers keep their digits. */
export function prettyJson(raw: string): string | null {
  const text = raw.trim();
  if (!/^[[{]/.test(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return indent(text);
}

/** Lines of a record for display; a line that is empty stays one, and tabs become spaces rather than escapes. */
export function rawLines(text: string): { number: number; text: string }[] {
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ number: index, text: line === '' ? ' ' : line.replaceAll('\t', '    ') }));
}

/** Indents without reading values, so that what a record says is never rewritten. `text` is valid JSON. */
function indent(text: string): string {
  let out = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (quoted) {
      out += character;
      if (character === '\\') out += text[++i] ?? '';
      else if (character === '"') quoted = false;
    } else if (character === '"') {
      quoted = true;
      out += character;
    } else if (character === '{' || character === '[') {
      const close = /^\s*[}\]]/.exec(text.slice(i + 1, i + 64));
      if (close !== null) {
        out += character + (character === '{' ? '}' : ']');
        i += close[0].length;
      } else out += `${character}\n${'  '.repeat(++depth)}`;
    } else if (character === '}' || character === ']') out += `\n${'  '.repeat(--depth)}${character}`;
    else if (character === ',') out += `,\n${'  '.repeat(depth)}`;
    else if (character === ':') out += ': ';
    else if (!/\s/.test(character)) out += character;
  }
  return out;
}
