import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import {
  MICROS_PER_DAY,
  MICROS_PER_HOUR,
  MICROS_PER_MINUTE,
  MICROS_PER_SECOND,
  parseMicros,
} from '../base/time';
import { closeStorage, pool } from '../storage/client';
import { loadCoverage } from '../storage/coverage';
import { findHost } from '../storage/hosts';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { deleteImport } from './changeImport';
import { correlateHostGroup } from './correlateHostGroup';
import { importWhole, workOff } from './testImports';
import { type TestRecord, toLines } from './testRecords';
import { connection, quiet } from './testSysmon';

let database: TestDatabase;
let spoolDir: string;
let restore: () => void;

beforeEach(async () => {
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
});
afterEach(async () => {
  await closeStorage();
  restore();
  await database.drop();
  await rm(spoolDir, { recursive: true, force: true });
});

/** Signs of life from 22:00 to 22:55, and, after two silent hours, from 01:00 to 01:55 of the next day. */
const evening = quiet('WS1', '2026-11-20T22:00', 12);
const night = [
  ...quiet('WS1', '2026-11-21T01:00', 12),
  connection('WS1', '2026-11-21T01:30:00', 1, '198.51.100.7'),
];
const DAY = (parseMicros('2026-11-20') ?? 0) / MICROS_PER_DAY;
const [MINUTE, HOUR] = [MICROS_PER_MINUTE, MICROS_PER_HOUR];

async function bring(name: string, records: readonly TestRecord[]): Promise<number> {
  const view = await importWhole(toLines(records), name, spoolDir);
  expect(view.state).toBe('done');
  return Number(view.id);
}

async function daysOf(stage: string) {
  const { rows } = await pool().query(
    `SELECT h.name, d.day, d.visible, d.partial, d.blind FROM coverage_days d JOIN hosts h ON h.id = d.host_id
     WHERE d.stage = $1 ORDER BY 1, 2`,
    [stage],
  );
  return rows;
}

async function hosts() {
  const { rows } = await pool().query(
    'SELECT name, os, seen_from AS "from", seen_to AS "to" FROM hosts ORDER BY name',
  );
  return rows;
}

const time = (text: string): number => parseMicros(`2026-11-${text}Z`) ?? 0;

describe('how long each stage could be seen', () => {
  it('is stored by day with each correlation, with the host’s system and span', async () => {
    await bring('evening.json', evening);
    expect(await daysOf('AN1397/child_process')).toEqual([
      { name: 'ws1', day: DAY, visible: 55 * MINUTE + MICROS_PER_SECOND, partial: 0, blind: 0 },
    ]);
    await bring('night.json', night);
    expect(await daysOf('AN1397/child_process')).toEqual([
      { name: 'ws1', day: DAY, visible: HOUR, partial: 0, blind: HOUR },
      { name: 'ws1', day: DAY + 1, visible: 55 * MINUTE + MICROS_PER_SECOND, partial: 0, blind: HOUR },
    ]);
    expect(await daysOf('AN1407/credential_collection')).toMatchObject([
      { visible: 0, partial: 0, blind: 2 * HOUR },
      { visible: 0, partial: 0, blind: HOUR + 55 * MINUTE + MICROS_PER_SECOND },
    ]);
    expect(await hosts()).toEqual([
      { name: 'ws1', os: 'windows', from: time('20T22:00:00'), to: time('21T01:55:00') },
    ]);
  });

  it('has each gap by itself', async () => {
    await bring('evening.json', evening);
    const coverage = await loadCoverage((await findHost('ws1')) ?? 0);
    const gapsOf = (stage: string) => coverage.find((one) => one.stage === stage)?.gaps;
    expect(gapsOf('AN1397/ie_context')).toContainEqual({
      kind: 'kind',
      what: 'image_load',
      sentence: 'no image_load events from this host',
    });
    for (const { state, gaps } of coverage) expect(gaps.length === 0).toBe(state === 'visible');
  });

  it('is written only when it changes, and the same after the same import', async () => {
    await bring('evening.json', evening);
    const rows = async () => (await pool().query('SELECT ctid, xmin, * FROM coverage_days')).rows;
    const written = await rows();
    expect(written.length).toBeGreaterThan(10);
    await correlateHostGroup((await findHost('ws1')) ?? 0);
    expect(await rows()).toEqual(written);
  });

  it('is as without an import that is deleted, and gone with the last one', async () => {
    const first = await bring('evening.json', evening);
    const before = [await daysOf('AN1397/child_process'), await hosts()];
    const second = await bring('night.json', night);
    await deleteImport(second, { by: 'anna', wait: false });
    await workOff(spoolDir);
    expect([await daysOf('AN1397/child_process'), await hosts()]).toEqual(before);
    await deleteImport(first, { by: 'anna', wait: false });
    await workOff(spoolDir);
    expect(await daysOf('AN1397/child_process')).toEqual([]);
    expect(await hosts()).toEqual([{ name: 'ws1', os: null, from: null, to: null }]);
  });

  it('stands once for a machine with two names, and apart again when they part', async () => {
    await bring('evening.json', evening);
    const longer = await bring(
      'night.json',
      night.map((record) => ({ ...record, Hostname: 'ws1.corp.example' })),
    );
    const rows = await daysOf('AN1397/child_process');
    expect(new Set(rows.map(({ name }) => name)).size).toBe(1);
    expect(rows.map(({ day }) => day)).toEqual([DAY, DAY + 1]);
    expect((await hosts()).filter((host) => host.os !== null)).toHaveLength(1);
    await deleteImport(longer, { by: 'anna', wait: false });
    await workOff(spoolDir);
    expect(await daysOf('AN1397/child_process')).toMatchObject([{ name: 'ws1', day: DAY }]);
    expect((await hosts()).filter((host) => host.os !== null)).toMatchObject([{ name: 'ws1' }]);
  });
});
