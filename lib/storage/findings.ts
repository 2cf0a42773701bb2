import type { Finding, FindingStage, Severity } from '../findings/finding';
import { ALERTS_JOINED } from './alerts';
import { type Connection, pool, prisma, transaction } from './client';
import { type Conditions, containing, createConditions } from './conditions';
import { importsOfEvents } from './events';
import { jsonText } from './jsonText';
import { completeStored, type StoredFinding } from './storedFinding';

/** What a row of the queue shows of one stage. */
export type StagePip = {
  readonly id: string;
  readonly title: string;
  readonly required: boolean;
  readonly group: string | null;
  readonly state: FindingStage['state'];
  readonly stateReason: string | null;
  readonly time: number | null;
  readonly strength: 'exact' | 'inferred' | 'weak' | 'broken' | null;
};

export type VerdictValue = 'true_positive' | 'benign_true_positive' | 'false_positive' | 'undetermined';

export type StoredVerdict = {
  readonly value: VerdictValue;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
};

/** A finding as the queue lists it. */
export type FindingRow = {
  readonly id: string;
  readonly hostId: number;
  readonly host: string;
  readonly analytic: string;
  readonly analyticTitle: string;
  readonly status: Finding['status'];
  readonly severity: Severity;
  readonly score: number;
  readonly user: string | null;
  readonly headline: string;
  readonly trail: string;
  readonly suppressed: boolean;
  readonly stale: boolean;
  readonly from: number;
  readonly to: number;
  readonly revision: number;
  readonly createdAt: Date;
  readonly strip: readonly StagePip[];
  readonly verdict: StoredVerdict | null;
  readonly assignee: string | null;
};

/** Severities in order of their stored number. */
const SEVERITIES: readonly Severity[] = ['informational', 'low', 'medium', 'high', 'critical'];

/**
 * Replaces what a host group's correlation found, within the caller's transaction. A finding that changed
 * gets a new revision; verdict, assignee and activity stand elsewhere and stay. One the data no longer gives
 * is deleted, or, when a person decided on it, marked stale.
 */
export async function replaceFindings(
  connection: Connection,
  canonicalId: number,
  memberIds: readonly number[],
  found: readonly Finding[],
): Promise<void> {
  // One row per id whatever came in: of two with the same fingerprint the first, which ranks higher, stands.
  const findings = [
    ...new Map([...found].reverse().map((finding) => [finding.id, finding])).values(),
  ].reverse();
  const cited = findings.flatMap((finding) =>
    finding.stages.flatMap((stage) => stage.events.map((event) => event.eventId)),
  );
  const importOf =
    cited.length === 0
      ? new Map<string, number>()
      : await importsOfEvents(connection, memberIds, [...new Set(cited)]);
  if (findings.length > 0) {
    await connection.query({
      name: 'save_findings',
      text: `INSERT INTO findings AS f (id, host_id, analytic, analytic_version, status, severity, score, user_name, headline, trail,
         suppressed, blind, from_time, to_time, shape, import_ids, history_keys, baseline_ids, strip, body)
       SELECT r.id, $1, r.analytic, r.analytic_version, r.status, r.severity, r.score, r.user_name, r.headline, r.trail,
         r.suppressed, r.blind, r.from_time, r.to_time, r.shape, ARRAY(SELECT jsonb_array_elements_text(r.import_ids)::int),
         ARRAY(SELECT jsonb_array_elements_text(r.history_keys)), ARRAY(SELECT jsonb_array_elements_text(r.baseline_ids)::int), r.strip, r.body
       FROM jsonb_to_recordset($2::jsonb) AS r(id text, analytic text, analytic_version text, status text, severity smallint,
         score smallint, user_name text, headline text, trail text, suppressed bool, blind bool, from_time bigint, to_time bigint,
         shape text, import_ids jsonb, history_keys jsonb, baseline_ids jsonb, strip jsonb, body jsonb)
       ON CONFLICT (id) DO UPDATE SET host_id = excluded.host_id, analytic_version = excluded.analytic_version,
         status = excluded.status, severity = excluded.severity, score = excluded.score, user_name = excluded.user_name,
         headline = excluded.headline, trail = excluded.trail, suppressed = excluded.suppressed, blind = excluded.blind,
         from_time = excluded.from_time, to_time = excluded.to_time, shape = excluded.shape, import_ids = excluded.import_ids,
         history_keys = excluded.history_keys, baseline_ids = excluded.baseline_ids, strip = excluded.strip, body = excluded.body, stale = false, revision = f.revision + 1
       WHERE f.body IS DISTINCT FROM excluded.body OR f.stale OR f.host_id <> excluded.host_id OR f.import_ids <> excluded.import_ids`,
      values: [canonicalId, jsonText(findings.map((finding) => toColumns(finding, importOf)))],
    });
  }
  await connection.query({
    name: 'drop_findings',
    text: `WITH gone AS (SELECT f.id, EXISTS (SELECT 1 FROM decisions d
          WHERE d.finding_id = f.id AND (d.verdict IS NOT NULL OR d.assignee IS NOT NULL)) AS decided
        FROM findings f WHERE f.host_id = ANY($1) AND NOT f.id = ANY($2)),
      dropped AS (DELETE FROM findings f USING gone g WHERE f.id = g.id AND NOT g.decided)
      UPDATE findings f SET stale = true, revision = revision + 1 FROM gone g WHERE f.id = g.id AND g.decided AND NOT f.stale`,
    values: [memberIds, findings.map((finding) => finding.id)],
  });
}

