import type { z } from 'zod';
import type { Actor } from '../access/can';
import { AppError } from '../base/appError';
import type { Route } from '../contracts/routes';
import { type Visit, visitOf } from '../identity/visit';
import { admit } from './admit';
import { guardType } from './guard';
import { problemResponse, toRefusal } from './problem';
import { secured } from './secured';

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : Record<string, never>;
type Answer<R extends Route> = R['answer'] extends z.ZodType
  ? z.input<R['answer']> | Reply<z.input<R['answer']>>
  : Response;

/** An answer with a status other than 200. */
export type Reply<Value> = { readonly status: number; readonly value: Value };

/** What a handler is given: who asks, and the request's parts as its route declares them. */
export type Context<R extends Route> = {
  /** Null on routes that anyone may ask. */
  readonly actor: R['permit'] extends 'anyone' ? null : Actor;
  /** The request as signing in sees it. Cookies put there are set with the answer. */
  readonly visit: Visit;
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: Parsed<R['body']>;
  readonly request: Request;
};

/** A route handler of Next. */
type Handler = (
  request: Request,
  next: { readonly params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>;

/**
 * The one way in: guards, authenticates, counts, permits, parses, calls the workflow, answers. Whatever is thrown
 * becomes a problem document. Answers are held against the route's schema everywhere but in production.
 */
export function door<R extends Route>(
  route: R,
  workflow: (context: Context<R>) => Promise<Answer<R>>,
): Handler {
  return async (request, next) => {
    const visit = visitOf(request.headers);
    try {
      const actor = await admit(request, route, visit);
      if (route.body !== undefined) guardType(request);
      const context = {
        actor,
        visit,
        params: parse(route.params, await next.params, 'path'),
        query: parse(route.query, Object.fromEntries(new URL(request.url).searchParams), 'query'),
        body:
          route.body === undefined ? {} : parse(route.body, await readJson(request, route.bodyBytes), 'body'),
        request,
      } as Context<R>;
      return secured(respond(route, await workflow(context)), visit.cookies);
    } catch (error) {
      if (error instanceof AppError) return secured(problemResponse(error), visit.cookies);
      logFault(route, error);
      // Who could not be noted as signed in is not: a session made on the way stays without its cookie.
      return problemResponse(error);
    }
  };
}

/** An answer with a status of its own. */
export function reply<Value>(status: number, value: Value): Reply<Value> {
  return { status, value };
}

function parse(schema: z.ZodType | undefined, value: unknown, where: 'path' | 'query' | 'body'): unknown {
  if (schema === undefined) return {};
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw toRefusal(parsed.error, where);
  return parsed.data;
}

/** Decisions are short; a body beyond this is not one. */
const JSON_BYTES = 1024 * 1024;

async function readJson(request: Request, limit = JSON_BYTES): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) {
    throw tooLarge(limit);
  }
  const text = await readText(request, limit);
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new AppError('bad_request', 'The body is not JSON.', {
      errors: [{ path: '', message: 'not JSON' }],
    });
  }
}

/** The body as text. A body sent in chunks names no length, so its bytes are counted as they come. */
async function readText(request: Request, limit: number): Promise<string> {
  const parts: Uint8Array[] = [];
  const reader = request.body?.getReader();
  for (let bytes = 0; reader !== undefined; ) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > limit) {
      await reader.cancel();
      throw tooLarge(limit);
    }
    parts.push(value);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

function tooLarge(limit: number): AppError {
  return new AppError(
    'too_large',
    `The body is larger than any this operation takes: ${limit / 2 ** 20} MiB at most.`,
    { limit },
  );
}

function respond<R extends Route>(route: R, answer: unknown): Response {
  if (answer instanceof Response) return answer;
  const { status, value } = isReply(answer) ? answer : { status: 200, value: answer };
  if (process.env.NODE_ENV !== 'production' && typeof route.answer !== 'string') route.answer.parse(value);
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

function isReply(answer: unknown): answer is Reply<unknown> {
  return typeof answer === 'object' && answer !== null && Object.keys(answer).join() === 'status,value';
}

/** Where a fault of ours happened, without its message, which may quote telemetry. */
function logFault(route: Route, error: unknown): void {
  const frames =
    error instanceof Error
      ? (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
      : [];
  const entry = {
    level: 'error',
    time: new Date().toISOString(),
    route: `${route.method} ${route.path}`,
    error: error instanceof Error ? error.name : typeof error,
    code: (error as { code?: unknown } | null)?.code,
    at: frames.slice(0, 6).map((line) => line.trim()),
  };
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}
