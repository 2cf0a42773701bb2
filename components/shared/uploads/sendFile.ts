import type { z } from 'zod';
import { type ImportView, importView } from '@/lib/contracts/imports';
import { ApiError, apiPath, noteStatus, parseAnswer } from '../apiClient';

export type Sending<Answer = ImportView> = { done: Promise<Answer>; cancel: () => void };

/** Streams one file to the server as an import: `sendBytes`. */
export function sendFile(file: File, onProgress: (sent: number) => void): Sending {
  return sendBytes(apiPath('/imports', { name: file.name }), file, importView, onProgress);
}

/**
 * Streams one file to the server as the request's body. XMLHttpRequest, because fetch reports no upload progress.
 * `onProgress` gets the bytes the network took. Rejects with `ApiError`, or an `AbortError` when cancelled.
 */
export function sendBytes<Answer>(
  path: string,
  file: File,
  schema: z.ZodType<Answer>,
  onProgress: (sent: number) => void,
): Sending<Answer> {
  const request = new XMLHttpRequest();
  const done = new Promise<Answer>((resolve, reject) => {
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      noteStatus(request.status, 'POST');
      try {
        resolve(parseAnswer(request.status, request.responseText, schema));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () =>
      reject(new ApiError(0, 'unreachable', 'The connection broke before the file was stored.', null));
    request.onabort = () => reject(new DOMException('The upload was cancelled.', 'AbortError'));
    request.open('POST', path);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
