/** How a text file's bytes are to be read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The encoding of a file and the length of its byte order mark, from its first bytes. */
export type SniffedEncoding = { readonly encoding: Encoding; readonly bom: number };

/**
 * Reads the byte order mark or, without one, the pattern of zero bytes that ASCII characters leave in UTF-16
 * (RFC 4627, 3). Whatever else the bytes are, the answer is then UTF-8.
 */
export function sniffEncoding(head: Uint8Array): SniffedEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2 };
  return { encoding: zeroPattern(head), bom: 0 };
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
};

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
