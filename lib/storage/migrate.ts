import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Logger, runMigrations as prepareQueue } from 'graphile-worker';
import pg from 'pg';

export type MigrationOutcome = {
  /** Names of the migrations applied now, in order; empty when the database was up to date. */
  readonly applied: readonly string[];
  /** Names of applied migrations whose file has changed since. Nothing is done about them. */
  readonly changed: readonly string[];
};

type AppliedRow = {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
  readonly rolled_back_at: Date | null;
};

/** Prisma's own lock, so that this runner and `prisma migrate deploy` exclude each other. */
const MIGRATION_LOCK = 72_707_369;

const SHIPPED_MIGRATIONS = path.resolve(import.meta.dirname, '../../prisma/migrations');

/**
 * Brings a database up to date: every migration folder in order of name, then the queue's own tables. Safe to run from
 * several programs at once (they queue on an advisory lock) and as often as one likes. Keeps the same
 * `_prisma_migrations` table as Prisma, which can take over at any time.
 *
 * Each migration file is sent whole, inside one transaction: it applies completely or not at all, and therefore cannot
 * hold `begin`, `commit` or `create index concurrently`. Throws, naming the migration, when one fails or an earlier one never finished.
 */
export async function migrate(
  connectionString: string,
  folder: string = SHIPPED_MIGRATIONS,
): Promise<MigrationOutcome> {
  const client = new pg.Client({ connectionString, application_name: 'sequela-migrate' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const outcome = await applyMissing(client, folder);
    await prepareQueue({ connectionString, logger: new Logger(() => () => {}) });
    return outcome;
  } finally {
    // Ending the session also gives the lock back.
    await client.end();
  }
}

async function applyMissing(client: pg.Client, folder: string): Promise<MigrationOutcome> {
  await client.query(`create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`);
  const { rows } = await client.query<AppliedRow>(
    'select migration_name, checksum, finished_at, rolled_back_at from _prisma_migrations',
  );
  const standing = rows.filter((row) => row.rolled_back_at === null);
  const unfinished = standing.find((row) => row.finished_at === null);
  if (unfinished) {
    throw new Error(
      `Migration ${unfinished.migration_name} was begun and never finished. Look at its row in _prisma_migrations.`,
    );
  }
  const known = new Map(standing.map((row) => [row.migration_name, row.checksum]));
  const applied: string[] = [];
  const changed: string[] = [];
  for (const { name, sql, checksum } of readMigrations(folder)) {
    const before = known.get(name);
    if (before === undefined) {
      await applyOne(client, name, sql, checksum);
      applied.push(name);
    } else if (before !== checksum) {
      changed.push(name);
    }
  }
  return { applied, changed };
}

function readMigrations(folder: string): { name: string; sql: string; checksum: string }[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && fs.existsSync(path.join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const bytes = fs.readFileSync(path.join(folder, name, 'migration.sql'));
      return {
        name,
        sql: bytes.toString('utf8'),
        checksum: createHash('sha256').update(bytes).digest('hex'),
      };
    });
}

/** The migration and the note that it was applied, in one transaction: kill -9 in between leaves neither. */
async function applyOne(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
