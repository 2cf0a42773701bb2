import { EventEmitter } from 'node:events';
import { Logger, parseCrontab, run, type TaskList, type WorkerEvents } from 'graphile-worker';
import pg from 'pg';
import { databaseUrl } from './client';
import { LOCK_CLASS } from './locks';
import { type JobName, type JobPayloads, workerKey } from './queue';

/** What a task is told about the attempt it is running in. */
export type Attempt = { readonly number: number; readonly signal: AbortSignal };

export type Tasks = {
  readonly [Name in JobName]: (payload: JobPayloads[Name], attempt: Attempt) => Promise<void>;
};

export type QueueWorker = {
  /** Takes no more jobs, asks running ones to stop between batches, and settles when all have. */
  readonly stop: () => Promise<void>;
  /** Settles when the worker ends for whatever reason: without one after `stop`, else with what broke. */
  readonly ended: Promise<string | undefined>;
};

/** What the queue has to say, for a log. */
export type QueueLog = (level: 'error' | 'warn' | 'info' | 'debug', message: string) => void;

/**
 * Works off the queue with `slots` jobs at a time until stopped. For as long as this process lives its own
 * session holds an advisory lock whose key follows from the name it locks jobs under: that is how others can
 * tell a job that runs from one whose worker was killed. `schedule` is a crontab (UTC) of what is done again and
 * again; each of its times is done once, whatever the number of workers.
 */
export async function startQueueWorker(
  tasks: Tasks,
  slots: number,
  log: QueueLog,
  schedule = '',
): Promise<QueueWorker> {
  const url = databaseUrl();
  const life = new pg.Client({ connectionString: url, application_name: 'sequela-worker', keepAlive: true });
  const lifeEnded = new Promise<string>((resolve) => {
    life.on('error', () => resolve('lost the database'));
    life.on('end', () => resolve('lost the database'));
  });
  await life.connect();

  const stopping = new AbortController();
  const events: WorkerEvents = new EventEmitter();
  const locked = new Promise<void>((resolve, reject) => {
    events.once('pool:create', ({ workerPool }) => {
      life
        .query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS.worker, workerKey(workerPool.id)])
        .then(() => resolve(), reject);
    });
  });
  const runner = await run({
    connectionString: url,
    maxPoolSize: slots + 2,
    concurrency: slots,
    pollInterval: 2_000,
    noHandleSignals: true,
    events,
    taskList: toTaskList(tasks, stopping.signal),
    parsedCronItems: parseCrontab(schedule),
    logger: new Logger(() => (level, message) => log(level === 'warning' ? 'warn' : level, message)),
  });
  await locked;

  const runnerEnded = runner.promise.then(
    () => undefined,
    (error: Error) => error.message,
  );
  return {
    async stop() {
      if (stopping.signal.aborted) return;
      stopping.abort();
      await runner.stop();
      await life.end();
    },
    ended: Promise.race([runnerEnded, lifeEnded]).then((reason) =>
      stopping.signal.aborted ? undefined : (reason ?? 'ended'),
    ),
  };
}

function toTaskList(tasks: Tasks, signal: AbortSignal): TaskList {
  const entries = Object.entries(tasks) as [JobName, (payload: unknown, attempt: Attempt) => Promise<void>][];
  return Object.fromEntries(
    entries.map(([name, task]) => [
      name,
      (payload, helpers) => task(payload, { number: helpers.job.attempts, signal }),
    ]),
  );
}
