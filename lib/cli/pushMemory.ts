import { access, constants, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../base/appError';

/** What became of one file, as it was when it was sent. */
export type SentFile = {
  readonly size: number;
  readonly mtimeMs: number;
  readonly sha256: string;
  /** Import the file became; absent when the server refused it. */
  readonly importId?: string;
  /** The server's words when it refused the file. */
  readonly refused?: string;
};

/** What was sent from a folder to one server. */
export type PushMemory = {
  readonly get: (name: string) => SentFile | undefined;
  /** The file with these bytes that was sent before, under whatever name. */
  readonly byDigest: (sha256: string) => SentFile | undefined;
  /** Notes a file, on disk before it returns. */
  readonly put: (name: string, sent: SentFile) => Promise<void>;
};

/** Name of the file it is kept in, within the folder. */
export const MEMORY_FILE = '.sequela-push.json';

type Kept = { version: 1; servers: Record<string, Record<string, SentFile>> };

/**
 * Opens what is known of a folder's files for one server. Throws AppError bad_input when the file is there but
 * cannot be read: sending everything again silently would be worse.
 */
export async function openMemory(folder: string, url: string): Promise<PushMemory> {
  const file = path.join(folder, MEMORY_FILE);
  const kept = await load(file);
  await access(folder, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw unwritable(file, error);
  });
  const files = new Map(Object.entries(kept.servers[url] ?? {}));
  const digests = new Map([...files.values()].map((sent) => [sent.sha256, sent]));
  return {
    get: (name) => files.get(name),
    byDigest: (sha256) => digests.get(sha256),
    async put(name, sent) {
      files.set(name, sent);
      digests.set(sent.sha256, sent);
      kept.servers[url] = Object.fromEntries(files);
      await writeWhole(file, `${JSON.stringify(kept, null, 1)}\n`);
    },
  };
}

async function load(file: string): Promise<Kept> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { version: 1, servers: {} };
    throw new AppError('bad_input', `${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    const kept = JSON.parse(text) as Partial<Kept> | null;
    if (kept?.version === 1 && typeof kept.servers === 'object') return { version: 1, servers: kept.servers };
  } catch {
    // Said below, as for any other content.
  }
  throw new AppError(
    'bad_input',
    `${file} is not what push wrote: mend it, or move it away to send the whole folder again`,
  );
}

/** A reader, or a restart after a crash, finds the file as it was or as it is, never half of it. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.tmp`;
  try {
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    throw unwritable(file, error as NodeJS.ErrnoException);
  }
}

function unwritable(file: string, error: NodeJS.ErrnoException): AppError {
  return new AppError(
    'bad_input',
    `${file} cannot be written (${error.code}): without it files would be sent twice`,
  );
}
