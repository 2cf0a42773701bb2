import type { EntityId, EventId } from '../events/endpointEvent';
import { type Connection, pool } from './client';
import { containing, createConditions } from './conditions';
import { copyRows } from './copyBinary';

/** One piece of evidence of a vendor's alert. */
export type AlertRow = {
  readonly event: EventId;
  readonly alert: string;
  readonly rule: string;
  readonly product: string;
  readonly severity?: number;
  readonly time: number;
  readonly entityId?: EntityId;
  readonly subject?: string;
  readonly user?: string;
  readonly finding?: string;
};

/** An alert with its pieces of evidence on one host joined. */
export type StoredAlert = {
  readonly alert: string;
  /** Host and alert; what a page goes on from. */
  readonly key: string;
  readonly hostId: number;
  readonly host: string;
  readonly rule: string;
  readonly product: string;
  readonly severity: number;
  /** First and last of its evidence, Micros. */
  readonly from: number;
  readonly to: number;
  readonly evidence: number;
  readonly eventId: string;
  readonly subject: string | null;
  readonly user: string | null;
  readonly findingId: string | null;
};

export type AlertFilter = {
  readonly hostId?: number;
  readonly explained?: boolean;
  readonly q?: string;
  /** Least severity, 1 to 99. */
  readonly severity?: number;
};

/** Replaces a host group's alerts by what correlation just saw, within the caller's transaction. */
export async function replaceAlerts(
  connection: Connection,
  canonicalId: number,
  memberIds: readonly number[],
  alerts: readonly AlertRow[],
): Promise<void> {
  await connection.query({
    name: 'drop_alerts',
    text: 'DELETE FROM alerts WHERE host_id = ANY($1)',
    values: [memberIds],
  });
  if (alerts.length === 0) return;
  await copyRows(
    connection,
    'alerts',
    [
      { name: 'host_id', type: 'int4' },
      { name: 'event_id', type: 'uuid' },
      { name: 'alert', type: 'text' },
      { name: 'rule', type: 'text' },
      { name: 'product', type: 'text' },
      { name: 'severity', type: 'int2' },
      { name: 'time', type: 'int8' },
      { name: 'entity_id', type: 'text' },
      { name: 'subject', type: 'text' },
      { name: 'user_name', type: 'text' },
      { name: 'finding_id', type: 'text' },
    ],
    alerts.map((alert) => [
      canonicalId,
      alert.event,
      alert.alert,
      alert.rule,
      alert.product,
      Math.min(99, Math.max(0, alert.severity ?? 0)),
      alert.time,
      alert.entityId,
      alert.subject,
      alert.user,
      alert.finding,
    ]),
  );
}

/** What an alert is told apart by: vendors number alerts per tenant, and one tenant's name many hosts. */
const KEY = `a.host_id || '/' || a.alert`;

/**
 * Alerts newest first, each once per host, after the cursor (time of the last piece of evidence, and key). An alert is explained when any piece of its evidence is.
 */
export async function listAlerts(
  filter: AlertFilter,
  limit: number,
  after?: readonly [time: number, key: string],
): Promise<readonly StoredAlert[]> {
  const conditions = createConditions();
  if (filter.hostId !== undefined) conditions.add(`a.host_id = ${conditions.value(filter.hostId)}`);
  if (filter.q !== undefined) {
    const text = conditions.value(containing(filter.q));
    conditions.add(
      `(a.rule ILIKE ${text} OR a.subject ILIKE ${text} OR a.user_name ILIKE ${text} OR a.alert ILIKE ${text})`,
    );
  }
  const having = ['TRUE'];
  if (filter.explained !== undefined) having.push(`count(a.finding_id) ${filter.explained ? '>' : '='} 0`);
  if (filter.severity !== undefined) having.push(`max(a.severity) >= ${conditions.value(filter.severity)}`);
  if (after !== undefined)
    having.push(`(max(a.time), ${KEY}) < (${conditions.value(after[0])}, ${conditions.value(after[1])})`);
  const { rows } = await pool().query<StoredAlert>(
    `SELECT a.alert, ${KEY} AS key, h.id AS "hostId", h.name AS host, min(a.rule) AS rule, min(a.product) AS product,
       max(a.severity)::int AS severity, min(a.time) AS "from", max(a.time) AS "to", count(*)::int AS evidence,
       (array_agg(a.event_id ORDER BY (a.entity_id IS NULL), a.time, a.event_id))[1] AS "eventId",
       (array_agg(a.subject ORDER BY (a.subject IS NULL), (a.entity_id IS NULL), a.time))[1] AS subject,
       min(a.user_name) AS "user", min(a.finding_id) AS "findingId"
     FROM alerts a JOIN hosts h ON h.id = a.host_id WHERE ${conditions.where()}
     GROUP BY a.host_id, a.alert, h.id, h.name HAVING ${having.join(' AND ')}
     ORDER BY max(a.time) DESC, ${KEY} DESC LIMIT ${conditions.value(limit)}`,
    conditions.values(),
  );
  return rows;
}

/** SQL: each alert once, and whether a chain explains it. */
export const ALERTS_JOINED =
  '(SELECT count(finding_id) > 0 AS explained FROM alerts GROUP BY host_id, alert) joined';

/** How many alerts there are, and how many no chain explains. */
export async function countAlerts(): Promise<{ readonly total: number; readonly unexplained: number }> {
  const { rows } = await pool().query<{ total: number; unexplained: number }>(
    `SELECT count(*)::int AS total, count(*) FILTER (WHERE NOT explained)::int AS unexplained
     FROM ${ALERTS_JOINED}`,
  );
  return rows[0] ?? { total: 0, unexplained: 0 };
}
