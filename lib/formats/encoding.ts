/** How a text file's bytes are to be read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** The encoding of a file and the length of its byte order mark, from its first bytes. */
export type SniffedEncoding = { readonly encoding: Encoding; readonly bom: number };

/**
 * Reads the byte order mark or, without one, the pattern of zero bytes that ASCII characters leave in UTF-16
 * (RFC 4627, 3). Whatever else the bytes are is UTF-8, unless they hold more bytes that are wrong in UTF-8 than
 * characters beyond ASCII that are right: then it is Windows-1252, which is what Excel and old agents write.
 */
export function sniffEncoding(head: Uint8Array): SniffedEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2 };
  const wide = zeroPattern(head);
  return { encoding: wide === 'utf-8' && isWindows1252(head) ? 'windows-1252' : wide, bom: 0 };
}

/**
 * Text of bytes; what is not valid in the encoding becomes U+FFFD. We read such a record rather than refuse
 * it: one odd byte in a command line would otherwise hide the process that wrote it. The bytes are kept.
 */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  return DECODERS[encoding].decode(bytes);
}

/**
 * Text of one record's raw bytes, whichever encoding its file had: it tells by the zero bytes beside the
 * record's first character.
 */
export function rawText(raw: Uint8Array): string {
  const { encoding, bom } = sniffEncoding(raw);
  return decodeText(bom === 0 ? raw : raw.subarray(bom), encoding);
}

const DECODERS: Readonly<Record<Encoding, TextDecoder>> = {
  'utf-8': new TextDecoder('utf-8', { ignoreBOM: true }),
  'utf-16le': new TextDecoder('utf-16le', { ignoreBOM: true }),
  'utf-16be': new TextDecoder('utf-16be', { ignoreBOM: true }),
  'windows-1252': new TextDecoder('windows-1252', { ignoreBOM: true }),
};

/** Counts well-formed UTF-8 sequences against bytes that are none; a sequence the end cuts counts as neither. */
function isWindows1252(head: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  for (let i = 0; i < head.length; i++) {
    const byte = head[i] as number;
    if (byte < 0x80) continue;
    const length =
      byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
    if (length > 0 && i + length > head.length) break;
    let whole = length > 0;
    for (let k = 1; k < length && whole; k++) whole = ((head[i + k] as number) & 0xc0) === 0x80;
    if (whole) {
      good++;
      i += length - 1;
    } else bad++;
  }
  return bad > good;
}

function zeroPattern(head: Uint8Array): Encoding {
  const length = Math.min(head.length & ~1, 512);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (pairs === 0) return 'utf-8';
  if (odd > pairs * 0.4 && even < pairs * 0.1) return 'utf-16le';
  if (even > pairs * 0.4 && odd < pairs * 0.1) return 'utf-16be';
  return 'utf-8';
}

/** Bytes of one code unit. */
export function unitWidth(encoding: Encoding): 1 | 2 {
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1;
}
