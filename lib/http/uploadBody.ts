import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { Busboy } from '@fastify/busboy';
import { AppError } from '../base/appError';

/** The bytes of an uploaded file as they arrive, and the name they came with, if any. */
export type UploadBody = { readonly content: AsyncIterable<Uint8Array>; readonly name?: string };

/**
 * The file in a request, streamed: the body itself, or the one file of a multipart form. A
 * `Content-Encoding: gzip` is undone, since it belongs to the transport; a body that is a .gz file is left
 * as it is. The stream fails when the connection ends early, so that half a file is never taken for one.
 */
export async function uploadBody(request: Request): Promise<UploadBody> {
  if (request.body === null)
    throw new AppError('bad_input', 'The request has no body: send the file itself as the body.');
  const body = Readable.fromWeb(request.body as unknown as NodeReadableStream<Uint8Array>);
  const whole = decoded(complete(body, request), request.headers.get('content-encoding'));
  const type = request.headers.get('content-type') ?? '';
  return type.toLowerCase().startsWith('multipart/form-data') ? onlyFile(whole, type) : { content: whole };
}

/** The body, or a refusal where the connection breaks or stops short of the length that was announced. */
async function* complete(body: Readable, request: Request): AsyncGenerator<Uint8Array> {
  const announced = request.headers.get('content-length');
  let arrived = 0;
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      arrived += chunk.length;
      yield chunk;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') throw cutShort();
    throw error;
  }
  if (request.signal.aborted || (announced !== null && arrived !== Number(announced))) throw cutShort();
}

function cutShort(): AppError {
  return new AppError(
    'bad_input',
    'The connection ended before the whole file had arrived; nothing was kept. Send it again.',
  );
}

function decoded(body: AsyncGenerator<Uint8Array>, encoding: string | null): AsyncIterable<Uint8Array> {
  if (encoding === null || encoding === '' || encoding === 'identity') return body;
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new AppError('bad_request', `Content-Encoding ${encoding} is not understood; send gzip or none.`);
  }
  return flow(Readable.from(body), createGunzip(), 'The body is announced as gzip but cannot be unpacked.');
}

async function* flow(
  from: Readable,
  through: NodeJS.ReadWriteStream & AsyncIterable<Uint8Array>,
  blame: string,
): AsyncGenerator<Uint8Array> {
  const out = new PassThrough();
  const done = pipeline(from, through, out).catch((error: unknown) => {
    out.destroy(error instanceof AppError ? error : new AppError('bad_input', blame));
  });
  yield* out as AsyncIterable<Uint8Array>;
  await done;
}

/** The file of a multipart form, handed out as it is read. Fails when there is none, or more than one. */
async function onlyFile(body: AsyncIterable<Uint8Array>, contentType: string): Promise<UploadBody> {
  const form = new Busboy({
    headers: { 'content-type': contentType },
    limits: { files: 2, fields: 20, fieldSize: 4096 },
  });
  let files = 0;
  const first = new Promise<{ stream: Readable; name: string }>((resolve, reject) => {
    form.on('file', (_field, stream, name) => {
      files++;
      if (files === 1) resolve({ stream, name });
      else stream.resume();
    });
    form.on('finish', () => reject(new AppError('bad_input', 'The form holds no file.')));
    form.on('error', () => reject(new AppError('bad_input', 'The multipart form cannot be read.')));
  });
  const finished = once(form, 'finish');
  finished.catch(() => undefined);
  const feeding = pipeline(Readable.from(body), form);
  feeding.catch((error: Error) => form.destroy(error));
  const { stream, name } = await Promise.race([first, feeding.then(() => first)]);
  async function* content(): AsyncGenerator<Uint8Array> {
    // A connection that breaks ends the form, not the file within it.
    feeding.catch((error: Error) => stream.destroy(error));
    yield* stream as AsyncIterable<Uint8Array>;
    await feeding;
    if (files > 1)
      throw new AppError('bad_input', 'The form holds more than one file: send one file per request.');
  }
  return { content: content(), name };
}
