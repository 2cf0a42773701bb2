import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../access/can';
import { setEnvironment } from '../base/testEnvironment';
import { closeStorage, pool } from '../storage/client';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { correlateHostGroup } from './correlateHostGroup';
import { decideClock, decideIdentity } from './decideHost';
import { readEvent, searchEvents } from './readEvents';
import { readHost, readHosts } from './readHosts';
import { receiveImport } from './receiveImport';
import { runImport } from './runImport';
import { inPieces, processStart, toLines } from './testRecords';

const AID = '7d3f0c2b9a514e6d8f1b2c3d4e5f6071';
const ANALYST: Actor = { name: 'anna', role: 'analyst' };
const START = Date.UTC(2026, 10, 20, 9, 0, 0);

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

describe('a host seen by Sysmon and by Falcon', () => {
  it('is one host, whichever came first, and one process of it is one process', async () => {
    await importRecords('falcon.json', falcon(0));
    expect((await readHosts({})).items.map((host) => host.name)).toEqual([AID]);
    await importRecords('sysmon.json', sysmon());
    const { items } = await readHosts({});
    expect(items.map(({ name, aliases }) => [name, aliases])).toEqual([['ws1.corp.example', [AID]]]);
    const { rows } = await pool().query('SELECT count(*)::int AS processes FROM processes');
    // Six tools, and the parent of the first, which both only name.
    expect(rows[0]).toEqual({ processes: 7 });
  });

  it('shows each source of a process, and what they disagree on', async () => {
    await importRecords('sysmon.json', sysmon());
    await importRecords('falcon.json', falcon(0, { UserName: 'somebody.else' }));
    const started = await searchEvents({ kind: 'process_start', q: '"--run 3"' });
    expect(started.items).toHaveLength(2);
    for (const { id } of started.items) {
      const { sources } = await readEvent(id);
      expect(sources?.told.map((source) => source.product)).toEqual([
        'CrowdStrike Falcon',
        'Windows event log',
      ]);
      expect(sources?.conflicts).toEqual(['user']);
    }
  });

  it('can be told apart by a person, told to be one again, and judged by the records again', async () => {
    await importRecords('sysmon.json', sysmon());
    await importRecords('falcon.json', falcon(0));
    await decideIdentity('ws1.corp.example', { name: AID, decision: 'separate' }, ANALYST);
    await work();
    expect((await readHosts({})).items.map((host) => host.name)).toEqual([AID, 'ws1.corp.example']);
    const apart = await readHost('ws1.corp.example');
    expect(apart.identity.decisions).toMatchObject([{ name: AID, decision: 'separate', by: 'anna' }]);
    const joined = await decideIdentity('ws1.corp.example', { name: AID, decision: 'same' }, ANALYST);
    expect(joined.identity.names).toEqual([{ name: AID, because: 'joined by hand' }]);
    const again = await decideIdentity('ws1.corp.example', { name: AID, decision: 'automatic' }, ANALYST);
    expect(again.identity.names[0]?.because).toMatch(/device id/);
    const { rows } = await pool().query(`SELECT action, subject FROM audit WHERE action = 'host.identity'`);
    expect(rows).toHaveLength(3);
  });

  it('refuses a name that no record has, and its own', async () => {
    await importRecords('sysmon.json', sysmon());
    await expect(
      decideIdentity('ws1.corp.example', { name: 'nowhere', decision: 'same' }, ANALYST),
    ).rejects.toThrow(/No record names/);
    await expect(
      decideIdentity('ws1.corp.example', { name: 'WS1.corp.example', decision: 'separate' }, ANALYST),
    ).rejects.toThrow(/own name/);
  });

  it('measures how far Falcon\u2019s clock is off, moves its events, and leaves them when told to', async () => {
    await importRecords('sysmon.json', sysmon());
    await importRecords('falcon.json', falcon(95_000));
    const measured = await readHost('ws1.corp.example');
    expect(measured.productClocks).toEqual([
      {
        product: 'CrowdStrike Falcon',
        reference: 'Windows event log',
        offsetSeconds: 95,
        pairs: 6,
        agreeing: 6,
        applied: true,
        choice: 'estimated',
      },
    ]);
    expect(await distinctStartTimes()).toBe(6);
    await decideClock('ws1.corp.example', { product: 'CrowdStrike Falcon', choice: 'as_reported' }, ANALYST);
    await work();
    const left = await readHost('ws1.corp.example');
    expect(left.productClocks[0]).toMatchObject({ applied: false, choice: 'as_reported', offsetSeconds: 95 });
    expect(await distinctStartTimes()).toBe(12);
  });
});

async function distinctStartTimes(): Promise<number> {
  const { rows } = await pool().query<{ times: number }>(
    'SELECT count(DISTINCT time)::int AS times FROM events WHERE kind = 0',
  );
  return rows[0]?.times ?? 0;
}

async function importRecords(name: string, bytes: Buffer): Promise<void> {
  const { import: received } = await receiveImport(inPieces(bytes), { name, format: 'auto', wait: false });
  await runImport(Number(received.id), { spoolDir });
  await work();
}

/** Correlates what is queued, as the worker would. */
async function work(): Promise<void> {
  const { rows } = await pool().query<{ key: string }>(
    `SELECT key FROM graphile_worker.jobs WHERE key LIKE 'host:%'`,
  );
  for (const { key } of rows) await correlateHostGroup(Number(key.split(':')[1]));
  await pool().query(
    `SELECT graphile_worker.remove_job(key) FROM graphile_worker.jobs WHERE key LIKE 'host:%'`,
  );
}

function sysmon(): Buffer {
  return toLines([1, 2, 3, 4, 5, 6].map((n) => processStart('WS1.corp.example', n)));
}

/** The same starts as Falcon reports them, some milliseconds late, the machine's name in its inventory only. */
function falcon(lateMs: number, extra: Readonly<Record<string, string>> = {}): Buffer {
  const starts = [1, 2, 3, 4, 5, 6].map((n) => {
    const seconds = ((START + n * 1000 + lateMs) / 1000).toFixed(3);
    return {
      event_simpleName: 'ProcessRollup2',
      aid: AID,
      event_platform: 'Win',
      ContextTimeStamp: seconds,
      ProcessStartTime: seconds,
      timestamp: String(START + n * 1000 + lateMs),
      TargetProcessId: String(900_000 + n),
      ParentProcessId: String(900_000 + n - 1),
      RawProcessId: String(1000 + n),
      ImageFileName: `\\Device\\HarddiskVolume3\\Windows\\System32\\tool${n % 7}.exe`,
      ParentBaseFileName: `tool${(n - 1) % 7}.exe`,
      CommandLine: `tool${n % 7}.exe --run ${n}`,
      UserName: 'anna',
      ...extra,
    };
  });
  const online = { event_simpleName: 'AgentOnline', aid: AID, ComputerName: 'WS1', timestamp: String(START) };
  return Buffer.from([online, ...starts].map((record) => `${JSON.stringify(record)}\n`).join(''));
}
