import { parseAddress } from '../events/addresses';

const MAPPED_BITS = 96;

/**
 * Canonical form of an address or a block of addresses: `10.0.0.0/8`, `192.0.2.1/32`, `fe80:0:0:0:0:0:0:0/10`.
 * Undefined for anything else. IPv4 written as IPv6 (`::ffff:10.0.0.0/104`) is IPv4.
 */
export function addressBlock(text: string): string | undefined {
  const slash = text.indexOf('/');
  const bytes = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (bytes === undefined) return undefined;
  const wide = text.includes(':') ? 128 : 32;
  const length = slash === -1 ? wide : lengthOf(text.slice(slash + 1), wide);
  if (length === undefined) return undefined;
  const v4 = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
  if (!v4) return `${masked(bytes, length, hexGroups)}/${length}`;
  const bits = wide === 32 ? length : Math.max(0, length - MAPPED_BITS);
  return `${masked(bytes.slice(12), bits, (own) => own.join('.'))}/${bits}`;
}

function lengthOf(text: string, most: number): number | undefined {
  return /^\d{1,3}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}

function masked(bytes: readonly number[], bits: number, write: (bytes: readonly number[]) => string): string {
  return write(
    bytes.map((byte, i) => {
      const left = Math.max(0, Math.min(8, bits - i * 8));
      return byte & ((0xff00 >> left) & 0xff);
    }),
  );
}

function hexGroups(bytes: readonly number[]): string {
  return Array.from({ length: 8 }, (_, i) =>
    (((bytes[i * 2] ?? 0) << 8) | (bytes[i * 2 + 1] ?? 0)).toString(16),
  ).join(':');
}
