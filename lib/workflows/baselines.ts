import { describeBaseline } from '../analytics/definition/describe';
import { AppError } from '../base/appError';
import { parseMicros } from '../base/time';
import type { BaselineView } from '../contracts/analytics';
import { addAudit, baselineSubject } from '../storage/audit';
import {
  addBaseline,
  type BaselineState,
  listBaselines,
  revokeBaseline as revoke,
  type StoredBaseline,
} from '../storage/baselines';
import { transaction } from '../storage/client';
import { queueHostsOf } from '../storage/hosts';
import { LOCK_CLASS, lockTransaction } from '../storage/locks';
import { type InForce, readCatalogue } from './readCatalogue';
import { putInForce } from './triedChange';

/** Baselines, newest first, of one analytic or in one state if asked for. */
export async function readBaselines(filter: {
  readonly analytic?: string | undefined;
  readonly state?: BaselineState | undefined;
  readonly limit?: number | undefined;
}): Promise<{ items: BaselineView[] }> {
  const [baselines, inForce] = await Promise.all([listBaselines(filter), readCatalogue()]);
  return { items: baselines.map((baseline) => toView(baseline, inForce)) };
}

/**
 * Saves the baseline that a back-test tried, and has all hosts correlated again in the background. Throws as
 * putInForce does.
 */
export async function createBaseline(
  { backtest, note }: { readonly backtest: string; readonly note: string },
  by: string,
): Promise<BaselineView> {
  const id = await putInForce(backtest, async (connection, { subject, change, effect }) => {
    if (change.kind !== 'baseline')
      throw new AppError('bad_request', `This back-test is of settings of ${subject}, not of a baseline.`);
    const { title, when, points, reason, owner } = change;
    // Read as the trial read it: another reading of the same text would end on another day.
    const until = parseMicros(change.expiresAt);
    if (until === undefined) throw new AppError('bad_request', `expiresAt is no time: ${change.expiresAt}`);
    const baselineId = await addBaseline(connection, {
      ...{ analytic: subject, title, when, points, reason, owner, effect },
      createdBy: by,
      expiresAt: new Date(until / 1000),
    });
    await addAudit(connection, {
      by,
      action: 'baseline.created',
      subject: baselineSubject(baselineId),
      details: { analytic: subject, title, owner, expiresAt: change.expiresAt, ...effect, note },
    });
    return baselineId;
  });
  return readBaseline(id);
}

/** Takes a baseline back; what it covered comes back. Throws `not_found`, and `conflict` when it was revoked before. */
export async function revokeBaseline(id: string, reason: string, by: string): Promise<BaselineView> {
  const baseline = await readBaseline(Number(id));
  await transaction(async (connection) => {
    await lockTransaction(connection, LOCK_CLASS.settings, 0);
    if (!(await revoke(connection, Number(id), by, reason)))
      throw new AppError('conflict', 'This baseline was revoked already.');
    await addAudit(connection, {
      by,
      action: 'baseline.revoked',
      subject: baselineSubject(Number(id)),
      details: { analytic: baseline.analytic, title: baseline.title, reason },
    });
    await queueHostsOf(connection);
  });
  return readBaseline(Number(id));
}

async function readBaseline(id: number): Promise<BaselineView> {
  const [found] = await listBaselines({ id });
  if (found === undefined) throw new AppError('not_found', `There is no baseline ${id}.`);
  return toView(found, await readCatalogue());
}

function toView(baseline: StoredBaseline, inForce: InForce): BaselineView {
  const stages = inForce.definitions.find(({ id }) => id === baseline.analytic)?.analytic?.stages ?? [];
  return {
    ...baseline,
    id: String(baseline.id),
    sentence: describeBaseline(baseline.when, stages, inForce.catalogue.lists),
    createdAt: baseline.createdAt.toISOString(),
    expiresAt: baseline.expiresAt.toISOString(),
    revokedAt: baseline.revokedAt?.toISOString() ?? null,
  };
}
