import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { configure, TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SigmaSetView,
  sigmaBacktest,
  sigmaBaseline,
  sigmaBaselinePreview,
  sigmaCorrelatedList,
  sigmaGroupList,
  sigmaHitList,
  sigmaProgress,
} from '../../contracts/sigma';
import { pool, transaction } from '../../storage/client';
import { lockHosts, queueChangedHosts } from '../../storage/hosts';
import { LOCK_CLASS, whileLocked } from '../../storage/locks';
import { removeSigmaRun } from '../../storage/sigma/runs';
import { lockSigma } from '../../storage/sigma/runsLock';
import { sigmaInWork } from '../../storage/sigma/runsProgress';
import { cancelImport, deleteImport, reparseImport } from '../changeImport';
import { giveVerdict } from '../decideFinding';
import { readAudit } from '../readAudit';
import { readHosts } from '../readHosts';
import { readImport } from '../readImports';
import { giveUpImport, runImport } from '../runImport';
import { ANNA, exampleFinding, storeFindings, useTestDatabase } from '../testFindings';
import { importWhole, send, workOff } from '../testImports';
import { fileCreate, processStart, type TestRecord, toLines } from '../testRecords';
import { askSigmaBacktest, cancelSigmaBacktest, readSigmaBacktest } from './backtests';
import {
  previewSigmaBaseline,
  readSigmaBaselines,
  revokeSigmaBaseline,
  saveSigmaBaseline,
} from './baselines';
import { giveUpMatch, matchImport } from './matchImport';
import { readSigmaProgress, rerunSigma } from './progress';
import { groupSigmaHits, readSigmaCorrelated, readSigmaHit, readSigmaHits } from './readHits';
import { changeSet, removeSet } from './setsChange';
import { createSet } from './setsTake';

let drop: () => Promise<void>;
let spoolDir: string;

beforeEach(async () => {
  drop = await useTestDatabase();
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
});
afterEach(async () => {
  await drop();
  await rm(spoolDir, { recursive: true, force: true });
});

const START_ID = '5b1c1c1e-0d6a-4d5a-9a2e-0a1f6b6c7d01';
const ACCESS_ID = '5b1c1c1e-0d6a-4d5a-9a2e-0a1f6b6c7d02';

