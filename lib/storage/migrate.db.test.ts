import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate';
import { createTestDatabase, type TestDatabase } from './testDatabase';

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTestDatabase({ empty: true });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sequela-migrations-'));
});
afterEach(async () => {
  await database.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('migrate', () => {
  it('applies folders in order of name, once, with several statements and $$ bodies', async () => {
    write('2_second', `insert into a values (1); create index on a (n);`);
    write(
      '1_first',
      `create table a (n int); create function two() returns int language sql as $$ select 1; select 2; $$;`,
    );
    expect(await migrate(database.url, folder)).toEqual({ applied: ['1_first', '2_second'], changed: [] });
    expect(await migrate(database.url, folder)).toEqual({ applied: [], changed: [] });
    expect(await query('select n, two() from a')).toEqual([{ n: 1, two: 2 }]);
  });

  it('makes the tables of the queue', async () => {
    await migrate(database.url, folder);
    expect(await query(`select (graphile_worker.add_job('nothing')).id > 0 as added`)).toEqual([
      { added: true },
    ]);
  });

  it('applies nothing of a migration that fails, names it, and tries it again next time', async () => {
    write('1_broken', `create table half (n int); select 1/0;`);
    await expect(migrate(database.url, folder)).rejects.toThrow('1_broken failed: division by zero');
    expect(await query(`select to_regclass('half') as half`)).toEqual([{ half: null }]);
    write('1_broken', `create table half (n int);`);
    expect((await migrate(database.url, folder)).applied).toEqual(['1_broken']);
  });

  it('applies each migration once when several programs start at the same time', async () => {
    write('1_first', `create table a (n int); select pg_sleep(0.2);`);
    const outcomes = await Promise.all([1, 2, 3].map(() => migrate(database.url, folder)));
    expect(outcomes.flatMap((outcome) => outcome.applied)).toEqual(['1_first']);
  });

  it('tells which applied migrations were edited afterwards', async () => {
    write('1_first', `create table a (n int);`);
    await migrate(database.url, folder);
    write('1_first', `create table b (n int);`);
    expect(await migrate(database.url, folder)).toEqual({ applied: [], changed: ['1_first'] });
  });

  it('stops at a migration that Prisma began and never finished', async () => {
    await migrate(database.url, folder);
    await query(`insert into _prisma_migrations (id, checksum, migration_name) values ('x', 'y', '0_stuck')`);
    await expect(migrate(database.url, folder)).rejects.toThrow('0_stuck was begun and never finished');
  });
});

function write(name: string, sql: string): void {
  fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(path.join(folder, name, 'migration.sql'), sql);
}

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
