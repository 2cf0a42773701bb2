import { AppError } from '../base/appError';
import type { AnalyticChange, BacktestView } from '../contracts/analytics';
import { type AuditNote, addAudit } from '../storage/audit';
import { type Connection, transaction } from '../storage/client';
import { queueHostsOf } from '../storage/hosts';
import { LOCK_CLASS, lockTransaction } from '../storage/locks';
import { type Effect, settingsStamp } from '../storage/settings';
import { storedBacktest } from './backtests';
import { digestOfChange } from './proposeChange';
import { basisOf } from './readCatalogue';

/** A change that was tried on everything, against exactly what is in force now. */
export type TriedChange = {
  readonly subject: string;
  readonly change: AnalyticChange;
  readonly effect: Effect;
  readonly result: BacktestResult;
};

export type BacktestResult = NonNullable<BacktestView['result']>;

/** What was saved, the word of it, and whether detection is to use it at once. */
export type Saved<Result> = { readonly result: Result; readonly note: AuditNote; readonly inForce: boolean };

/**
 * Puts a tried change in force: `save` writes it, in one transaction with the jobs that correlate every host
 * again, where it is in force at once, and with the word of it. One change is saved at a time, so that what its back-test was held against is still in force. Throws
 * `not_found` for a back-test there is not, `conflict` when it has not ended well, was limited to some imports, or
 * the settings have changed since.
 */
export async function putInForce<Result>(
  backtestId: string,
  save: (connection: Connection, tried: TriedChange) => Promise<Saved<Result>>,
): Promise<Result> {
  const { subject, change, digest, state, importIds, result } = await storedBacktest(backtestId);
  if (state !== 'done')
    throw new AppError('conflict', `${STATE_WORDS[state]} Only a change whose back-test is done is saved.`);
  if (importIds.length > 0)
    throw new AppError(
      'conflict',
      'This back-test was limited to some imports. Back-test the change on everything, then save it.',
    );
  const tried = result as BacktestResult;
  const { totals, unchanged } = tried;
  return transaction(async (connection) => {
    await lockTransaction(connection, LOCK_CLASS.settings, 0);
    const basis = await basisOf(await settingsStamp(connection));
    if (digestOfChange(subject, change, basis) !== digest)
      throw new AppError(
        'conflict',
        'Settings were changed since this back-test. Back-test the change again, look at what it does now, then save it.',
      );
    const effect = { ...totals, unchanged };
    const saved = await save(connection, {
      ...{ subject, change: change as AnalyticChange, effect },
      result: tried,
    });
    if (saved.inForce) await queueHostsOf(connection);
    // Last: the trail is locked from here to the end.
    await addAudit(connection, saved.note);
    return saved.result;
  });
}

const STATE_WORDS = {
  queued: 'The back-test has not begun.',
  running: 'The back-test is running.',
  failed: 'The back-test failed.',
  cancelled: 'The back-test was cancelled.',
} as const;
