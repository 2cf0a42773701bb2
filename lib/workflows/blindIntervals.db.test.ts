import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { parseMicros } from '../base/time';
import { listBlindIntervals, loadBlindIntervals } from '../storage/blindIntervals';
import { closeStorage, pool } from '../storage/client';
import { findHost } from '../storage/hosts';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { deleteImport } from './changeImport';
import { correlateHostGroup } from './correlateHostGroup';
import { readHostHealth, readHostUsers } from './readHostHealth';
import { readHost } from './readHosts';
import { summariseEvents } from './summariseEvents';
import { everything, importWhole, workOff } from './testImports';
import { type TestRecord, toLines } from './testRecords';
import { connection, quiet, start } from './testSysmon';

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

/** Signs of life from 08:00 to 08:55 and, hours later, from 13:00 to 13:55. */
const morning = quiet('WS1', '2026-11-20T08:00', 12);
const afternoon = [
  ...quiet('WS1', '2026-11-20T13:00', 12),
  connection('WS1', '2026-11-20T13:30:02', 1, '198.51.100.7'),
];

async function bring(name: string, records: readonly TestRecord[]): Promise<number> {
  const view = await importWhole(toLines(records), name, spoolDir);
  expect(view.state).toBe('done');
  return Number(view.id);
}

async function blindOf(kinds: Parameters<typeof loadBlindIntervals>[1] = {}) {
  const id = await findHost('ws1');
  return loadBlindIntervals(id === undefined ? [] : [id], kinds);
}

const time = (text: string): number => parseMicros(`2026-11-20T${text}Z`) ?? 0;

describe('when a host was blind', () => {
  it('is kept with each correlation, cut to the window that is asked for', async () => {
    await bring('morning.json', morning);
    expect((await blindOf({ kinds: ['process_start'] })).map(({ reason }) => reason)).toEqual([
      'telemetry begins at 08:00:00Z',
      'telemetry ends at 08:55:00Z',
    ]);
    await bring('afternoon.json', afternoon);
    const window = { from: time('10:30:00'), to: time('14:30:00') };
    expect(await blindOf({ kinds: ['process_start'], ...window })).toMatchObject([
      { from: window.from, to: time('13:00:00'), reason: 'no telemetry at all between 09:00Z and 13:00Z' },
      { from: time('13:55:00'), to: window.to, reason: 'telemetry ends at 13:55:00Z' },
    ]);
    expect(await blindOf({ kinds: ['dns_query'], ...window })).toMatchObject([
      { kind: 'dns_query', ...window, reason: 'no dns_query events from this host' },
    ]);
    expect(await blindOf({ kinds: ['process_start'], from: time('13:10:00'), to: time('13:20:00') })).toEqual(
      [],
    );
    const moment = { from: time('10:00:00'), to: time('10:00:00') };
    expect(await blindOf({ kinds: ['process_start'], ...moment })).toMatchObject([moment]);
  });

  it('is the same whatever the order of imports, and written only when it changes', async () => {
    await bring('morning.json', morning);
    await bring('afternoon.json', afternoon);
    const forth = (await everything()).blind;
    const rows = async () => (await pool().query('SELECT ctid, xmin, * FROM blind_intervals')).rows;
    const written = await rows();
    expect(written.length).toBeGreaterThan(5);
    await correlateHostGroup((await findHost('ws1')) ?? 0);
    expect(await rows()).toEqual(written);
    await dropDatabase();
    await freshDatabase();
    await bring('afternoon.json', afternoon);
    await bring('morning.json', morning);
    expect((await everything()).blind).toEqual(forth);
  });

  it('is gone with the last import, and as without it after one of two', async () => {
    const first = await bring('morning.json', morning);
    const alone = await blindOf();
    const second = await bring('afternoon.json', afternoon);
    expect(await blindOf()).not.toEqual(alone);
    await deleteImport(second, { by: 'anna', wait: false });
    await workOff(spoolDir);
    expect(await blindOf()).toEqual(alone);
    await deleteImport(first, { by: 'anna', wait: false });
    await workOff(spoolDir);
    const left = await pool().query('SELECT count(*)::int AS rows FROM blind_intervals');
    expect(left.rows).toEqual([{ rows: 0 }]);
  });
});

