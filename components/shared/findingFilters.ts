import {
  createSerializer,
  type inferParserType,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs';
import type { FindingList, FindingQuery } from '@/lib/contracts/findings';
import { severity, verdictValue } from '@/lib/contracts/scalars';
import { TRIAGE_VIEWS, type TriageView, VIEW_QUERY } from '@/lib/contracts/triage';

const CLOCKS = ['soon', 'breached'] as const;
export const SORTS = [
  'score',
  'severity',
  'newest',
  'oldest',
  'due',
  'host',
  'user',
  'analytic',
  'assignee',
] as const;
export type TriageSort = (typeof SORTS)[number];

/** The queue's state in the URL. A finding's address carries it too, so that "next" means next in this queue. */
export const filterParsers = {
  view: parseAsStringLiteral(TRIAGE_VIEWS).withDefault('open'),
  /** Lowest severity shown. */
  severity: parseAsStringLiteral(severity.options),
  analytic: parseAsString,
  host: parseAsString,
  user: parseAsString,
  verdict: parseAsStringLiteral(verdictValue.options),
  /** A handle, or `none`. */
  assignee: parseAsString,
  /** `none`, `any`, or the number of a case. */
  case: parseAsString,
  clock: parseAsStringLiteral(CLOCKS),
  /** Only findings that later data opened again. */
  reopened: parseAsBoolean,
  /** Only findings with a blind stage. */
  blind: parseAsBoolean,
  /** Only what this baseline hides or lowers, whatever the view. */
  baseline: parseAsInteger,
  /** Only findings of one shape, as the groups name it. */
  shape: parseAsString,
  q: parseAsString,
  sort: parseAsStringLiteral(SORTS).withDefault('score'),
};
export type FindingFilters = inferParserType<typeof filterParsers>;

export const NO_FILTERS = {
  severity: null,
  analytic: null,
  host: null,
  user: null,
  verdict: null,
  assignee: null,
  case: null,
  clock: null,
  reopened: null,
  blind: null,
  baseline: null,
  shape: null,
  q: null,
} as const;

/** What the API takes to mean nobody. */
export const NOBODY = 'none';

/** The filters of the URL that a view sets by itself: they are the view's, not the reader's. */
const VIEW_FILTERS: Partial<Record<TriageView, readonly (keyof typeof NO_FILTERS)[]>> = {
  mine: ['assignee'],
  unassigned: ['assignee'],
  due: ['clock'],
  reopened: ['reopened'],
  blind: ['blind'],
};

const CASE = /^(none|any|\d{1,9})$/;

/**
 * What to ask the API for; a chosen verdict replaces the view's own, and then suppressed ones count too. `me` is the
 * handle of who looks, for the view of their own.
 */
export function toFindingQuery(filters: FindingFilters, me: string): FindingQuery {
  const { view, verdict, baseline, q, sort } = filters;
  return {
    ...(baseline === null ? VIEW_QUERY[view] : { baseline, suppressed: 'any' as const }),
    ...(baseline === null && view === 'mine' ? { assignee: me } : {}),
    ...(filters.severity ? { severity: filters.severity } : {}),
    ...(filters.analytic ? { analytic: filters.analytic } : {}),
    ...(filters.host ? { host: filters.host } : {}),
    ...(filters.user ? { user: filters.user } : {}),
    ...(verdict ? { verdict, suppressed: 'any' as const } : {}),
    ...(filters.assignee ? { assignee: filters.assignee } : {}),
    ...(filters.case && CASE.test(filters.case) ? { case: filters.case } : {}),
    ...(filters.clock ? { clock: filters.clock } : {}),
    ...(filters.reopened ? { reopened: 'true' as const } : {}),
    ...(filters.blind ? { blind: 'true' as const } : {}),
    ...(filters.shape ? { shape: filters.shape } : {}),
    ...(q?.trim() ? { q: q.trim() } : {}),
    sort,
  };
}

/** Whether anything beside view and order narrows the list. */
export function isFiltered(filters: FindingFilters): boolean {
  return (Object.keys(NO_FILTERS) as (keyof typeof NO_FILTERS)[]).some((name) => Boolean(filters[name]));
}

/** The count the API gives for a view. */
export function viewCount(view: TriageView, counts: FindingList['counts']): number {
  return counts[view];
}

const serialize = createSerializer(filterParsers);

/**
 * A queue as text, to be carried by an address or kept: the filters, so that the way back is known, with the API's
 * parameters for them, so that what they give is.
 */
export function queueText(filters: FindingFilters, me: string): string {
  const queue = new URLSearchParams(serialize(filters));
  for (const [name, value] of Object.entries(toFindingQuery(filters, me))) queue.set(name, String(value));
  return queue.toString();
}

/** The filters a reader chose: without what the view sets by itself, as `queueText` writes it. */
export function chosenFilters(filters: FindingFilters): FindingFilters {
  const ofView = VIEW_FILTERS[filters.view] ?? [];
  return { ...filters, ...Object.fromEntries(ofView.map((name) => [name, null])) };
}

/** Address of a finding that remembers the queue it was opened from, in `queue`. */
export function findingHref(id: string, filters: FindingFilters, me: string): string {
  return `/findings/${encodeURIComponent(id)}?queue=${encodeURIComponent(queueText(filters, me))}`;
}

/** Address of the queue with these filters. */
export function triageHref(filters: Partial<FindingFilters>): string {
  return serialize('/', filters);
}
