import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../../base/testEnvironment';
import { fleetLedger, type HostLedger, hostLedger } from '../../contracts/coverage';
import { closeStorage, pool } from '../../storage/client';
import { kindOf } from '../../storage/rows';
import { createTestDatabase, type TestDatabase } from '../../storage/testDatabase';
import { factsOf, LEDGER_FACTS } from '../../visibility/ledgerFacts';
import { deleteImport, reparseImport } from '../changeImport';
import { expectLedger, importWhole, workOff } from '../testImports';
import { fileCreate, processStart, type TestRecord, toLines, unusedRecord } from '../testRecords';
import { readFleetLedger } from './readFleetLedger';
import { readHostLedger } from './readHostLedger';

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

const HOST = 'ws1.corp.example';
const MINUTES = 180_000;

/** As the door would: of the agreed shape. */
const ledgerOf = async (host = HOST, query: { from?: string; to?: string } = {}): Promise<HostLedger> =>
  hostLedger.parse(await readHostLedger(host, query));

const bring = (records: readonly TestRecord[], name: string) => importWhole(toLines(records), name, spoolDir);

const starts = (from: number, to: number, extra: TestRecord = {}): TestRecord[] =>
  Array.from({ length: to - from + 1 }, (_, i) => processStart(HOST, from + i, extra));

async function remove(name: string): Promise<void> {
  const { rows } = await pool().query<{ id: number }>('SELECT id FROM imports WHERE name = $1', [name]);
  await deleteImport(rows[0]?.id ?? 0, { by: 'anna', wait: false });
  await workOff(spoolDir);
}

/** A record of a Windows log at a time of its own. */
const record = (channel: string, eventId: number, time: string, extra: TestRecord = {}): TestRecord => ({
  EventTime: time,
  Hostname: HOST,
  EventID: eventId,
  SourceName: 'Microsoft-Windows-Eventlog',
  Channel: channel,
  ...extra,
});

/** Counts a host's ledger from its events, one by one, and compares; the fleet's too. */
async function expectCounted(): Promise<void> {
  await expectLedger();
  const columns = [...new Set(LEDGER_FACTS.flatMap((fact) => fact.columns))];
  const { rows } = await pool().query<
    { time: number; channel: string; kind: number; host: string } & Record<string, unknown>
  >(
    `SELECT e.time, c.name AS channel, e.kind, g.name AS host, ${columns.map((column) => `e.${column}`).join(', ')}
     FROM events e JOIN channels c ON c.id = e.channel_id JOIN hosts h ON h.id = e.host_id
     JOIN hosts g ON g.id = h.canonical_id`,
  );
  for (const host of new Set(rows.map((row) => row.host))) {
    const own = rows.filter((row) => row.host === host);
    const { kinds } = await ledgerOf(host);
    expect(kinds.reduce((sum, kind) => sum + kind.events, 0)).toBe(own.length);
    for (const line of kinds) {
      const events = own.filter((row) => row.channel === line.channel && kindOf(row.kind) === line.kind);
      const hours = events.map(({ time }) => new Date(time / 1000).toISOString().slice(0, 13)).sort();
      expect(line.events).toBe(events.length);
      expect([line.first.slice(0, 13), line.last.slice(0, 13)]).toEqual([hours[0], hours.at(-1)]);
      expect(line.days).toEqual(
        [...new Set(hours.map((hour) => hour.slice(0, 10)))].map((day) => {
          const ofDay = hours.filter((hour) => hour.startsWith(day));
          return { day, events: ofDay.length, hours: new Set(ofDay).size };
        }),
      );
      for (const { id, columns: of } of LEDGER_FACTS) {
        const filled = events.filter((row) => of.some((column) => row[column] !== null)).length;
        const told = filled > 0 || factsOf(line.kind).includes(id);
        expect(line.filled[id], `${line.kind} ${id}`).toBe(told ? filled / events.length : undefined);
      }
    }
  }
  const { items } = fleetLedger.parse(await readFleetLedger({}, new Date('2026-12-24T00:00:00Z')));
  expect(items.reduce((sum, line) => sum + line.events, 0)).toBe(rows.length);
}

