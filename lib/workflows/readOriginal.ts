import { createHash } from 'node:crypto';
import type { Actor } from '../access/can';
import { AppError } from '../base/appError';
import { addAudit, importSubject } from '../storage/audit';
import { transaction } from '../storage/client';
import { loadImport } from '../storage/imports';
import { uploadBytes } from '../storage/uploads';

export type Original = {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: AsyncGenerator<Uint8Array, void, undefined>;
};

/**
 * The bytes of an import exactly as they were sent, streamed. Throws `not_found`. The stream fails before its
 * last bytes when what is stored does not have the SHA-256 it came with.
 */
export async function readOriginal(importId: number): Promise<Original> {
  const found = await loadImport(importId);
  if (found === undefined) throw new AppError('not_found', `There is no import ${importId}.`);
  const { name, bytes, sha256, uploadId } = found;
  return { name, bytes, sha256, content: verified({ importId }, uploadBytes(uploadId), { bytes, sha256 }) };
}

/** The same for somebody who takes it out, which the audit trail keeps. Throws `not_found`. */
export async function takeOriginal(importId: number, actor: Actor): Promise<Original> {
  const original = await readOriginal(importId);
  const { sha256, bytes } = original;
  await transaction((connection) =>
    addAudit(connection, {
      by: actor.name,
      action: 'import.original_taken',
      subject: importSubject(importId),
      details: { sha256, bytes },
    }),
  );
  return original;
}

/**
 * Bytes as they were kept. Hands out one part behind, so that nobody who counts bytes can take a wrong file for a whole
 * one; `of` says in the log what was damaged.
 */
export async function* verified(
  of: Readonly<Record<string, number>>,
  parts: AsyncIterable<Uint8Array>,
  expected: { readonly bytes: number; readonly sha256: string },
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  let bytes = 0;
  let held: Uint8Array | undefined;
  try {
    for await (const part of parts) {
      hash.update(part);
      bytes += part.length;
      if (held !== undefined) yield held;
      held = part;
    }
  } catch (error) {
    logDamage(of, 'unreadable');
    throw error;
  }
  if (bytes !== expected.bytes || hash.digest('hex') !== expected.sha256) {
    logDamage(of, 'changed');
    throw new Error(`the stored upload of ${JSON.stringify(of)} is not what was sent`);
  }
  if (held !== undefined) yield held;
}

/** Whoever runs the server must learn of it: the person who downloads sees only a broken connection. */
function logDamage(of: Readonly<Record<string, number>>, damage: 'unreadable' | 'changed'): void {
  const entry = { level: 'error', time: new Date().toISOString(), ...of, upload: damage };
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}
