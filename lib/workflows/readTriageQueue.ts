import { AppError } from '../base/appError';
import { parseMicros } from '../base/time';
import type { FindingList, FindingQuery } from '../contracts/findings';
import {
  countFindings,
  countViews,
  type FindingFilter,
  type FindingSort,
  listFindings,
} from '../storage/findings';
import { findHost } from '../storage/hosts';
import { fromCursor, toCursor } from './cursor';
import { toFindingSummary } from './findingView';

const PAGE = 100;
const NOBODYS_HOST = -1;

/** One page of the queue with its total, facets and the sizes of the saved views. `person` is who asks. */
export async function readTriageQueue(query: FindingQuery, person: string): Promise<FindingList> {
  const filter = await toFilter(query);
  const sort = query.sort ?? 'score';
  const [page, found, counts] = await Promise.all([
    listFindings(filter, sort, query.limit ?? PAGE, readCursor(query.cursor, sort)),
    countFindings(filter),
    countViews(person),
  ]);
  return {
    items: page.rows.map(toFindingSummary),
    total: found.total,
    counts,
    facets: { analytic: [...found.analytics], host: [...found.hosts], severity: [...found.severities] },
    nextCursor: page.next === null ? null : toCursor(page.next),
  };
}

async function toFilter(query: FindingQuery): Promise<FindingFilter> {
  const { analytic, status, verdict, user, severity, assignee, q } = query;
  return {
    ...(analytic === undefined ? {} : { analytic }),
    ...(status === undefined ? {} : { status }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(user === undefined ? {} : { user }),
    ...(severity === undefined ? {} : { severity }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(q === undefined ? {} : { q }),
    // An unknown host has no findings; that is an empty list, not an error.
    ...(query.host === undefined ? {} : { hostId: (await findHost(query.host)) ?? NOBODYS_HOST }),
    ...(query.from === undefined ? {} : { from: toTime(query.from, 'from') }),
    ...(query.to === undefined ? {} : { to: toTime(query.to, 'to') }),
    ...(query.blind === undefined ? {} : { blind: query.blind === 'true' }),
    ...(query.baseline === undefined ? {} : { baseline: query.baseline }),
    ...(query.suppressed === 'any' || query.suppressed === undefined
      ? {}
      : { suppressed: query.suppressed === 'true' }),
  };
}

/** A time of a query. Throws `bad_request` naming the parameter. */
export function toTime(text: string, parameter: string): number {
  const time = parseMicros(text);
  if (time === undefined) {
    throw new AppError('bad_request', `"${parameter}" is not a time such as 2026-11-20T09:16:31.702Z.`, {
      errors: [{ path: parameter, message: 'not an ISO 8601 time' }],
    });
  }
  return time;
}

function readCursor(cursor: string | undefined, sort: FindingSort) {
  switch (sort) {
    case 'score':
      return fromCursor(cursor, 'number', 'number', 'number', 'number', 'string');
    case 'newest':
    case 'oldest':
      return fromCursor(cursor, 'number', 'string');
    case 'host':
      return fromCursor(cursor, 'string', 'string');
  }
}
