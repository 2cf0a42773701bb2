import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../base/appError';

/** A file in a folder as one look found it. */
export type FoundFile = {
  /** Path below the folder, parts joined by `/`. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** Last change, milliseconds since 1970. */
  readonly mtimeMs: number;
};

/**
 * The files in a folder and its sub-folders, in order of name. Hidden ones are left out, and links: to folders
 * always, to files where they lead out of the folder. Empty files are not there yet. Throws AppError bad_input
 * when the folder itself cannot be read; what vanishes meanwhile is not there.
 */
export async function findFiles(folder: string): Promise<readonly FoundFile[]> {
  const root = await realpath(folder).catch((error: NodeJS.ErrnoException) => {
    throw new AppError('bad_input', `${folder} cannot be read (${error.code})`, { folder });
  });
  if (!(await stat(root)).isDirectory())
    throw new AppError('bad_input', `${folder} is no folder`, { folder });
  const files: FoundFile[] = [];
  await walk(root, root, '', files);
  return files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

async function walk(root: string, folder: string, prefix: string, files: FoundFile[]): Promise<void> {
  for (const entry of await present(() => readdir(folder, { withFileTypes: true }), [])) {
    if (entry.name.startsWith('.')) continue;
    const full = path.join(folder, entry.name);
    const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) await walk(root, full, name, files);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsWithin(root, full)))) {
      const found = await present(() => stat(full), undefined);
      if (found?.isFile() === true && found.size > 0)
        files.push({ name, path: full, size: found.size, mtimeMs: Math.floor(found.mtimeMs) });
    }
  }
}

async function leadsWithin(root: string, link: string): Promise<boolean> {
  const target = await present(() => realpath(link), undefined);
  return target?.startsWith(root + path.sep) === true;
}

/** What a look gives, or `otherwise` where the thing has vanished or may not be read. */
async function present<Value>(look: () => Promise<Value>, otherwise: Value): Promise<Value> {
  try {
    return await look();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'ELOOP' || code === 'ENOTDIR') return otherwise;
    throw error;
  }
}

/** Whether a file is still as it was found. */
export async function isUnchanged(file: FoundFile): Promise<boolean> {
  const now = await present(() => stat(file.path), undefined);
  return now?.size === file.size && Math.floor(now.mtimeMs) === file.mtimeMs;
}

/** SHA-256 of a file's bytes, in hex. */
export async function fileDigest(file: string): Promise<string> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }))
    sum.update(chunk as Buffer);
  return sum.digest('hex');
}
