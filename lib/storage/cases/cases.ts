import { AppError } from '../../base/appError';
import type { Severity } from '../../findings/finding';
import { transaction } from '../client';
import { SEVERITIES, type VerdictValue } from '../findingRows';
import { refuseUnfit } from '../refuseUnfit';
import { alertName, awaitsVerdict, loadCaseAlerts } from './caseAlerts';
import { addToHeldCase, asKnown, type ItemRef, lockForItems } from './caseItems';
import { type CaseRow, type CaseState, lockCaseRows } from './caseRows';
import { changeCase, type HeldCase, holding, refuseStale, searchable } from './changeCase';

export type NewCase = {
  readonly title: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly owner: string | null;
  readonly items: readonly ItemRef[];
  /** Whether to take what stands in another case. */
  readonly move: boolean;
};

/** Opens a case with what is put into it, and returns its number. Throws as `addItems` and `refuseUnfit` do. */
export async function insertCase(given: NewCase, by: string): Promise<number> {
  return searchable(() =>
    transaction(async (connection) => {
      if (given.owner !== null && given.owner !== by)
        await refuseUnfit(given.owner, 'cases.write', 'owner', connection);
      const { rows } = await connection.query<{ id: number }>(
        'INSERT INTO cases (title, summary, severity, owner, created_by) VALUES ($1, $2, $3, $4, $5) RETURNING id',
        [given.title, given.summary, SEVERITIES.indexOf(given.severity), given.owner, by],
      );
      const id = rows[0]?.id ?? 0;
      const items = await asKnown(connection, given.items);
      const locked = await lockForItems(connection, [], items);
      const [row] = await lockCaseRows(connection, [id]);
      if (row === undefined) throw new Error(`case ${id} is gone while it is made`);
      await holding(connection, row, by, async (held) => {
        held.audit('case.created', { severity: given.severity, owner: given.owner });
        if (items.length > 0) await addToHeldCase(held, items, given.move, locked);
        if (given.owner !== null) tellOwner(held.tell, row, given.owner);
      });
      return id;
    }),
  );
}

/** What a person changes of a case; what is absent stays. */
export type CaseChange = {
  readonly revision: number;
  readonly title?: string;
  readonly summary?: string;
  readonly severity?: Severity;
  readonly owner?: string | null;
  readonly state?: 'open' | 'closed';
  readonly outcome?: VerdictValue | null;
};

/**
 * Changes a case that still is as it was seen. Throws `not_found`, `conflict` for one that somebody changed, merged or
 * submitted meanwhile, or that cannot be closed without review, and `bad_request`.
 */
export async function updateCase(caseId: number, change: CaseChange, by: string): Promise<void> {
  await changeCase(caseId, by, async (held) => {
    const { connection, row } = held;
    await refuseStale(connection, row, change.revision);
    if (change.owner !== undefined && change.owner !== null && change.owner !== row.owner)
      await refuseUnfit(change.owner, 'cases.write', 'owner', connection);
    const state = nextState(row, change);
    if (state === 'closed' && row.state !== 'closed') await refuseUnreviewed(held);
    if (change.outcome !== undefined && change.outcome !== null && state !== 'closed')
      throw new AppError('bad_request', 'An outcome is the verdict of a closed case: close it as well.', {
        errors: [{ path: 'outcome', message: 'only for a closed case' }],
      });
    const outcome = state !== 'closed' ? null : change.outcome === undefined ? row.outcome : change.outcome;
    await connection.query(
      `UPDATE cases SET title = $2, summary = $3, severity = $4, owner = $5, state = $6, outcome = $7,
         state_at = CASE WHEN state = $6 THEN state_at ELSE clock_timestamp() END,
         closed_at = CASE WHEN $6 <> 'closed' THEN NULL ELSE coalesce(closed_at, clock_timestamp()) END,
         revision = revision + 1 WHERE id = $1`,
      [
        caseId,
        change.title ?? row.title,
        change.summary ?? row.summary,
        SEVERITIES.indexOf(change.severity ?? row.severity),
        change.owner === undefined ? row.owner : change.owner,
        state,
        outcome,
      ],
    );
    const details = detailsOf(row, change);
    if (Object.keys(details).length > 0) held.audit('case.changed', details);
    if (state === 'closed' && row.state !== 'closed') held.audit('case.closed', { outcome });
    else if (state === 'closed' && outcome !== row.outcome) held.audit('case.changed', { outcome });
    if (state !== 'closed' && row.state === 'closed')
      held.audit('case.reopened', { outcomeBefore: row.outcome });
    if (change.owner !== undefined && change.owner !== null && change.owner !== row.owner)
      tellOwner(held.tell, { ...row, title: change.title ?? row.title }, change.owner);
  });
}