/** Rules of our own: starts of one tool, and reading another process's memory (a record that becomes no event). */
const STARTS = `title: A tool is run
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
const ACCESS = `title: Memory of a process is read
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
const OFTEN = `title: A tool is run often
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

const starts = (host: string, from: number, to: number): TestRecord[] =>
  Array.from({ length: to - from }, (_, i) => processStart(host, from + i));

function access(host: string, n: number): TestRecord {
  const { EventID: _id, TargetFilename: _file, ...rest } = fileCreate(host, n, '');
  return {
    ...rest,
    EventID: 10,
    SourceProcessGUID: '{11111111-2222-3333-4444-000000000003}',
    SourceImage: 'C:\\a.exe',
    TargetImage: 'C:\\Windows\\System32\\lsass.exe',
  };
}

async function enable(name: string, ...texts: readonly string[]): Promise<SigmaSetView> {
  const set = await createSet(
    { name, note: '', files: texts.map((text, i) => ({ path: `${i}.yml`, text })) },
    'anna',
  );
  expect(set.refused).toEqual([]);
  return changeSet(Number(set.id), { revision: set.revision, enabled: true }, 'anna');
}

const ALL = { q: '', baseline: 'open' } as const;
const hits = async (query: Partial<Parameters<typeof readSigmaHits>[0]> = {}) =>
  sigmaHitList.parse(await readSigmaHits({ ...ALL, ...query }));
const progress = async () => sigmaProgress.parse(await readSigmaProgress());
const rowsLeft = async () =>
  (
    await pool().query<{ hits: number; sources: number; runs: number }>(
      `SELECT (SELECT count(*)::int FROM sigma_hits) AS hits, (SELECT count(*)::int FROM sigma_sources) AS sources,
         (SELECT count(*)::int FROM sigma_runs) AS runs`,
    )
  ).rows[0];

describe('rules of Sigma over an import', () => {
  it('costs and leaves nothing while no set is switched on', async () => {
    await importWhole(toLines(starts('WS1', 1, 30)), 'a.json', spoolDir);
    expect(await rowsLeft()).toEqual({ hits: 0, sources: 0, runs: 0 });
    expect(await progress()).toMatchObject({ rules: 0, done: 0, hits: 0, correlating: false });
  });

  it('finds hits of events and of records that became none, with what matched and where it stands', async () => {
    await enable('ours', STARTS, ACCESS);
    const view = await importWhole(
      toLines([
        ...starts('WS1', 1, 8),
        access('WS1', 50),
        { ...access('WS1', 51), TargetImage: 'C:\\b.exe' },
      ]),
      'a.json',
      spoolDir,
    );
    expect(view).toMatchObject({ state: 'done', records: { ignored: 2 } });
    const { items, total, nextCursor } = await hits();
    expect([total, nextCursor]).toEqual([2, null]);
    expect(items.map((hit) => [hit.rule.ruleId, hit.rule.level, hit.kind, hit.source])).toEqual([
      [ACCESS_ID, 'critical', null, 'Sysmon 10'],
      [START_ID, 'high', 'process_start', 'Sysmon 1'],
    ]);
    expect(items[0]).toMatchObject({
      eventId: null,
      host: { name: 'ws1' },
      process: { entityId: '11111111-2222-3333-4444-000000000003', image: 'C:\\a.exe' },
      matched: [
        {
          selection: 'selection',
          field: 'TargetImage',
          modifiers: ['endswith'],
          expected: '\\lsass.exe',
          value: 'C:\\Windows\\System32\\lsass.exe',
        },
      ],
    });
    expect(items[1]).toMatchObject({
      time: '2026-11-20T09:00:03.000000Z',
      process: { entityId: '11111111-2222-3333-4444-000000000003', pid: 1003, user: 'CORP\\anna' },
      record: { importId: view.id, file: 'a.json', index: 2 },
      baseline: null,
      case: null,
    });
    for (const hit of items) expect(await readSigmaHit(hit.ref)).toEqual(hit);
    // It is the event that correlation and screens know by this id.
    const { rows } = await pool().query('SELECT kind FROM events WHERE id = $1', [items[1]?.eventId]);
    expect(rows).toHaveLength(1);
    expect(await progress()).toMatchObject({
      rules: 2,
      waiting: 0,
      running: 0,
      done: 1,
      failed: [],
      hits: 2,
    });
  });

  it('groups hits by rule and by process, the worst first, in pages', async () => {
    await enable('ours', STARTS, ACCESS);
    await importWhole(toLines([...starts('WS1', 1, 30), access('WS1', 50)]), 'a.json', spoolDir);
    await importWhole(toLines(starts('WS2', 1, 8)), 'b.json', spoolDir);
    const byRule = sigmaGroupList.parse(await groupSigmaHits({ ...ALL, by: 'rule' }));
    expect(
      byRule.items.map(({ title, level, hits: n, hosts, processes }) => [title, level, n, hosts, processes]),
    ).toEqual([
      ['Memory of a process is read', 'critical', 1, 1, 1],
      ['A tool is run', 'high', 5, 2, 5],
    ]);
    const first = sigmaGroupList.parse(await groupSigmaHits({ ...ALL, by: 'process', limit: 2 }));
    expect(first.total).toBe(5);
    expect(first.items[0]).toMatchObject({
      level: 'critical',
      hits: 2,
      rules: 2,
      host: { name: 'ws1' },
      entityId: '11111111-2222-3333-4444-000000000003',
      titles: ['Memory of a process is read', 'A tool is run'],
    });
    const keys = first.items.map(({ key }) => key);
    let cursor = first.nextCursor;
    while (cursor !== null) {
      const page = sigmaGroupList.parse(await groupSigmaHits({ ...ALL, by: 'process', limit: 2, cursor }));
      keys.push(...page.items.map(({ key }) => key));
      cursor = page.nextCursor;
    }
    expect(new Set(keys).size).toBe(5);
    expect(keys).toHaveLength(5);
    const pages: string[] = [];
    for (let at: string | undefined; ; ) {
      const page = await hits({ limit: 2, ...(at === undefined ? {} : { cursor: at }) });
      pages.push(...page.items.map(({ ref }) => ref));
      if (page.nextCursor === null) break;
      at = page.nextCursor;
    }
    expect(pages).toEqual((await hits()).items.map(({ ref }) => ref));
    const rule = byRule.items[1]?.key ?? '';
    const counts = async (query: Parameters<typeof hits>[0]) => (await hits(query)).total;
    expect(await counts({ rule })).toBe(5);
    expect(await counts({ rule, host: 'WS2' })).toBe(1);
    expect(await counts({ host: 'nobody' })).toBe(0);
    expect(await counts({ level: 'critical' })).toBe(1);
    expect(await counts({ host: 'WS1', process: '11111111-2222-3333-4444-000000000003' })).toBe(2);
    expect(await counts({ q: 'TOOL3.exe --run 1' })).toBe(2);
    expect(await counts({ q: 'tool_.exe' })).toBe(0);
    expect(await counts({ from: '2026-11-20T09:00:10Z', to: '2026-11-20T09:00:17Z' })).toBe(2);
    expect(await counts({ event: 'not a uuid' })).toBe(0);
    await expect(hits({ from: 'yesterday' })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(hits({ cursor: 'AAAA' })).rejects.toMatchObject({ code: 'bad_request' });
  });
});

describe('rules that change', () => {
  it('are run over what is stored, and taken out with the last set', async () => {
    await importWhole(toLines(starts('WS1', 1, 30)), 'a.json', spoolDir);
    await importWhole(toLines([access('WS2', 50)]), 'b.json', spoolDir);
    const { id, revision } = await enable('ours', STARTS);
    expect(await progress()).toMatchObject({ waiting: 2, hits: 0 });
    await workOff(spoolDir);
    expect((await hits()).total).toBe(4);
    const { rows } = await pool().query(
      'SELECT DISTINCT correlated_changes = changes AS done FROM hosts h JOIN host_kinds k ON k.host_id = h.id',
    );
    expect(rows).toEqual([{ done: true }]);
    const other = await enable('theirs', ACCESS);
    await workOff(spoolDir);
    expect((await hits()).total).toBe(5);
    await removeSet(Number(other.id), 'anna');
    await workOff(spoolDir);
    expect((await hits()).total).toBe(4);
    await changeSet(Number(id), { revision, enabled: false }, 'anna');
    // At once, before any job.
    expect((await hits()).total).toBe(0);
    await workOff(spoolDir);
    expect(await rowsLeft()).toEqual({ hits: 0, sources: 0, runs: 0 });
  });

  it('run again when somebody asks, and give the same', async () => {
    await enable('ours', STARTS, ACCESS);
    await importWhole(toLines([...starts('WS1', 1, 30), access('WS1', 50)]), 'a.json', spoolDir);
    const before = await hits();
    const [left] = [await rowsLeft()];
    expect(await rerunSigma('anna')).toMatchObject({ waiting: 1, done: 0 });
    await workOff(spoolDir);
    expect(await hits()).toEqual(before);
    expect(await rowsLeft()).toEqual(left);
    const { rows } = await pool().query('SELECT run, state FROM sigma_runs');
    expect(rows).toEqual([{ run: 2, state: 'done' }]);
    expect((await readAudit({ subject: 'sigma' })).items[0]).toMatchObject({
      by: 'anna',
      action: 'sigma.rerun',
    });
  });
});

describe('imports that come and go', () => {
  it('a record in two imports is one hit, and stays while one of them holds it', async () => {
    await enable('ours', STARTS, ACCESS);
    const records = [...starts('WS1', 1, 30), access('WS1', 50)];
    const a = await importWhole(toLines(records), 'a.json', spoolDir);
    const b = await importWhole(toLines([...records].reverse()), 'b.json', spoolDir);
    const both = await hits();
    expect(both.total).toBe(5);
    expect((await rowsLeft())?.hits).toBe(10);
    expect((await groupSigmaHits({ ...ALL, by: 'rule' })).items.map((one) => one.hits)).toEqual([1, 4]);
    await deleteImport(Number(a.id), { by: 'anna', wait: false });
    await workOff(spoolDir);
    const left = await hits();
    expect(left.items.map(({ ref }) => ref)).toEqual(both.items.map(({ ref }) => ref));
    expect(new Set(left.items.map(({ record }) => record.importId))).toEqual(new Set([b.id]));
    await deleteImport(Number(b.id), { by: 'anna', wait: false });
    expect((await hits()).total).toBe(0);
    await workOff(spoolDir);
    expect(await rowsLeft()).toEqual({ hits: 0, sources: 0, runs: 0 });
  });

  it('that is read again has its hits once, and one that is cancelled has none', async () => {
    await enable('ours', STARTS);
    const a = await importWhole(toLines(starts('WS1', 1, 30)), 'a.json', spoolDir);
    const before = await hits();
    await reparseImport(Number(a.id), {}, { by: 'anna', wait: false });
    expect((await hits()).total).toBe(0);
    await workOff(spoolDir);
    expect(await hits()).toEqual(before);
    await reparseImport(Number(a.id), {}, { by: 'anna', wait: false });
    await cancelImport(Number(a.id), { by: 'anna', wait: false });
    await workOff(spoolDir);
    expect(await rowsLeft()).toEqual({ hits: 0, sources: 0, runs: 0 });
  });

  it('a pass that was stopped anywhere is begun again, leaves nothing twice, and what counted goes on counting', async () => {
    await enable('ours', STARTS, ACCESS);
    const records = toLines([...starts('WS1', 1, 30), access('WS1', 50)]);
    const a = await importWhole(records, 'a.json', spoolDir);
    const before = await hits();
    await pool().query(`CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.state = 'done' THEN RAISE EXCEPTION 'crash'; END IF; RETURN NEW; END $$`);
    await pool().query(
      'CREATE TRIGGER crash BEFORE UPDATE ON sigma_runs FOR EACH ROW EXECUTE FUNCTION crash()',
    );
    await rerunSigma('anna');
    await expect(matchImport(Number(a.id), { spoolDir })).rejects.toThrow('crash');
    expect(await hits()).toEqual(before);
    expect((await rowsLeft())?.hits).toBe(10);
    await giveUpMatch(Number(a.id), new Error('crash'));
    expect((await progress()).failed).toMatchObject([{ importId: a.id, name: 'a.json' }]);

    // Within an import Sigma's trouble is not the import's.
    const told: unknown[] = [];
    const id = await send(toLines(starts('WS2', 1, 8)), 'b.json');
    await runImport(id, { spoolDir, tellSigma: (error) => told.push(error) });
    await workOff(spoolDir);
    expect(told).toHaveLength(1);
    expect((await readImport(id)).state).toBe('done');

    await pool().query('DROP TRIGGER crash ON sigma_runs');
    await rerunSigma('anna');
    await workOff(spoolDir);
    expect((await hits()).total).toBe(6);
    expect((await rowsLeft())?.hits).toBe(6);
    expect(await progress()).toMatchObject({ done: 2, failed: [] });
  });

  it('behind a password are tried while it is there; later what they gave stays, and it is said why', async () => {
    configure({ useWebWorkers: false });
    const writer = new ZipWriter(new Uint8ArrayWriter(), { password: 'infected', encryptionStrength: 3 });
    await writer.add(
      'inside.json',
      new TextReader(toLines([...starts('WS1', 1, 8), access('WS1', 50)]).toString()),
    );
    const { id } = await importWhole(Buffer.from(await writer.close()), 'sample.zip', spoolDir);
    const { id: starting } = await enable('ours', STARTS);
    await reparseImport(Number(id), { password: 'infected' }, { by: 'anna', wait: false });
    await workOff(spoolDir);
    expect((await hits()).total).toBe(1);
    await enable('theirs', ACCESS);
    await workOff(spoolDir);
    expect((await hits()).total).toBe(1);
    expect((await progress()).failed[0]?.error).toMatch(/password is not kept/);
    const asked = await askSigmaBacktest({ files: [{ path: 'a.yml', text: ACCESS }], imports: [] }, 'anna');
    await workOff(spoolDir);
    expect(await readSigmaBacktest(asked.id)).toMatchObject({
      state: 'done',
      error: expect.stringMatching(/^Left out: sample.zip \(encrypted/),
      result: { imports: 0, records: 0 },
    });
    // What is no rule in force any more has no hits, whether or not it could be read again.
    await removeSet(Number(starting), 'anna');
    await workOff(spoolDir);
    expect((await hits()).total).toBe(0);
  });
});

/** Has the database do something whenever a row comes into a table. */
async function onInsert(table: string, statements: string): Promise<() => Promise<unknown>> {
  await pool().query(
    `CREATE FUNCTION meanwhile() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${statements} RETURN NEW; END $$`,
  );
  await pool().query(
    `CREATE TRIGGER meanwhile BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION meanwhile()`,
  );
  return () => pool().query('DROP FUNCTION meanwhile CASCADE');
}

describe('what comes between a pass and its end', () => {
  it('the last set switched off: the import goes on and is done, without hits', async () => {
    await enable('ours', STARTS);
    await onInsert(
      'sigma_sources',
      'UPDATE sigma_sets SET enabled = false, revision = revision + 1; DELETE FROM sigma_runs;',
    );
    const told: unknown[] = [];
    const id = await send(toLines(starts('WS1', 1, 30)), 'a.json');
    await runImport(id, { spoolDir, tellSigma: (error) => told.push(error) });
    await workOff(spoolDir);
    expect(told).toEqual([]);
    expect((await readImport(id)).state).toBe('done');
    expect(await rowsLeft()).toEqual({ hits: 0, sources: 0, runs: 0 });
  });

  it('a set switched on while an import came in that it did not see: its rules are run over it', async () => {
    const set = await createSet({ name: 'ours', note: '', files: [{ path: 'a.yml', text: STARTS }] }, 'anna');
    const changing = await pool().connect();
    await changing.query('BEGIN');
    await lockSigma(changing);
    await changing.query('UPDATE sigma_sets SET enabled = true, revision = revision + 1 WHERE id = $1', [
      set.id,
    ]);
    const id = await send(toLines(starts('WS1', 1, 30)), 'a.json');
    const running = runImport(id, { spoolDir });
    const waits = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 7310 AND NOT granted`;
    while ((await pool().query(waits)).rowCount === 0) await new Promise((done) => setTimeout(done, 20));
    await changing.query('COMMIT');
    changing.release();
    await running;
    expect(await progress()).toMatchObject({ waiting: 1, hits: 0 });
    await workOff(spoolDir);
    expect((await hits()).total).toBe(4);
  });

  it('other rules while the pass of older ones fails: they are run all the same', async () => {
    await enable('ours', STARTS);
    const a = await importWhole(toLines([...starts('WS1', 1, 30), access('WS1', 50)]), 'a.json', spoolDir);
    const mend = await onInsert('sigma_sources', `RAISE EXCEPTION 'crash';`);
    await rerunSigma('anna');
    await expect(matchImport(Number(a.id), { spoolDir })).rejects.toThrow('crash');
    await enable('theirs', ACCESS);
    await giveUpMatch(Number(a.id), new Error('crash'));
    expect(await progress()).toMatchObject({ waiting: 1, failed: [] });
    await expect(matchImport(Number(a.id), { spoolDir })).rejects.toThrow('crash');
    await giveUpMatch(Number(a.id), new Error('crash'));
    expect(await progress()).toMatchObject({ waiting: 0, failed: [{ importId: a.id }] });
    await mend();
    // Given up with these rules; with others it is tried.
    await matchImport(Number(a.id), { spoolDir });
    expect((await hits()).total).toBe(4);
    await pool().query(`UPDATE sigma_runs SET catalogue = 'older'`);
    await matchImport(Number(a.id), { spoolDir });
    expect((await hits()).total).toBe(5);
  });

  it('a deadlock: it is tried again in place, and by a pass of its own where that did not help', async () => {
    await enable('ours', STARTS);
    await pool().query('CREATE SEQUENCE crashes');
    await onInsert(
      'sigma_sources',
      `IF nextval('crashes') IN (1, 2, 4, 5, 6) THEN RAISE EXCEPTION 'no' USING ERRCODE = '40P01'; END IF;`,
    );
    const told: unknown[] = [];
    const options = { spoolDir, tellSigma: (error: unknown) => told.push(error) };
    await runImport(await send(toLines(starts('WS1', 1, 30)), 'a.json'), options);
    expect([told.length, (await hits()).total]).toEqual([0, 4]);
    await runImport(await send(toLines(starts('WS2', 1, 30)), 'b.json'), options);
    expect(told).toHaveLength(1);
    expect(await progress()).toMatchObject({ waiting: 1, failed: [] });
    await workOff(spoolDir);
    expect((await hits()).total).toBe(8);
  });

  it('correlation of the same host: neither waits for the other for ever', async () => {
    await enable('ours', STARTS);
    const a = await importWhole(toLines(starts('WS1', 1, 30)), 'a.json', spoolDir);
    const { rows } = await pool().query<{ id: number }>("SELECT id FROM hosts WHERE name = 'ws1'");
    // As saveCorrelation does: the host first, then its hits.
    const correlating = await pool().connect();
    await correlating.query('BEGIN');
    await lockHosts(correlating, 'id = $1', [rows[0]?.id]);
    await rerunSigma('anna');
    await pool().query('UPDATE events SET time = time + 1');
    const running = matchImport(Number(a.id), { spoolDir });
    const waits = `SELECT 1 FROM pg_locks WHERE NOT granted`;
    while ((await pool().query(waits)).rowCount === 0) await new Promise((done) => setTimeout(done, 20));
    await correlating.query("SET LOCAL lock_timeout = '2s'");
    await correlating.query('UPDATE sigma_hits SET time = time + 2');
    await correlating.query('COMMIT');
    correlating.release();
    await running;
    expect(await progress()).toMatchObject({ done: 1, failed: [] });
  });

  it('an import given up: what was read of it is tried, or its run ends with it', async () => {
    const id = await send(toLines(starts('WS1', 1, 30)), 'a.json');
    await workOff(spoolDir);
    await enable('ours', STARTS);
    // As it is when the worker died before the pass.
    await pool().query('DELETE FROM sigma_runs');
    await pool().query("DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'sigma:%'");
    await pool().query("UPDATE imports SET state = 'parsing'");
    await giveUpImport(id, new Error('crash'));
    expect(await progress()).toMatchObject({ waiting: 1 });
    await workOff(spoolDir);
    expect([(await readImport(id)).state, (await hits()).total]).toEqual(['failed', 4]);
    // And when it died in it.
    await pool().query("UPDATE sigma_runs SET state = 'running'");
    await pool().query("UPDATE imports SET state = 'parsing'");
    await giveUpImport(id, new Error('crash'));
    expect(await progress()).toMatchObject({ waiting: 0, running: 0, failed: [{ importId: String(id) }] });
  });

  it('the copy of a pass is left alone while anybody works on its import, whatever its run says', async () => {
    await enable('ours', STARTS);
    const a = await importWhole(toLines(starts('WS1', 1, 30)), 'a.json', spoolDir);
    const inWork = async () => (await sigmaInWork()).sigma.has(Number(a.id));
    expect(await inWork()).toBe(false);
    await whileLocked(LOCK_CLASS.importWork, Number(a.id), async () => expect(await inWork()).toBe(true));
    await rerunSigma('anna');
    expect(await inWork()).toBe(true);
  });

  it('a host that only records without events name in full is the one they call by its bare name, while rules look', async () => {
    await importWhole(toLines(starts('WS1', 1, 30)), 'a.json', spoolDir);
    await importWhole(toLines([access('ws1.corp.example', 50)]), 'b.json', spoolDir);
    const names = async () => (await readHosts({})).items.map(({ name, aliases }) => [name, ...aliases]);
    expect(await names()).toEqual([['ws1']]);
    const set = await enable('ours', ACCESS);
    await workOff(spoolDir);
    expect(await names()).toEqual([['ws1.corp.example', 'ws1']]);
    expect((await hits({ host: 'WS1' })).total).toBe(1);
    await changeSet(Number(set.id), { revision: set.revision, enabled: false }, 'anna');
    await workOff(spoolDir);
    expect(await names()).toEqual([['ws1']]);
  });

  it('a run that is taken out has its hosts and correlations worked out without it', async () => {
    await enable('ours', STARTS, OFTEN);
    const a = await importWhole(toLines(starts('WS1', 1, 30)), 'a.json', spoolDir);
    expect((await readSigmaCorrelated()).total).toBe(1);
    await removeSigmaRun(Number(a.id));
    const { rows } = await pool().query<{ key: string }>('SELECT key FROM graphile_worker.jobs ORDER BY key');
    expect(rows.map(({ key }) => key.split(':')[0])).toEqual(['host', 'sigma']);
    await workOff(spoolDir);
    expect((await readSigmaCorrelated()).total).toBe(0);
  });
});

