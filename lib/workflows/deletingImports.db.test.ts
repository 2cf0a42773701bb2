import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { makeZip } from '../containers/testZip';
import { fleetMachine } from '../sample/machine';
import { fleetPlan } from '../sample/plan';
import { workday } from '../sample/workday';
import { closeStorage, pool } from '../storage/client';
import { findEvents, loadRaw } from '../storage/events';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { deleteImport } from './changeImport';
import { correlateHostGroup } from './correlateHostGroup';
import { giveVerdict } from './decideFinding';
import { readAudit } from './readAudit';
import { readHost } from './readHosts';
import { readImport, readImports } from './readImports';
import { runImport } from './runImport';
import { everything, expectLedger, importWhole, send, workOff } from './testImports';
import { fileCreate, processStart, type TestRecord, toLines, unusedRecord } from './testRecords';

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

type Export = { readonly name: string; readonly bytes: Buffer };

const many = (host: string, from: number, to: number): TestRecord[] =>
  Array.from({ length: to - from }, (_, i) => processStart(host, from + i));

/** Runs `work` on a database of its own and gives what is stored there afterwards. */
async function onFreshDatabase(work: () => Promise<void>): Promise<Record<string, unknown>> {
  const fresh = await createTestDatabase();
  await closeStorage();
  const back = setEnvironment({ DATABASE_URL: fresh.url });
  try {
    await work();
    return await everything();
  } finally {
    await closeStorage();
    back();
    await fresh.drop();
  }
}

const importAll = async (exports: readonly Export[]): Promise<void> => {
  for (const { name, bytes } of exports) await importWhole(bytes, name, spoolDir);
};

async function remove(name: string): Promise<void> {
  const { items } = await readImports({ limit: 500 });
  const id = items.find((item) => item.name === name)?.id;
  await deleteImport(Number(id), { by: 'anna', wait: false });
  await workOff(spoolDir);
}

/** All orders of some things. */
function orders<Thing>(things: readonly Thing[]): readonly (readonly Thing[])[] {
  if (things.length < 2) return [things];
  return things.flatMap((first, i) =>
    orders([...things.slice(0, i), ...things.slice(i + 1)]).map((rest) => [first, ...rest]),
  );
}

