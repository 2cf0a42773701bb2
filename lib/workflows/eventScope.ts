import { AppError } from '../base/appError';
import type { EventKind } from '../events/endpointEvent';
import type { QueryNode, QueryProblem } from '../query/node';
import { parseQuery } from '../query/parse';
import type { EventFilter } from '../storage/eventFilter';
import { prepareQuery } from '../storage/eventQuery';
import { findHost, memberIds } from '../storage/hosts';
import { toTime } from './readTriageQueue';

/** What a search is over, as the API takes it. */
export type EventScope = {
  readonly q?: string | undefined;
  readonly host?: string | undefined;
  readonly kind?: EventKind | undefined;
  readonly entity?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** The same for storage; an unknown host simply has no events. Throws `bad_request` with the place of a mistake in `q`. */
export async function toEventFilter(scope: EventScope): Promise<EventFilter> {
  const node = readQuery(scope.q);
  // What cannot be stored is no host's name and no process's id.
  const host = scope.host === undefined || scope.host.includes('\0') ? undefined : await findHost(scope.host);
  const entityIds = scope.entity?.includes('\0') === true ? [] : [scope.entity ?? ''];
  return {
    ...(scope.host === undefined ? {} : { hostIds: host === undefined ? [] : await memberIds(host) }),
    ...(scope.kind === undefined ? {} : { kinds: [scope.kind] }),
    ...(scope.entity === undefined ? {} : { entityIds }),
    ...(scope.from === undefined ? {} : { from: toTime(scope.from, 'from') }),
    ...(scope.to === undefined ? {} : { to: toTime(scope.to, 'to') }),
    ...(node === null ? {} : { query: await prepareQuery(node) }),
  };
}

/** The tree of a query, null when it asks nothing. */
function readQuery(q: string | undefined): QueryNode | null {
  const text = q ?? '';
  const parsed = parseQuery(text);
  if (parsed.ok) return parsed.node;
  throw mistakeIn(text, parsed.problem);
}

/** A mistake at its place, counted from 1 as editors count. */
function mistakeIn(text: string, { message, from, to }: QueryProblem): AppError {
  const begin = placeOf(text, from);
  const end = placeOf(text, to);
  return new AppError('bad_request', `The query has a mistake at character ${from + 1}: ${message}`, {
    errors: [{ path: 'q', message, ...begin, endLine: end.line, endColumn: end.column }],
  });
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - start + 1 };
}
