import { formatMicros, micros } from '../base/time';
import type { AlertList, AlertQuery, AlertView } from '../contracts/alerts';
import { countAlerts, listAlerts, type StoredAlert } from '../storage/alerts';
import { findHost } from '../storage/hosts';
import { fromCursor, toCursor } from './cursor';

const PAGE = 100;
const NOBODYS_HOST = -1;

/** The least number of each severity, as `event.severity` counts: what lies between two is the lower one. */
const LEAST: readonly (readonly [NonNullable<AlertView['severity']>, number])[] = [
  ['critical', 99],
  ['high', 73],
  ['medium', 47],
  ['low', 21],
  ['informational', 1],
];

/** One page of vendor alerts, newest first. */
export async function readAlerts(query: AlertQuery): Promise<AlertList> {
  const limit = query.limit ?? PAGE;
  const after = fromCursor(query.cursor, 'number', 'string');
  const hostId = query.host === undefined ? undefined : ((await findHost(query.host)) ?? NOBODYS_HOST);
  const least = LEAST.find(([word]) => word === query.severity)?.[1];
  const [found, counts] = await Promise.all([
    listAlerts(
      {
        ...(hostId === undefined ? {} : { hostId }),
        ...(query.explained === undefined ? {} : { explained: query.explained === 'true' }),
        ...(query.q === undefined ? {} : { q: query.q }),
        ...(least === undefined ? {} : { severity: least }),
      },
      limit + 1,
      after,
    ),
    countAlerts(),
  ]);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toAlertView),
    counts,
    nextCursor: found.length > limit && last !== undefined ? toCursor([last.to, last.key]) : null,
  };
}

function toAlertView(alert: StoredAlert): AlertView {
  return {
    id: alert.alert,
    rule: alert.rule,
    product: alert.product,
    severity: LEAST.find(([, least]) => alert.severity >= least)?.[0] ?? null,
    hostId: String(alert.hostId),
    host: alert.host,
    user: alert.user,
    subject: alert.subject,
    from: formatMicros(micros(alert.from)),
    to: formatMicros(micros(alert.to)),
    evidence: alert.evidence,
    eventId: alert.eventId,
    findingId: alert.findingId,
  };
}
