import { AppError } from '../../base/appError';
import { formatMicros, MICROS_PER_MINUTE, micros } from '../../base/time';
import type { MetricItems, MetricList, MetricListQuery } from '../../contracts/metrics';
import { VERDICT_WORD } from '../../contracts/scalars';
import { toAlertKey } from '../../storage/alertKey';
import { severityOf } from '../../storage/findingRows';
import { type ItemCursor, loadMetricItems, type MetricItem } from '../../storage/metrics/metricItems';
import { METRIC_LISTS } from '../../storage/metrics/metricLists';
import { fromCursorOf, toCursor } from '../cursor';
import { alertSeverity } from '../readAlerts';
import { toMetricScope } from './metricScope';

const PAGE = 50;

/**
 * What a number of the metrics is made of, the worst first: the longest, else the most severe and then the newest. All
 * pages are as seen when the first was read, which the cursor holds: lengths up to now grow, and ages turn, meanwhile.
 * Throws `bad_request` as readMetrics does, for a cursor of another list, and for an age of any list but the backlog.
 */
export async function readMetricItems(query: MetricListQuery, now: Date): Promise<MetricItems> {
  if (query.age !== undefined && query.list !== 'backlog')
    throw new AppError('bad_request', 'Only the backlog is told by age.', {
      errors: [{ path: 'age', message: 'belongs to the list "backlog"' }],
    });
  const limit = query.limit ?? PAGE;
  const begun = placeOf(query.cursor, now);
  const seen = begun?.seen ?? now;
  const scope = { ...toMetricScope(query, seen), ...(query.age === undefined ? {} : { age: query.age }) };
  const { items, total } = await loadMetricItems(query.list, scope, limit + 1, begun?.after);
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return {
    list: query.list,
    items: shown.map((item) => toItem(query.list, item)),
    total,
    nextCursor:
      items.length > limit && last !== undefined ? toCursor([...last.cursor, seen.getTime()]) : null,
  };
}

/** Where the page before ended, and when the first was read, which is never later than `now`; undefined for the first. */
function placeOf(
  cursor: string | undefined,
  now: Date,
): { readonly after: ItemCursor; readonly seen: Date } | undefined {
  const values = fromCursorOf(cursor, ['number', 'string', 'number']);
  if (values === undefined) return undefined;
  const [worst, key, seen] = values;
  // One that was made up may name any number: before 1970 nothing was read here.
  const at = Math.min(Math.max(Number(seen), 0), now.getTime());
  return { after: [Number(worst), String(key)], seen: new Date(at) };
}

type Kind = MetricItems['items'][number]['kind'];
const KIND: Readonly<Record<(typeof METRIC_LISTS)[MetricList]['of'], Kind>> = {
  finding: 'finding',
  verdict: 'finding',
  review: 'case',
  alert: 'alert',
};

function toItem(list: MetricList, item: MetricItem): MetricItems['items'][number] {
  const kind = KIND[METRIC_LISTS[list].of];
  const id = kind === 'alert' ? toAlertKey(item.hostId ?? 0, item.id) : item.id;
  return {
    kind,
    id,
    title: item.title,
    host: item.host,
    analytic: item.analytic,
    severity: kind === 'alert' ? alertSeverity(item.severity) : severityOf(item.severity),
    minutes: item.length === null ? null : item.length / MICROS_PER_MINUTE,
    outcome: outcomeWords(item.outcome),
    at: formatMicros(micros(item.at)),
    href: HREF[kind](id),
  };
}

const HREF: Readonly<Record<Kind, (id: string) => string>> = {
  finding: (id) => `/findings/${encodeURIComponent(id)}`,
  case: (id) => `/cases/${encodeURIComponent(id)}`,
  alert: (id) => `/alerts?show=all&alert=${encodeURIComponent(id)}`,
};

const WORDS: Readonly<Record<string, string>> = {
  ...VERDICT_WORD,
  open: 'Open',
  opened: 'Looked into',
  assigned: 'Assigned',
  judged: 'Verdict given',
  taken_back: 'Verdict taken back',
  approved: 'Approved',
  sent_back: 'Sent back',
  in_time: 'In time',
  late: 'After its time',
  waiting: 'Past its time',
  suppressed: 'Kept from the queue',
  explained: 'Explained by a chain',
  unexplained: 'No chain explains it',
  noticed: 'An alert belongs to it',
  unnoticed: 'No alert belongs to it',
  reopened: 'Opened again by later data',
};

/** `false_positive true_positive` → `False positive, then true positive`. */
function outcomeWords(outcome: string): string {
  const [first = '', ...then] = outcome.split(' ').map((word) => WORDS[word] ?? word);
  return [first, ...then.map((word) => word.charAt(0).toLowerCase() + word.slice(1))].join(', then ');
}
