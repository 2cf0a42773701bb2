import { type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs';
import { apiPath } from '@/components/shared/apiClient';
import {
  BACKLOG_AGES,
  METRIC_LISTS,
  type MetricList,
  type MetricListQuery,
  type MetricsQuery,
} from '@/lib/contracts/metrics';
import { severity } from '@/lib/contracts/scalars';

/** What the team's page shows, in the URL; `from` and `to` are the period's (components/shared/period). */
export const teamParsers = {
  from: parseAsString,
  to: parseAsString,
  /** Narrow every number they can. */
  severity: parseAsStringLiteral(severity.options),
  analytic: parseAsString,
  by: parseAsStringLiteral(['severity', 'analytic'] as const).withDefault('severity'),
  /** The list that is opened, and what of it: of one severity, analytic, week (its Monday) or age. */
  list: parseAsStringLiteral(METRIC_LISTS),
  ofSeverity: parseAsStringLiteral(severity.options),
  ofAnalytic: parseAsString,
  week: parseAsString,
  age: parseAsStringLiteral(BACKLOG_AGES),
};
export type TeamUrl = inferParserType<typeof teamParsers>;

/** No list is open. */
export const CLOSED = { list: null, ofSeverity: null, ofAnalytic: null, week: null, age: null } as const;

/** What of a list a number is: absent where it is all of it. */
export type ListPart = Partial<Pick<TeamUrl, 'ofSeverity' | 'ofAnalytic' | 'week' | 'age'>>;

/** The part of a row of a table by severity or analytic; `key` null is the row of all. */
export function partOf(by: TeamUrl['by'], key: string | null): ListPart {
  if (key === null) return {};
  if (by === 'analytic') return { ofAnalytic: key };
  const found = severity.options.find((each) => each === key);
  return found === undefined ? {} : { ofSeverity: found };
}

/** What to ask for the page. */
export function toMetricsQuery(url: Pick<TeamUrl, 'from' | 'to' | 'severity' | 'analytic'>): MetricsQuery {
  return {
    ...(url.from ? { from: url.from } : {}),
    ...(url.to ? { to: url.to } : {}),
    ...(url.severity ? { severity: url.severity } : {}),
    ...(url.analytic ? { analytic: url.analytic } : {}),
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What to ask for the list that is opened; `end` is the last day of the page's period: a week does not go beyond it. */
export function toListQuery(url: TeamUrl, list: MetricList, end: string | undefined): MetricListQuery {
  const { ofSeverity, ofAnalytic, week, age } = url;
  return {
    ...toMetricsQuery(url),
    ...(ofSeverity ? { severity: ofSeverity } : {}),
    ...(ofAnalytic ? { analytic: ofAnalytic } : {}),
    ...(week ? weekDays(week, end) : {}),
    ...(age && list === 'backlog' ? { age } : {}),
    list,
  };
}

/** The days of the week that begins on a Monday; a text that is no day is left to the server, which says so. */
function weekDays(monday: string, end: string | undefined): { from: string; to: string } {
  const at = Date.parse(`${monday}T00:00:00Z`);
  if (Number.isNaN(at)) return { from: monday, to: monday };
  const sunday = new Date(at + 6 * DAY_MS).toISOString().slice(0, 10);
  return { from: monday, to: end !== undefined && end < sunday && end >= monday ? end : sunday };
}

/** The page's numbers as a file. */
export function exportHref(query: MetricsQuery, format: 'csv' | 'json'): string {
  return apiPath('/coverage/export', { ...query, table: 'metrics', format });
}
