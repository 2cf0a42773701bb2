import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { closeStorage, pool } from '../storage/client';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { setHostRetirement } from './coverage/retireHost';
import { readNotifications } from './notifications';
import { notifyQuietHosts } from './notifyQuietHosts';
import { importWhole } from './testImports';
import { toLines } from './testRecords';
import { isoAt, quiet } from './testSysmon';

let database: TestDatabase;
let spoolDir: string;
let restore: () => void;

beforeEach(async () => {
  database = await createTestDatabase();
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  restore = setEnvironment({ DATABASE_URL: database.url });
});
afterEach(async () => {
  await closeStorage();
  restore();
  await database.drop();
  await rm(spoolDir, { recursive: true, force: true });
});

const NOW = new Date('2026-11-25T16:00:00Z');

/** Starts all along six hours of a day, from 08:00. */
const day = (host: string, date: string) =>
  Array.from({ length: 6 }, (_, i) =>
    quiet(host, isoAt(Date.parse(`${date}T08:00:00Z`) + i * 3_600_000), 11),
  ).flat();

const bring = (name: string, ...days: readonly (readonly [host: string, date: string])[]) =>
  importWhole(toLines(days.flatMap(([host, date]) => day(host, date))), name, spoolDir);

const told = async (person: string) => (await readNotifications(person, {})).items;

it('those who keep coverage and webhooks are told of a host that went quiet, once per silence', {
  timeout: 120_000,
}, async () => {
  await pool().query(
    `INSERT INTO people (id, handle, name, email, role) SELECT h, h, h, h || '@corp.example', r
     FROM (VALUES ('lea', 'lead'), ('anna', 'analyst')) AS v(h, r)`,
  );
  await pool().query(
    `INSERT INTO webhooks (name, url, kinds, secret, created_by) VALUES ('soar', 'https://hooks.example/1', '{host.quiet}', 's', 'x')`,
  );
  await bring(
    'fleet.json',
    ['WS1', '2026-11-25'],
    ['GONE1', '2026-11-20'],
    ['SOLD1', '2026-11-20'],
    ['OLD1', '2026-11-10'],
  );
  await setHostRetirement('sold1', { retired: true, reason: 'sold' }, { name: 'lea', role: 'lead' });
  expect(await notifyQuietHosts(NOW)).toBe(1);
  expect((await told('lea')).map(({ kind, by, text }) => [kind, by, text])).toEqual([
    [
      'host.quiet',
      null,
      'gone1 went quiet: nothing came from it since 2026-11-20 13:50 UTC. Before, it was never silent for a whole hour.',
    ],
  ]);
  expect((await told('lea'))[0]?.link).toMatch(/^\/hosts\/\d+$/);
  expect(await told('anna')).toEqual([]);
  const { rows } = await pool().query("SELECT 1 FROM deliveries WHERE channel = 'webhook'");
  expect(rows).toHaveLength(1);
  // Read or not, it is the same silence.
  await pool().query('UPDATE notifications SET read_at = now()');
  expect(await notifyQuietHosts(NOW)).toBe(0);
  // It reported again, and fell silent again.
  await bring('again.json', ['GONE1', '2026-11-21']);
  expect([await notifyQuietHosts(NOW), await notifyQuietHosts(NOW)]).toEqual([1, 0]);
  expect((await told('lea'))[0]?.text).toBe(
    'gone1 went quiet: nothing came from it since 2026-11-21 13:50 UTC. Before, it was never silent for more than 18 whole hours.',
  );
});