describe('a search that finds nothing', () => {
  it('tells where it looked in vain, in the times it was over or in all there is', async () => {
    await bring('morning.json', morning);
    const bands = async (scope: Parameters<typeof summariseEvents>[0]) => {
      const { total, blind, blindTotal } = await summariseEvents(scope);
      expect(total).toBe(0);
      expect(blindTotal).toBe(blind.length);
      return blind.map(({ host, from, to, reason }) => [host, from.slice(11, 16), to.slice(11, 16), reason]);
    };
    const none = 'no dns_query events from this host';
    expect(await bands({ q: 'kind:dns_query' })).toEqual([['ws1', '08:00', '08:55', none]]);
    expect(await bands({ q: 'kind:dns_query', from: '2026-11-20T08:30:00Z' })).toEqual([
      ['ws1', '08:30', '08:55', none],
    ]);
    expect(await bands({ q: 'kind:dns_query', to: '2026-11-20T07:00:00Z' })).toEqual([
      ['ws1', '07:00', '07:00', none],
    ]);
    expect(await bands({ kind: 'dns_query', host: 'nobody' })).toEqual([]);
  });

  it('reads no more of the blind stretches than it shows, and counts them all', async () => {
    await bring('morning.json', morning);
    const id = (await findHost('ws1')) ?? 0;
    const all = await loadBlindIntervals([id]);
    expect(await listBlindIntervals([id], {}, 2)).toEqual({ items: all.slice(0, 2), total: all.length });
  });
});

describe('the page of a host', () => {
  it('names the imports that brought events of it, newest first, with what each brought', async () => {
    await bring('morning.json', morning);
    await bring('afternoon.json', afternoon);
    await bring('other.json', quiet('WS2', '2026-11-20T08:00', 2));
    expect((await readHost('ws1')).imports).toMatchObject([
      { name: 'afternoon.json', events: 13 },
      { name: 'morning.json', events: 12 },
    ]);
    expect((await readHost('ws1')).imports[0]?.format).not.toBeNull();
  });

  it('tells of each kind when it came, where nothing could come, and how many carry a field', async () => {
    await bring('morning.json', [
      ...morning,
      start('WS1', '2026-11-20T08:56:00', 77, 'C:\\Windows\\System32\\cmd.exe', ''),
    ]);
    await bring('afternoon.json', afternoon);
    const health = await readHostHealth('ws1');
    const kind = (name: string) => health.kinds.find((one) => one.kind === name);
    const starts = kind('process_start');
    expect(starts).toMatchObject({ needed: true, events: 25, from: '2026-11-20T08:00:00.000000Z' });
    expect(starts?.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(25);
    expect(starts?.bins.length).toBeLessThanOrEqual(120);
    expect(starts?.blind).toMatchObject([
      { from: '2026-11-20T09:00:00.000000Z', to: '2026-11-20T13:00:00.000000Z' },
    ]);
    expect(starts?.filled).toContainEqual({ field: 'process.command_line', share: 24 / 25 });
    expect(starts?.filled).toContainEqual({ field: 'process.hash.sha256', share: 0 });
    expect(kind('dns_query')).toMatchObject({
      events: 0,
      from: null,
      blind: [{ reason: 'no dns_query events from this host' }],
    });
    expect(health.kinds.map(({ needed }) => needed)).toEqual(
      [...health.kinds.map(({ needed }) => needed)].sort((a, b) => Number(b) - Number(a)),
    );
  });

  it('leaves out slivers at the edges, and never a kind that could not be seen at all', async () => {
    await bring('moment.json', [
      ...quiet('WS1', '2026-11-20T08:00', 1),
      start('WS1', '2026-11-20T08:00:00', 77, 'C:\\Windows\\System32\\cmd.exe', 'cmd'),
    ]);
    const of = async (name: string) =>
      (await readHostHealth('ws1')).kinds.find((one) => one.kind === name)?.blind;
    expect(await of('process_start')).toEqual([]);
    expect(await of('dns_query')).toMatchObject([{ reason: 'no dns_query events from this host' }]);
    await pool().query(
      'UPDATE events SET time = time + 600000 WHERE id = (SELECT id FROM events ORDER BY id LIMIT 1)',
    );
    expect(await of('dns_query')).toMatchObject([{ reason: 'no dns_query events from this host' }]);
  });

  it('counts the accounts whatever their case, the most active first', async () => {
    const as = (record: TestRecord, user: string): TestRecord => ({ ...record, User: user });
    await bring('users.json', [
      ...morning.map((record, i) => as(record, i % 2 === 0 ? 'CORP\\anna' : 'corp\\ANNA')),
      ...quiet('WS1', '2026-11-20T13:00', 2).map((record) => as(record, 'CORP\\bo')),
    ]);
    const { items, total } = await readHostUsers('ws1');
    expect(total).toBe(2);
    expect(items.map(({ user, events }) => [user.toLowerCase(), events])).toEqual([
      ['anna', 12],
      ['bo', 2],
    ]);
    await expect(readHostUsers('nowhere')).rejects.toThrow('no host');
  });
});
