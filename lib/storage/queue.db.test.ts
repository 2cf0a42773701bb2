import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { closeStorage, pool, transaction, withConnection } from './client';
import { LOCK_CLASS, lockSession, unlockSession } from './locks';
import { addJob, exhaustedJobs, freeDeadWorkers, removeExhaustedJob, workerKey, workersAlive } from './queue';
import { createTestDatabase, type TestDatabase } from './testDatabase';

let database: TestDatabase;
let restore: () => void;

beforeEach(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
});
afterEach(async () => {
  await closeStorage();
  restore();
  await database.drop();
});

const NAME = 'pool-8e9100d6f2ebfbf9ad';

async function jobHeldBy(name: string): Promise<void> {
  await pool().query(
    `SELECT graphile_worker.add_job('run_import', '{}', job_key := 'import:1', max_attempts := 25)`,
  );
  await pool().query(
    `UPDATE graphile_worker._private_jobs SET locked_by = $1, locked_at = now() - interval '1 minute'`,
    [name],
  );
}

async function heldJobs(): Promise<number> {
  const { rows } = await pool().query('SELECT 1 FROM graphile_worker.jobs WHERE locked_by IS NOT NULL');
  return rows.length;
}

it('frees the jobs of a worker that is gone, and leaves those of one that lives', async () => {
  await jobHeldBy(NAME);
  await withConnection(async (connection) => {
    await lockSession(connection, LOCK_CLASS.worker, workerKey(NAME));
    expect(await workersAlive()).toBe(1);
    expect(await freeDeadWorkers()).toBe(0);
    expect(await heldJobs()).toBe(1);
    await unlockSession(connection, LOCK_CLASS.worker, workerKey(NAME));
  });
  expect(await freeDeadWorkers()).toBe(1);
  expect(await heldJobs()).toBe(0);
});

async function exhaust(): Promise<void> {
  await jobHeldBy(NAME);
  await freeDeadWorkers();
  expect(await exhaustedJobs()).toEqual([]);
  await pool().query('UPDATE graphile_worker._private_jobs SET attempts = max_attempts');
}

/** Keys of the jobs there are; an exhausted one that is asked for anew stays behind without a key. */
async function waitingKeys(): Promise<readonly string[]> {
  const { rows } = await pool().query<{ key: string }>(
    'SELECT key FROM graphile_worker.jobs WHERE key IS NOT NULL',
  );
  return rows.map((row) => row.key);
}

it('tells of jobs that killed every worker until they are removed', async () => {
  await exhaust();
  expect(await exhaustedJobs()).toEqual(['import:1']);
  expect(await exhaustedJobs()).toEqual(['import:1']);
  expect(await removeExhaustedJob('import:1')).toBe(true);
  expect(await exhaustedJobs()).toEqual([]);
  expect(await waitingKeys()).toEqual([]);
  expect(await removeExhaustedJob('import:1')).toBe(false);
});

it('does not remove a job that was asked for anew after it was told of', async () => {
  await exhaust();
  await transaction(async (connection) => {
    await addJob(connection, 'run_import', { importId: 1 }, 'import:1');
  });
  expect(await removeExhaustedJob('import:1')).toBe(false);
  expect(await waitingKeys()).toEqual(['import:1']);
  expect(await exhaustedJobs()).toEqual([]);
});

it('does not remove a job that is being asked for anew at this moment', async () => {
  await exhaust();
  let removal: Promise<boolean> | undefined;
  await transaction(async (connection) => {
    await addJob(connection, 'run_import', { importId: 1 }, 'import:1');
    removal = removeExhaustedJob('import:1');
    // It waits for this transaction's row.
    await vi.waitFor(async () => {
      const { rows } = await pool().query(
        `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%remove_job%'`,
      );
      expect(rows).not.toEqual([]);
    });
  });
  expect(await removal).toBe(false);
  expect(await waitingKeys()).toEqual(['import:1']);
  expect(await exhaustedJobs()).toEqual([]);
});

it('does not remove a job that a worker holds', async () => {
  await jobHeldBy(NAME);
  expect(await removeExhaustedJob('import:1')).toBe(false);
  expect(await waitingKeys()).toEqual(['import:1']);
});
