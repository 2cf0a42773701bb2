import fs from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres } from '../storage/embeddedPostgres';
import { takeLock } from './lock';
import { Refusal, readSettings } from './settings';

/** A database that a program may use until it closes it. */
export type OpenedDatabase = { readonly url: string; readonly close: () => Promise<void> };

/**
 * The product's database, for a program beside it: the one DATABASE_URL names, else the embedded one of the data
 * folder, whether Sequela is running on it (then that server is used) or not (then it is started, and stopped by
 * `close`). Throws a `Refusal` when there is none: nothing is created.
 */
export async function openProductDatabase(
  env: Readonly<Record<string, string | undefined>>,
  root: string,
): Promise<OpenedDatabase> {
  const { databaseUrl, dataDir } = readSettings(env, [], root);
  if (databaseUrl !== undefined) return { url: databaseUrl, close: async () => undefined };
  if (!fs.existsSync(path.join(dataDir, 'database-password')))
    throw new Refusal(`There is no database in ${dataDir}. Set DATABASE_URL or SEQUELA_DATA_DIR.`);
  const lock = await takeLock(fs.realpathSync(dataDir), { pid: process.pid, address: 'a command' });
  if ('heldBy' in lock) return { url: runningUrl(dataDir), close: async () => undefined };
  const folders: { release(): Promise<void> }[] = [lock];
  const release = async () => {
    for (const one of folders.reverse()) await one.release();
  };
  try {
    const server = await startEmbeddedPostgres(dataDir, {
      beforeUse: async (folder) => {
        const own = await takeLock(folder, { pid: process.pid, address: 'a command' });
        if ('heldBy' in own)
          throw new Refusal(`The database in ${folder} is used by process ${own.heldBy.pid}.`);
        folders.push(own);
      },
    });
    return {
      url: server.url,
      close: async () => {
        await server.stop();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Where the server of a running Sequela listens: PostgreSQL notes its port beside its data. */
function runningUrl(dataDir: string): string {
  const pointer = path.join(dataDir, 'postgres.location');
  const folder = fs.existsSync(pointer)
    ? fs.readFileSync(pointer, 'utf8').trim()
    : path.join(dataDir, 'postgres');
  const noted = path.join(folder, 'data', 'postmaster.pid');
  const port = fs.existsSync(noted) ? Number(fs.readFileSync(noted, 'utf8').split('\n')[3]) : Number.NaN;
  if (!Number.isInteger(port))
    throw new Refusal(
      `Sequela is running on ${dataDir}, but not with the database there: set DATABASE_URL to the one it uses.`,
    );
  const password = fs.readFileSync(path.join(dataDir, 'database-password'), 'utf8').trim();
  return `postgresql://sequela:${password}@127.0.0.1:${port}/sequela`;
}
