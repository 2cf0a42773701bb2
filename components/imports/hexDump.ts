/** One line of a hex view: where it begins, its bytes in hex, and what of them is printable ASCII. */
export type HexLine = { readonly offset: string; readonly hex: string; readonly text: string };

const PER_LINE = 16;

/** Bytes in Base64 as lines of a hex view; `start` is the place of the first byte in its file. */
export function hexDump(base64: string, start: number, perLine = PER_LINE): readonly HexLine[] {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += perLine) {
    const line = [...bytes.subarray(at, at + perLine)];
    lines.push({
      offset: (start + at).toString(16).padStart(8, '0'),
      hex: line.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: line.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    });
  }
  return lines;
}
