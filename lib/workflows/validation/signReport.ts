import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign } from 'node:crypto';
import { canonicalJson } from '../../base/canonicalJson';
import type { ValidationReport } from '../../contracts/validation';
import { serverSecret } from '../../identity/config';
import { jsonText } from '../../storage/jsonText';
import type { SignedReport } from '../../storage/validation/runs';

/** An Ed25519 private key in PKCS #8 (RFC 8410) up to its 32 bytes. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A report as canonical JSON with its SHA-256 and an Ed25519 signature over the same bytes. */
export function signReport(report: ValidationReport, key: KeyObject): SignedReport {
  // Characters that the database refuses are taken out first: what is signed is what can be kept.
  const text = canonicalJson(JSON.parse(jsonText(report)));
  const bytes = Buffer.from(text, 'utf8');
  return {
    text,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    signature: sign(null, bytes, key).toString('base64'),
    publicKey: createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString(),
  };
}

/**
 * The key that reports are signed with. It follows from SEQUELA_SECRET: the same server signs with the same key for as
 * long as it keeps its secret. Throws `unavailable` without one.
 */
export function signingKey(): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', serverSecret(), '', 'sequela validation reports', 32));
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
}
