import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { AppError } from '../base/appError';
import { createBudget } from '../containers/budget';
import { UNPACK_LIMITS } from '../containers/limits';
import type { Member } from '../containers/member';
import { openZip } from '../containers/zip';
import type { Pack, PackFile } from '../evidence/pack';

/** More than any pack that Sequela makes holds. */
const ENTRIES_MAX = 250_000;
/** Content that is kept to compute from: records, definitions, history. Files beyond are hashed as they pass. */
const KEPT_BYTES_MAX = 1024 * 1024 * 1024;
const FILE_BYTES_MAX = 128 * 1024 * 1024;
/** Nothing is computed from these. */
const HASHED_ONLY = /^(originals\/|case\/attachments\/|story\.|findings\/[^/]+\/story\.)/;

/**
 * Reads a ZIP file whole, each entry by its own name, and hashes every one. It is hostile input: entries and bytes are
 * bounded, nothing is written to disk, names are labels only. Throws `bad_input` when it is no ZIP, or damaged.
 */
export async function readPack(path: string): Promise<Pack> {
  const { size } = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new AppError('bad_input', `${path} cannot be read (${error.code})`);
  });
  const budget = createBudget({ ...UNPACK_LIMITS, entries: ENTRIES_MAX }, size);
  const files = new Map<string, PackFile>();
  const kept = { bytes: 0 };
  for await (const member of openZip({ path, name: '', fault: null }, { budget }, { bytes: 0 })) {
    // Each name comes once: one that the archive holds twice comes numbered, and is then no file of the manifest.
    const name = member.name.replace(/^\//, '');
    const file = await readFile(member, name, kept);
    if (name === '') throw new AppError('bad_input', `${path}: ${file.problem ?? 'not a ZIP file'}`);
    files.set(name, file);
  }
  return { files };
}

async function readFile(member: Member, name: string, kept: { bytes: number }): Promise<PackFile> {
  const hash = createHash('sha256');
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const keep = !HASHED_ONLY.test(name);
  for await (const chunk of member.bytes) {
    hash.update(chunk);
    bytes += chunk.length;
    if (!keep) continue;
    kept.bytes += chunk.length;
    if (kept.bytes > KEPT_BYTES_MAX || bytes > FILE_BYTES_MAX)
      throw new AppError('bad_input', `${name} is larger than anything a pack holds`);
    pieces.push(Uint8Array.from(chunk));
  }
  const problem = member.problem();
  return {
    name,
    bytes,
    sha256: hash.digest('hex'),
    ...(keep ? { content: new Uint8Array(Buffer.concat(pieces)) } : {}),
    ...(problem === null ? {} : { problem }),
  };
}