describe('correlations of Sigma', () => {
  it('look over the hits of all imports, and follow them', async () => {
    await enable('ours', STARTS, OFTEN);
    const a = await importWhole(toLines(starts('WS1', 1, 15)), 'a.json', spoolDir);
    expect((await readSigmaCorrelated()).total).toBe(0);
    await importWhole(toLines(starts('WS2', 1, 8)), 'b.json', spoolDir);
    const { items, total } = sigmaCorrelatedList.parse(await readSigmaCorrelated());
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({
      rule: { title: 'A tool is run often', level: 'medium' },
      type: 'event_count',
      group: [{ field: 'User', value: 'CORP\\anna' }],
      hits: 3,
      from: '2026-11-20T09:00:03.000000Z',
    });
    expect(items[0]?.hosts.map(({ name }) => name)).toEqual(['ws1', 'ws2']);
    expect(items[0]?.events).toHaveLength(3);
    await deleteImport(Number(a.id), { by: 'anna', wait: false });
    await workOff(spoolDir);
    expect((await readSigmaCorrelated()).total).toBe(0);
  });

  it('follow times that change, and hosts that become one', async () => {
    await enable('ours', STARTS, OFTEN);
    await importWhole(toLines(starts('WS1', 1, 30)), 'a.json', spoolDir);
    await pool().query('UPDATE sigma_hits SET time = time + 1');
    await pool().query('DELETE FROM sigma_correlated');
    await pool().query("UPDATE hosts SET changes = changes + 1 WHERE name = 'ws1'");
    await transaction(queueChangedHosts);
    await workOff(spoolDir);
    expect((await readSigmaCorrelated()).total).toBe(1);
    await pool().query('DELETE FROM sigma_correlated');
    await importWhole(toLines([fileCreate('ws1.corp.example', 40, 'C:\\a')]), 'b.json', spoolDir);
    expect((await readSigmaCorrelated()).items[0]?.hosts.map(({ name }) => name)).toEqual([
      'ws1.corp.example',
    ]);
  });
});

