/**
 * Values of binary event XML ([MS-EVEN6] 2.2.12 and the BinXml value types of libevtx's documentation) as the
 * text Windows renders them to. Sizes are those the record tells; a value that is too short for its type is
 * shown as the hexadecimal of its bytes, so that nothing is invented.
 */

/** A substitution value: text, one text per element of an array, or the place of nested binary XML. */
export type BinValue =
  | string
  | readonly string[]
  | { readonly from: number; readonly to: number }
  /** A null value. */
  | undefined;

/** Reads the value of `type` at `from`…`to` of a chunk. */
export function readValue(view: DataView, type: number, from: number, to: number): BinValue {
  if (type === TYPES.null) return undefined;
  if (type === TYPES.binXml) return { from, to };
  if ((type & ARRAY) !== 0) return readArray(view, type & ~ARRAY, from, to);
  return readScalar(view, type, from, to);
}

function readArray(view: DataView, type: number, from: number, to: number): readonly string[] {
  if (type === TYPES.string || type === TYPES.ansi) {
    const text = type === TYPES.string ? utf16(view, from, to) : ansi(view, from, to);
    const items = text.split('\0');
    if (items.length > 1 && items.at(-1) === '') items.pop();
    return items;
  }
  const size = SIZES[type];
  if (size === undefined) return [hex(view, from, to)];
  const items: string[] = [];
  for (let at = from; at + size <= to; at += size) items.push(readScalar(view, type, at, at + size));
  return items;
}

function readScalar(view: DataView, type: number, from: number, to: number): string {
  if (type === TYPES.string) return trimNul(utf16(view, from, to));
  const size = SIZES[type];
  const length = to - from;
  if (size !== undefined && length < size) return length === 0 ? '' : hex(view, from, to);
  switch (type) {
    case TYPES.ansi:
      return trimNul(ansi(view, from, to));
    case 0x03:
      return String(view.getInt8(from));
    case 0x04:
      return String(view.getUint8(from));
    case 0x05:
      return String(view.getInt16(from, true));
    case 0x06:
      return String(view.getUint16(from, true));
    case 0x07:
      return String(view.getInt32(from, true));
    case 0x08:
      return String(view.getUint32(from, true));
    case 0x09:
      return view.getBigInt64(from, true).toString();
    case 0x0a:
      return view.getBigUint64(from, true).toString();
    case 0x0b:
      return String(view.getFloat32(from, true));
    case 0x0c:
      return String(view.getFloat64(from, true));
    case 0x0d:
      return isZero(view, from, to) ? 'false' : 'true';
    case 0x0f:
      return guid(view, from);
    case 0x10:
      return length >= 8
        ? hex64(view, from)
        : length >= 4
          ? `0x${view.getUint32(from, true).toString(16)}`
          : hex(view, from, to);
    case 0x11:
      return fileTime(view, from);
    case 0x12:
      return systemTime(view, from);
    case 0x13:
      return sid(view, from, to);
    case 0x14:
      return `0x${view.getUint32(from, true).toString(16)}`;
    case 0x15:
      return hex64(view, from);
    case 0x23:
      return trimNul(utf16(view, from, to));
    default:
      return hex(view, from, to);
  }
}

const ARRAY = 0x80;
const TYPES = { null: 0x00, string: 0x01, ansi: 0x02, binXml: 0x21 } as const;

/** Bytes of one value of a type of fixed size. */
const SIZES: Readonly<Record<number, number>> = {
  3: 1,
  4: 1,
  5: 2,
  6: 2,
  7: 4,
  8: 4,
  9: 8,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  15: 16,
  17: 8,
  18: 16,
  20: 4,
  21: 8,
};

const UTF16 = new TextDecoder('utf-16le', { ignoreBOM: true });
const WINDOWS_1252 = new TextDecoder('windows-1252');

/** UTF-16LE text between two offsets. Short texts are put together by hand: a decoder's call costs more. */
export function utf16(view: DataView, from: number, to: number): string {
  if (to - from > 128)
    return UTF16.decode(new Uint8Array(view.buffer, view.byteOffset + from, (to - from) & ~1));
  let text = '';
  for (let at = from; at + 1 < to; at += 2) text += String.fromCharCode(view.getUint16(at, true));
  return text;
}

function ansi(view: DataView, from: number, to: number): string {
  return WINDOWS_1252.decode(new Uint8Array(view.buffer, view.byteOffset + from, to - from));
}

/** Windows counts the terminating zero of some strings in their length. */
function trimNul(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return end === text.length ? text : text.slice(0, end);
}

function hex(view: DataView, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) text += byteHex(view, at);
  return text;
}

function byteHex(view: DataView, at: number): string {
  return BYTES[view.getUint8(at)] ?? '';
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, '0'));

function hex64(view: DataView, from: number): string {
  const high = view.getUint32(from + 4, true);
  const low = view.getUint32(from, true).toString(16);
  return high === 0 ? `0x${low}` : `0x${high.toString(16)}${low.padStart(8, '0')}`;
}

function isZero(view: DataView, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (view.getUint8(at) !== 0) return false;
  return true;
}

/** `{5770385F-C22A-43E0-BF4C-06F5698FFBD9}`: three little-endian numbers, then bytes. */
function guid(view: DataView, from: number): string {
  let text = '{';
  for (const offset of GUID_ORDER) text += offset < 0 ? '-' : byteHex(view, from + offset);
  return `${text}}`;
}

const GUID_ORDER = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];

/** FILETIME as ISO 8601 UTC with its 100 ns; a time no calendar holds as its number. */
function fileTime(view: DataView, from: number): string {
  const ticks = view.getBigUint64(from, true);
  const ms = Number(ticks / 10_000n) - 11_644_473_600_000;
  // Beyond the year 9999 ISO needs a sign, which no reader of event XML expects.
  if (ms > 253_402_300_799_999) return ticks.toString();
  return `${new Date(ms).toISOString().slice(0, -1)}${String(ticks % 10_000n).padStart(4, '0')}Z`;
}

function systemTime(view: DataView, from: number): string {
  const part = (index: number): number => view.getUint16(from + index * 2, true);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(part(0)).padStart(4, '0')}-${two(part(1))}-${two(part(3))}T${two(part(4))}:${two(part(5))}:${two(part(6))}.${String(part(7)).padStart(3, '0')}Z`;
}

/** A SID as `S-1-5-21-…`; the count of its parts is the lesser of what it says and what is there. */
function sid(view: DataView, from: number, to: number): string {
  if (to - from < 8) return hex(view, from, to);
  const authority = view.getUint16(from + 2) * 2 ** 32 + view.getUint32(from + 4);
  let text = `S-${view.getUint8(from)}-${authority}`;
  const parts = Math.min(view.getUint8(from + 1), (to - from - 8) >> 2);
  for (let i = 0; i < parts; i++) text += `-${view.getUint32(from + 8 + i * 4, true)}`;
  return text;
}