describe('deleting an import', () => {
  // One host under two names, a broken line each, a type that is ignored, a repeated record, and overlaps of
  // any two and of all three; one of them in an archive of two, so that its records' text is in chunks.
  const broken = (text: string) => Buffer.from(`{"EventID": 1, ${text}\n`);
  const a: Export = {
    name: 'a.json',
    bytes: Buffer.concat([
      toLines([...many('WS1', 1, 21), processStart('WS1', 4), unusedRecord('WS1', 90)]),
      broken('aaa'),
    ]),
  };
  const b: Export = {
    name: 'b.zip',
    bytes: makeZip([
      { name: 'one.json', data: toLines([...many('WS1', 11, 26), ...many('WS1', 15, 18)]) },
      { name: 'two.json', data: Buffer.concat([toLines(many('ws1.corp.example', 1, 8)), broken('bbb')]) },
    ]),
  };
  const c: Export = {
    name: 'c.json.gz',
    bytes: gzipSync(
      toLines([
        ...many('WS1', 16, 31),
        ...many('ws1.corp.example', 5, 12),
        fileCreate('WS1', 33, 'C:\\a.svg'),
        ...many('WS2', 1, 4),
      ]),
    ),
  };

  it('leaves the database as if it had never been imported, whatever the order', {
    timeout: 240_000,
  }, async () => {
    // Each pair is what remains of three of the orders.
    const pairs = new Map<string, Record<string, unknown>>();
    for (const exports of orders([a, b, c])) {
      for (const gone of exports) {
        const rest = exports.filter((one) => one !== gone);
        const pair = rest.map((one) => one.name).join();
        const never = pairs.get(pair) ?? (await onFreshDatabase(() => importAll(rest)));
        pairs.set(pair, never);
        const deleted = await onFreshDatabase(async () => {
          await importAll(exports);
          await remove(gone.name);
          await expectLedger();
        });
        const order = `${exports.map((one) => one.name).join(', ')} without ${gone.name}`;
        for (const [part, value] of Object.entries(never))
          expect(deleted[part], `${part}: ${order}`).toEqual(value);
      }
    }
  });

  it('leaves nothing when the last one goes, and one as if alone when two of three go', {
    timeout: 120_000,
  }, async () => {
    const alone = await onFreshDatabase(() => importAll([c]));
    for (const gone of [
      [a, b],
      [b, a],
    ]) {
      const rest = await onFreshDatabase(async () => {
        await importAll([a, b, c]);
        for (const { name } of gone) await remove(name);
        await expectLedger();
      });
      expect(rest).toEqual(alone);
    }
    const nothing = await onFreshDatabase(async () => {
      await importAll([b, a]);
      for (const { name } of [a, b]) await remove(name);
      for (const table of ['uploads', 'upload_parts', 'raw_chunks', 'import_members', 'events', 'imports'])
        expect((await pool().query(`SELECT count(*)::int AS n FROM ${table}`)).rows[0], table).toEqual({
          n: 0,
        });
    });
    for (const [part, value] of Object.entries(nothing)) expect(value, part).toEqual([]);
  });

  it('keeps the text of every event that passed to another import, byte for byte', async () => {
    await importAll([a, b, c]);
    await remove('a.json');
    const found = await findEvents({}, { limit: 500, newestFirst: false });
    expect(found.length).toBeGreaterThan(20);
    for (const { event, hostId } of found) {
      const record = JSON.parse((await loadRaw(hostId, event.id)).toString()) as TestRecord;
      expect(record.RecordNumber).toBe(event.recordId);
      expect(String(record.Hostname).toLowerCase()).toBe(
        event['process.entity_id'] === undefined ? 'ws1' : String(record.Hostname).toLowerCase(),
      );
    }
  });

  it('goes on after a crash at any batch, and running it twice does no harm', {
    timeout: 120_000,
  }, async () => {
    const large = toLines(many('WS1', 1, 11_001));
    const overlap = toLines(many('WS1', 5_000, 8_000));
    const never = await onFreshDatabase(() => importAll([{ name: 'overlap.json', bytes: overlap }]));
    const crashed = await onFreshDatabase(async () => {
      const first = await importWhole(large, 'large.json', spoolDir);
      await importWhole(overlap, 'overlap.json', spoolDir);
      const id = Number(first.id);
      await deleteImport(id, { by: 'anna', wait: false });
      await pool().query(`CREATE SEQUENCE batch; CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN IF nextval('batch') IN (2, 4) THEN RAISE EXCEPTION 'crash'; END IF; RETURN NULL; END $$;
        CREATE TRIGGER crash AFTER DELETE ON events FOR EACH STATEMENT EXECUTE FUNCTION crash()`);
      await expect(runImport(id, { spoolDir })).rejects.toThrow('crash');
      const left = await pool().query('SELECT count(*)::int AS n FROM events');
      expect(left.rows[0]).toEqual({ n: 6_001 });
      await expectLedger();
      await expect(runImport(id, { spoolDir })).rejects.toThrow('crash');
      await Promise.all([runImport(id, { spoolDir }), runImport(id, { spoolDir })]);
      await workOff(spoolDir);
      await expectLedger();
    });
    expect(crashed).toEqual(never);
  });

  it('takes its findings, keeps what a person decided as no longer given, and shows no empty host', {
    timeout: 60_000,
  }, async () => {
    const machine = fleetMachine(3);
    const scenes = fleetPlan(machine, 'deleting', 0, 1);
    const day = workday({ seed: 'deleting', machine, date: '2026-04-06', scenes, activity: 0.1 });
    const bytes = Buffer.from(day.lines.map((line) => `${line}\n`).join(''));
    await importWhole(bytes, 'day.json', spoolDir);
    const found = await pool().query<{ id: string }>('SELECT id FROM findings ORDER BY id');
    expect(found.rows.length).toBeGreaterThan(0);
    const decided = found.rows[0]?.id ?? '';
    await giveVerdict(
      decided,
      { verdict: 'true_positive', reason: 'seen' },
      { name: 'anna', role: 'analyst' },
    );
    await remove('day.json');
    const left = await pool().query('SELECT id, stale FROM findings');
    expect(left.rows).toEqual([{ id: decided, stale: true }]);
    expect(await everything()).toMatchObject({ hosts: [], processes: [], coverage: [], events: [] });
    await expect(readHost(machine.host)).rejects.toThrow('no host');
    await importWhole(bytes, 'day.json', spoolDir);
    const again = await pool().query('SELECT id FROM findings WHERE NOT stale ORDER BY id');
    expect(again.rows).toEqual(found.rows);
  });

  it('waits for its own hosts, and not for one that another import keeps busy', async () => {
    const other = await importWhole(toLines(many('WS7', 1, 5)), 'other.json', spoolDir);
    const first = await importWhole(toLines(many('WS1', 1, 5)), 'first.json', spoolDir);
    await pool().query(`UPDATE hosts SET changes = changes + 1 WHERE name = 'ws7'`);
    const { rows } = await pool().query<{ id: number }>(`SELECT id FROM hosts WHERE name = 'ws1'`);
    let isOver = false;
    const deleting = deleteImport(Number(first.id), { by: 'anna', wait: true }).then(() => {
      isOver = true;
    });
    while ((await readImports({})).items.length > 1) await new Promise((done) => setTimeout(done, 10));
    await runImport(Number(first.id), { spoolDir });
    await new Promise((done) => setTimeout(done, 150));
    expect(isOver).toBe(false);
    await correlateHostGroup(rows[0]?.id ?? 0);
    await deleting;
    expect((await readImports({})).items.map((item) => item.id)).toEqual([other.id]);
  });

  it('hides the import at once, says who did it, and lets the same bytes be imported anew meanwhile', async () => {
    const first = await importWhole(a.bytes, a.name, spoolDir);
    expect(await deleteImport(Number(first.id), { by: 'anna', wait: false })).toEqual({
      id: first.id,
      deleting: true,
    });
    await expect(readImport(Number(first.id))).rejects.toThrow('no import');
    expect((await readImports({})).items).toEqual([]);
    await expect(deleteImport(Number(first.id), { by: 'anna', wait: false })).rejects.toThrow('no import');
    const again = await send(a.bytes, 'again.json');
    expect(again).not.toBe(Number(first.id));
    await runImport(again, { spoolDir });
    expect((await readImport(again)).records).toMatchObject({ events: 0, duplicates: 21 });
    await workOff(spoolDir);
    expect((await readImport(again)).records).toEqual(first.records);
    await expectLedger();
    const audit = await readAudit({ subject: `import:${first.id}` });
    expect(audit.items.map(({ by, action, details }) => ({ by, action, details }))).toEqual([
      {
        by: 'anna',
        action: 'import.deleted',
        details: { name: 'a.json', sha256: first.sha256, bytes: a.bytes.length, read: 23, events: 20 },
      },
      {
        by: 'local',
        action: 'import.created',
        details: { name: 'a.json', sha256: first.sha256, bytes: a.bytes.length, format: 'auto' },
      },
    ]);
  });

  it('forgets that two names are one machine, and how far a product was off, when only it told so', {
    timeout: 60_000,
  }, async () => {
    const aid = '7d3f0c2b9a514e6d8f1b2c3d4e5f6071';
    const falcon = (n: number, lateSeconds: number): TestRecord => {
      const at = Date.UTC(2026, 10, 20, 9, 0, n + lateSeconds);
      return {
        event_simpleName: 'ProcessRollup2',
        aid,
        event_platform: 'Win',
        ContextTimeStamp: (at / 1000).toFixed(3),
        ProcessStartTime: (at / 1000).toFixed(3),
        timestamp: String(at),
        TargetProcessId: String(900_000 + n),
        ParentProcessId: String(899_999 + n),
        RawProcessId: String(1000 + n),
        ImageFileName: `\\Device\\HarddiskVolume3\\Windows\\System32\\tool${n % 7}.exe`,
        CommandLine: `tool${n % 7}.exe --run ${n}`,
        UserName: 'anna',
      };
    };
    const numbers = [1, 2, 3, 4, 5, 6];
    const starts: Export = { name: 'falcon.json', bytes: toLines(numbers.map((n) => falcon(n, 95))) };
    const sysmon: Export = {
      name: 'sysmon.json',
      bytes: toLines(numbers.map((n) => processStart('WS1.corp.example', n))),
    };
    const names: Export = {
      name: 'names.json',
      bytes: toLines([
        {
          event_simpleName: 'AgentOnline',
          aid,
          ComputerName: 'WS1.corp.example',
          timestamp: '1795165200000',
        },
        falcon(9, 95),
      ]),
    };
    for (const gone of [names, sysmon]) {
      const rest = [starts, sysmon, names].filter((one) => one !== gone);
      const never = await onFreshDatabase(() => importAll(rest));
      const deleted = await onFreshDatabase(async () => {
        await importAll([starts, sysmon, names]);
        expect(await everything()).toMatchObject({ hosts: [{ name: 'ws1.corp.example' }] });
        await remove(gone.name);
      });
      for (const [part, value] of Object.entries(never))
        expect(deleted[part], `${part} without ${gone.name}`).toEqual(value);
    }
  });

  it('leaves events on one clock when the records that showed the other are gone', async () => {
    // Security records have the log's time only; Sysmon's own UtcTime shows that the log is four hours off.
    const off = (record: TestRecord, n: number): TestRecord => ({
      ...record,
      EventTime: new Date(Date.UTC(2026, 10, 20, 5, 0, n)).toISOString().slice(0, 19).replace('T', ' '),
    });
    const logon = (n: number): TestRecord => ({
      ...off({}, n),
      Hostname: 'WS1',
      EventID: 4624,
      SourceName: 'Microsoft-Windows-Security-Auditing',
      Channel: 'Security',
      RecordNumber: 7_000 + n,
      TargetUserName: 'anna',
      LogonType: '2',
      TargetLogonId: '0x1234',
    });
    const logons: Export = { name: 'logons.json', bytes: toLines([logon(10), logon(20)]) };
    const starts: Export = {
      name: 'starts.json',
      bytes: toLines([1, 2, 3].map((n) => off(processStart('WS1', n), n))),
    };
    const never = await onFreshDatabase(() => importAll([logons]));
    const deleted = await onFreshDatabase(async () => {
      await importAll([starts, logons]);
      await remove('starts.json');
    });
    expect(deleted).toEqual(never);
  });
});
