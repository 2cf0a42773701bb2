import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../base/appError';
import { type FoundFile, fileDigest, findFiles, isUnchanged } from './pushFiles';
import { openMemory, type PushMemory } from './pushMemory';
import { type Server, uploadFile } from './pushUpload';

export type PushOptions = {
  readonly folder: string;
  readonly server: Server;
  /** Sends what is there and ends, instead of following the folder. */
  readonly once: boolean;
  readonly everyMs: number;
  /** Pause before the first retry; doubles up to a minute. */
  readonly retryMs?: number;
  /** Told what happens, one line each. */
  readonly say: (line: string) => void;
  /** No new file is begun after it. */
  readonly stop: AbortSignal;
  /** Breaks off the upload in flight. */
  readonly abort: AbortSignal;
};

const RETRY_MS = 1000;
const RETRY_MAX_MS = 60_000;
/** With `once` somebody waits for the end: a server that is away this many times in a row is away. */
const TRIES_ONCE = 6;

/**
 * Sends the files of a folder to a server, each once, in order of name, when it has stopped growing; then
 * follows the folder until stopped. What was sent is remembered in the folder. Throws AppError for what no
 * waiting mends: a folder that cannot be read, a key that is not taken, with `once` a server that is away.
 */
export async function pushFolder(options: PushOptions): Promise<void> {
  const { folder, server, once, everyMs, stop, say } = options;
  let before = byName(await findFiles(folder));
  const memory = await openMemory(folder, server.url);
  do {
    await pause(everyMs, stop);
    if (stop.aborted) return;
    const files = await findFiles(folder);
    for (const file of files) {
      if (stop.aborted) return;
      if (isKnown(file, memory)) continue;
      if (!isSame(file, before.get(file.name))) {
        if (once) say(`${file.name} is still being written; left for the next time`);
        continue;
      }
      await sendOne(file, memory, options);
    }
    before = byName(files);
  } while (!once);
}

function byName(files: readonly FoundFile[]): ReadonlyMap<string, FoundFile> {
  return new Map(files.map((file) => [file.name, file]));
}

function isSame(
  file: FoundFile,
  other: { readonly size: number; readonly mtimeMs: number } | undefined,
): boolean {
  return other !== undefined && other.size === file.size && other.mtimeMs === file.mtimeMs;
}

function isKnown(file: FoundFile, memory: PushMemory): boolean {
  return isSame(file, memory.get(file.name));
}

/** Sends one file, for as long as it takes, and notes what became of it. */
async function sendOne(file: FoundFile, memory: PushMemory, options: PushOptions): Promise<void> {
  const { server, once, stop, abort, say } = options;
  const sha256 = await fileDigest(file.path).catch(gone);
  if (sha256 === undefined) return;
  const note = { size: file.size, mtimeMs: file.mtimeMs, sha256 };
  const known = memory.byDigest(sha256);
  if (known !== undefined) {
    say(`${file.name} holds what was sent before; not sent again`);
    const { importId, refused } = known;
    return memory.put(file.name, {
      ...note,
      ...(importId === undefined ? {} : { importId }),
      ...(refused === undefined ? {} : { refused }),
    });
  }
  let wait = options.retryMs ?? RETRY_MS;
  for (let tries = 1; !abort.aborted; tries++) {
    const answer = await uploadFile(file, server, abort);
    if (answer.kind === 'taken') {
      say(`${file.name} sent: import ${answer.importId}${answer.known ? ' (was imported before)' : ''}`);
      return memory.put(file.name, { ...note, importId: answer.importId });
    }
    if (answer.kind === 'refused') {
      say(`${file.name} refused: ${answer.words}`);
      return memory.put(file.name, { ...note, refused: answer.words });
    }
    // One that was changed or taken away meanwhile is looked at again with the next look.
    if (abort.aborted || !(await isUnchanged(file))) return;
    if (once && tries >= TRIES_ONCE)
      throw new AppError('unavailable', `${server.url} did not take ${file.name}: ${answer.words}`);
    const pauseMs = Math.max(wait, answer.afterMs ?? 0);
    say(`${file.name} not sent yet: ${answer.words}; trying again in ${Math.ceil(pauseMs / 1000)} s`);
    await pause(pauseMs, stop);
    if (stop.aborted) return;
    wait = Math.min(wait * 2, RETRY_MAX_MS);
  }
}

/** A file that vanished before it was read is simply not there. */
function gone(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw new AppError('bad_input', `a file cannot be read: ${error.message}`);
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: stop });
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}
