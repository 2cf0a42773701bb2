import type { ZodError } from 'zod';
import { AppError, type AppErrorCode } from '../base/appError';
import type { Problem } from '../contracts/problem';
import { secured } from './secured';

/** Status and title of every refusal there is. */
const KINDS: Readonly<Record<AppErrorCode, { readonly status: number; readonly title: string }>> = {
  bad_request: { status: 400, title: 'The request is not as it should be' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Not permitted' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Changed meanwhile' },
  too_many: { status: 429, title: 'Too many requests' },
  too_large: { status: 413, title: 'Too large' },
  unknown_format: { status: 422, title: 'Unknown format' },
  blind_unacknowledged: { status: 422, title: 'Something could not be seen' },
  bad_input: { status: 422, title: 'Unreadable input' },
  not_implemented: { status: 501, title: 'Not available yet' },
  unavailable: { status: 503, title: 'Not available now' },
};

/**
 * The RFC 9457 document for anything thrown. What is not a refusal is a fault of ours: its message stays
 * here, since it may quote what is stored.
 */
export function toProblem(error: unknown): Problem {
  if (error instanceof AppError) {
    const kind = KINDS[error.code];
    const { errors, ...facts } = error.details;
    return {
      ...facts,
      type: `urn:sequela:problem:${error.code}`,
      title: kind.title,
      status: kind.status,
      detail: error.message,
      code: error.code,
      ...(Array.isArray(errors) ? { errors: errors as { path: string; message: string }[] } : {}),
    };
  }
  return {
    type: 'urn:sequela:problem:internal',
    title: 'Something went wrong here',
    status: 500,
    detail:
      'The server met an error of its own. Nothing of your request was kept half-way; try again, and look at the server log if it stays.',
    code: 'internal',
  };
}

/** A refusal out of what a schema complained about; `where` is the part of the request it read. */
export function toRefusal(error: ZodError, where: 'path' | 'query' | 'body'): AppError {
  const errors = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const first = errors[0];
  const place = first === undefined || first.path === '' ? `the ${where}` : `"${first.path}" in the ${where}`;
  return new AppError(
    'bad_request',
    `There is a mistake at ${place}: ${first?.message ?? 'not as described'}.`,
    { errors },
  );
}

/** The answer for anything thrown. A refusal that ends by itself says when (Retry-After). */
export function problemResponse(error: unknown): Response {
  const document = toProblem(error);
  const wait = error instanceof AppError ? error.details.retryAfterSeconds : undefined;
  return secured(
    new Response(JSON.stringify(document), {
      status: document.status,
      headers: {
        'content-type': 'application/problem+json',
        ...(typeof wait === 'number' ? { 'retry-after': String(wait) } : {}),
      },
    }),
  );
}
