import type { z } from 'zod';
import { type Problem, problem } from '@/lib/contracts/problem';

export const API = '/api/v1';

/** What the server, or the way to it, said instead of an answer. `code` is from the problem document. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Problem | null;

  constructor(status: number, code: string, message: string, document: Problem | null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.problem = document;
  }
}

type SessionListener = (wasChange: boolean) => void;
const sessionListeners = new Set<SessionListener>();

/**
 * Calls `listener` whenever the server says that nobody is signed in any more; `wasChange`: to something that was to be
 * stored. Returns how to stop.
 */
export function onSignedOut(listener: SessionListener): () => void {
  sessionListeners.add(listener);
  return () => sessionListeners.delete(listener);
}

/** To be called with the status of every answer that is not read here. */
export function noteStatus(status: number, method: string): void {
  if (status !== 401) return;
  for (const listener of sessionListeners) listener(method !== 'GET');
}

type Params = Record<string, string | number | boolean | null | undefined>;

/** A path below the API with the parameters that have a value, behind those that stand in it. */
export function apiPath(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return `${API}${path}${text ? `${path.includes('?') ? '&' : '?'}${text}` : ''}`;
}

/** GET, parsed by `schema`. Throws `ApiError`. */
export function apiGet<T>(
  path: string,
  schema: z.ZodType<T>,
  options: { params?: Params; signal?: AbortSignal } = {},
): Promise<T> {
  return request(apiPath(path, options.params), schema, options.signal ? { signal: options.signal } : {});
}

/** POST of a JSON body, parsed by `schema`. Throws `ApiError`. */
export function apiPost<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
  return request(apiPath(path), schema, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/**
 * POST of what the page tells by itself, its answer parsed by `schema`: when nobody is signed in any more, that is said
 * at the next thing somebody does, not in the middle of reading. Throws `ApiError`.
 */
export function apiPostQuietly<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
  return request(
    apiPath(path),
    schema,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      // It outlives the page that tells it.
      keepalive: true,
    },
    { quiet: true },
  );
}

/** PUT of a JSON body, its answer parsed by `schema`. Throws `ApiError`. */
export function apiPut<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
  return request(apiPath(path), schema, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** DELETE, its answer parsed by `schema`. Throws `ApiError`. */
export function apiDelete<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  return request(apiPath(path), schema, { method: 'DELETE' });
}

async function request<T>(
  url: string,
  schema: z.ZodType<T>,
  init: RequestInit,
  { quiet = false } = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers: { accept: 'application/json', ...init.headers } });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, 'unreachable', 'The server did not answer.', null);
  }
  const method = init.method ?? 'GET';
  // At the door itself, 401 is about what was typed there.
  if (!quiet && !url.startsWith(`${API}/sign-in`)) noteStatus(response.status, method);
  return parseAnswer(response.status, await response.text(), schema);
}

/** Reads an answer's text: the wanted shape, or an `ApiError` with the problem the server described. */
export function parseAnswer<T>(status: number, text: string, schema: z.ZodType<T>): T {
  const body = fromJson(text);
  if (status < 200 || status > 299) {
    const described = problem.safeParse(body);
    if (described.success)
      throw new ApiError(status, described.data.code, described.data.detail, described.data);
    throw new ApiError(status, 'unexpected', `The server answered ${status} without saying why.`, null);
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0];
  throw new ApiError(
    status,
    'unexpected',
    `The answer is not as agreed at ${at?.path.join('.') || 'its root'}: ${at?.message ?? 'unknown'}.`,
    null,
  );
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
