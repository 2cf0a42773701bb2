import { configure, TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pool } from '../../storage/client';
import { cancelImport, deleteImport, reparseImport } from '../changeImport';
import { readAudit } from '../readAudit';
import { readImport } from '../readImports';
import { runImport } from '../runImport';
import { importWhole, send, workOff } from '../testImports';
import { toLines } from '../testRecords';
import { askSigmaBacktest, readSigmaBacktest } from './backtests';
import { giveUpMatch, matchImport } from './matchImport';
import { rerunSigma } from './progress';
import { groupSigmaHits } from './readHits';
import { changeSet, removeSet } from './setsChange';
import {
  ACCESS,
  ALL,
  access,
  enable,
  hits,
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
