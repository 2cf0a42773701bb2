import {
  createSerializer,
  type inferParserType,
  parseAsBoolean,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs';
import type { FindingList, FindingQuery } from '@/lib/contracts/findings';
import { ME } from './people';

export const VIEWS = ['open', 'mine', 'unassigned', 'partial', 'blind', 'suppressed', 'closed'] as const;
export type TriageView = (typeof VIEWS)[number];

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'informational'] as const;
const VERDICTS = ['true_positive', 'benign_true_positive', 'false_positive', 'undetermined'] as const;
export const SORTS = ['score', 'newest', 'oldest', 'host'] as const;

/** The queue's state in the URL. A finding's address carries it too, so that "next" means next in this queue. */
export const filterParsers = {
  view: parseAsStringLiteral(VIEWS).withDefault('open'),
  /** Lowest severity shown. */
  severity: parseAsStringLiteral(SEVERITIES),
  analytic: parseAsString,
  host: parseAsString,
  verdict: parseAsStringLiteral(VERDICTS),
  /** Only findings with a blind stage. */
  blind: parseAsBoolean,
  /** Only what this baseline hides or lowers, whatever the view. */
  baseline: parseAsInteger,
  q: parseAsString,
  sort: parseAsStringLiteral(SORTS).withDefault('score'),
};
export type FindingFilters = inferParserType<typeof filterParsers>;

export const NO_FILTERS = {
  severity: null,
  analytic: null,
  host: null,
  verdict: null,
  blind: null,
  baseline: null,
  q: null,
} as const;

/** What the API takes to mean nobody. */
const ASSIGNED_TO_NOBODY = 'none';

const VIEW_QUERY: Record<TriageView, FindingQuery> = {
  open: { verdict: 'none', suppressed: 'false' },
  mine: { verdict: 'none', suppressed: 'false', assignee: ME },
  unassigned: { verdict: 'none', suppressed: 'false', assignee: ASSIGNED_TO_NOBODY },
  partial: { verdict: 'none', suppressed: 'false', status: 'partial' },
  blind: { verdict: 'none', suppressed: 'false', blind: 'true' },
  suppressed: { suppressed: 'true' },
  closed: { verdict: 'any', suppressed: 'any' },
};

/** What to ask the API for; a chosen verdict replaces the view's own, and then suppressed ones count too. */
export function toFindingQuery(filters: FindingFilters): FindingQuery {
  const { view, severity, analytic, host, verdict, blind, baseline, q, sort } = filters;
  return {
    ...(baseline === null ? VIEW_QUERY[view] : { baseline, suppressed: 'any' as const }),
    ...(severity ? { severity } : {}),
    ...(analytic ? { analytic } : {}),
    ...(host ? { host } : {}),
    ...(verdict ? { verdict, suppressed: 'any' as const } : {}),
    ...(blind ? { blind: 'true' as const } : {}),
    ...(q?.trim() ? { q: q.trim() } : {}),
    sort,
  };
}

/** Whether anything beside view and order narrows the list. */
export function isFiltered(filters: FindingFilters): boolean {
  return Boolean(
    filters.severity ||
      filters.analytic ||
      filters.host ||
      filters.verdict ||
      filters.blind ||
      filters.baseline ||
      filters.q,
  );
}

/** The count the API gives for a view. */
export function viewCount(view: TriageView, counts: FindingList['counts']): number {
  return counts[view];
}

const serialize = createSerializer(filterParsers);

/**
 * Address of a finding that remembers the queue it was opened from, in `queue`: the filters, so that the way back is
 * known, with the API's parameters for them, so that the next finding is.
 */
export function findingHref(id: string, filters: FindingFilters): string {
  const queue = new URLSearchParams(serialize(filters));
  for (const [name, value] of Object.entries(toFindingQuery(filters))) queue.set(name, String(value));
  return `/findings/${encodeURIComponent(id)}?queue=${encodeURIComponent(queue.toString())}`;
}

/** Address of the queue with these filters. */
export function triageHref(filters: Partial<FindingFilters>): string {
  return serialize('/', filters);
}
