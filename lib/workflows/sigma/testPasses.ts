import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { sigmaHitList } from '../../contracts/sigmaHits';
import { sigmaProgress } from '../../contracts/sigmaProgress';
import type { SigmaSetView } from '../../contracts/sigmaSets';
import { pool } from '../../storage/client';
import { useTestDatabase } from '../testFindings';
import { fileCreate, processStart, type TestRecord } from '../testRecords';
import { readSigmaProgress } from './progress';
import { readSigmaHits } from './readHits';
import { changeSet } from './setsChange';
import { createSet } from './setsTake';

/** For tests: a database of its own as DATABASE_URL and a folder for what is read, until `drop` is called. */
export async function useTestPasses(): Promise<{
  readonly spoolDir: string;
  readonly drop: () => Promise<void>;
}> {
  const dropDatabase = await useTestDatabase();
  const spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  const drop = async (): Promise<void> => {
    await dropDatabase();
    await rm(spoolDir, { recursive: true, force: true });
  };
  return { spoolDir, drop };
}

export const START_ID = '5b1c1c1e-0d6a-4d5a-9a2e-0a1f6b6c7d01';
export const ACCESS_ID = '5b1c1c1e-0d6a-4d5a-9a2e-0a1f6b6c7d02';

/** Rules of our own: starts of one tool, and reading another process's memory (a record that becomes no event). */
export const STARTS = `title: A tool is run
id: ${START_ID}
name: tool_run
status: test
level: high
author: us
logsource: { product: windows, category: process_creation }
detection:
  selection:
    Image|endswith: '\\tool3.exe'
    CommandLine|contains: '--run'
  condition: selection
`;
export const ACCESS = `title: Memory of a process is read
id: ${ACCESS_ID}
status: test
level: critical
author: us
logsource: { product: windows, category: process_access }
detection:
  selection:
    TargetImage|endswith: '\\lsass.exe'
  condition: selection
`;
export const OFTEN = `title: A tool is run often
id: 5b1c1c1e-0d6a-4d5a-9a2e-0a1f6b6c7d03
status: test
level: medium
author: us
correlation:
  type: event_count
  rules: [tool_run]
  group-by: [User]
  timespan: 1h
  condition: { gte: 3 }
`;

export const starts = (host: string, from: number, to: number): TestRecord[] =>
  Array.from({ length: to - from }, (_, i) => processStart(host, from + i));

export function access(host: string, n: number): TestRecord {
  const { EventID: _id, TargetFilename: _file, ...rest } = fileCreate(host, n, '');
  return {
    ...rest,
    EventID: 10,
    SourceProcessGUID: '{11111111-2222-3333-4444-000000000003}',
    SourceImage: 'C:\\a.exe',
    TargetImage: 'C:\\Windows\\System32\\lsass.exe',
  };
}

export async function enable(name: string, ...texts: readonly string[]): Promise<SigmaSetView> {
  const set = await createSet(
    { name, note: '', files: texts.map((text, i) => ({ path: `${i}.yml`, text })) },
    'anna',
  );
  expect(set.refused).toEqual([]);
  return changeSet(Number(set.id), { revision: set.revision, enabled: true }, 'anna');
}

export const ALL = { q: '', baseline: 'open' } as const;
export const hits = async (query: Partial<Parameters<typeof readSigmaHits>[0]> = {}) =>
  sigmaHitList.parse(await readSigmaHits({ ...ALL, ...query }));
export const progress = async () => sigmaProgress.parse(await readSigmaProgress());
export const rowsLeft = async () =>
  (
    await pool().query<{ hits: number; sources: number; runs: number }>(
      `SELECT (SELECT count(*)::int FROM sigma_hits) AS hits, (SELECT count(*)::int FROM sigma_sources) AS sources,
         (SELECT count(*)::int FROM sigma_runs) AS runs`,
    )
  ).rows[0];
