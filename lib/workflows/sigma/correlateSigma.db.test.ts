import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sigmaCorrelatedList } from '../../contracts/sigmaHits';
import { pool, transaction } from '../../storage/client';
import { queueChangedHosts } from '../../storage/hosts';
import { deleteImport } from '../changeImport';
import { importWhole, workOff } from '../testImports';
import { fileCreate, toLines } from '../testRecords';
import { readSigmaCorrelated } from './readHits';
import { enable, OFTEN, STARTS, starts, useTestPasses } from './testPasses';

let drop: () => Promise<void>;
let spoolDir: string;

beforeEach(async () => {
  ({ spoolDir, drop } = await useTestPasses());
});
afterEach(() => drop());

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
