import { randomInt } from 'node:crypto';
import { Logger, type Runner, type RunnerOptions, run, type TaskList } from 'graphile-worker';
import pg from 'pg';
import { databaseUrl } from './client';
import { LOCK_CLASS } from './locks';
import { type JobName, type JobPayloads, workerName } from './queue';

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
 * session holds an advisory lock whose key is in the names it locks jobs under: that is how others can tell
 * a job that runs from one whose worker was killed.
 */
export async function startQueueWorker(tasks: Tasks, slots: number, log: QueueLog): Promise<QueueWorker> {
  const url = databaseUrl();
  const key = randomInt(1, 2 ** 31);
  const life = new pg.Client({ connectionString: url, application_name: 'sequela-worker', keepAlive: true });
  const lifeEnded = new Promise<string>((resolve) => {
    life.on('error', (error) => resolve(`lost the database: ${error.message}`));
    life.on('end', () => resolve('lost the database'));
  });
  await life.connect();
  await life.query('SELECT pg_advisory_lock($1, $2)', [LOCK_CLASS.worker, key]);

  const stopping = new AbortController();
  const runners: Runner[] = [];
  for (let slot = 0; slot < slots; slot++) {
    runners.push(await run(optionsOf(url, key, slot, tasks, stopping.signal, log)));
  }
  const stop = async () => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    await Promise.all(runners.map((runner) => runner.stop()));
    await life.end();
  };
  const runnersEnded = Promise.all(runners.map((runner) => runner.promise)).then(
    () => undefined,
    (error: Error) => error.message,
  );
  const ended = Promise.race([runnersEnded, lifeEnded]).then((reason) =>
    stopping.signal.aborted ? undefined : (reason ?? 'ended'),
  );
  return { stop, ended };
}

function optionsOf(
  url: string,
  key: number,
  slot: number,
  tasks: Tasks,
  signal: AbortSignal,
  log: QueueLog,
): RunnerOptions {
  // One runner of one job each, and not one of several: only then may we name the worker ourselves. The
  // option is read by graphile-worker's pool, but its type stands on the single worker's options only.
  const options: RunnerOptions & { workerId: string } = {
    connectionString: url,
    maxPoolSize: 3,
    concurrency: 1,
    pollInterval: 2_000,
    noHandleSignals: true,
    workerId: workerName(key, slot),
    taskList: toTaskList(tasks, signal),
    parsedCronItems: [],
    logger: new Logger(() => (level, message) => log(level === 'warning' ? 'warn' : level, message)),
  };
  return options;
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
