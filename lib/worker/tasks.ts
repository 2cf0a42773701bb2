import { ImportTakenOver } from '../storage/importBatches';
import type { Attempt, Tasks } from '../storage/queueWorker';
import { correlateHostGroup, giveUpHost } from '../workflows/correlateHostGroup';
import { deliverMessage } from '../workflows/deliverMessage';
import { forgetMessages } from '../workflows/notificationKeeping';
import { notifyBreaches } from '../workflows/notifyBreaches';
import { notifyEndings } from '../workflows/notifyEndings';
import { notifyFailedImports } from '../workflows/notifyFailedImports';
import { notifyQuietHosts } from '../workflows/notifyQuietHosts';
import { makeReports } from '../workflows/reports/makeReports';
import { giveUpBacktest, runBacktest } from '../workflows/runBacktest';
import { giveUpImport, runImport } from '../workflows/runImport';
import { correlateSigma } from '../workflows/sigma/correlateSigma';
import { giveUpMatch, matchImport } from '../workflows/sigma/matchImport';
import { giveUpSigmaBacktest, runSigmaBacktest } from '../workflows/sigma/runBacktest';
import { giveUpValidation, runValidation } from '../workflows/validation/runValidation';
import { describeError, log } from './log';

/** Errors are tried again this often before people are told. */
const ATTEMPTS_ON_ERROR = 5;
/** Somebody sits and waits for a back-test. */
const BACKTEST_ATTEMPTS = 2;
/** A pass holds up those behind it. */
const SIGMA_ATTEMPTS = 3;
/** What fails on the same recordings twice fails again. */
const VALIDATION_ATTEMPTS = 2;

/**
 * What is done again and again, as a crontab in UTC. One attempt each and nothing is caught up on: the next time does
 * all that this one would have.
 */
export const SCHEDULE = `
* * * * * tell_breached ?max=1
* * * * * tell_failed_imports ?max=1
*/5 * * * * tell_endings ?max=1
*/5 * * * * make_reports ?max=1
41 * * * * tell_quiet_hosts ?max=1
17 3 * * * forget_messages ?max=1
`;

/** The queue's tasks. Every one may run again after any failure and leaves the same rows. */
export function createTasks(spoolDir: string): Tasks {
  return {
    run_import: ({ importId }, attempt) =>
      persevere(
        attempt,
        () =>
          runImport(importId, {
            spoolDir,
            signal: attempt.signal,
            tellSigma: (error) =>
              log.warn({ ...describeError(error), importId }, 'rules of Sigma were not run over an import'),
          }),
        (error) => giveUpImport(importId, error),
      ),
    correlate_host: ({ hostId }, attempt) =>
      persevere(
        attempt,
        () => correlateHostGroup(hostId),
        (error) => giveUpHost(hostId, error),
      ),
    run_backtest: ({ backtestId }, attempt) =>
      persevere(
        attempt,
        () => runBacktest(backtestId, { signal: attempt.signal }),
        (error) => giveUpBacktest(backtestId, error),
        BACKTEST_ATTEMPTS,
      ),
    run_validation: ({ runId }, attempt) =>
      persevere(
        attempt,
        () => runValidation(runId, { spoolDir, signal: attempt.signal }),
        (error) => giveUpValidation(runId, error),
        VALIDATION_ATTEMPTS,
      ),
    match_sigma: ({ importId }, attempt) =>
      persevere(
        attempt,
        () => matchImport(importId, { spoolDir, signal: attempt.signal }),
        (error) => giveUpMatch(importId, error),
        SIGMA_ATTEMPTS,
      ),
    correlate_sigma: async (_payload, attempt) => {
      try {
        for (const { correlation, hits, groups, results } of await correlateSigma(attempt.signal))
          log.warn(
            { rule: correlation.id, hits, groups, results },
            'a correlation of Sigma had no room for all',
          );
      } catch (error) {
        if (attempt.number < SIGMA_ATTEMPTS || attempt.signal.aborted) throw error;
        // Nothing but its job says that it is to be done: over, or people would be told for days that it is at work.
        log.error(
          describeError(error),
          'correlations of Sigma could not be worked out; what was found before stays',
        );
      }
    },
    backtest_sigma: ({ backtestId }, attempt) =>
      persevere(
        attempt,
        () => runSigmaBacktest(backtestId, { spoolDir, signal: attempt.signal }),
        (error) => giveUpSigmaBacktest(backtestId, error),
        BACKTEST_ATTEMPTS,
      ),
    deliver_message: ({ deliveryId }, attempt) => deliverMessage(deliveryId, attempt.signal),
    tell_breached: async () => {
      await notifyBreaches();
    },
    tell_failed_imports: async () => {
      await notifyFailedImports();
    },
    tell_endings: async () => {
      await notifyEndings();
    },
    tell_quiet_hosts: async () => {
      await notifyQuietHosts(new Date());
    },
    make_reports: async (_payload, { signal }) => {
      await makeReports(new Date(), signal);
    },
    forget_messages: () => forgetMessages(),
  };
}

/** Runs the work; on an error lets the queue try again, until it has been tried often enough. */
async function persevere(
  attempt: Attempt,
  work: () => Promise<void>,
  giveUp: (error: unknown) => Promise<void>,
  attempts = ATTEMPTS_ON_ERROR,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    // Whoever took it over does the work: nothing is left to do here.
    if (error instanceof ImportTakenOver) return;
    if (attempt.number >= attempts && !attempt.signal.aborted) await giveUp(error);
    throw error;
  }
}