describe('the ledger of a host', () => {
  it('is what its events say, after an import, the same again, an overlap, a new reading and a deletion', {
    timeout: MINUTES,
  }, async () => {
    await bring(
      [...starts(1, 60), fileCreate(HOST, 61, 'C:\\a.txt'), fileCreate('ws2', 1, 'C:\\b.txt')],
      'one.json',
    );
    await expectCounted();
    await bring([...starts(40, 60), ...starts(100_000, 100_010)], 'two.json');
    await expectCounted();
    const { rows } = await pool().query<{ id: number }>(`SELECT id FROM imports WHERE name = 'one.json'`);
    await reparseImport(rows[0]?.id ?? 0, {}, { by: 'anna', wait: false });
    await workOff(spoolDir);
    await expectCounted();
    await remove('one.json');
    await expectCounted();
    expect((await ledgerOf()).kinds.map(({ kind, events }) => [kind, events])).toEqual([
      ['process_start', 32],
    ]);
    await remove('two.json');
    expect((await ledgerOf()).kinds).toEqual([]);
    expect((await pool().query('SELECT 1 FROM record_runs')).rowCount).toBe(0);
  });

  it('is of the days that are asked for', { timeout: MINUTES }, async () => {
    const at = (day: string, n: number) =>
      processStart(HOST, n, { EventTime: `${day} 10:00:00`, UtcTime: `${day} 10:00:00.000` });
    await bring([at('2026-11-20', 1), at('2026-11-21', 2), at('2026-11-22', 3)], 'days.json');
    const { kinds } = await ledgerOf(HOST, { from: '2026-11-21', to: '2026-11-21' });
    expect(kinds).toMatchObject([{ events: 1, days: [{ day: '2026-11-21', events: 1, hours: 1 }] }]);
    const { items } = await readFleetLedger({ from: '2026-11-21' }, new Date());
    expect(items).toMatchObject([{ source: 'Sysmon', events: 2, first: '2026-11-21T10:00:00.000000Z' }]);
  });
});

describe('holes in the numbers of a log', () => {
  it('show, are closed by the import that brings them, and open again when it goes', {
    timeout: MINUTES,
  }, async () => {
    // 21 and 22 were read and are no events; 31 to 60 never came.
    await bring(
      [
        ...starts(1, 20),
        unusedRecord(HOST, 21),
        unusedRecord(HOST, 22),
        ...starts(23, 30),
        ...starts(61, 100),
      ],
      'gap.json',
    );
    const sysmon = 'Microsoft-Windows-Sysmon/Operational';
    const hole = {
      channel: sysmon,
      held: 0.7,
      missing: 30,
      largest: [
        {
          fromId: 31,
          toId: 60,
          records: 30,
          from: '2026-11-20T09:00:30.000000Z',
          to: '2026-11-20T09:01:01.000000Z',
        },
      ],
    };
    expect((await ledgerOf()).holes).toEqual([hole]);
    await bring(starts(25, 50), 'more.json');
    expect((await ledgerOf()).holes).toMatchObject([{ missing: 10, largest: [{ fromId: 51, toId: 60 }] }]);
    await bring(starts(45, 65), 'rest.json');
    expect((await ledgerOf()).holes).toEqual([]);
    await remove('rest.json');
    await remove('more.json');
    expect((await ledgerOf()).holes).toEqual([hole]);
  });

  it('are none where what came was refused, if it could be read that far', { timeout: MINUTES }, async () => {
    const refused: TestRecord = { ...processStart(HOST, 11), ProcessId: '', ProcessGuid: '', Image: '' };
    await bring([...starts(1, 10), refused, ...starts(12, 20)], 'refused.json');
    expect((await ledgerOf()).holes).toEqual([]);
  });
});

