/** Algorithms in the order in which Sysmon lists them. */
export type Algorithm = 'SHA1' | 'MD5' | 'SHA256' | 'IMPHASH';

const BY_LENGTH: Readonly<Record<number, Algorithm>> = { 32: 'MD5', 40: 'SHA1', 64: 'SHA256' };

/** One digest of Sysmon's list (`SHA1=…,MD5=…`), or of a bare digest; undefined where the list has none. */
export function digestOf(hashes: string, algorithm: Algorithm): string | undefined {
  for (const part of hashes.split(',', 20)) {
    const equals = part.indexOf('=');
    const name = equals < 0 ? BY_LENGTH[part.trim().length] : part.slice(0, equals).trim().toUpperCase();
    if (name === algorithm) return part.slice(equals + 1).trim();
  }
  return undefined;
}

/** A bare digest as Sysmon lists it, by its length; any other text as it is. */
export function namedDigest(hashes: string): string {
  const name = hashes.includes('=') ? undefined : BY_LENGTH[hashes.length];
  return name === undefined ? hashes : `${name}=${hashes}`;
}

/** Digests as Sysmon lists them; undefined where there are none. */
export function hashList(
  digests: Readonly<Partial<Record<Algorithm, string | undefined>>>,
): string | undefined {
  const parts: string[] = [];
  for (const algorithm of ORDER) {
    const digest = digests[algorithm];
    if (digest !== undefined) parts.push(`${algorithm}=${digest.toUpperCase()}`);
  }
  return parts.length === 0 ? undefined : parts.join(',');
}

const ORDER: readonly Algorithm[] = ['SHA1', 'MD5', 'SHA256', 'IMPHASH'];
