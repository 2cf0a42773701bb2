import type { EntityId, EventId } from '../events/endpointEvent';
import { type Connection, pool } from './client';
import { type Conditions, containing, createConditions } from './conditions';
import { copyRows } from './copyBinary';
import { caseOf, type VerdictValue } from './findingRows';
import { remembered } from './remembered';
import { isStorable } from './storableText';

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

/** What people said of an alert. */
export type AlertDecision = {
  readonly verdict: VerdictValue | null;
  readonly verdictReason: string;
  readonly verdictBy: string | null;
  readonly verdictAt: Date | null;
  readonly assignee: string | null;
  /** 0 while nobody decided anything. */
  readonly revision: number;
};

/** An alert with its pieces of evidence on one host joined. */
export type StoredAlert = AlertDecision & {
  readonly alert: string;
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
  readonly case: { readonly id: number; readonly title: string } | null;
};

export type AlertFilter = {
  readonly hostId?: number;
  readonly explained?: boolean;
  readonly q?: string;
  /** Least severity, 1 to 99. */
  readonly severity?: number;
  readonly verdict?: VerdictValue | 'none' | 'any';
  /** A person, or `none`. */
  readonly assignee?: string;
};

/** Where a page of alerts ended. */
export type AlertCursor = readonly [time: number, alert: string, hostId: number];

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

/** SQL: all that is searched of a piece of evidence, as the index of trigrams holds it. */
const SEARCHED = `(a.rule || E'\\n' || coalesce(a.subject, '') || E'\\n' || coalesce(a.user_name, '') || E'\\n' || a.alert)`;

/**
 * SQL: what stands of decisions when hosts were joined since: of two on one alert the one that was changed more often,
 * then later. A decision keeps the name its alert's evidence was recorded under, and so follows it from group to group.
 */
export const NEWEST = 'x.revision DESC, x.verdict_at DESC NULLS LAST, x.host_id';

/** SQL: decisions by the canonical id of their host. */
const DECIDED = `(SELECT DISTINCT ON (dh.canonical_id, x.alert) dh.canonical_id AS host_id, x.alert, x.verdict, x.assignee
  FROM alert_decisions x JOIN hosts dh ON dh.id = x.host_id ORDER BY dh.canonical_id, x.alert, ${NEWEST})`;

/** SQL: evidence `l` of alerts, with all of its alert's evidence joined and what was decided about it. */
const JOINED = `SELECT l.alert, h.id AS "hostId", h.name AS host, j.rule, j.product, j.severity, j."from", j."to", j.evidence, j."eventId",
    j.subject, j."user", j."findingId", d.verdict, coalesce(d.verdict_reason, '') AS "verdictReason", d.verdict_by AS "verdictBy",
    d.verdict_at AS "verdictAt", d.assignee, coalesce(d.revision, 0) AS revision,
    ${caseOf('alert', `IN (SELECT g.id || '/' || l.alert FROM hosts g WHERE g.canonical_id = l.host_id)`)} AS "case"
  FROM latest l JOIN hosts h ON h.id = l.host_id
  CROSS JOIN LATERAL (SELECT min(a.rule) AS rule, min(a.product) AS product, max(a.severity)::int AS severity,
      min(a.time) AS "from", max(a.time) AS "to", count(*)::int AS evidence,
      (array_agg(a.event_id ORDER BY (a.entity_id IS NULL), a.time, a.event_id))[1] AS "eventId",
      (array_agg(a.subject ORDER BY (a.subject IS NULL), (a.entity_id IS NULL), a.time))[1] AS subject,
      min(a.user_name) AS "user", min(a.finding_id) AS "findingId"
    FROM alerts a WHERE a.host_id = l.host_id AND a.alert = l.alert) j
  LEFT JOIN LATERAL (SELECT x.* FROM hosts g JOIN alert_decisions x ON x.host_id = g.id AND x.alert = l.alert
    WHERE g.canonical_id = l.host_id ORDER BY ${NEWEST} LIMIT 1) d ON TRUE`;

/** SQL: whether any piece of evidence of the alert of `a` is so. */
const anyPiece = (condition: string) =>
  `EXISTS (SELECT 1 FROM alerts b WHERE b.host_id = a.host_id AND b.alert = a.alert AND ${condition})`;

/**
 * Alerts newest first, each once per host, after the cursor. An alert is explained when any piece of its evidence is.
 * Walks the evidence from its newest end and stops at the page's: what is last of its alert stands for it.
 */
