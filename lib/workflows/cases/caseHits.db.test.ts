import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseList, caseQuery, caseTimeline } from '../../contracts/cases';
import { pool, prisma } from '../../storage/client';
import { sweepRules } from '../../storage/sigma/rules';
import { hitRef } from '../sigma/hitRef';
import { readCaseTimeline } from './caseTimeline';
import { addCaseThings, mergeCase, removeCaseThings, takeCaseApart } from './changeCases';
import { readCases } from './readCases';
import { type CaseWorld, look, open, startCaseWorld } from './testCases';

const IGNORED = '0199d0f0-3a00-8e5f-9a0b-c1d2e3f4a5b6';
const SECOND = '0199d0f0-3a00-8e5f-9a0b-c1d2e3f4a5b7';
const TIMELESS = '0199d0f0-3a00-8e5f-9a0b-c1d2e3f4a5b8';
const TITLE = 'A script host reaches <b>outside</b>';

let world: CaseWorld;
let hosts: ReadonlyMap<string, number>;
let ruleId: number;
let importId: number;
/** The start of mshta on WS1, which a finding cites. */
let start: { readonly id: string; readonly time: number };

const hit = (host: string, eventId: string): string =>
  hitRef({ hostId: hosts.get(host) ?? 0, eventId, ruleId });
const some = (hits: string[], move = false) => ({ findings: [], alerts: [], hits, move });

beforeAll(async () => {
  world = await startCaseWorld(['WS1', 'WS2']);
  const database = prisma();
  const { rows } = await pool().query<{ id: number; name: string }>('SELECT id, name FROM hosts');
  hosts = new Map(rows.map(({ id, name }) => [name, id]));
  importId = (await database.import.findFirstOrThrow()).id;
  const { rows: starts } = await pool().query<{ id: string; time: number }>(
    `SELECT id, time FROM events WHERE host_id = $1 AND process_command_line LIKE 'mshta %' ORDER BY time LIMIT 1`,
    [hosts.get('ws1')],
  );
  start = starts[0] ?? { id: '', time: 0 };
  ruleId = (
    await database.sigmaRule.create({
      data: {
        sha256: 'a'.repeat(64),
        yaml: 'title: x',
        ruleId: '5f2c1c9e-0000-4000-8000-000000000001',
        kind: 'detection',
        title: TITLE,
        level: 3,
        status: 'test',
        description: '',
        author: 'ann',
      },
    })
  ).id;
  // Made by whatever ran after the import, if anything did.
  await database.sigmaRun.upsert({
    where: { importId },
    create: { importId, run: 1, state: 'done' },
    update: { run: 1, state: 'done' },
  });
  const row = {
    importId,
    run: 1,
    ruleId,
    member: 0,
    recordIndex: 7,
    matched: [
      { selection: 'selection', field: 'Image', modifiers: ['endswith'], expected: 'a', value: 'ba' },
    ],
    fields: {},
  };
  await database.sigmaHit.createMany({
    data: [
      {
        ...row,
        hostId: hosts.get('ws1') ?? 0,
        eventId: start.id,
        isEvent: true,
        time: BigInt(start.time),
        source: 'Sysmon 1',
        image: 'C:\\Windows\\System32\\mshta.exe',
        commandLine: 'mshta https://cdn.example.net/a.hta',
      },
      {
        ...row,
        hostId: hosts.get('ws2') ?? 0,
        eventId: IGNORED,
        isEvent: false,
        time: BigInt(start.time + 60_000_000),
        source: 'Sysmon 10',
      },
      {
        ...row,
        hostId: hosts.get('ws2') ?? 0,
        eventId: SECOND,
        isEvent: false,
        time: BigInt(start.time + 61_000_000),
        source: 'Sysmon 10',
      },
      {
        ...row,
        hostId: hosts.get('ws2') ?? 0,
        eventId: TIMELESS,
        isEvent: false,
        time: 0n,
        source: 'Sysmon 10',
      },
      // Of a reading that is not over: counts for nobody.
      {
        ...row,
        run: 2,
        hostId: hosts.get('ws2') ?? 0,
        eventId: IGNORED,
        isEvent: false,
        time: 1n,
        source: 'not yet',
      },
    ],
  });
}, 120_000);
afterAll(() => world.stop());

