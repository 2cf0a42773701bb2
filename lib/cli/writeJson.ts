import type { Writable } from 'node:stream';
import { terminalJson } from './terminalText';

/** Characters gathered before they are written. */
const PIECE = 64 * 1024;
/** Levels that are taken apart: the document, its parts, and the lists in those. */
const LEVELS = 3;

/**
 * Writes a value as JSON of two blanks of indent and a line end, as safe for a terminal as `terminalJson` is. It is
 * written piece by piece: a document of all hits is longer than one text may be. Ends early where nobody reads on.
 */
export async function writeJson(value: unknown, stream: Writable): Promise<void> {
  let gathered = '';
  for (const piece of jsonPieces(value)) {
    gathered += piece;
    if (gathered.length < PIECE) continue;
    if (!stream.write(terminalJson(gathered)) && !(await takesMore(stream))) return;
    gathered = '';
  }
  stream.write(`${terminalJson(gathered)}\n`);
}

/** Texts that are together what JSON.stringify gives of a value with two blanks of indent. */
export function* jsonPieces(value: unknown, indent = '', levels = LEVELS): Generator<string> {
  const isList = Array.isArray(value);
  const parts = levels > 0 ? partsOf(value) : [];
  if (parts.length === 0) {
    yield JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`);
    return;
  }
  const inner = `${indent}  `;
  let before = isList ? '[' : '{';
  for (const [key, part] of parts) {
    yield `${before}\n${inner}${isList ? '' : `${JSON.stringify(key)}: `}`;
    yield* jsonPieces(part, inner, levels - 1);
    before = ',';
  }
  yield `\n${indent}${isList ? ']' : '}'}`;
}

function partsOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).filter(([, part]) => part !== undefined);
}

/** Waits until a stream takes more; false where it never will. */
function takesMore(stream: Writable): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (more: boolean) => (): void => {
      for (const [event, listener] of listeners) stream.off(event, listener);
      resolve(more);
    };
    const listeners = [
      ['drain', end(true)],
      ['close', end(false)],
      ['error', end(false)],
    ] as const;
    for (const [event, listener] of listeners) stream.once(event, listener);
  });
}
