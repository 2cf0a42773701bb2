import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportView } from '../contracts/imports';
import { createImport } from '../storage/createImport';
import { saveUpload } from '../storage/uploads';
import { readImport } from './readImports';

export type ReceivedImport = { readonly import: ImportView; readonly created: boolean };

/** Largest upload taken, unless SEQUELA_MAX_UPLOAD_BYTES says otherwise: 64 GiB. */
const LIMIT_BYTES = 64 * 2 ** 30;

/**
 * Takes the bytes of one export as they stream in and makes them an import. Returns once they are safely
 * stored and the work is queued; with `wait`, once correlation is done or the import failed. The same bytes
 * again give the import they gave before.
 */
export async function receiveImport(
  source: AsyncIterable<Uint8Array>,
  options: {
    readonly name: string;
    readonly format: string;
    readonly wait: boolean;
    /** Who sends it; the person at the machine unless said otherwise. */
    readonly by?: string;
    readonly signal?: AbortSignal;
  },
): Promise<ReceivedImport> {
  const limit = Number(process.env.SEQUELA_MAX_UPLOAD_BYTES ?? LIMIT_BYTES);
  const upload = await saveUpload(source, limit);
  const { id, created } = await createImport(
    upload,
    toFileName(options.name),
    options.format,
    options.by ?? 'local',
  );
  if (options.wait) await untilOver(id, options.signal);
  return { import: { ...(await readImport(id)), alreadyImported: !created }, created };
}

/** A name to show: the last part of a path, without control characters, never empty. */
export function toFileName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = last.replace(/[\u0000-\u001f\u007f]/g, '').trim();
  return clean === '' ? 'upload' : clean.slice(0, 400);
}

const FIRST_LOOK_MS = 30;
const SLOWEST_LOOK_MS = 500;

/** Waits until an import is done or has failed, or the caller is gone. */
export async function untilOver(id: number, signal?: AbortSignal): Promise<void> {
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(pause * 1.5, SLOWEST_LOOK_MS)) {
    const { state } = await readImport(id);
    if (state === 'done' || state === 'failed' || signal?.aborted === true) return;
    await sleep(pause);
  }
}
