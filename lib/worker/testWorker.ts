import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setEnvironment } from '../base/testEnvironment';
import { closeStorage } from '../storage/client';
import { startQueueWorker } from '../storage/queueWorker';
import { createTestDatabase } from '../storage/testDatabase';
import { createTasks } from './tasks';

export type TestWorker = {
  /** Stops the worker, deletes the database, and puts the environment back as it was. */
  readonly stop: () => Promise<void>;
};

/**
 * A database of its own for a test file, with a worker on it, as the product has them: DATABASE_URL points to it
 * until `stop`. Every request is the demo actor's (an administrator called `demo`) unless `signIn` asks for the sign-in
 * that people meet. For `*.db.test.ts` only.
 */
export async function startTestWorker({ signIn = false } = {}): Promise<TestWorker> {
  const database = await createTestDatabase();
  const restore = setEnvironment({
    DATABASE_URL: database.url,
    SEQUELA_DEMO: signIn ? undefined : 'true',
    SEQUELA_SECRET: 'a secret of tests, long enough to be one',
  });
  const spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  const worker = await startQueueWorker(createTasks(spoolDir), 2, () => undefined);
  return {
    stop: async () => {
      await worker.stop();
      await closeStorage();
      restore();
      await database.drop();
      await rm(spoolDir, { recursive: true, force: true });
    },
  };
}