describe('a hit of Sigma in a case', () => {
  it('opens it, which is called by the rule and as severe as the rule says', async () => {
    const made = await open(some([hit('ws1', start.id)]));
    expect(made).toMatchObject({
      title: TITLE,
      severity: 'high',
      hits: 1,
      findings: 0,
      alerts: 0,
      hosts: ['ws1'],
    });
    expect(made.items.hits).toEqual([
      expect.objectContaining({
        ref: hit('ws1', start.id),
        rule: expect.objectContaining({ title: TITLE, level: 'high', author: 'ann' }),
        host: { id: String(hosts.get('ws1')), name: 'ws1' },
        kind: 'process_start',
        source: 'Sysmon 1',
        matched: [expect.objectContaining({ selection: 'selection', value: 'ba' })],
        case: { id: made.id, title: TITLE },
        caseId: made.id,
        addedBy: 'anna',
      }),
    ]);
    expect(made.activity.map(({ text }) => text)).toEqual(['added 1 Sigma hit', 'opened the case']);
    expect(caseList.parse(await readCases(caseQuery.parse({}), 'anna')).items[0]).toMatchObject({ hits: 1 });
    await removeCaseThings(made.id, some([hit('ws1', start.id)]), 'anna');
    expect(await look(made.id)).toMatchObject({ hits: 0, hosts: [], items: { hits: [], gone: [] } });
  });

  it('stands in one case, is moved when asked to, and only what stands there is taken out', async () => {
    const one = await open(some([hit('ws2', IGNORED), hit('ws2', IGNORED)]));
    expect(one.hits).toBe(1);
    expect(one.items.hits[0]).toMatchObject({ eventId: null, kind: null, source: 'Sysmon 10' });
    const two = await open({ title: 'Two' });
    await expect(addCaseThings(two.id, some([hit('ws2', IGNORED)]), 'bert')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`This hit stands in case ${one.id}`),
    });
    const moved = await addCaseThings(two.id, some([hit('ws2', IGNORED), hit('ws2', SECOND)], true), 'bert');
    expect(moved).toMatchObject({ hits: 2, hosts: ['ws2'] });
    expect((await look(one.id)).hits).toBe(0);
    await expect(removeCaseThings(one.id, some([hit('ws2', IGNORED)]), 'anna')).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await removeCaseThings(two.id, some([hit('ws2', IGNORED)]), 'anna')).hits).toBe(1);
    await removeCaseThings(two.id, some([hit('ws2', SECOND)]), 'anna');
  });

  it('is refused when it is no hit, and stays named when the data gives it no longer', async () => {
    for (const ref of ['nonsense', hit('ws1', IGNORED), hit('ws2', '0199d0f0-3a00-8e5f-9a0b-000000000000')])
      await expect(open({ title: 'x', ...some([ref]) }), ref).rejects.toMatchObject({ code: 'not_found' });
    const made = await open(some([hit('ws2', SECOND)]));
    await pool().query('UPDATE sigma_hits SET run = 9 WHERE event_id = $1', [SECOND]);
    expect((await look(made.id)).items).toMatchObject({
      hits: [],
      gone: [{ kind: 'hit', id: hit('ws2', SECOND), caseId: made.id }],
    });
    expect((await removeCaseThings(made.id, some([hit('ws2', SECOND)]), 'anna')).items.gone).toEqual([]);
    await expect(removeCaseThings(made.id, some(['nonsense']), 'anna')).rejects.toMatchObject({
      code: 'not_found',
    });
    await pool().query('UPDATE sigma_hits SET run = 1 WHERE event_id = $1', [SECOND]);
  });

  it('keeps its place when its host is found to be another’s', async () => {
    const made = await open(some([hit('ws2', IGNORED)]));
    await pool().query('UPDATE hosts SET canonical_id = $1 WHERE id = $2', [
      hosts.get('ws1'),
      hosts.get('ws2'),
    ]);
    const renamed = (await look(made.id)).items.hits[0]?.ref ?? '';
    expect(renamed).toBe(hit('ws1', IGNORED));
    // Under its new name it still stands here, and in no second case.
    await expect(open(some([renamed]))).rejects.toMatchObject({ code: 'conflict' });
    expect((await addCaseThings(made.id, some([renamed]), 'anna')).hits).toBe(1);
    expect((await removeCaseThings(made.id, some([renamed]), 'anna')).hits).toBe(0);
    await pool().query('UPDATE hosts SET canonical_id = id');
  });

  it('keeps its place when its rule gets another text', async () => {
    const made = await open(some([hit('ws2', IGNORED)]));
    const { rows } = await pool().query<{ id: number }>(
      `INSERT INTO sigma_rules (sha256, yaml, rule_id, kind, title, level, status, description, author)
       SELECT repeat('b', 64), yaml, rule_id, kind, title, level, status, description, author FROM sigma_rules WHERE id = $1 RETURNING id`,
      [ruleId],
    );
    const newer = rows[0]?.id ?? 0;
    await pool().query('UPDATE sigma_hits SET rule_id = $1 WHERE event_id = $2', [newer, IGNORED]);
    const renamed = hitRef({ hostId: hosts.get('ws2') ?? 0, eventId: IGNORED, ruleId: newer });
    expect((await look(made.id)).items).toMatchObject({
      hits: [{ ref: renamed, case: { id: made.id } }],
      gone: [],
    });
    await sweepRules();
    await expect(open(some([renamed]))).rejects.toMatchObject({ code: 'conflict' });
    expect((await removeCaseThings(made.id, some([renamed]), 'anna')).hits).toBe(0);
    await pool().query('UPDATE sigma_hits SET rule_id = $1 WHERE event_id = $2', [ruleId, IGNORED]);
  });

  it('is read where its case is merged into, and comes apart with it', async () => {
    const source = await open(some([hit('ws2', IGNORED)]), 'bert');
    const target = await open(some([hit('ws1', start.id)]));
    const merged = await mergeCase(source.id, { into: target.id, revision: source.revision }, 'anna');
    expect(merged).toMatchObject({ hits: 2, hosts: ['ws1', 'ws2'] });
    expect(merged.items.hits.map(({ ref, caseId }) => [ref, caseId])).toEqual([
      [hit('ws2', IGNORED), source.id],
      [hit('ws1', start.id), target.id],
    ]);
    expect(merged.items.hits[0]?.case?.id).toBe(target.id);
    expect((await takeCaseApart(source.id, 'anna')).hits).toBe(1);
    expect((await look(target.id)).items.hits.map(({ ref }) => ref)).toEqual([hit('ws1', start.id)]);
    for (const [id, ref] of [
      [source.id, hit('ws2', IGNORED)],
      [target.id, hit('ws1', start.id)],
    ] as const)
      await removeCaseThings(id, some([ref]), 'anna');
  });

  it('stands on the axis beside the events of findings, unless it has no time', async () => {
    const finding = world.findings.get('WS1') ?? '';
    const made = await open({
      findings: [finding],
      hits: [hit('ws1', start.id), hit('ws2', IGNORED), hit('ws2', TIMELESS)],
    });
    const axis = caseTimeline.parse(await readCaseTimeline(made.id));
    expect(axis.lanes.map(({ host }) => host)).toEqual(['ws1', 'ws2']);
    expect(axis.lanes[1]?.marks).toEqual([
      {
        findingId: null,
        hit: hit('ws2', IGNORED),
        eventId: IGNORED,
        time: expect.any(String),
        stage: 'sigma:5f2c1c9e-0000-4000-8000-000000000001',
        stageTitle: `Sigma: ${TITLE}`,
        text: 'Sysmon 10',
        kind: 'Sysmon 10',
      },
    ]);
    expect(axis.to).toBe(axis.lanes[1]?.marks[0]?.time);
    const marks = axis.lanes[0]?.marks ?? [];
    expect(marks.filter(({ findingId }) => findingId === finding).length).toBeGreaterThan(1);
    expect(marks.filter(({ hit: ref }) => ref !== undefined)).toEqual([
      expect.objectContaining({
        hit: hit('ws1', start.id),
        text: 'Sysmon 1: mshta https://cdn.example.net/a.hta',
      }),
    ]);
    expect(marks.map(({ time }) => time)).toEqual(marks.map(({ time }) => time).sort());
  });
});
