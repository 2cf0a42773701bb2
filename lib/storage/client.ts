import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { AppError } from '../base/appError';
import { PrismaClient } from './generated/client';

/** A connection inside one transaction, or one borrowed for several statements. */
export type Connection = pg.ClientBase;

type Database = { readonly url: string; readonly pool: pg.Pool; readonly prisma: PrismaClient };

// Kept on the global object: a development server re-evaluates modules on every change, and each copy of
// this one would open a pool of its own.
const holder = globalThis as typeof globalThis & { sequelaDatabase?: Database | undefined };

/**
 * The one pool of this process, opened at first use from DATABASE_URL. Prisma and COPY share it, so that one
 * number bounds our connections. bigint arrives as a number: all of ours (microseconds, sizes, counters)
 * are safe integers.
 */
export function pool(): pg.Pool {
  return database().pool;
}

/** The Prisma client over the shared pool: for imports, findings and other rows people look at one by one. */
export function prisma(): PrismaClient {
  return database().prisma;
}

/** The address the process was told to use. Throws `unavailable` when there is none. */
export function databaseUrl(): string {
  const url = process.env.DATABASE_URL;
  if (url === undefined || url === '') {
    throw new AppError(
      'unavailable',
      'DATABASE_URL is not set: start Sequela with "npm start", or name a PostgreSQL database.',
    );
  }
  return url;
}

/** Runs statements that belong together: all of them happen, or none. Rolls back and rethrows on any error. */
export async function transaction<Result>(
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const client = await pool().connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    broken = await client.query('ROLLBACK').then(
      () => undefined,
      (rollbackError: Error) => rollbackError,
    );
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Lends one connection for statements that need the same session (locks, cursors, COPY). */
export async function withConnection<Result>(
  work: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const client = await pool().connect();
  let failed = false;
  try {
    return await work(client);
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    // A connection that failed in the middle of a COPY or a cursor is not lent again.
    client.release(failed);
  }
}

/** Closes what this process opened; used at shutdown and between test files. */
export async function closeStorage(): Promise<void> {
  const open = holder.sequelaDatabase;
  holder.sequelaDatabase = undefined;
  if (open === undefined) return;
  await open.prisma.$disconnect();
  await open.pool.end();
}

function database(): Database {
  const url = databaseUrl();
  const open = holder.sequelaDatabase;
  if (open !== undefined && open.url === url) return open;
  const opened = connect(url);
  holder.sequelaDatabase = opened;
  return opened;
}

function connect(url: string): Database {
  const created = new pg.Pool({
    connectionString: url,
    max: Number(process.env.SEQUELA_DATABASE_CONNECTIONS ?? 10),
    types: { getTypeParser: parserOf },
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  created.on('error', () => undefined);
  return { url, pool: created, prisma: new PrismaClient({ adapter: new PrismaPg(created) }) };
}

const INT8 = 20;

const parserOf: typeof pg.types.getTypeParser = ((oid: number, format?: 'text' | 'binary') =>
  oid === INT8 && format !== 'binary'
    ? Number
    : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser;