export async function listAlerts(
  filter: AlertFilter,
  limit: number,
  after?: AlertCursor,
): Promise<readonly StoredAlert[]> {
  const conditions = createConditions();
  const { value, add } = conditions;
  if (![filter.q ?? '', filter.assignee ?? ''].every(isStorable)) return [];
  add(
    `NOT EXISTS (SELECT 1 FROM alerts b WHERE b.host_id = a.host_id AND b.alert = a.alert AND (b.time, b.event_id) > (a.time, a.event_id))`,
  );
  if (filter.hostId !== undefined) add(`a.host_id = ${value(filter.hostId)}`);
  if (filter.explained !== undefined)
    add(`${filter.explained ? '' : 'NOT '}${anyPiece('b.finding_id IS NOT NULL')}`);
  if (filter.severity !== undefined) add(anyPiece(`b.severity >= ${value(filter.severity)}`));
  if (filter.q !== undefined && filter.q.trim() !== '')
    add(
      `(a.host_id, a.alert) IN (SELECT a.host_id, a.alert FROM alerts a WHERE ${SEARCHED} ILIKE ${value(containing(filter.q.trim()))})`,
    );
  addDecided(conditions, 'verdict', filter.verdict);
  addDecided(conditions, 'assignee', filter.assignee);
  if (after !== undefined)
    add(
      `(a.time, a.alert, a.host_id) < (${value(after[0])}::bigint, ${value(after[1])}::text, ${value(after[2])}::bigint)`,
    );
  const { rows } = await pool().query<StoredAlert>(
    `WITH latest AS MATERIALIZED (SELECT a.host_id, a.alert, a.time FROM alerts a WHERE ${conditions.where()}
       ORDER BY a.time DESC, a.alert DESC, a.host_id DESC LIMIT ${value(limit)})
     ${JOINED} ORDER BY l.time DESC, l.alert DESC, l.host_id DESC`,
    conditions.values(),
  );
  return rows;
}

function addDecided(
  { value, add }: Conditions,
  column: 'verdict' | 'assignee',
  wanted: string | undefined,
): void {
  if (wanted === undefined) return;
  const without = wanted === 'none';
  const which = without || wanted === 'any' ? 'IS NOT NULL' : `= ${value(wanted)}`;
  add(
    `(a.host_id, a.alert) ${without ? 'NOT IN' : 'IN'} (SELECT d.host_id, d.alert FROM ${DECIDED} d WHERE d.${column} ${which})`,
  );
}

/** One alert by any id of its host's group; undefined when there is none. */
export async function loadAlert(
  hostId: number,
  alert: string,
  connection?: Connection,
): Promise<StoredAlert | undefined> {
  if (!isStorable(alert)) return undefined;
  const { rows } = await (connection ?? pool()).query<StoredAlert>({
    name: 'one_alert',
    text: `WITH latest AS MATERIALIZED (SELECT a.host_id, a.alert FROM hosts g JOIN alerts a ON a.host_id = g.canonical_id AND a.alert = $2
        WHERE g.id = $1 LIMIT 1) ${JOINED}`,
    values: [hostId, alert],
  });
  return rows[0];
}

export type AlertCounts = {
  readonly total: number;
  readonly unexplained: number;
  /** Unexplained ones without a verdict. */
  readonly open: number;
  /** Findings that explain at least one alert. */
  readonly chains: number;
};

/** How many alerts there are, and how many of them no chain explains. */
export async function countAlerts(): Promise<AlertCounts> {
  const [alerts, closed] = await Promise.all([
    remembered('alerts', countCorrelated, 'correlation'),
    remembered('alerts closed', countClosed),
  ]);
  return { ...alerts, open: alerts.unexplained - closed };
}

async function countCorrelated(): Promise<Omit<AlertCounts, 'open'>> {
  const { rows } = await pool().query<Omit<AlertCounts, 'open'>>({
    name: 'alert_counts',
    text: `SELECT count(*)::int AS total, count(*) FILTER (WHERE NOT explained)::int AS unexplained,
        (SELECT count(DISTINCT finding_id)::int FROM alerts WHERE finding_id IS NOT NULL) AS chains
      FROM (SELECT count(finding_id) > 0 AS explained FROM alerts GROUP BY host_id, alert) joined`,
  });
  return rows[0] ?? { total: 0, unexplained: 0, chains: 0 };
}

/** Unexplained alerts that have a verdict. */
async function countClosed(): Promise<number> {
  const { rows } = await pool().query<{ closed: number }>({
    name: 'alerts_closed',
    text: `SELECT count(*)::int AS closed FROM ${DECIDED} a
      WHERE a.verdict IS NOT NULL AND ${anyPiece('TRUE')} AND NOT ${anyPiece('b.finding_id IS NOT NULL')}`,
  });
  return rows[0]?.closed ?? 0;
}
