/** Where an address can be reached from; what the anomaly criteria of ANALYTICS B.5 distinguish. */
export type AddressScope = 'loopback' | 'private' | 'multicast' | 'public' | 'unspecified';

/** Parses dotted IPv4, IPv6 and IPv4-mapped IPv6 to 16 bytes (IPv4 as ::ffff:a.b.c.d); undefined otherwise. */
export function parseAddress(text: string): readonly number[] | undefined {
  const v4 = parseV4(text);
  if (v4 !== undefined) return [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, ...v4];
  const bare = text.replace(/%.*$/, '');
  if (!/^[0-9a-f:.]{2,45}$/i.test(bare) || !bare.includes(':')) return undefined;
  const halves = bare.split('::');
  if (halves.length > 2) return undefined;
  const compressed = halves.length === 2;
  const head = groups(halves[0] ?? '', !compressed);
  const tail = groups(halves[1] ?? '', compressed);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  if (compressed ? missing < 2 : missing !== 0) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

/** Scope of an address; undefined when the text is not an address. */
export function addressScope(text: string): AddressScope | undefined {
  const b = parseAddress(text);
  if (b === undefined) return undefined;
  const at = (i: number): number => b[i] ?? 0;
  if (isV4(b)) {
    const [a, c] = [at(12), at(13)];
    if (a === 127) return 'loopback';
    if (a === 0) return 'unspecified';
    if (a >= 224) return 'multicast';
    if (
      a === 10 ||
      (a === 172 && c >= 16 && c <= 31) ||
      (a === 192 && c === 168) ||
      (a === 169 && c === 254) ||
      (a === 100 && c >= 64 && c <= 127)
    ) {
      return 'private';
    }
    return 'public';
  }
  if (b.slice(0, 15).every((x) => x === 0)) return at(15) === 1 ? 'loopback' : 'unspecified';
  if (at(0) === 0xff) return 'multicast';
  if ((at(0) & 0xfe) === 0xfc || (at(0) === 0xfe && (at(1) & 0xc0) === 0x80)) return 'private';
  return 'public';
}

/**
 * Whether an address lies in a CIDR block (`10.0.0.0/8`, `fc00::/7`; without a length, that one address).
 * False when either cannot be read. `::/0` is all of IPv6, and no IPv4 address lies in it.
 */
export function inCidr(address: string, cidr: string): boolean {
  const slash = cidr.indexOf('/');
  const base = parseAddress(slash === -1 ? cidr : cidr.slice(0, slash));
  const value = parseAddress(address);
  if (base === undefined || value === undefined || isV4(base) !== isV4(value)) return false;
  const bits = slash === -1 ? 128 : prefixBits(cidr.slice(slash + 1), !cidr.includes(':'));
  if (bits === undefined) return false;
  for (let i = 0; i < 16 && bits > i * 8; i++) {
    const left = bits - i * 8;
    const mask = left >= 8 ? 255 : (255 << (8 - left)) & 255;
    if (((base[i] ?? 0) & mask) !== ((value[i] ?? 0) & mask)) return false;
  }
  return true;
}

/** Length of a block's prefix in the 128 bits of a parsed address; undefined when it is none. */
function prefixBits(text: string, v4: boolean): number | undefined {
  if (!/^\d{1,3}$/.test(text) || Number(text) > (v4 ? 32 : 128)) return undefined;
  return Number(text) + (v4 ? 96 : 0);
}

/** Whether the 16 bytes are those of an IPv4 address. */
function isV4(bytes: readonly number[]): boolean {
  return bytes[10] === 255 && bytes[11] === 255 && bytes.slice(0, 10).every((x) => x === 0);
}

function parseV4(text: string): readonly number[] | undefined {
  const m = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (m === null) return undefined;
  const bytes = m.slice(1).map(Number);
  return bytes.every((x) => x <= 255) ? bytes : undefined;
}

/** The bytes of colon-separated groups; dotted IPv4 may stand at the address's very end. */
function groups(text: string, endsAddress: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const bytes: number[] = [];
  const parts = text.split(':');
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? '';
    if (part.includes('.')) {
      const v4 = endsAddress && i === parts.length - 1 ? parseV4(part) : undefined;
      if (v4 === undefined) return undefined;
      bytes.push(...v4);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(part)) return undefined;
      const value = Number.parseInt(part, 16);
      bytes.push(value >> 8, value & 255);
    }
  }
  return bytes;
}
