import { afterEach, beforeEach, expect, it } from 'vitest';
import { closeStorage, pool, withConnection } from './client';
import { LOCK_CLASS, lockSession, unlockSession } from './locks';
import { freeDeadWorkers, takeExhaustedJobs, workerKey, workersAlive } from './queue';
import { createTestDatabase, type TestDatabase } from './testDatabase';

let database: TestDatabase;
let before: string | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
  before = process.env.DATABASE_URL;
  process.env.DATABASE_URL = database.url;
});
afterEach(async () => {
  await closeStorage();
  if (before === undefined) delete process.env.DATABASE_URL;
  else process.env.DATABASE_URL = before;
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

it('hands out jobs that killed every worker, once', async () => {
  await jobHeldBy(NAME);
  await freeDeadWorkers();
  expect(await takeExhaustedJobs()).toEqual([]);
  await pool().query('UPDATE graphile_worker._private_jobs SET attempts = max_attempts');
  expect(await takeExhaustedJobs()).toEqual(['import:1']);
  expect(await takeExhaustedJobs()).toEqual([]);
});
