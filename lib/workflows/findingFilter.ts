import { AppError } from '../base/appError';
import { formatMicros, micros, parseMicros } from '../base/time';
import type { FindingQuery } from '../contracts/findings';
import { STORABLE } from '../contracts/scalars';
import type { FindingFilter } from '../storage/findingFilter';
import { findHost } from '../storage/hosts';

const NOBODYS_HOST = -1;

/** What a query of the queue asks for. Throws `bad_request` for a time that is none, and for text no row can hold. */
export async function toFilter(query: FindingQuery): Promise<FindingFilter> {
  refuseUnstorable(query);
  const { analytic, status, verdict, user, severity, assignee, q, clock, shape } = query;
  return {
    ...(analytic === undefined ? {} : { analytic }),
    ...(status === undefined ? {} : { status }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(user === undefined ? {} : { user }),
    ...(severity === undefined ? {} : { severity }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(q === undefined ? {} : { q }),
    ...(clock === undefined ? {} : { clock }),
    ...(shape === undefined ? {} : { shape }),
    // An unknown host has no findings; that is an empty list, not an error.
    ...(query.host === undefined ? {} : { hostId: (await findHost(query.host)) ?? NOBODYS_HOST }),
    ...(query.from === undefined ? {} : { from: toTime(query.from, 'from') }),
    ...(query.to === undefined ? {} : { to: toTime(query.to, 'to') }),
    ...(query.since === undefined ? {} : { since: formatMicros(micros(toTime(query.since, 'since'))) }),
    ...(query.blind === undefined ? {} : { blind: query.blind === 'true' }),
    ...(query.reopened === undefined ? {} : { reopened: query.reopened === 'true' }),
    ...(query.baseline === undefined ? {} : { baseline: query.baseline }),
    ...(query.case === undefined
      ? {}
      : { case: query.case === 'none' || query.case === 'any' ? query.case : Number(query.case) }),
    ...(query.suppressed === 'any' || query.suppressed === undefined
      ? {}
      : { suppressed: query.suppressed === 'true' }),
  };
}

/** Refuses texts with NUL or half a character, which nothing stored can hold. Throws `bad_request` naming the parameter. */
export function refuseUnstorable(query: Readonly<Record<string, unknown>>): void {
  const bad = Object.entries(query).find(([, value]) => typeof value === 'string' && !STORABLE.test(value));
  if (bad === undefined) return;
  throw new AppError('bad_request', `"${bad[0]}" holds characters that no text here can hold.`, {
    errors: [{ path: bad[0], message: 'holds characters that cannot be stored' }],
  });
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
