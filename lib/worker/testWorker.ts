import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
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
 * until `stop`. For `*.db.test.ts` only.
 */
export async function startTestWorker(): Promise<TestWorker> {
  const database = await createTestDatabase();
  const before = process.env.DATABASE_URL;
  process.env.DATABASE_URL = database.url;
  const spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  const worker = await startQueueWorker(createTasks(spoolDir), 2, () => undefined);
  return {
    stop: async () => {
      await worker.stop();
      await closeStorage();
      if (before === undefined) delete process.env.DATABASE_URL;
      else process.env.DATABASE_URL = before;
      await database.drop();
      await rm(spoolDir, { recursive: true, force: true });
    },
  };
}
