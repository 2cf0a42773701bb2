import type { EntityId } from '../../events/endpointEvent';
import { storable } from '../vendorValues';
import type { WindowsRecord } from './windowsRecord';

/**
 * Readers of single EventData values. All answer undefined for what Windows writes instead of nothing:
 * empty, `-`, an all-zero GUID, pid 0. They run some ten times per record, so they avoid regular expressions.
 */

/** Text as written. U+0000, which PostgreSQL cannot hold and attackers put into registry names, is shown as U+2400. */
export function text(record: WindowsRecord, name: string): string | undefined {
  const value = record.data[name];
  if (typeof value !== 'string')
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
  if (value === '' || value === '-') return undefined;
  const plain = record.nxlog && value.includes('&') ? unescapeXml(value) : value;
  return storable(plain);
}

/** Path of an image; what Sysmon writes for a process it could not see is no path. */
export function image(record: WindowsRecord, name: string): string | undefined {
  const value = text(record, name);
  return value === '<unknown process>' || value === '?' ? undefined : value;
}

/** Process GUID, lower case, without braces. */
export function entityId(record: WindowsRecord, name: string): EntityId | undefined {
  const value = record.data[name];
  if (typeof value !== 'string' || value.length < 32) return undefined;
  const bare =
    value.charCodeAt(0) === 123
      ? value.slice(1, value.charCodeAt(value.length - 1) === 125 ? -1 : undefined)
      : value;
  if (bare.startsWith('00000000-0000-0000-0000-0000')) return undefined;
  return storable(bare.toLowerCase()) as EntityId;
}

/** A pid or port: decimal, `0x` hexadecimal, or a number. 0 is the idle process or no port: undefined. */
export function count(value: unknown): number | undefined {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && value !== ''
        ? Number(value)
        : Number.NaN;
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** Logon session as lower-case hexadecimal without leading zeros, e.g. `0xc61d9`. */
export function logonId(record: WindowsRecord, name: string): string | undefined {
  const value = record.data[name];
  if (typeof value === 'number') return value > 0 ? `0x${value.toString(16)}` : undefined;
  if (typeof value !== 'string' || value.length < 3 || value.charCodeAt(0) !== 48) return undefined;
  let from = 2;
  while (from < value.length && value.charCodeAt(from) === 48) from++;
  return from === value.length ? undefined : `0x${value.slice(from).toLowerCase()}`;
}

/** SID; the null SID is nobody. */
export function sid(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith('S-1-') && value !== 'S-1-0-0'
    ? storable(value)
    : undefined;
}

/** `MD5=..,SHA256=..` or a bare digest, by algorithm, lower case; all zeros (no PE, no IMPHASH) are left out. */
export function hashes(list: string | undefined): {
  sha256?: string;
  sha1?: string;
  md5?: string;
  imphash?: string;
} {
  const found: { sha256?: string; sha1?: string; md5?: string; imphash?: string } = {};
  if (list === undefined) return found;
  for (let from = 0; from < list.length; ) {
    const comma = list.indexOf(',', from);
    const end = comma < 0 ? list.length : comma;
    const equals = list.indexOf('=', from);
    if (equals >= 0 && equals < end) put(found, list.slice(from, equals), list.slice(equals + 1, end));
    else put(found, ALGORITHM_BY_LENGTH[end - from] ?? '', list.slice(from, end));
    from = end + 1;
  }
  return found;
}

const ALGORITHM_BY_LENGTH: Readonly<Record<number, string>> = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256' };

function put(
  found: { sha256?: string; sha1?: string; md5?: string; imphash?: string },
  name: string,
  digest: string,
): void {
  if (digest === '' || digest.startsWith('0000000000000000')) return;
  switch (name) {
    case 'SHA256':
      found.sha256 = digest.toLowerCase();
      break;
    case 'SHA1':
      found.sha1 = digest.toLowerCase();
      break;
    case 'MD5':
      found.md5 = digest.toLowerCase();
      break;
    case 'IMPHASH':
      found.imphash = digest.toLowerCase();
      break;
    default:
  }
}

/** A `Name: value` line of the rendered message, for fields that a collector overwrote. English messages only. */
export function messageLine(record: WindowsRecord, name: string): string | undefined {
  const message = record.message;
  if (typeof message !== 'string') return undefined;
  const label = `\n${name}:`;
  let at = message.indexOf(label);
  if (at < 0) at = message.indexOf(`\n\t${name}:`);
  if (at < 0) return undefined;
  const from = message.indexOf(':', at) + 1;
  const end = message.indexOf('\n', from);
  const value = message.slice(from, end < 0 ? undefined : end).trim();
  return value === '' ? undefined : value;
}

/** Undoes XML escaping, unless the text shows by a bare `&`, `<` or `>` that it was never escaped. */
export function unescapeXml(value: string): string {
  if (value.includes('<') || value.includes('>')) return value;
  let bare = false;
  const plain = value.replace(
    /&(lt|gt|amp|quot|apos)?(;)?/g,
    (_whole, name: string | undefined, end: string | undefined) => {
      if (name === undefined || end === undefined) bare = true;
      return name === undefined ? '&' : (ENTITIES[name] ?? '&');
    },
  );
  return bare ? value : plain;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
