import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { serverSecret } from '../identity/config';

/** What a webhook's secret begins with, so that people and scanners know it for one. */
const SECRET_PREFIX = 'sqwh_';

/** A new secret to sign messages with: 256 random bits. */
export function makeSecret(): string {
  return SECRET_PREFIX + randomBytes(32).toString('base64url');
}

/**
 * Value of the header `Sequela-Signature`: when it was signed (Unix seconds), and the HMAC-SHA256 of time, dot and body
 * under the secret, in hexadecimal. Receivers compute the same, and refuse what is older than some minutes.
 */
export function signatureOf(secret: string, body: string, seconds: number): string {
  const hash = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${hash}`;
}

const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
const IV_BYTES = 12;
const SEALED_PREFIX = 'v1.';

/** A secret as it is kept: AES-256-GCM under a key derived from SEQUELA_SECRET. Throws `unavailable` without that. */
export function seal(secret: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, sealingKey(), iv, { authTagLength: TAG_BYTES });
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return SEALED_PREFIX + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The secret that was kept; undefined when it was sealed under another SEQUELA_SECRET or changed since. */
export function unseal(sealed: string): string | undefined {
  if (!sealed.startsWith(SEALED_PREFIX)) return undefined;
  const bytes = Buffer.from(sealed.slice(SEALED_PREFIX.length), 'base64url');
  if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
  const key = sealingKey();
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const head = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([head, decipher.final()]).toString('utf8');
  } catch {
    // The tag does not fit: another key, or other bytes. There is nothing else `final` throws for.
    return undefined;
  }
}

function sealingKey(): Buffer {
  return Buffer.from(hkdfSync('sha256', serverSecret(), '', 'sequela webhook secrets', 32));
}
