import { AppError } from '../base/appError';

const [QUOTE, COMMA, COLON, BACKSLASH] = [34, 44, 58, 92];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93];
/** No bundle says this much before its list of objects. */
const HEAD_BYTES_MAX = 64 * 1024;
const NAME_MAX = 24;

/** Looks for where the objects of a bundle begin. */
export type BundleHead = {
  /**
   * Takes bytes until the list is found: then those from its opening bracket on; undefined before. Throws
   * `bad_request` as soon as the bytes cannot be a STIX bundle.
   */
  readonly push: (chunk: Uint8Array) => Uint8Array | undefined;
};

/**
 * Reads the beginning of `{"type":"bundle","id":…,"objects":[…]}` in UTF-8 up to the list, whatever members stand
 * before it, so that the list can be cut into objects without holding it.
 */
export function createBundleHead(): BundleHead {
  let read = 0;
  let depth = 0;
  let previous = 0;
  let inString = false;
  let escaped = false;
  /** The text being read at the outermost level, and the name of the member it belongs to. */
  let text = '';
  let name = '';

  const closeText = (): void => {
    if (depth !== 1) return;
    if (previous === COLON) {
      if (name === 'type' && text !== 'bundle') throw notBundle(`its type is ${JSON.stringify(text)}`);
    } else name = text;
  };

  return {
    push(chunk) {
      for (let i = 0; i < chunk.length; i++) {
        const c = chunk[i] as number;
        if (read++ > HEAD_BYTES_MAX) throw notBundle('it has no list of objects');
        if (inString) {
          if (escaped) escaped = false;
          else if (c === BACKSLASH) escaped = true;
          else if (c === QUOTE) {
            inString = false;
            closeText();
            previous = QUOTE;
            continue;
          }
          if (text.length < NAME_MAX) text += String.fromCharCode(c);
          continue;
        }
        // Blanks, and the byte order mark before everything.
        if (c <= 32 || (read <= 3 && c >= 0xbb)) continue;
        if (depth === 0 && c !== OPEN_BRACE) throw notBundle('it does not begin with {');
        if (c === QUOTE) {
          inString = true;
          text = '';
          continue;
        }
        if (c === OPEN_BRACKET && depth === 1 && previous === COLON && name === 'objects')
          return chunk.subarray(i);
        if (c === OPEN_BRACE || c === OPEN_BRACKET) depth++;
        else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) depth--;
        if (depth === 0) throw notBundle('it has no list of objects');
        if (c === COMMA && depth === 1) name = '';
        previous = c;
      }
      return undefined;
    },
  };
}

/** The refusal of a file that is no STIX bundle. */
export function notBundle(why: string): AppError {
  return new AppError(
    'bad_request',
    `This is not a STIX bundle: ${why}. Send the file of a whole release, as enterprise-attack.json.`,
  );
}
