/**
 * Text from telemetry made safe for a terminal: control characters, escape sequences and characters that
 * change the direction of text are shown as `\u{…}`. An attacker chooses these texts; the terminal obeys them.
 */
export function terminalText(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** JSON text whose strings hold no raw character a terminal would obey; the values stay the same. */
export function terminalJson(json: string): string {
  return json.replace(
    UNSAFE_IN_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Cc (controls), Cf (format: bidirectional, zero width), line and paragraph separators. */
const UNSAFE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** As above within the first plane, without the line ends and blanks that JSON itself has. */
const UNSAFE_IN_JSON =
  /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