describe('an export that was cut off', () => {
  it('is told: a list that is not closed, and a last line that stops in the middle', {
    timeout: MINUTES,
  }, async () => {
    await importWhole(Buffer.from(JSON.stringify(starts(1, 5)).slice(0, -1)), 'list.json', spoolDir);
    await importWhole(toLines(starts(11, 15)).subarray(0, -40), 'lines.json', spoolDir);
    await bring(starts(21, 25), 'whole.json');
    const { truncations } = await ledgerOf();
    expect(truncations).toMatchObject([
      { name: 'lines.json', records: 5, why: expect.stringMatching(/last record is not whole/) },
      { name: 'list.json', records: 5, why: expect.stringMatching(/cut off/) },
    ]);
    expect((await ledgerOf(HOST, { from: '2020-01-01', to: '2020-01-02' })).truncations).toHaveLength(2);
  });
});

describe('changes of what is recorded', () => {
  it('are logs cleared, the audit policy, and Sysmon set otherwise or stopped, in order', {
    timeout: MINUTES,
  }, async () => {
    await bring(
      [
        ...starts(1, 3),
        record('Security', 1102, '2026-11-20 10:00:00', { SubjectUserName: 'anna' }),
        record('System', 104, '2026-11-20 11:00:00'),
        record('Security', 4719, '2026-11-20 12:00:00', { SubjectUserName: 'anna' }),
        record('Microsoft-Windows-Sysmon/Operational', 16, '2026-11-22 13:00:00', {
          UtcTime: '2026-11-22 13:00:00.000',
        }),
        record('Microsoft-Windows-Sysmon/Operational', 4, '2026-11-22 14:00:00', {
          UtcTime: '2026-11-22 14:00:00.000',
          State: 'Stopped',
        }),
      ],
      'changes.json',
    );
    const { changes } = await ledgerOf();
    expect(changes.map(({ at, kind, code }) => [at.slice(0, 13), kind, code])).toEqual([
      ['2026-11-20T10', 'log_clear', '1102'],
      ['2026-11-20T11', 'log_clear', '104'],
      ['2026-11-20T12', 'sensor_change', '4719'],
      ['2026-11-22T13', 'sensor_change', '16'],
      ['2026-11-22T14', 'sensor_change', '4'],
    ]);
    expect(changes[0]?.what).toBe('log cleared: Security');
    expect((await ledgerOf(HOST, { from: '2026-11-21' })).changes).toHaveLength(2);
  });
});

describe('silences', () => {
  it('are told where a kind that comes every day did not, over the nights', {
    timeout: MINUTES,
  }, async () => {
    let n = 0;
    const hours = Array.from({ length: 11 }, (_, day) =>
      Array.from({ length: 8 }, (__, i) => [day, 9 + i] as const),
    ).flat();
    const records = hours.flatMap(([day, hour]) =>
      Array.from({ length: 6 }, (_, i) => {
        n++;
        const time = `2026-11-${String(10 + day)} ${String(hour).padStart(2, '0')}:${String(i).padStart(2, '0')}:00`;
        const at = { EventTime: time, UtcTime: `${time}.000` };
        const isSilent = day === 8 || day === 9;
        return i < 5 && !isSilent
          ? { ...fileCreate(HOST, n, `C:\\${n}.txt`), ...at }
          : processStart(HOST, n, at);
      }),
    );
    await bring(records, 'rhythm.json');
    const { silences } = await ledgerOf();
    expect(silences).toEqual([
      {
        kind: 'file_create',
        from: '2026-11-18T09:00:00.000000Z',
        to: '2026-11-19T17:00:00.000000Z',
        expected: 80,
        reason: expect.stringMatching(/^none came in 16 hours in which the host recorded other things/),
      },
    ]);
    expect((await ledgerOf(HOST, { to: '2026-11-17' })).silences).toEqual([]);
  });
});
