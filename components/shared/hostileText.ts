/** A run of text, and whether it is an escape standing for a character that would not show or would mislead. */
export type TextPart = { text: string; escape: boolean };

/*
 * Characters an attacker can hide in a name or command line: bidirectional controls (Trojan Source,
 * trojansource.codes), zero-width and other ignorable ones, line and paragraph separators, controls, tags.
 */
const HIDDEN = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/gu;

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Splits telemetry text into plain runs and visible escapes such as `U+202E`; joined they lose nothing. */
export function hostileParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const found of text.matchAll(HIDDEN)) {
    if (found.index > from) parts.push({ text: text.slice(from, found.index), escape: false });
    parts.push({ text: SHORT[found[0]] ?? codePoint(found[0]), escape: true });
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), escape: false });
  return parts;
}

/** The same as one string, for attributes (`title`, `aria-label`) that cannot be styled. */
export function hostilePlain(text: string): string {
  return hostileParts(text)
    .map((part) => (part.escape ? `[${part.text}]` : part.text))
    .join('');
}

function codePoint(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
