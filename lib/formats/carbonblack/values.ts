import { type Micros, parseMicros } from '../../base/time';
import { parseAddress } from '../../events/addresses';
import { anyTime, digestOf, textOf } from '../vendorValues';

/** Readers of what both Carbon Black products write; undefined for nothing. */

/** A time: epoch seconds, ISO 8601, or Go's `2022-02-10 11:51:33.12 +0000 UTC`. */
export function timeOf(value: unknown): Micros | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const zone = text.search(/ [A-Z]{3,4}$/);
  return anyTime(value) ?? (zone < 0 ? undefined : parseMicros(text.slice(0, zone)));
}

/** MD5 and SHA-256 out of a list (`["md5","sha256"]`, empty for unknown), also as the text a table makes of it. */
export function hashesOf(...values: readonly unknown[]): {
  readonly md5?: string;
  readonly sha256?: string;
} {
  let md5: string | undefined;
  let sha256: string | undefined;
  for (const value of values) {
    for (const one of Array.isArray(value) ? value.slice(0, 10) : [value]) {
      const text = textOf(one);
      for (const word of text?.slice(0, 300).split(/[^0-9a-fA-F]+/) ?? []) {
        md5 ??= digestOf(word, 32);
        sha256 ??= digestOf(word, 64);
      }
    }
  }
  return { ...(md5 === undefined ? {} : { md5 }), ...(sha256 === undefined ? {} : { sha256 }) };
}

/** An address as text; EDR and the Cloud's API write IPv4 as a signed 32-bit number, too. */
export function addressOf(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  if (/^-?\d{1,10}$/.test(text)) {
    const number = Number(text) >>> 0;
    if (number === 0) return undefined;
    return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
  }
  const bare = text.replace(/%.*$/, '');
  return parseAddress(bare) === undefined ? undefined : bare;
}

/** `tcp` or `udp` from a protocol number or a name such as `PROTO_TCP`. */
export function transportOf(value: unknown): string | undefined {
  const word = textOf(value)?.toLowerCase();
  if (word === undefined) return undefined;
  if (word === '6' || word.endsWith('tcp')) return 'tcp';
  return word === '17' || word.endsWith('udp') ? 'udp' : undefined;
}

/** True for `true` in any spelling, false for `false`; undefined for anything else. */
export function flagOf(value: unknown): boolean | undefined {
  const word = textOf(value)?.toLowerCase();
  if (word === 'true' || word === '1') return true;
  return word === 'false' || word === '0' ? false : undefined;
}
