import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sigmaGroupList } from '../../contracts/sigmaHits';
import { pool } from '../../storage/client';
import { importWhole } from '../testImports';
import { toLines } from '../testRecords';
import { groupSigmaHits, readSigmaHit } from './readHits';
import {
  ACCESS,
  ACCESS_ID,
  ALL,
  access,
  enable,
  hits,
  progress,
  rowsLeft,
  START_ID,
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
