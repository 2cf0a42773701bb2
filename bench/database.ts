import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, withDatabase } from '../lib/storage/embeddedPostgres';
import { migrate } from '../lib/storage/migrate';
import { CACHE } from './corpus';

/** A PostgreSQL of the benchmark's own, with the durability the product ships with. */
export type Server = {
  readonly pid: number;
  /** A new, migrated, empty database. */
  readonly create: (name: string) => Promise<Database>;
  readonly stop: () => Promise<void>;
};

export type Database = {
  readonly url: string;
  /** What a measurement's process needs to use it. */
  readonly env: Readonly<Record<string, string>>;
  readonly drop: () => Promise<void>;
};

/** Starts the server in a new folder, which `stop` removes. */
export async function startServer(): Promise<Server> {
  fs.mkdirSync(CACHE, { recursive: true });
  const folder = fs.mkdtempSync(path.join(CACHE, 'database-'));
  fs.chmodSync(folder, 0o711);
  const cluster = await startEmbeddedPostgres(folder);
  const pidFile = path.join(cluster.place.folder, 'data', 'postmaster.pid');
  const pid = Number(fs.readFileSync(pidFile, 'utf8').split('\n')[0]);
  const admin = withDatabase(cluster.url, 'postgres');
  return {
    pid,
    async create(name) {
      await onServer(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await onServer(admin, `CREATE DATABASE ${name} TEMPLATE template0`);
      const url = withDatabase(cluster.url, name);
      await migrate(url);
      // What came before must not be written out on this measurement's time.
      await onServer(admin, 'CHECKPOINT');
      return {
        url,
        env: { DATABASE_URL: url, BENCH_POSTMASTER: String(pid) },
        drop: () => onServer(admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      };
    },
    async stop() {
      await cluster.stop();
      if (cluster.place.movedBecause !== undefined)
        fs.rmSync(cluster.place.folder, { recursive: true, force: true });
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
