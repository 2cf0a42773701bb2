import { type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs';
import type { AlertFilter } from '@/components/shared/alertQueries';
import { verdictValue } from '@/lib/contracts/scalars';

const VERDICTS = ['none', 'any', ...verdictValue.options] as const;
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

/** The list's state in the URL. */
export const alertParsers = {
  show: parseAsStringLiteral(['unexplained', 'all'] as const).withDefault('unexplained'),
  /** Null: those without a verdict among the unexplained, whatever verdict among all. */
  verdict: parseAsStringLiteral(VERDICTS),
  severity: parseAsStringLiteral(SEVERITIES),
  /** A handle, or `none`. */
  assignee: parseAsString,
  host: parseAsString,
  q: parseAsString,
};
export type AlertFilters = inferParserType<typeof alertParsers>;

export const NO_ALERT_FILTERS = {
  verdict: null,
  severity: null,
  assignee: null,
  host: null,
  q: null,
} as const;

/** Which verdicts are shown: the chosen ones, else what the list is for. */
export function shownVerdict({ show, verdict }: AlertFilters): (typeof VERDICTS)[number] | null {
  return verdict ?? (show === 'unexplained' ? 'none' : null);
}

/** What to ask the API for. */
export function toAlertQuery(filters: AlertFilters): AlertFilter {
  const verdict = shownVerdict(filters);
  return {
    ...(filters.show === 'unexplained' ? { explained: 'false' as const } : {}),
    ...(verdict ? { verdict } : {}),
    ...(filters.severity ? { severity: filters.severity } : {}),
    ...(filters.assignee ? { assignee: filters.assignee } : {}),
    ...(filters.host ? { host: filters.host } : {}),
    ...(filters.q?.trim() ? { q: filters.q.trim() } : {}),
  };
}

/** Whether anything beside what the list is for narrows it. */
export function isNarrowed(filters: AlertFilters): boolean {
  return (Object.keys(NO_ALERT_FILTERS) as (keyof typeof NO_ALERT_FILTERS)[]).some((name) =>
    Boolean(filters[name]),
  );
}

/** What the list is, as its heading: "1,243 vendor alerts, 31 that no chain explains, 20 of those open". */
export function alertSentence(
  counts: { total: number; unexplained: number; open: number } | undefined,
): string {
  if (counts === undefined) return 'Vendor alerts';
  const { total, unexplained, open } = counts;
  if (total === 0) return 'No vendor alerts';
  const number = (value: number) => value.toLocaleString('en');
  return `${number(total)} vendor ${total === 1 ? 'alert' : 'alerts'}, ${number(unexplained)} that no chain explains, ${number(open)} of those open`;
}