describe('baselines of hits', () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const normal = (fields: Record<string, string[]>) => ({ ruleId: START_ID, host: null, fields });
  const saved = (fields: Record<string, string[]>) => ({
    ...normal(fields),
    title: 'ours',
    reason: 'we run it',
    owner: 'anna',
    expiresAt: inDays(30),
    hit: null,
    acceptLoss: false,
  });

  it('cover what is there and what comes, until they are taken back', async () => {
    await enable('ours', STARTS, ACCESS);
    await importWhole(toLines([...starts('WS1', 1, 15), access('WS1', 50)]), 'a.json', spoolDir);
    const pattern = { CommandLine: ['TOOL3.exe * 3', '*--RUN 24'] };
    const preview = sigmaBaselinePreview.parse(await previewSigmaBaseline(normal(pattern)));
    expect(preview).toMatchObject({ covers: 1, of: 2, hosts: 1, losesTruePositives: 0 });
    expect(preview.examples[0]?.process.commandLine).toBe('tool3.exe --run 3');
    const baseline = sigmaBaseline.parse(await saveSigmaBaseline(saved(pattern), 'anna'));
    expect(baseline).toMatchObject({ state: 'active', hits: 1, rule: { title: 'A tool is run' } });
    expect((await hits()).total).toBe(2);
    expect((await hits({ baseline: 'covered' })).items[0]?.baseline).toEqual({
      id: baseline.id,
      title: 'ours',
    });
    await workOff(spoolDir);
    await importWhole(toLines(starts('WS1', 15, 30)), 'b.json', spoolDir);
    expect((await hits()).total).toBe(3);
    expect((await readSigmaBaselines()).items[0]?.hits).toBe(2);
    await revokeSigmaBaseline(baseline.id, 'no more', 'bert');
    expect((await hits()).total).toBe(5);
    await expect(revokeSigmaBaseline(baseline.id, 'again', 'bert')).rejects.toMatchObject({
      code: 'conflict',
    });
    const { items } = await readAudit({ subject: `sigma-baseline:${baseline.id}` });
    expect(items.map(({ action }) => action)).toEqual(['sigma.baseline_revoked', 'sigma.baseline_created']);
  });

  it('drawn from what a hit keeps cover that hit, and silent ones; hits of no process are asked for', async () => {
    await enable('ours', STARTS);
    await importWhole(toLines(starts('WS1', 1, 30)), 'a.json', spoolDir);
    const { items, total } = await hits();
    const [hit] = items;
    if (hit === undefined) throw new Error('no hit');
    const pattern = {
      ...{ ruleId: START_ID, host: hit.host.id },
      fields: { Image: [hit.fields.Image ?? ''], CommandLine: [hit.fields.CommandLine ?? ''] },
    };
    const preview = sigmaBaselinePreview.parse(await previewSigmaBaseline(pattern));
    expect(preview.examples.map(({ ref }) => ref)).toContain(hit.ref);
    expect(preview).toMatchObject({ of: total });
    await pool().query('UPDATE sigma_hits SET entity_id = NULL WHERE event_id = $1', [hit.eventId]);
    expect((await hits({ host: 'WS1', process: '' })).total).toBe(1);
    await pool().query('UPDATE sigma_hits SET silent = TRUE');
    const { id } = await saveSigmaBaseline(
      {
        ...pattern,
        ...{ title: 'ours', reason: 'known', owner: 'anna', hit: hit.ref, acceptLoss: false },
        expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      },
      'anna',
    );
    const { rowCount } = await pool().query('SELECT 1 FROM sigma_hits WHERE baseline_id = $1', [id]);
    expect(rowCount).toBe(preview.covers);
  });

  it('that have ended cover what was before, and nothing later', async () => {
    await enable('ours', STARTS);
    await importWhole(toLines(starts('WS1', 1, 8)), 'a.json', spoolDir);
    const { id } = await saveSigmaBaseline(saved({ Image: ['*\\tool3.exe'] }), 'anna');
    await pool().query(`UPDATE sigma_baselines SET expires_at = '2026-11-20T09:00:15Z' WHERE id = $1`, [id]);
    await importWhole(toLines(starts('WS1', 8, 30)), 'b.json', spoolDir);
    const open = await hits();
    expect(open.items.map(({ time }) => time)).toEqual([
      '2026-11-20T09:00:24.000000Z',
      '2026-11-20T09:00:17.000000Z',
    ]);
    expect((await readSigmaBaselines()).items[0]).toMatchObject({ state: 'expired', hits: 2 });
  });

  it('are refused where they cover true positives, unless that is accepted', async () => {
    await enable('ours', STARTS);
    await importWhole(toLines(starts('WS1', 1, 8)), 'a.json', spoolDir);
    const { rows } = await pool().query<{ id: number }>("SELECT id FROM hosts WHERE name = 'ws1'");
    const finding = exampleFinding('f1', { path: ['11111111-2222-3333-4444-000000000003' as never] });
    await storeFindings([finding], rows[0]?.id);
    await giveVerdict(
      'f1',
      { verdict: 'true_positive', reason: 'seen', blindAcknowledged: true, revision: 1 } as never,
      ANNA,
    );
    const pattern = { Image: ['*\\tool3.exe'] };
    expect(await previewSigmaBaseline(normal(pattern))).toMatchObject({ covers: 1, losesTruePositives: 1 });
    await expect(saveSigmaBaseline(saved(pattern), 'anna')).rejects.toMatchObject({ code: 'conflict' });
    const asked = await askSigmaBacktest({ files: [{ path: 'a.yml', text: STARTS }], imports: [] }, 'anna');
    await workOff(spoolDir);
    expect((await readSigmaBacktest(asked.id)).result?.rules[0]).toMatchObject({
      hits: 1,
      onTruePositives: 1,
    });
    await saveSigmaBaseline({ ...saved(pattern), acceptLoss: true }, 'anna');
    expect((await hits()).total).toBe(0);
  });

  it('say what is wrong with them', async () => {
    await enable('ours', STARTS);
    const bad = async (change: object, code: string) =>
      expect(saveSigmaBaseline({ ...saved({ Image: ['*'] }), ...change }, 'anna')).rejects.toMatchObject({
        code,
      });
    await bad({ fields: {} }, 'bad_request');
    await bad({ ruleId: 'none' }, 'not_found');
    await bad({ host: '77' }, 'not_found');
    await bad({ expiresAt: inDays(-1) }, 'bad_request');
    await bad({ expiresAt: inDays(400) }, 'bad_request');
    await bad({ expiresAt: 'soon' }, 'bad_request');
  });
});

