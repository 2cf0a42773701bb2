import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sigmaBacktest } from '../../contracts/sigmaBacktests';
import { importWhole, workOff } from '../testImports';
import { toLines } from '../testRecords';
import { askSigmaBacktest, cancelSigmaBacktest, readSigmaBacktest } from './backtests';
import { createSet } from './setsTake';
import { ACCESS, ACCESS_ID, access, rowsLeft, START_ID, STARTS, starts, useTestPasses } from './testPasses';

let drop: () => Promise<void>;
let spoolDir: string;

beforeEach(async () => {
  ({ spoolDir, drop } = await useTestPasses());
});
afterEach(() => drop());

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
