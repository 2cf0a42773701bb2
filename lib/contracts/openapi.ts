import { z } from 'zod';
import { problem } from './problem';
import { type Route, routes } from './routes';

/** The API as an OpenAPI 3.1 document, made from the very declarations its doors check by. */
export function openApiDocument(version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: toOperation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Sequela',
      version,
      description:
        'Everything a screen can do. Errors are RFC 9457 problem documents; times are ISO 8601 UTC.',
    },
    paths,
    components: {
      schemas: { Problem: toSchema(problem) },
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key. What it opens is bounded by its scopes and by the role of its owner.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'sequela.session_token',
          description: 'A browser that is signed in; behind https the name begins with "__Secure-".',
        },
      },
    },
    security: [{ key: [] }, { session: [] }],
  };
}

function toOperation(name: string, route: Route): Record<string, unknown> {
  const answer =
    typeof route.answer === 'string'
      ? { [route.answer]: { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: toSchema(route.answer) } };
  const responses = Object.fromEntries(
    (route.statuses ?? [200]).map((status) => [String(status), { description: 'success', content: answer }]),
  );
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.path.split('/')[3] ?? 'api'],
    /** The permission it takes (lib/access/can.ts); `anyone`: none. */
    'x-permission': route.permit,
    ...(route.permit === 'anyone' ? { security: [{}] } : {}),
    parameters: [...toParameters(route.params, 'path'), ...toParameters(route.query, 'query')],
    ...toRequestBody(route),
    responses: {
      ...responses,
      default: {
        description: 'refused or failed',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function toRequestBody(route: Route): Record<string, unknown> {
  if (route.takes !== undefined) {
    const binary = { type: 'string', format: 'binary' };
    const form = { type: 'object', properties: { file: binary }, required: ['file'] };
    return {
      requestBody: {
        required: true,
        content: { [route.takes]: { schema: binary }, 'multipart/form-data': { schema: form } },
      },
    };
  }
  if (route.body === undefined) return {};
  return {
    requestBody: { required: true, content: { 'application/json': { schema: toSchema(route.body) } } },
  };
}

function toParameters(
  fields: z.ZodObject | undefined,
  place: 'path' | 'query',
): readonly Record<string, unknown>[] {
  return Object.entries(fields?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: toSchema(schema as z.ZodType),
  }));
}

function toSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    io: 'input',
  }) as Record<string, unknown>;
  return rest;
}
