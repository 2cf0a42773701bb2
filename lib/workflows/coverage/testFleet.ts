import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { setEnvironment } from '../../base/testEnvironment';
import {
  coverageFixes,
  coverageHostList,
  coverageHostsQuery,
  coverageIntervals,
  coverageView,
} from '../../contracts/coverage';
import { closeStorage } from '../../storage/client';
import { createTestDatabase, type TestDatabase } from '../../storage/testDatabase';
import { importWhole } from '../testImports';
import { type TestRecord, toLines } from '../testRecords';
import { connection, file, isoAt, quiet, start } from '../testSysmon';
import { readCoverage } from './readCoverage';
import { readCoverageFixes } from './readCoverageFixes';
import { readCoverageHosts } from './readCoverageHosts';
import { readCoverageIntervals } from './readCoverageIntervals';

let database: TestDatabase;
let spoolDir: string;
let restore: () => void;

/** For tests: gives every test of a file a database of its own. */
export function withEmptyDatabase(): void {
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
}

/** For tests: who changes things, and when it is. */
export const LEA = { name: 'lea', role: 'lead' } as const;
export const NOW = new Date('2026-11-26T00:00:00Z');

/** For tests: stages that ws1 and srv1 of the fleet differ in. */
export const EGRESS = 'AN1314/egress';
export const TOOL = 'AN1314/tool';

/** For tests: imports records as one file and correlates what they touch. */
export async function bring(name: string, records: readonly TestRecord[]): Promise<void> {
  await importWhole(toLines(records), name, spoolDir);
}

/** For tests: a day of a host from 08:00 for so many hours: starts, and files or connections where it records them. */
export function day(
  host: string,
  date: string,
  hours: number,
  records: { net?: boolean; files?: boolean } = {},
): TestRecord[] {
  return Array.from({ length: hours }, (_, i) => {
    const time = (minutes: number): string =>
      isoAt(Date.parse(`${date}T08:00:00Z`) + i * 3_600_000 + minutes * 60_000);
    return [
      ...quiet(host, time(0), 11),
      ...(records.net === true ? [connection(host, time(20), 300 + i, '10.9.9.9')] : []),
      ...(records.files === true ? [file(host, time(30), 300 + i, `C:\\Users\\a\\Downloads\\${i}.zip`)] : []),
    ];
  }).flat();
}

/** For tests: ws1 sees everything until the 20th, srv1 has no network and is off over night, old1 fell silent on the 10th. */
export async function bringFleet(): Promise<void> {
  const all = { net: true, files: true };
  await bring('fleet.json', [
    ...day('WS1', '2026-11-18', 10, all),
    ...day('WS1', '2026-11-20', 10, all),
    ...day('SRV1', '2026-11-19', 8, { files: true }),
    start('SRV1', '2026-11-20T08:00', 90, 'C:\\Windows\\System32\\smss.exe', 'smss.exe'),
    ...day('SRV1', '2026-11-20', 10, { files: true }),
    ...day('OLD1', '2026-11-10', 10, all),
  ]);
}

/** For tests: the page of coverage, by group where not asked otherwise. */
export const view = async (query: Partial<Parameters<typeof readCoverage>[0]> = {}) =>
  coverageView.parse(await readCoverage({ by: 'group', ...query }, NOW));
/** For tests: the hosts behind a cell. */
export const hostsOf = async (query: object) =>
  coverageHostList.parse(await readCoverageHosts(coverageHostsQuery.parse(query), NOW));
/** For tests: when a stage was not visible on a host. */
export const intervalsOf = async (host: string, stage: string, more: object = {}) =>
  coverageIntervals.parse(await readCoverageIntervals({ host, stage, ...more }, NOW)).items;
/** For tests: what would fix most, by group. */
export const fixes = async () => coverageFixes.parse(await readCoverageFixes({ by: 'group' }, NOW)).items;
