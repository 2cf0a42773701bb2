import { describe, expect, it } from 'vitest';
import { pool } from '../../storage/client';
import { readCatalogue } from '../readCatalogue';
import { bringFleet, hostsOf, TOOL, view, withEmptyDatabase } from './testFleet';

withEmptyDatabase();

async function versionOf(analytic: string): Promise<string> {
  const { catalogue } = await readCatalogue();
  return catalogue.analytics.find(({ id }) => id === analytic)?.version ?? '';
}

describe('a stage', () => {
  it('is proven where a fresh replay in a source of the host matched what is visible', async () => {
    await bringFleet();
    expect((await view()).rows.every(({ proof }) => proof === null)).toBe(true);
    await pool().query(
      `INSERT INTO validation_runs (cause, state, ended_at) VALUES ('asked', 'done', '2026-11-25'), ('asked', 'done', '2026-06-01'),
         ('asked', 'failed', '2026-11-25')`,
    );
    await pool().query(
      `INSERT INTO stage_proofs (run_id, stage, source, recording, sha256, version) SELECT r, s, 'Sysmon', 'ours.json', 'a', $1
       FROM (VALUES (1, '${TOOL}'), (2, '${TOOL}'), (2, 'AN1314/spawn'), (3, 'AN1397/execution')) AS v(r, s)`,
      [await versionOf('AN1314')],
    );
    const page = await view({ from: '2026-11-20' });
    const row = (stage: string) => page.rows.find((one) => one.stage === stage);
    expect(row(TOOL)?.proof).toMatchObject({ runId: '1', fresh: true, source: 'Sysmon' });
    expect(row('AN1314/spawn')).toMatchObject({ proof: { fresh: false }, total: { provenHosts: 0 } });
    expect(row('AN1397/execution')?.proof).toBeNull();
    expect(page.proven).toMatchObject({ of: page.rows.length, lastAt: '2026-11-25T00:00:00.000Z' });
    const proven = await hostsOf({ from: '2026-11-20', stage: TOOL, state: 'proven' });
    expect(proven.total).toBe(row(TOOL)?.total.provenHosts);
    expect(row(TOOL)?.total.provenHosts).toBe(row(TOOL)?.total.visibleHosts);
  });

  it('is proven in the column of a source by that source only', async () => {
    await bringFleet();
    await pool().query(
      `WITH r AS (INSERT INTO validation_runs (cause, state, ended_at) VALUES ('asked', 'done', '2026-11-25') RETURNING id)
       INSERT INTO stage_proofs (run_id, stage, source, recording, sha256, version)
       SELECT id, '${TOOL}', 'Elastic Defend', 'ours.json', 'a', $1 FROM r`,
      [await versionOf('AN1314')],
    );
    await pool().query(
      `WITH c AS (INSERT INTO channels (name) VALUES ('Elastic Defend') RETURNING id)
       INSERT INTO ledger_days SELECT (l).* FROM (SELECT jsonb_populate_record(l, jsonb_build_object('channel_id', c.id)) AS l
         FROM ledger_days l JOIN hosts h ON h.id = l.host_id, c WHERE h.name = 'ws1' AND l.kind = (SELECT min(kind) FROM ledger_days)) s`,
    );
    const query = { from: '2026-11-20', by: 'source' as const };
    const { columns, rows } = await view(query);
    const tool = rows.find(({ stage }) => stage === TOOL);
    const at = (key: string) => tool?.cells[columns.findIndex((column) => column.key === key)];
    expect(tool?.total.provenHosts).toBe(1);
    expect(at('Elastic Defend')?.provenHosts).toBe(1);
    expect(at('Sysmon')?.provenHosts).toBe(0);
    const proven = { from: '2026-11-20', stage: TOOL, state: 'proven' };
    expect((await hostsOf({ ...proven, source: 'Elastic Defend' })).total).toBe(1);
    expect((await hostsOf({ ...proven, source: 'Sysmon' })).total).toBe(0);
  });

  it('is proven no longer once the analytic changed, or the same recording no longer shows the stage', async () => {
    await bringFleet();
    const proofOf = async (stage: string) => (await view()).rows.find((one) => one.stage === stage)?.proof;
    const run = async (cases: readonly string[], stages: readonly string[], version: string) => {
      const { rows } = await pool().query<{ id: number }>(
        `INSERT INTO validation_runs (cause, state, ended_at, report)
         VALUES ('asked', 'done', '2026-11-20'::timestamptz + (SELECT count(*) FROM validation_runs) * interval '1 hour', $1)
         RETURNING id`,
        [JSON.stringify({ cases: cases.map((one) => ({ sha256: one.repeat(64) })) })],
      );
      await pool().query(
        `INSERT INTO stage_proofs (run_id, stage, source, recording, sha256, version)
         SELECT $1, s, 'Sysmon', 'ours.json', $3, $4 FROM unnest($2::text[]) AS s`,
        [rows[0]?.id, stages, 'a'.repeat(64), version],
      );
      return String(rows[0]?.id);
    };
    const version = await versionOf('AN1314');
    await run(['a'], [TOOL], `${version}-before`);
    expect(await proofOf(TOOL)).toBeNull();
    const first = await run(['a'], [TOOL, 'AN1314/spawn'], version);
    expect(await proofOf(TOOL)).toMatchObject({ runId: first });
    await run(['b'], [], version);
    expect(await proofOf(TOOL)).toMatchObject({ runId: first });
    const later = await run(['a', 'b'], ['AN1314/spawn'], version);
    expect(await proofOf(TOOL)).toBeNull();
    expect(await proofOf('AN1314/spawn')).toMatchObject({ runId: later });
  });
});
