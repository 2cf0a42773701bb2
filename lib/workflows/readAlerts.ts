import { AppError } from '../base/appError';
import { formatMicros, micros } from '../base/time';
import type { AlertList, AlertQuery, AlertView } from '../contracts/alerts';
import { fromAlertKey, toAlertKey } from '../storage/alertKey';
import { countAlerts, listAlerts, loadAlert, type StoredAlert } from '../storage/alerts';
import { findHost } from '../storage/hosts';
import { fromCursorOf, toCursor } from './cursor';
import { refuseUnstorable } from './findingFilter';

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

const HIGHEST = 99;

/** One page of vendor alerts, newest first. */
export async function readAlerts(query: AlertQuery): Promise<AlertList> {
  refuseUnstorable(query);
  const limit = query.limit ?? PAGE;
  const after = fromCursorOf(query.cursor, ['number', 'string', 'number']);
  const hostId = query.host === undefined ? undefined : ((await findHost(query.host)) ?? NOBODYS_HOST);
  const least = LEAST.find(([word]) => word === query.severity)?.[1];
  const [found, counts] = await Promise.all([
    listAlerts(
      {
        ...(hostId === undefined ? {} : { hostId }),
        ...(query.explained === undefined ? {} : { explained: query.explained === 'true' }),
        ...(query.q === undefined ? {} : { q: query.q }),
        ...(query.verdict === undefined ? {} : { verdict: query.verdict }),
        ...(query.assignee === undefined ? {} : { assignee: query.assignee }),
        ...(least === undefined ? {} : { severity: least }),
      },
      limit + 1,
      after === undefined ? undefined : [Number(after[0]), String(after[1]), Number(after[2])],
    ),
    countAlerts(),
  ]);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toAlertView),
    counts,
    nextCursor:
      found.length > limit && last !== undefined ? toCursor([last.to, last.alert, last.hostId]) : null,
  };
}

/** One alert by its key, also one from before its host's names were joined or parted. Throws `not_found`. */
export async function alertOrRefuse(key: string): Promise<StoredAlert> {
  const known = fromAlertKey(key);
  const alert = known === undefined ? undefined : await loadAlert(known.hostId, known.alert);
  if (alert === undefined) {
    throw new AppError(
      'not_found',
      'There is no alert with this key: the data it came from may have changed since the link was made.',
    );
  }
  return alert;
}

/** An alert as screens get it. */
export function toAlertView(alert: StoredAlert): AlertView {
  return {
    key: toAlertKey(alert.hostId, alert.alert),
    id: alert.alert,
    rule: alert.rule,
    product: alert.product,
    severity: alertSeverity(alert.severity),
    hostId: String(alert.hostId),
    host: alert.host,
    user: alert.user,
    subject: alert.subject,
    from: formatMicros(micros(alert.from)),
    to: formatMicros(micros(alert.to)),
    evidence: alert.evidence,
    eventId: alert.eventId,
    findingId: alert.findingId,
    verdict:
      alert.verdict === null || alert.verdictAt === null
        ? null
        : {
            value: alert.verdict,
            reason: alert.verdictReason,
            by: alert.verdictBy ?? '',
            at: alert.verdictAt.toISOString(),
          },
    assignee: alert.assignee,
    case: alert.case,
    revision: alert.revision,
  };
}

/** The severity a vendor's number stands for; null for 0, which says nothing. */
export function alertSeverity(number: number): AlertView['severity'] {
  return LEAST.find(([, least]) => number >= least)?.[0] ?? null;
}

/** The numbers that stand for a severity: from the first, below the second. */
export function alertSeverityRange(word: NonNullable<AlertView['severity']>): readonly [number, number] {
  const place = LEAST.findIndex(([each]) => each === word);
  return [LEAST[place]?.[1] ?? 0, LEAST[place - 1]?.[1] ?? HIGHEST + 1];
}
