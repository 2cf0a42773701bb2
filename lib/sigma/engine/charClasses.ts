import { fold } from '../fold';

/**
 * A text as literals and values are compared when candidates are looked for: folded as rules fold it, and with `ſ` as
 * s, which regular expressions that ignore case hold equal. Finding one candidate more does no harm: the rule judges.
 */
export function foldText(text: string): string {
  return fold(text).replaceAll('\u017f', 's');
}

/** Number of ASCII characters. */
export const ASCII = 128;
const OTHER_CLASSES = 2;

/**
 * Classes of characters: each ASCII character that a literal uses has one of its own, both cases the same; the others
 * of ASCII are class 0, which no literal holds. Characters beyond ASCII share a few: taking one for another only
 * makes a candidate more.
 */
export type CharClasses = {
  /** By ASCII code. */
  readonly ascii: Uint8Array;
  /** Of a code unit beyond ASCII. */
  readonly other: (code: number) => number;
  /** How many classes there are. */
  readonly count: number;
};

/** Makes the classes that the folded texts need. */
export function charClasses(texts: Iterable<string>): CharClasses {
  const ascii = new Uint8Array(ASCII);
  let count = 1 + OTHER_CLASSES;
  for (const text of texts)
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < ASCII && ascii[code] === 0) ascii[code] = count++;
    }
  for (let code = 65; code <= 90; code++) ascii[code] = ascii[code + 32] ?? 0;
  return { ascii, other: (code) => 1 + (code % OTHER_CLASSES), count };
}

/** The class of any code unit of a folded text. */
export function classOf({ ascii, other }: CharClasses, code: number): number {
  return code < ASCII ? (ascii[code] ?? 0) : other(code);
}
