import path from 'node:path';
import { closeStorage } from '../storage/client';
import { type QueueLog, startQueueWorker, type Tasks } from '../storage/queueWorker';
import { sweepSpool, tidy } from '../workflows/tidy';
import { describeError, log } from './log';
import { createTasks, SCHEDULE } from './tasks';

const TIDY_EVERY_MS = 5_000;
/** A stop that takes longer than this is cut: the batch in work is not committed and is done again. */
const STOP_WITHIN_MS = 15_000;

/** Correlation of a large host holds its events in memory, so few jobs at a time; start more workers instead. */
const asked = Math.max(1, Number(process.env.SEQUELA_WORKER_JOBS ?? 2));
/** A job holds its lock's connection and works over others: with more jobs than this all would hold and none could work. */
const slots = Math.min(
  asked,
  Math.max(1, Math.floor(Number(process.env.SEQUELA_DATABASE_CONNECTIONS ?? 10) / 3)),
);
const spoolDir = path.join(path.resolve(process.env.SEQUELA_DATA_DIR ?? '.sequela'), 'spool');

process.exit(await main());

/** Works until asked to stop (0) or until the database or the queue breaks (1): whoever started it starts it again. */
async function main(): Promise<number> {
  await tidyUp();
  const onQueueWord: QueueLog = (level, message) => {
    // The queue's own words name jobs and workers; at debug level they would fill the log.
    if (level !== 'debug' && level !== 'info') log[level]({ queue: message.slice(0, 160) });
  };
  const worker = await startQueueWorker(withLog(createTasks(spoolDir)), slots, onQueueWord, SCHEDULE);
  if (slots < asked)
    log.warn(
      { asked, slots },
      'fewer jobs at a time than asked: each needs three of SEQUELA_DATABASE_CONNECTIONS',
    );
  log.info({ slots }, 'worker is ready');
  const tidying = setInterval(() => void tidyUp(), TIDY_EVERY_MS);
  const stopped = new Promise<'asked'>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve('asked'));
  });
  const how = await Promise.race([stopped, worker.ended]);
  clearInterval(tidying);
  if (how !== 'asked') {
    log.error({ why: how }, 'worker ends');
    return 1;
  }
  setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
  await worker.stop();
  await closeStorage();
  log.info('worker stopped');
  return 0;
}

async function tidyUp(): Promise<void> {
  try {
    const tidied = await tidy();
    await sweepSpool(spoolDir);
    if (tidied.uploads + tidied.workers + tidied.jobs > 0) log.info(tidied, 'tidied up');
  } catch (error) {
    log.warn(describeError(error), 'could not tidy up');
  }
}

/** Notes start, end and failure of each job, by its ids only. */
function withLog(tasks: Tasks): Tasks {
  const noted = Object.entries(tasks).map(([job, task]) => [
    job,
    async (payload: never, attempt: never) => {
      const started = performance.now();
      try {
        await task(payload, attempt);
        log.info({ job, ...(payload as object), ms: Math.round(performance.now() - started) }, 'done');
      } catch (error) {
        log.error({ job, ...(payload as object), ...describeError(error) }, 'failed');
        throw error;
      }
    },
  ]);
  return Object.fromEntries(noted) as Tasks;
}
