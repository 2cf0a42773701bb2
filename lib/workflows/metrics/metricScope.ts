import { AppError } from '../../base/appError';
import type { MetricsQuery } from '../../contracts/metrics';
import type { MetricScope } from '../../storage/metrics/metricScope';
import type { Week } from '../../storage/metrics/metricWeeks';
import { alertSeverityRange } from '../readAlerts';

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_DAYS = 30;
const WEEKS = 13;

/** The UTC days a query asks for, both included: the last 30 up to `now` without them. Throws `bad_request` for an end before the beginning. */
export function metricDays(
  query: Pick<MetricsQuery, 'from' | 'to'>,
  now: Date,
): { readonly from: string; readonly to: string } {
  const to = query.to ?? toDay(now);
  const from = query.from ?? toDay(new Date(Date.parse(to) - (DEFAULT_DAYS - 1) * DAY_MS));
  if (from <= to) return { from, to };
  throw new AppError('bad_request', 'The period ends before it begins.', {
    errors: [{ path: 'to', message: 'is before "from"' }],
  });
}

/** What storage is asked of a query at `now`. Throws as metricDays does. */
export function toMetricScope(query: MetricsQuery, now: Date): MetricScope {
  const { from, to } = metricDays(query, now);
  const { severity, analytic } = query;
  return {
    from: new Date(from),
    to: new Date(Date.parse(to) + DAY_MS),
    now,
    ...(severity === undefined ? {} : { severity, alertSeverity: alertSeverityRange(severity) }),
    ...(analytic === undefined ? {} : { analytic }),
  };
}

/** The 13 weeks up to the end of a period, from their Mondays on; the last ends with the period. */
export function metricWeeks(end: Date): readonly Week[] {
  const last = new Date(end.getTime() - DAY_MS);
  const monday = end.getTime() - (((last.getUTCDay() + 6) % 7) + 1) * DAY_MS;
  return Array.from({ length: WEEKS }, (_, place) => {
    const begins = monday - (WEEKS - 1 - place) * 7 * DAY_MS;
    return { begins: new Date(begins), ends: new Date(Math.min(begins + 7 * DAY_MS, end.getTime())) };
  });
}

function toDay(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
