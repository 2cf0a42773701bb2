import { AppError } from '../base/appError';
import { micros } from '../base/time';
import type { AnalyticChange, BacktestView } from '../contracts/analytics';
import { addAudit, backtestSubject } from '../storage/audit';
import {
  addBacktest,
  endBacktest,
  importsThatExist,
  loadBacktest,
  type StoredBacktest,
} from '../storage/backtests';
import { transaction } from '../storage/client';
import { checkChange, digestOfChange } from './proposeChange';
import { readCatalogue } from './readCatalogue';

/**
 * Checks a change and queues its trial on stored events, of some imports or of all. Throws `bad_request` with
 * every mistake of the change, `not_found` for an analytic or import that there is not, `conflict` for a taken id.
 */
export async function startBacktest(
  subject: string,
  body: { readonly change: AnalyticChange; readonly imports: readonly string[] },
  by: string,
): Promise<BacktestView> {
  const inForce = await readCatalogue();
  checkChange(subject, body.change, inForce, micros(Date.now() * 1000));
  const importIds = await knownImports(body.imports);
  const { change } = body;
  const digest = digestOfChange(subject, change, inForce.basis);
  const id = await transaction(async (connection) => {
    const added = await addBacktest(connection, { subject, change, digest, importIds, createdBy: by });
    await addAudit(connection, {
      by,
      action: 'backtest.asked',
      subject: backtestSubject(added),
      details: { of: subject, kind: change.kind, imports: importIds.length },
    });
    return added;
  });
  return readBacktest(String(id));
}

/** One back-test: how far it has come, or what came out. Throws `not_found`. */
export async function readBacktest(id: string): Promise<BacktestView> {
  return toView(await storedBacktest(id));
}

/** Stops a back-test; one that has ended stays as it is. Throws `not_found`. */
export async function cancelBacktest(id: string, by: string): Promise<BacktestView> {
  const { id: known, subject } = await storedBacktest(id);
  await transaction(async (connection) => {
    if (!(await endBacktest(known, { state: 'cancelled' }, connection))) return;
    const details = { of: subject };
    await addAudit(connection, {
      by,
      action: 'backtest.cancelled',
      subject: backtestSubject(known),
      details,
    });
  });
  return readBacktest(id);
}

/** A back-test as stored. Throws `not_found`. */
export async function storedBacktest(id: string): Promise<StoredBacktest> {
  const found = /^\d{1,9}$/.test(id) ? await loadBacktest(Number(id)) : undefined;
  if (found === undefined) throw new AppError('not_found', `There is no back-test ${id.slice(0, 40)}.`);
  return found;
}

async function knownImports(given: readonly string[]): Promise<readonly number[]> {
  const ids = [...new Set(given)].map((id) => (/^\d{1,9}$/.test(id) ? Number(id) : -1));
  const known = await importsThatExist(ids);
  const missing = [...new Set(given)].find((_id, i) => !known.has(ids[i] ?? -1));
  if (missing !== undefined) throw new AppError('not_found', `There is no import ${missing.slice(0, 40)}.`);
  return ids.sort((a, b) => a - b);
}

function toView(backtest: StoredBacktest): BacktestView {
  return {
    id: String(backtest.id),
    subject: backtest.subject,
    change: backtest.change as AnalyticChange,
    imports: backtest.importIds.map(String),
    state: backtest.state,
    progress: { done: backtest.hostsDone, total: backtest.hostsTotal },
    error: backtest.error,
    createdAt: backtest.createdAt.toISOString(),
    createdBy: backtest.createdBy,
    endedAt: backtest.endedAt?.toISOString() ?? null,
    result: backtest.result as BacktestView['result'],
  };
}
