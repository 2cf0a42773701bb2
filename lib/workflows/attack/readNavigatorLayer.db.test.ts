import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET } from '@/app/api/v1/coverage/navigator-layer/route';
import type { NavigatorLayer } from '../../attack/navigatorLayer';
import { bundleOf, releaseObjects } from '../../attack/testBundle';
import { publishedLayer } from '../../attack/testPublishedLayer';
import { setEnvironment } from '../../base/testEnvironment';
import { fleetMachine } from '../../sample/machine';
import { fleetPlan } from '../../sample/plan';
import { workday } from '../../sample/workday';
import { closeStorage } from '../../storage/client';
import { createTestDatabase, type TestDatabase } from '../../storage/testDatabase';
import { readCoverage } from '../coverage/readCoverage';
import { importWhole } from '../testImports';
import { addBundle } from './bundles';
import { mapTechnique } from './techniqueMappings';

let database: TestDatabase;
let spoolDir: string;
let restore: () => void;
beforeAll(async () => {
  database = await createTestDatabase();
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  restore = setEnvironment({ DATABASE_URL: database.url, SEQUELA_DEMO: 'true' });
}, 240_000);
afterAll(async () => {
  await closeStorage();
  restore();
  await database.drop();
  await rm(spoolDir, { recursive: true, force: true });
});

async function layerOf(query = ''): Promise<{ file: string | null; layer: NavigatorLayer }> {
  const response = await GET(
    new Request(`http://localhost:3000/api/v1/coverage/navigator-layer${query}`, {
      headers: { host: 'localhost:3000' },
    }),
    { params: Promise.resolve({}) },
  );
  expect(response.status).toBe(200);
  const layer = (await response.json()) as NavigatorLayer;
  expect(publishedLayer.safeParse(layer).error).toBeUndefined();
  return { file: response.headers.get('content-disposition'), layer };
}

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield bundleOf(releaseObjects('19.1'));
}

// Each step builds on the one before: a server on which more and more is known.
describe('the layer for ATT&CK Navigator', () => {
  it('is empty and says why while nothing is mapped', async () => {
    const { layer } = await layerOf();
    expect(layer.techniques).toEqual([]);
    expect(layer.description).toContain('no release of ATT&CK was brought');
  });

  it('has techniques without scores while no host counts', async () => {
    await addBundle('enterprise-attack.json', bytes(), 'demo');
    await mapTechnique({ analytic: 'AN1397', technique: 'T1204', reason: 'seen in an exercise' }, 'demo');
    const { layer } = await layerOf();
    expect(layer.techniques.map(({ techniqueID, score }) => [techniqueID, score])).toEqual([
      ['T1027.017', undefined],
      ['T1204', undefined],
      ['T1218.005', undefined],
    ]);
    expect(layer.techniques[1]?.comment).toMatch(
      /^AN1314 via DET0478: not scored: .*; AN1397 via DET0506: not scored: /,
    );
  });

  it('scores a technique as the coverage page tells of its analytic, and is a file of its days', async () => {
    for (const n of [1, 2]) {
      const machine = fleetMachine(n);
      const scenes = fleetPlan(machine, 'layer', n, 2);
      const { lines } = workday({ seed: 'layer', machine, date: '2026-04-06', scenes, activity: 0.1 });
      await importWhole(Buffer.from(lines.map((line) => `${line}\n`).join('')), `m${n}.jsonl`, spoolDir);
    }
    const { layer, file } = await layerOf('?from=2026-04-01&to=2026-04-07');
    const coverage = await readCoverage({ from: '2026-04-01', to: '2026-04-07', by: 'group' }, new Date());
    expect(coverage.hosts).toBe(2);
    expect(layer.metadata).toContainEqual({ name: 'hosts', value: '2' });
    expect(file).toContain('sequela-attack-visible-2026-04-01-2026-04-07.json');
    const share = (stage: string): number => {
      const time = coverage.rows.find((row) => row.stage === stage)?.total.time;
      if (time === undefined) throw new Error(`no row ${stage}`);
      return (time.visible * 100) / (time.visible + time.partial + time.blind);
    };
    const followOn = ['file_write', 'network', 'child_process'].map((id) => `AN1397/${id}`);
    const known = followOn.filter((stage) => coverage.rows.some((row) => row.stage === stage));
    expect(known.length).toBeGreaterThan(0);
    const expected = Math.floor(Math.min(share('AN1397/execution'), Math.max(...known.map(share))));
    expect(layer.techniques.find(({ techniqueID }) => techniqueID === 'T1218.005')?.score).toBe(expected);
    expect(expected).toBeGreaterThan(0);
    expect(expected).toBeLessThan(100);
  }, 240_000);

  it('holds only what it was narrowed to, and says to what', async () => {
    const { layer } = await layerOf('?analytic=AN1397&score=proven');
    expect(layer.techniques.map(({ techniqueID }) => techniqueID)).toEqual(['T1204', 'T1218.005']);
    expect(layer.techniques.every(({ score }) => score === 0)).toBe(true);
    expect(layer.metadata).toContainEqual({ name: 'analytic', value: 'AN1397' });
  });
});
