import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startEmbeddedPostgres } from './embeddedPostgres';

let folder: string;
let moved: string[] = [];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sequela-embedded-'));
});
afterEach(() => {
  for (const place of moved) fs.rmSync(place, { recursive: true, force: true });
  moved = [];
  fs.rmSync(folder, { recursive: true, force: true });
});

it('keeps what was committed, sorts by bytes, folds case beyond ASCII, and listens on this machine only', async () => {
  fs.chmodSync(folder, 0o711);
  const first = await startEmbeddedPostgres(folder);
  await query(first.url, `create table kept as select 'É' as word`);
  await first.stop();
  expect(await first.ended).toEqual({ expected: true });

  const second = await startEmbeddedPostgres(folder);
  const [row] = await query(
    second.url,
    `select lower(word) as folded, 'a' > 'B' as bytes, current_setting('listen_addresses') as listens,
            current_setting('fsync') || current_setting('synchronous_commit') as durable from kept`,
  );
  expect(row).toEqual({ folded: 'é', bytes: true, listens: '127.0.0.1', durable: 'onon' });
  await second.stop();
});

it('says that the password of existing data is gone instead of making another', async () => {
  fs.chmodSync(folder, 0o711);
  const server = await startEmbeddedPostgres(folder, { throwaway: true });
  await server.stop();
  fs.rmSync(path.join(folder, 'database-password'));
  await expect(startEmbeddedPostgres(folder)).rejects.toThrow('database-password, is gone');
});

/** A folder only root may enter, as a clone in root's home is. */
it.runIf(process.getuid?.() === 0)('finds a place that the user PostgreSQL runs as can enter', async () => {
  fs.chmodSync(folder, 0o700);
  const first = await startEmbeddedPostgres(folder);
  moved.push(first.place.folder);
  expect(first.place.movedBecause).toContain(`cannot enter ${folder}`);
  await query(first.url, 'create table kept ()');
  await first.stop();

  const renamed = `${folder}-renamed`;
  fs.renameSync(folder, renamed);
  folder = renamed;
  const second = await startEmbeddedPostgres(folder);
  expect(second.place.folder).toBe(first.place.folder);
  await query(second.url, 'table kept');
  await second.stop();
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
