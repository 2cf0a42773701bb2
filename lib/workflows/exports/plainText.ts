/**
 * Characters telemetry can mislead with: controls, bidirectional overrides, invisible ones, line and paragraph
 * separators. Unicode's own classes, as the screens use them.
 */
const HIDDEN = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text of machines with what would not show, or would mislead, written out: `[U+202E]`, `[\n]`. */
export function plainText(text: string): string {
  return text.replace(HIDDEN, (char) => `[${SHORT[char] ?? codePoint(char)}]`);
}

/** What a person wrote, on one line. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

function codePoint(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