function toColumns(finding: Finding, importOf: ReadonlyMap<string, number>): Record<string, unknown> {
  const imports = finding.stages.flatMap((stage) => stage.events.map((event) => importOf.get(event.eventId)));
  return {
    id: finding.id,
    analytic: finding.analytic,
    analytic_version: finding.analyticVersion,
    status: finding.status,
    severity: SEVERITIES.indexOf(finding.severity),
    score: Math.round(finding.score),
    user_name: finding.user,
    headline: finding.headline,
    trail: finding.trail,
    suppressed: finding.suppressed,
    blind: finding.stages.some((stage) => stage.state === 'blind'),
    from_time: finding.from,
    to_time: finding.to,
    shape: shapeOf(finding),
    import_ids: [...new Set(imports)].filter((id) => id !== undefined).sort((a, b) => a - b),
    history_keys: finding.historyKeys,
    baseline_ids: finding.baselines,
    strip: finding.stages.map(toPip),
    body: finding,
  };
}

function toPip(stage: FindingStage): StagePip {
  return {
    id: stage.id,
    title: stage.title,
    required: stage.required,
    group: stage.group ?? null,
    state: stage.state,
    stateReason: stage.stateReason ?? null,
    time: stage.events[0]?.time ?? null,
    strength: stage.relation?.strength ?? null,
  };
}

/** Image names of the matched stages, in order: two findings with the same did the same. */
function shapeOf(finding: Finding): string {
  return finding.stages
    .filter((stage) => stage.state === 'matched')
    .map((stage) => `${stage.id}=${(stage.events[0]?.image ?? '').toLowerCase().split('\\').pop() ?? ''}`)
    .join('>');
}

export type FindingFilter = {
  readonly analytic?: string;
  readonly status?: Finding['status'];
  readonly verdict?: VerdictValue | 'none' | 'any';
  readonly hostId?: number;
  readonly user?: string;
  /** Lowest severity to show. */
  readonly severity?: Severity;
  /** A person, or `none` for findings without one. */
  readonly assignee?: string;
  /** Free text looked for in headline, trail, host, user, analytic and id. */
  readonly q?: string;
  /** Findings that overlap [from, to], microseconds. */
  readonly from?: number;
  readonly to?: number;
  readonly blind?: boolean;
  readonly suppressed?: boolean;
  /** Id of a baseline that lowered or suppressed it. */
  readonly baseline?: number;
};

export type FindingSort = 'score' | 'newest' | 'oldest' | 'host';

/** Where a page ended: the values it was sorted by. */
export type FindingCursor = readonly [...(string | number)[], string];

/** What is proven ranks above what is in part, whatever its score. */
const PROVEN = `(f.status = 'complete')::int`;

