import { AppError } from '../../base/appError';
import type { CaseDetail } from '../../contracts/cases';
import type { SeenAlert, SeenFinding } from '../../contracts/reviews';
import { listBaselines } from '../../storage/baselines';
import { alertName, awaitsVerdict, type CaseAlert, loadCaseAlerts } from '../../storage/cases/caseAlerts';
import { loadItems } from '../../storage/cases/caseItems';
import { loadTasks } from '../../storage/cases/caseTasks';
import { loadWork } from '../../storage/cases/caseWork';
import { familyOrRefuse } from '../../storage/cases/changeCase';
import { type FindingRecord, loadFinding } from '../../storage/findings';
import { loadOpened } from '../../storage/reviews/evidenceOpened';
import { insertReview, withdrawReview } from '../../storage/reviews/reviews';
import { readCase } from '../cases/readCase';
import { readFindingHistory } from '../findingHistory';
import { toSeenFinding } from './seenFinding';

/** What is kept of a submission: never changed, read by `readReview`. */
export type KeptSeen = {
  readonly findings: readonly Omit<SeenFinding, 'since'>[];
  /** Absent in what was submitted before alerts were kept. */
  readonly alerts?: readonly Omit<SeenAlert, 'changed'>[];
  readonly tasksOpen: number;
  readonly work: readonly { readonly person: string; readonly seconds: number }[];
};

/**
 * Submits a case for review with what its authors saw. Throws `not_found`; `conflict` when the case or one of its
 * findings or alerts changed meanwhile, when it cannot be submitted as it stands, or when one of them has no verdict.
 */
export async function submitCase(
  caseId: number,
  given: { readonly revision: number; readonly message: string },
  by: string,
): Promise<CaseDetail> {
  const family = await familyOrRefuse(caseId);
  const [items, alerts, tasks, work] = await Promise.all([
    loadItems(family),
    loadCaseAlerts(family),
    loadTasks(family),
    loadWork(family),
  ]);
  const records = await recordsOf(items.flatMap(({ kind, ref }) => (kind === 'finding' ? [ref] : [])));
  refuseUndecided(caseId, records, alerts);
  const seen: KeptSeen = {
    findings: await seenOf(records),
    alerts: alerts.map(toSeenAlert),
    tasksOpen: tasks.filter(({ state }) => state === 'open').length,
    work: work.map(({ person, seconds }) => ({ person, seconds })),
  };
  const findings = new Map(records.map(({ row }) => [row.id, row.revision]));
  const decided = new Map(alerts.map(({ key, revision }) => [key, revision]));
  await insertReview(caseId, { ...given, seen, findings, alerts: decided }, by);
  return readCase(caseId);
}

/** Takes a submitted case back. Throws as `withdrawReview` of storage does. */
export async function takeBack(caseId: number, by: string): Promise<CaseDetail> {
  await withdrawReview(caseId, by);
  return readCase(caseId);
}

/** Findings of a case one after the other: each body is large. */
async function recordsOf(ids: readonly string[]): Promise<readonly FindingRecord[]> {
  const records: FindingRecord[] = [];
  for (const id of ids) {
    const record = await loadFinding(id);
    if (record !== undefined) records.push(record);
  }
  return records;
}

async function seenOf(records: readonly FindingRecord[]): Promise<KeptSeen['findings']> {
  const [opened, baselines] = await Promise.all([
    loadOpened(records.map(({ row }) => row.id)),
    listBaselines(),
  ]);
  const titles = new Map(baselines.map(({ id, title }) => [id, title]));
  const seen: Omit<SeenFinding, 'since'>[] = [];
  for (const record of records) {
    const { id } = record.row;
    seen.push(
      toSeenFinding({
        record,
        history: await readFindingHistory(id),
        opened: opened.filter(({ findingId }) => findingId === id),
        baselines: titles,
      }),
    );
  }
  return seen;
}

function toSeenAlert(alert: CaseAlert): Omit<SeenAlert, 'changed'> {
  const { key, rule, product, host, revision, verdict } = alert;
  return {
    key,
    rule,
    product,
    host,
    revision,
    verdict,
    reason: alert.verdictReason,
    by: alert.verdictBy,
    at: alert.verdictAt?.toISOString() ?? null,
  };
}

const NAMED = 3;

function refuseUndecided(
  caseId: number,
  records: readonly FindingRecord[],
  alerts: readonly CaseAlert[],
): void {
  const findings = records.filter(({ row }) => row.verdict === null);
  const waiting = alerts.filter(awaitsVerdict);
  const undecided = [...findings.map(({ row }) => `“${row.headline}”`), ...waiting.map(alertName)];
  if (undecided.length === 0) return;
  const names = undecided.slice(0, NAMED);
  const more = undecided.length > NAMED ? ` and ${undecided.length - NAMED} more` : '';
  throw new AppError(
    'conflict',
    `Case ${caseId} has no verdict yet on ${names.join(', ')}${more}. Give one first.`,
    {
      findings: findings.map(({ row }) => row.id),
      alerts: waiting.map(({ key }) => key),
    },
  );
}
