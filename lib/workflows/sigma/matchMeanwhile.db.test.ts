import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '../../storage/client';
import { lockHosts } from '../../storage/hosts';
import { LOCK_CLASS, whileLocked } from '../../storage/locks';
import { removeSigmaRun } from '../../storage/sigma/runs';
import { lockSigma } from '../../storage/sigma/runsLock';
import { sigmaInWork } from '../../storage/sigma/runsProgress';
import { readHosts } from '../readHosts';
import { readImport } from '../readImports';
import { giveUpImport, runImport } from '../runImport';
import { importWhole, send, workOff } from '../testImports';
import { toLines } from '../testRecords';
import { giveUpMatch, matchImport } from './matchImport';
import { rerunSigma } from './progress';
import { readSigmaCorrelated } from './readHits';
import { changeSet } from './setsChange';
import { createSet } from './setsTake';
import {
  ACCESS,
  access,
  enable,
  hits,
  OFTEN,
  progress,
  rowsLeft,
  STARTS,
  starts,
  useTestPasses,
} from './testPasses';

let drop: () => Promise<void>;
let spoolDir: string;

beforeEach(async () => {
  ({ spoolDir, drop } = await useTestPasses());
});
afterEach(() => drop());

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