/** Sort keys by name; every one ends in the id, so that the order is total. Directions are the same within one. */
const SORTS: Record<FindingSort, { readonly keys: readonly string[]; readonly descending: boolean }> = {
  score: { keys: [PROVEN, 'f.score', 'f.severity', 'f.from_time', 'f.id'], descending: true },
  newest: { keys: ['f.from_time', 'f.id'], descending: true },
  oldest: { keys: ['f.from_time', 'f.id'], descending: false },
  host: { keys: ['h.name', 'f.id'], descending: false },
};

const FROM = `FROM findings f JOIN hosts h ON h.id = f.host_id LEFT JOIN decisions d ON d.finding_id = f.id`;

/** One page of findings in order, after the cursor, and the cursor of the next page. */
export async function listFindings(
  filter: FindingFilter,
  sort: FindingSort,
  limit: number,
  after?: FindingCursor,
): Promise<{ readonly rows: readonly FindingRow[]; readonly next: FindingCursor | null }> {
  const { keys, descending } = SORTS[sort];
  const conditions = createConditions();
  addConditions(conditions, filter);
  if (after !== undefined && after.length === keys.length) {
    conditions.add(
      `(${keys.join(', ')}) ${descending ? '<' : '>'} (${after.map((value) => conditions.value(value)).join(', ')})`,
    );
  }
  const order = keys.map((key) => `${key} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  const { rows } = await pool().query<Row & { keys: (string | number)[] }>(
    `SELECT ${ROW}, jsonb_build_array(${keys.join(', ')}) AS keys ${FROM} WHERE ${conditions.where()}
     ORDER BY ${order} LIMIT ${conditions.value(limit + 1)}`,
    conditions.values(),
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(toRow),
    next: rows.length > limit && last !== undefined ? (last.keys as unknown as FindingCursor) : null,
  };
}

/** How many findings match, and how they spread over analytics, hosts and severities. */
export async function countFindings(filter: FindingFilter): Promise<{
  readonly total: number;
  readonly analytics: readonly Facet[];
  readonly hosts: readonly Facet[];
  readonly severities: readonly { readonly value: Severity; readonly count: number }[];
}> {
  const conditions = createConditions();
  addConditions(conditions, filter);
  const { rows } = await pool().query<{
    analytic: string | null;
    host: string | null;
    severity: number | null;
    count: number;
    set: number;
  }>(
    `SELECT f.analytic, h.name AS host, f.severity, count(*)::int AS count, grouping(f.analytic, h.name, f.severity) AS set
     ${FROM} WHERE ${conditions.where()} GROUP BY GROUPING SETS ((), (f.analytic), (h.name), (f.severity)) ORDER BY count DESC, 1, 2`,
    conditions.values(),
  );
  return {
    total: rows.find((row) => row.set === 7)?.count ?? 0,
    analytics: rows.flatMap((row) =>
      row.set === 3 ? [{ value: row.analytic ?? '', count: row.count }] : [],
    ),
    hosts: rows.flatMap((row) => (row.set === 5 ? [{ value: row.host ?? '', count: row.count }] : [])),
    severities: rows.flatMap((row) =>
      row.set === 6 ? [{ value: severityOf(row.severity ?? 0), count: row.count }] : [],
    ),
  };
}

export type Facet = { readonly value: string; readonly count: number };

/** Sizes of the saved views. An alert is chained when a finding's chain explains any piece of its evidence. */
export async function countViews(person: string): Promise<Readonly<Record<ViewName, number>>> {
  const { rows } = await pool().query<Record<ViewName, number>>(
    `SELECT ${Object.entries(VIEWS)
      .map(([name, condition]) => `count(*) FILTER (WHERE ${condition})::int AS "${name}"`)
      .join(', ')},
       (SELECT count(*)::int FROM ${ALERTS_JOINED}) AS "vendorAlerts",
       (SELECT count(*) FILTER (WHERE explained)::int FROM ${ALERTS_JOINED}) AS "chainedAlerts"
     ${FROM}`,
    [person],
  );
  return rows[0] as Record<ViewName, number>;
}

const VIEWS = {
  open: 'd.verdict IS NULL AND NOT f.suppressed AND NOT f.stale',
  unassigned: 'd.verdict IS NULL AND NOT f.suppressed AND NOT f.stale AND d.assignee IS NULL',
  partial: `d.verdict IS NULL AND NOT f.suppressed AND NOT f.stale AND f.status = 'partial'`,
  blind: 'd.verdict IS NULL AND NOT f.suppressed AND NOT f.stale AND f.blind',
  suppressed: 'f.suppressed',
  closed: 'd.verdict IS NOT NULL',
  mine: 'd.verdict IS NULL AND NOT f.suppressed AND d.assignee = $1',
} as const;

type ViewName = keyof typeof VIEWS | 'vendorAlerts' | 'chainedAlerts';

/** A finding with everything correlation said of it. */
export type FindingRecord = { readonly row: FindingRow; readonly finding: Finding };

/** One finding; undefined when there is none with that id. */
export async function loadFinding(id: string): Promise<FindingRecord | undefined> {
  const { rows } = await pool().query<Row & { body: StoredFinding }>(
    `SELECT ${ROW}, f.body ${FROM} WHERE f.id = $1`,
    [id],
  );
  const row = rows[0];
  return row === undefined ? undefined : { row: toRow(row), finding: completeStored(row.body) };
}

/** Findings of the same analytic whose stages ran the same images: complete ones first, then the newest. */
export async function similarFindings(id: string, limit: number): Promise<readonly FindingRow[]> {
  const { rows } = await pool().query<Row>(
    `SELECT ${ROW} ${FROM} JOIN findings o ON o.id = $1
     WHERE f.analytic = o.analytic AND f.shape = o.shape AND f.id <> o.id ORDER BY ${PROVEN} DESC, f.from_time DESC, f.id LIMIT $2`,
    [id, limit],
  );
  return rows.map(toRow);
}

export type ActivityEntry = { readonly at: Date; readonly by: string; readonly text: string };

/** What people did about a finding, oldest first. */
export async function loadActivity(findingId: string): Promise<readonly ActivityEntry[]> {
  return prisma().activity.findMany({
    where: { findingId },
    orderBy: { id: 'asc' },
    select: { at: true, by: true, text: true },
  });
}

/** A change a person makes to a finding. Only what is given changes; `null` takes it away. */
export type DecisionChange = {
  readonly verdict?: { readonly value: VerdictValue; readonly reason: string } | null;
  readonly assignee?: string | null;
};

/**
 * Records a person's decision and adds it to the activity. `revision` is the one the person saw: another in
 * the database means somebody or a new import was faster, and nothing is changed.
 */
export async function decide(
  findingId: string,
  change: DecisionChange,
  by: string,
  text: string,
  revision?: number,
): Promise<'done' | 'not_found' | { readonly conflict: number }> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<{ revision: number }>(
      'SELECT revision FROM findings WHERE id = $1 FOR UPDATE',
      [findingId],
    );
    const current = rows[0]?.revision;
    if (current === undefined) return 'not_found';
    if (revision !== undefined && revision !== current) return { conflict: current };
    await connection.query('INSERT INTO decisions (finding_id) VALUES ($1) ON CONFLICT DO NOTHING', [
      findingId,
    ]);
    if (change.verdict !== undefined) {
      await connection.query(
        `UPDATE decisions SET verdict = $2::text, verdict_reason = $3, verdict_by = CASE WHEN $2::text IS NULL THEN NULL ELSE $4 END,
           verdict_at = CASE WHEN $2::text IS NULL THEN NULL ELSE now() END WHERE finding_id = $1`,
        [findingId, change.verdict?.value ?? null, change.verdict?.reason.replaceAll('\0', '') ?? '', by],
      );
    }
    if (change.assignee !== undefined) {
      await connection.query('UPDATE decisions SET assignee = $2 WHERE finding_id = $1', [
        findingId,
        change.assignee,
      ]);
    }
    await connection.query('UPDATE findings SET revision = revision + 1 WHERE id = $1', [findingId]);
    await connection.query('INSERT INTO activity (finding_id, by, text) VALUES ($1, $2, $3)', [
      findingId,
      by,
      text.replaceAll('\0', ''),
    ]);
    return 'done';
  });
}

function addConditions(conditions: Conditions, filter: FindingFilter): void {
  const { value, add } = conditions;
  if (filter.analytic !== undefined) add(`f.analytic = ${value(filter.analytic)}`);
  if (filter.status !== undefined) add(`f.status = ${value(filter.status)}`);
  if (filter.verdict === 'none') add('d.verdict IS NULL');
  else if (filter.verdict === 'any') add('d.verdict IS NOT NULL');
  else if (filter.verdict !== undefined) add(`d.verdict = ${value(filter.verdict)}`);
  if (filter.hostId !== undefined) add(`f.host_id = ${value(filter.hostId)}`);
  if (filter.user !== undefined) add(`lower(f.user_name) = lower(${value(filter.user)})`);
  if (filter.severity !== undefined) add(`f.severity >= ${value(SEVERITIES.indexOf(filter.severity))}`);
  if (filter.assignee === 'none') add('d.assignee IS NULL');
  else if (filter.assignee !== undefined) add(`d.assignee = ${value(filter.assignee)}`);
  if (filter.from !== undefined) add(`f.to_time >= ${value(filter.from)}::bigint`);
  if (filter.to !== undefined) add(`f.from_time <= ${value(filter.to)}::bigint`);
  if (filter.blind !== undefined) add(`f.blind = ${value(filter.blind)}`);
  if (filter.baseline !== undefined) add(`f.baseline_ids @> ARRAY[${value(filter.baseline)}::int]`);
  if (filter.suppressed !== undefined) add(`f.suppressed = ${value(filter.suppressed)}`);
  if (filter.q !== undefined && filter.q.trim() !== '') {
    const pattern = value(containing(filter.q.trim()));
    add(
      `(${['f.headline', 'f.trail', 'h.name', 'f.user_name', 'f.analytic', 'f.id'].map((column) => `${column} ILIKE ${pattern}`).join(' OR ')})`,
    );
  }
}

const ROW = `f.id, f.host_id, h.name AS host, f.analytic, f.body->>'analyticTitle' AS analytic_title, f.status, f.severity, f.score,
  f.user_name, f.headline, f.trail, f.suppressed, f.stale, f.from_time, f.to_time, f.revision, f.created_at, f.strip,
  d.verdict, d.verdict_reason, d.verdict_by, d.verdict_at, d.assignee`;

type Row = {
  readonly id: string;
  readonly host_id: number;
  readonly host: string;
  readonly analytic: string;
  readonly analytic_title: string;
  readonly status: Finding['status'];
  readonly severity: number;
  readonly score: number;
  readonly user_name: string | null;
  readonly headline: string;
  readonly trail: string;
  readonly suppressed: boolean;
  readonly stale: boolean;
  readonly from_time: number;
  readonly to_time: number;
  readonly revision: number;
  readonly created_at: Date;
  readonly strip: readonly StagePip[];
  readonly verdict: VerdictValue | null;
  readonly verdict_reason: string | null;
  readonly verdict_by: string | null;
  readonly verdict_at: Date | null;
  readonly assignee: string | null;
};

function toRow(row: Row): FindingRow {
  return {
    id: row.id,
    hostId: row.host_id,
    host: row.host,
    analytic: row.analytic,
    analyticTitle: row.analytic_title,
    status: row.status,
    severity: severityOf(row.severity),
    score: row.score,
    user: row.user_name,
    headline: row.headline,
    trail: row.trail,
    suppressed: row.suppressed,
    stale: row.stale,
    from: row.from_time,
    to: row.to_time,
    revision: row.revision,
    createdAt: row.created_at,
    strip: row.strip,
    verdict:
      row.verdict === null || row.verdict_at === null
        ? null
        : {
            value: row.verdict,
            reason: row.verdict_reason ?? '',
            by: row.verdict_by ?? '',
            at: row.verdict_at,
          },
    assignee: row.assignee,
  };
}

function severityOf(index: number): Severity {
  return SEVERITIES[index] ?? 'informational';
}
