import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { AppError } from '../base/appError';
import type { FoundFile } from './pushFiles';

/** What a server answered to one upload. */
export type Answer =
  | { readonly kind: 'taken'; readonly importId: string; readonly known: boolean }
  /** The server will not have this file; its words say why. */
  | { readonly kind: 'refused'; readonly words: string }
  /** Nothing was decided: to be tried again, not before `afterMs` where the server said so. */
  | { readonly kind: 'later'; readonly words: string; readonly afterMs?: number };

/** Where to, and as whom. */
export type Server = { readonly url: string; readonly key: string | undefined };

/**
 * Streams one file to the server. Throws AppError when no other file would fare better: the key is not taken,
 * or the address is not Sequela's.
 */
export async function uploadFile(file: FoundFile, server: Server, signal: AbortSignal): Promise<Answer> {
  // Exactly what was found: with its length announced, the server never takes half a file for one.
  const source = createReadStream(file.path, { highWaterMark: 256 * 1024, end: file.size - 1 });
  try {
    const response = await fetch(`${server.url}/api/v1/imports?${new URLSearchParams({ name: file.name })}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(file.size),
        accept: 'application/json',
        ...(server.key === undefined ? {} : { authorization: `Bearer ${server.key}` }),
      },
      body: Readable.toWeb(source) as unknown as BodyInit,
      // Node's fetch asks for it when the body is a stream; its types do not have it yet.
      ...({ duplex: 'half' } as object),
      redirect: 'manual',
      signal,
    });
    return answerOf(response, await response.text(), server);
  } catch (error) {
    if (error instanceof AppError) throw error;
    return { kind: 'later', words: reasonOf(error) };
  } finally {
    source.destroy();
  }
}

function answerOf(response: Response, text: string, { url }: Server): Answer {
  const { status } = response;
  const body = fromJson(text);
  const words = wordsOf(body) ?? `the server answered ${status}`;
  if (status === 200 || status === 201) {
    if (typeof body.id !== 'string') throw notSequela(url, `it answered ${status} without an import`);
    return { kind: 'taken', importId: body.id, known: body.alreadyImported === true };
  }
  if (status === 429 || status === 408 || status >= 500) {
    const after = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { kind: 'later', words, ...(after >= 0 && after <= 3600 ? { afterMs: after * 1000 } : {}) };
  }
  if (status === 401 || status === 403)
    throw new AppError('forbidden', `${url} does not take the key in SEQUELA_API_KEY: ${words}`);
  if (status === 404 || status === 405 || status < 400) throw notSequela(url, `it answered ${status}`);
  return { kind: 'refused', words };
}

function notSequela(url: string, why: string): AppError {
  return new AppError('bad_input', `${url} is not Sequela's address: ${why}`);
}

function fromJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    // A proxy's page: its status has said enough.
    return {};
  }
}

function wordsOf({ detail, title }: Readonly<Record<string, unknown>>): string | undefined {
  const words = [detail, title].find((one) => typeof one === 'string' && one !== '');
  return typeof words === 'string' ? words.slice(0, 500) : undefined;
}

/** fetch hides what happened behind "fetch failed". */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : cause instanceof Error ? cause.message : String(cause);
}