describe('back-tests of rules', () => {
  it('tell what rules would hit and where they are blind, and leave no hit', async () => {
    await importWhole(toLines([...starts('WS1', 1, 30)]), 'a.json', spoolDir);
    await importWhole(toLines([...starts('WS1', 1, 30), access('WS2', 50)]), 'b.json', spoolDir);
    const broken = 'title: nothing\nlogsource: { product: windows }\n';
    const files = [STARTS, ACCESS, broken].map((text, i) => ({ path: `${i}.yml`, text }));
    const asked = sigmaBacktest.parse(await askSigmaBacktest({ files, imports: [] }, 'anna'));
    expect(asked).toMatchObject({ state: 'waiting', result: null, askedBy: 'anna' });
    await workOff(spoolDir);
    const done = sigmaBacktest.parse(await readSigmaBacktest(asked.id));
    expect(done).toMatchObject({ state: 'done', error: null, progress: { of: 2 } });
    expect(done.result).toMatchObject({ imports: 2, records: 59 });
    expect(done.result?.refused.map((one) => one.path)).toEqual(['2.yml']);
    expect(done.result?.rules.map(({ ruleId, hits: n, hosts, blind }) => [ruleId, n, hosts, blind])).toEqual([
      [START_ID, 4, [{ host: 'ws1', hits: 4 }], 1],
      [ACCESS_ID, 1, [{ host: 'ws2', hits: 1 }], 1],
    ]);
    expect(done.result?.rules[0]?.examples[0]).toMatchObject({
      host: 'ws1',
      source: 'Sysmon 1',
      commandLine: 'tool3.exe --run 3',
    });
    expect(await rowsLeft()).toEqual({ hits: 0, sources: 0, runs: 0 });
  });

  it('of some imports, of a set, and cancelled', async () => {
    const a = await importWhole(toLines(starts('WS1', 1, 15)), 'a.json', spoolDir);
    await importWhole(toLines(starts('WS2', 1, 15)), 'b.json', spoolDir);
    const set = await createSet({ name: 'off', note: '', files: [{ path: 'a.yml', text: STARTS }] }, 'anna');
    const some = await askSigmaBacktest({ set: set.id, imports: [a.id] }, 'anna');
    const other = await askSigmaBacktest({ set: set.id, imports: [] }, 'bert');
    expect(await cancelSigmaBacktest(other.id, 'bert')).toMatchObject({ state: 'cancelled' });
    await workOff(spoolDir);
    expect((await readSigmaBacktest(some.id)).result?.rules[0]?.hits).toBe(2);
    expect(await readSigmaBacktest(other.id)).toMatchObject({ state: 'cancelled', result: null });
    const bad = (body: Parameters<typeof askSigmaBacktest>[0], code: string) =>
      expect(askSigmaBacktest(body, 'anna')).rejects.toMatchObject({ code });
    await bad({ set: '99', imports: [] }, 'not_found');
    await bad({ rules: ['99'], imports: [] }, 'not_found');
    await bad({ set: set.id, imports: ['99'] }, 'not_found');
    await bad({ files: [{ path: 'x.yml', text: 'title: x' }], imports: [] }, 'bad_request');
  });
});
