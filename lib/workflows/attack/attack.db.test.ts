import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DELETE as deleteBundle } from '@/app/api/v1/attack/bundles/[id]/route';
import { GET as listBundles, POST as postBundle } from '@/app/api/v1/attack/bundles/route';
import { DELETE as deleteMapping } from '@/app/api/v1/attack/mappings/[id]/route';
import { GET as getMappings, POST as postMapping } from '@/app/api/v1/attack/mappings/route';
import { GET as getObjects } from '@/app/api/v1/attack/objects/route';
import { bundleOf, detects, releaseObjects, stix, technique } from '../../attack/testBundle';
import { setEnvironment } from '../../base/testEnvironment';
import type { AttackBundle, AttackMappings, AttackObject } from '../../contracts/attack';
import { closeStorage, pool } from '../../storage/client';
import { createTestDatabase, type TestDatabase } from '../../storage/testDatabase';
import { readAudit } from '../readAudit';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Answer<Shape> = { readonly status: number; readonly value: Shape };

let database: TestDatabase;
let restore: () => void;
beforeAll(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url, SEQUELA_DEMO: 'true' });
}, 240_000);
afterAll(async () => {
  await closeStorage();
  restore();
  await database.drop();
});
beforeEach(async () => {
  await pool().query('TRUNCATE attack_bundles, attack_objects, technique_mappings');
});