/** The state a case is in after a change. Throws `conflict` where review stands in the way. */
function nextState(row: CaseRow, { state }: CaseChange): CaseState {
  if (state === undefined || (state === 'closed' && row.state === 'closed')) return row.state;
  if (row.state === 'in_review') {
    throw new AppError(
      'conflict',
      `Case ${row.id} is in review: withdraw it from review first, or let the review decide.`,
      { revision: row.revision, state: row.state },
    );
  }
  if (state === 'closed') return 'closed';
  // Only a closed case is opened again: one sent back stays so until it is submitted.
  return row.state === 'closed' ? 'open' : row.state;
}

/** Findings and alerts a refusal names. */
const NAMED = 3;

/** Throws `conflict` unless every finding and alert of the case is a false positive: all else is closed by a review. */
async function refuseUnreviewed({ connection, family, row }: HeldCase): Promise<void> {
  const { rows } = await connection.query<{ id: string; verdict: VerdictValue | null; headline: string }>(
    `SELECT f.id, d.verdict, f.headline FROM case_items i JOIN findings f ON f.id = i.ref
     LEFT JOIN decisions d ON d.finding_id = f.id
     WHERE i.kind = 'finding' AND i.case_id = ANY($1::int[]) AND d.verdict IS DISTINCT FROM 'false_positive'
     ORDER BY (d.verdict IS NULL) DESC, f.score DESC, f.id`,
    [family],
  );
  const alerts = (await loadCaseAlerts(family, connection)).filter(
    (alert) => awaitsVerdict(alert) || (alert.verdict !== null && alert.verdict !== 'false_positive'),
  );
  const things = [
    ...rows.map(({ id, verdict, headline }) => ({ finding: id, verdict, name: `"${headline}"` })),
    ...alerts.map((alert) => ({ alert: alert.key, verdict: alert.verdict, name: alertName(alert) })),
  ];
  if (things.length === 0) return;
  const undecided = things.filter(({ verdict }) => verdict === null);
  const told = undecided.length > 0 ? undecided : things;
  const names = told.slice(0, NAMED).map(({ name }) => name);
  const more = told.length > NAMED ? ` and ${told.length - NAMED} more` : '';
  const why =
    undecided.length > 0
      ? `has no verdict on ${names.join(', ')}${more}. Give one first`
      : `holds what is not a false positive: ${names.join(', ')}${more}. Submit it for review`;
  throw new AppError('conflict', `Case ${row.id} ${why}.`, {
    revision: row.revision,
    findings: told.flatMap((thing) => ('finding' in thing ? [thing.finding] : [])),
    alerts: told.flatMap((thing) => ('alert' in thing ? [thing.alert] : [])),
  });
}

function detailsOf(row: CaseRow, change: CaseChange): Record<string, string | boolean | null> {
  const { title, summary, severity, owner } = change;
  return {
    // Titles are made of headlines, which quote telemetry: that they changed is the fact.
    ...(title === undefined || title === row.title ? {} : { title: true }),
    ...(summary === undefined || summary === row.summary ? {} : { summary: true }),
    ...(severity === undefined || severity === row.severity
      ? {}
      : { severity, severityBefore: row.severity }),
    ...(owner === undefined || owner === row.owner ? {} : { owner, ownerBefore: row.owner }),
  };
}

function tellOwner(tell: HeldCase['tell'], row: Pick<CaseRow, 'id' | 'title'>, owner: string): void {
  tell({
    person: owner,
    kind: 'case.assigned',
    subject: `case:${row.id}`,
    text: `Case ${row.id} is yours now: ${row.title}`,
  });
}
