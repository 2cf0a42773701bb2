import fs from 'node:fs';
import path from 'node:path';
import type { Permission } from '../access/can';
import { openApiDocument } from '../contracts/openapi';
import { handlerOf } from './testVisitor';

const APP = path.resolve(import.meta.dirname, '../../app');

/** For tests: one operation of the API, as its own description gives it: no list of ours that could forget one. */
export type Operation = {
  readonly method: string;
  readonly path: string;
  readonly permission: Permission | 'anyone';
  readonly takes: 'nothing' | 'json' | 'bytes';
};

/** For tests: every operation, in the order of the description. */
export function operations(): readonly Operation[] {
  const { paths } = openApiDocument('test') as {
    paths: Record<
      string,
      Record<string, { 'x-permission': Permission | 'anyone'; requestBody?: { content: object } }>
    >;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => {
      const types = Object.keys(operation.requestBody?.content ?? {});
      const takes = types.length === 0 ? 'nothing' : types.includes('application/json') ? 'json' : 'bytes';
      return { method: method.toUpperCase(), path, permission: operation['x-permission'], takes };
    }),
  );
}

/** For tests: an operation as one says it, `GET /api/v1/cases/{id}`. */
export function nameOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** For tests: names of the ids in an operation's path, in order. */
export function idsOf({ path }: Pick<Operation, 'path'>): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}

/** For tests: whether Next would find a handler for an operation. */
export async function isHandled({ method, path }: Pick<Operation, 'method' | 'path'>): Promise<boolean> {
  const folder = path.replace(/\{(\w+)\}/g, '[$1]');
  if (!fs.existsSync(`${APP}${folder}/route.ts`)) return false;
  return (await handlerOf(method, path)) !== undefined;
}
