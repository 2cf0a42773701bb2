import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sigmaBaseline, sigmaBaselinePreview } from '../../contracts/sigmaBaselines';
import { pool } from '../../storage/client';
import { giveVerdict } from '../decideFinding';
import { readAudit } from '../readAudit';
import { ANNA, exampleFinding, storeFindings } from '../testFindings';
import { importWhole, workOff } from '../testImports';
import { toLines } from '../testRecords';
import { askSigmaBacktest, readSigmaBacktest } from './backtests';
import {
  previewSigmaBaseline,
  readSigmaBaselines,
  revokeSigmaBaseline,
  saveSigmaBaseline,
} from './baselines';
import { ACCESS, access, enable, hits, START_ID, STARTS, starts, useTestPasses } from './testPasses';

let drop: () => Promise<void>;
let spoolDir: string;

beforeEach(async () => {
  ({ spoolDir, drop } = await useTestPasses());
});
afterEach(() => drop());

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