async function call<Shape>(
  handler: Handler,
  url: string,
  { method = 'GET', body, id = '' }: { method?: string; body?: unknown; id?: string } = {},
): Promise<Answer<Shape>> {
  const raw = body instanceof Uint8Array;
  const response = await handler(
    new Request(`http://localhost:3000${url}`, {
      method,
      headers: { host: 'localhost:3000' },
      ...(body === undefined ? {} : { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ id }) },
  );
  return { status: response.status, value: (await response.json()) as Shape };
}

const add = (body: Uint8Array, name = 'enterprise-attack.json') =>
  call<AttackBundle & { detail?: string }>(postBundle, `/api/v1/attack/bundles?name=${name}`, {
    method: 'POST',
    body,
  });
const bundles = async () =>
  (await call<{ items: AttackBundle[] }>(listBundles, '/api/v1/attack/bundles')).value.items;
const mappings = async () => (await call<AttackMappings>(getMappings, '/api/v1/attack/mappings')).value;
const map = (analytic: string, id: string, reason = 'we tested it') =>
  call<AttackMappings & { detail?: string }>(postMapping, '/api/v1/attack/mappings', {
    method: 'POST',
    body: { analytic, technique: id, reason },
  });
const unmap = (id: string) =>
  call<AttackMappings & { detail?: string }>(deleteMapping, `/api/v1/attack/mappings/${id}`, {
    method: 'DELETE',
    id,
  });
const rows = async (table: string) =>
  (await pool().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]?.n;
/** What is in force, as `AN1397 T1218.005 bundle`. */
const inForce = async () =>
  (await mappings()).items.flatMap(({ analytic, techniques }) =>
    techniques.map(({ technique: id, origin }) => `${analytic} ${id} ${origin}`),
  );
const audited = async () =>
  (await readAudit({ action: 'attack', limit: 100 } as Parameters<typeof readAudit>[0])).items.map(
    ({ action }) => action,
  );

describe('without a release', () => {
  it('no analytic is about any technique', async () => {
    const view = await mappings();
    expect(view.bundle).toBeNull();
    expect(view.items.map(({ analytic }) => analytic).sort()).toEqual(['AN1314', 'AN1397', 'AN1407']);
    expect(view.items.flatMap(({ techniques }) => techniques)).toEqual([]);
  });

  it('a person may map by an id of the right form, and take it back; both rows stay', async () => {
    expect((await map('AN1397', 'T1218.005')).status).toBe(200);
    expect((await map('AN1397', 'T1218.005')).status).toBe(409);
    expect((await map('AN1397', '1218')).status).toBe(400);
    expect((await map('AN9999', 'T1218.005')).status).toBe(400);
    const said = (await mappings()).items.find(({ analytic }) => analytic === 'AN1397')?.techniques[0];
    expect(said).toMatchObject({
      technique: 'T1218.005',
      name: null,
      origin: 'person',
      reason: 'we tested it',
      by: 'demo',
      doubt: null,
    });
    expect((await unmap(said?.id ?? '')).status).toBe(200);
    expect(await inForce()).toEqual([]);
    expect(await rows('technique_mappings')).toBe(1);
    expect((await unmap(said?.id ?? '')).status).toBe(404);
    expect((await audited()).slice(0, 2)).toEqual(['attack.technique_unmapped', 'attack.technique_mapped']);
  });
});

describe('a release', () => {
  it('names techniques, and maps our analytics where it says so', async () => {
    const { status, value } = await add(bundleOf(releaseObjects('19.1'), 2));
    expect(status).toBe(201);
    expect(value).toMatchObject({
      name: 'enterprise-attack.json',
      domain: 'enterprise-attack',
      version: '19.1',
      specVersion: '3.3.0',
      addedBy: 'demo',
      counts: { technique: 4, analytic: 3, strategy: 3, detects: 3 },
    });
    const view = await mappings();
    const ours = view.items.find(({ analytic }) => analytic === 'AN1397');
    expect(ours).toMatchObject({
      object: { attackId: 'AN1397', type: 'analytic' },
      strategy: { attackId: 'DET0506' },
      techniques: [
        {
          technique: 'T1218.005',
          name: 'Made-up T1218.005',
          origin: 'bundle',
          reason: 'DET0506 detects T1218.005',
          doubt: null,
        },
      ],
    });
    expect(await inForce()).toEqual([
      'AN1314 T1204 bundle',
      'AN1397 T1218.005 bundle',
      'AN1407 T1027.017 bundle',
    ]);
    expect((await audited())[0]).toBe('attack.release_added');
  });

  it('is the same release when the same bytes come again, packed or not', async () => {
    const bytes = bundleOf(releaseObjects());
    const first = await add(bytes);
    const again = await add(bytes, 'other-name.json');
    const packed = await add(gzipSync(bytes), 'enterprise-attack.json.gz');
    expect([first.status, again.status, packed.status]).toEqual([201, 200, 200]);
    expect([again.value.id, packed.value.id]).toEqual([first.value.id, first.value.id]);
    expect(await bundles()).toHaveLength(1);
  });

  it('maps what came since when the same bytes come again, and analytics that are switched off too', async () => {
    const bytes = bundleOf(releaseObjects());
    await add(bytes);
    // As if AN1407 had not been there yet, and is there now but off.
    await pool().query(`DELETE FROM technique_mappings WHERE analytic = 'AN1407'`);
    await pool().query(
      `INSERT INTO settings (subject, version, kind, body, note, effect, saved_by)
       VALUES ('AN1407', 1, 'tuning', '{"parameters":{},"points":{},"enabled":false}', '', '{}', 'lea')`,
    );
    const before = (await audited()).length;
    expect((await add(bytes)).status).toBe(200);
    expect((await audited()).length).toBe(before + 1);
    expect((await mappings()).items.map(({ analytic }) => analytic)).not.toContain('AN1407');
    const { rows: mapped } = await pool().query(
      `SELECT technique, origin FROM technique_mappings WHERE analytic = 'AN1407' AND removed_at IS NULL`,
    );
    expect(mapped).toEqual([{ technique: 'T1027.017', origin: 'bundle' }]);
    // Brought once more nothing is new, and nothing is told.
    expect((await add(bytes)).status).toBe(200);
    expect((await audited()).length).toBe(before + 1);
    await pool().query(`DELETE FROM settings WHERE subject = 'AN1407'`);
  });

  it('is kept once when two people bring it at the same moment', async () => {
    const bytes = bundleOf(releaseObjects());
    const answers = await Promise.all([add(bytes), add(bytes), add(bytes)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(await inForce()).toHaveLength(3);
  });

  it('that is newer decides from then on, and the older again once it is removed', async () => {
    await add(bundleOf(releaseObjects('18.1')), 'old.json');
    await map('AN1314', 'T1027.017', 'seen in an exercise');
    const changed = releaseObjects('19.1')
      .filter(({ id }) => id !== stix('relationship', 1) && id !== stix('attack-pattern', 2))
      .concat(technique(5, 'T1218', {}), detects(9, 1, 5));
    const newer = await add(bundleOf(changed), 'new.json');
    expect((await bundles()).map(({ name }) => name)).toEqual(['new.json', 'old.json']);
    expect(await inForce()).toEqual([
      'AN1314 T1027.017 person',
      'AN1314 T1204 bundle',
      'AN1397 T1218 bundle',
    ]);
    const doubted = (await mappings()).items.flatMap(({ techniques }) => techniques);
    expect(doubted.map(({ technique: id, doubt }) => `${id} ${doubt}`)).toEqual([
      'T1027.017 missing',
      'T1204 null',
      'T1218 null',
    ]);
    const removed = await call(deleteBundle, '/x', { method: 'DELETE', id: newer.value.id });
    expect(removed).toEqual({ status: 200, value: { done: true } });
    expect(await inForce()).toEqual([
      'AN1314 T1027.017 person',
      'AN1314 T1204 bundle',
      'AN1397 T1218.005 bundle',
      'AN1407 T1027.017 bundle',
    ]);
    // What was taken out of force and put in again is told by the rows.
    expect(await rows('technique_mappings')).toBe(7);
    expect((await call(deleteBundle, '/x', { method: 'DELETE', id: newer.value.id })).status).toBe(404);
  });

  it('holds what a person maps against its techniques', async () => {
    await add(bundleOf(releaseObjects()));
    const missing = await map('AN1397', 'T9999');
    expect([missing.status, missing.value.detail]).toEqual([
      400,
      expect.stringContaining('no technique of the release'),
    ]);
    const revoked = await map('AN1397', 'T1170');
    expect([revoked.status, revoked.value.detail]).toEqual([400, expect.stringContaining('revoked')]);
    expect((await map('AN1397', 'T1204')).status).toBe(200);
  });

  it('does not let a person take back what it says', async () => {
    await add(bundleOf(releaseObjects()));
    const said = (await mappings()).items.flatMap(({ techniques }) => techniques)[0];
    expect((await unmap(said?.id ?? '')).status).toBe(400);
    expect(await inForce()).toHaveLength(3);
  });

  it('is searched by id and name, what fits the id best first', async () => {
    await add(bundleOf(releaseObjects()));
    const search = async (query: string) =>
      (await call<{ items: AttackObject[]; total: number }>(getObjects, `/api/v1/attack/objects?${query}`))
        .value;
    expect((await search('q=t1218.005')).items[0]?.attackId).toBe('T1218.005');
    const techniques = await search('q=T1&type=technique');
    expect(techniques.total).toBe(4);
    expect(techniques.items.at(-1)?.attackId).toBe('T1170');
    expect((await search('q=made-up&type=strategy&limit=2')).items).toHaveLength(2);
    expect((await search('q=%25')).total).toBe(0);
  });
});

describe('a file that is no release', () => {
  const text = (value: string) => new TextEncoder().encode(value);

  it('is refused and leaves nothing', async () => {
    const whole = bundleOf(releaseObjects());
    const wrong: readonly (readonly [string, Uint8Array])[] = [
      ['nothing', text('')],
      ['no JSON', text('hello')],
      ['a list', text('[]')],
      ['another JSON', text('{"objects":"none"}')],
      ['no objects', bundleOf([])],
      ['nothing of ATT&CK', bundleOf([{ type: 'malware', id: stix('malware', 1), name: 'x' }])],
      ['a cut file', whole.subarray(0, whole.length - 200)],
      ['a file without its last bracket', whole.subarray(0, whole.length - 1)],
      ['damage in the middle', text(new TextDecoder().decode(whole).replace('"Made-up T1204"', 'Made-up'))],
      ['a cut gzip', gzipSync(whole).subarray(0, 300)],
      ['an archive', text('PK\u0003\u0004........')],
      ['another domain', bundleOf([technique(1, 'T1218.005', { x_mitre_domains: ['mobile-attack'] })])],
      ['brackets', text(`{"type":"bundle","objects":[${'['.repeat(100_000)}`)],
    ];
    for (const [what, body] of wrong) {
      const { status, value } = await add(body);
      expect([what, status, (value.detail ?? '').length > 20]).toEqual([what, 400, true]);
    }
    expect([
      await rows('attack_bundles'),
      await rows('attack_objects'),
      await rows('technique_mappings'),
    ]).toEqual([0, 0, 0]);
  });

  it('is none because of odd values in a good one: they are counted and left out', async () => {
    const hostile = [
      ...releaseObjects(),
      7,
      'text',
      technique(1, 'T1218.005'),
      technique(20, 'T1500', { name: 'nul \u0000 and half \ud800 a pair', x_mitre_platforms: ['\u0000'] }),
      technique(21, 'T1501', { id: 'attack-pattern--../../etc/passwd' }),
      detects(30, 1, 1, { source_ref: stix('x-mitre-detection-strategy', 1) }),
      detects(31, 9, 9),
    ];
    const { status, value } = await add(bundleOf(hostile));
    expect([status, value.counts?.unreadable, value.counts?.duplicate]).toEqual([201, 3, 1]);
    expect(await inForce()).toHaveLength(3);
  });
});
