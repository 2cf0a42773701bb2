import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getRule } from '@/app/api/v1/sigma/rules/[id]/route';
import { GET as listRules } from '@/app/api/v1/sigma/rules/route';
import { setEnvironment } from '../../base/testEnvironment';
import type { SigmaRuleDetail, SigmaRuleRow } from '../../contracts/sigmaRules';
import { closeStorage, pool } from '../../storage/client';
import { createTestDatabase, type TestDatabase } from '../../storage/testDatabase';
import { send } from '../testImports';
import { readSetInShort } from './readSets';
import { changeSet } from './setsChange';
import { createSet } from './setsTake';
import { ruleIdOf, ruleText } from './testRules';

type Rules = { items: SigmaRuleRow[]; total: number; nextCursor: string | null };

let database: TestDatabase;
let restore: () => void;
beforeAll(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url, SEQUELA_DEMO: 'true' });
  await fill();
}, 240_000);
afterAll(async () => {
  await closeStorage();
  restore();
  await database.drop();
});

const SYSMON_1 = 'Microsoft-Windows-Sysmon/Operational 1';
const SECURITY_4688 = 'Security 4688';

/** Two sets of rules, two imports, three hosts (one of them retired), and hits of the run that counts and of others. */
async function fill(): Promise<void> {
  const files = [
    ruleText({ id: ruleIdOf(1), title: 'Alpha', level: 'critical', tags: ['attack.t1059.001'] }),
    ruleText({
      id: ruleIdOf(2),
      title: 'Beta 100%',
      level: 'low',
      author: 'Ada',
      selection: 'OriginalFileName: MSHTA.EXE',
    }),
    ruleText({
      id: ruleIdOf(3),
      title: 'Gamma',
      status: 'stable',
      logsource: { product: 'windows', category: 'dns_query' },
      selection: 'QueryName|endswith: .example',
    }),
    ruleText({ id: ruleIdOf(4), title: 'Delta', logsource: { product: 'linux' } }),
  ].map((text, i) => ({ path: `win/rule_${i + 1}.yml`, text }));
  const { id } = await createSet({ name: 'Ours', note: '', files }, 'demo');
  await changeSet(
    Number(id),
    { revision: (await readSetInShort(Number(id))).revision, enabled: true },
    'demo',
  );
  const other = ruleText({ id: ruleIdOf(5), title: 'Epsilon', selection: 'ParentCommandLine: x' });
  await createSet({ name: 'Off', note: '', files: [{ path: 'e.yml', text: other }] }, 'demo');
  const imports = [
    await send(Buffer.from('{"a":1}\n'), 'a.json'),
    await send(Buffer.from('{"a":2}\n'), 'b.json'),
  ];
  await pool().query(
    `INSERT INTO hosts (id, name, canonical_id) VALUES (101, 'ws-1', 101), (102, 'ws-2', 102), (103, 'ws-1.corp', 101), (104, 'gone', 104)`,
  );
  await pool().query("INSERT INTO host_retirements (name, reason, by) VALUES ('gone', 'scrapped', 'demo')");
  await pool().query(
    `INSERT INTO sigma_runs (import_id, run, state) SELECT unnest($1::int[]), 2, 'done'
     ON CONFLICT (import_id) DO UPDATE SET run = 2, state = 'done'`,
    [imports],
  );
  await pool().query(
    `INSERT INTO sigma_sources (import_id, run, host_id, source, records, fields) VALUES
       ($1, 2, 101, '${SYSMON_1}', 40, '{Image,CommandLine,OriginalFileName}'),
       ($2, 2, 103, '${SYSMON_1}', 40, '{Image,User}'),
       ($1, 2, 102, '${SECURITY_4688}', 90, '{Image,CommandLine}'),
       ($1, 1, 102, '${SYSMON_1}', 90, '{Image,OriginalFileName}'),
       ($1, 2, 104, '${SECURITY_4688}', 90, '{Image}')`,
    imports,
  );
  const hit = async (
    rule: number,
    part: {
      import?: number;
      run?: number;
      host?: number;
      event?: number;
      silent?: boolean;
      baseline?: number;
      time?: number;
    },
  ) =>
    pool().query(
      `INSERT INTO sigma_hits (import_id, run, host_id, event_id, rule_id, is_event, silent, baseline_id, time, member, record_index,
         source, matched, fields)
       SELECT $1, $2, $3, $4, id, false, $5, $6, $7, 0, 0, 'Sysmon 1', '[]', '{}' FROM sigma_rules WHERE rule_id = $8`,
      [
        imports[part.import ?? 0],
        part.run ?? 2,
        part.host ?? 101,
        `00000000-0000-5000-8000-${String(part.event ?? 1).padStart(12, '0')}`,
        part.silent ?? false,
        part.baseline ?? null,
        part.time ?? 1_700_000_000_000_000,
        ruleIdOf(rule),
      ],
    );
  await hit(2, {});
  // The same record in another import and under another name of the host.
  await hit(2, { import: 1, host: 103 });
  await hit(2, { event: 2, time: 1_700_000_001_000_000 });
  await hit(2, { event: 3, run: 1 });
  await hit(2, { event: 4, silent: true });
  await hit(2, { event: 5, baseline: 7 });
  await hit(1, { event: 6, baseline: 7 });
}

async function ask<Shape>(
  handler: typeof listRules,
  url: string,
  id = '',
): Promise<{ readonly status: number; readonly value: Shape }> {
  const response = await handler(
    new Request(`http://localhost:3000${url}`, { headers: { host: 'localhost:3000' } }),
    { params: Promise.resolve({ id }) },
  );
  return { status: response.status, value: (await response.json()) as Shape };
}
const list = async (query: Record<string, string> = {}) =>
  (await ask<Rules>(listRules, `/api/v1/sigma/rules?${new URLSearchParams(query)}`)).value;
const titles = async (query: Record<string, string> = {}) =>
  (await list(query)).items.map(({ title }) => title);

describe('the list of rules', () => {
  it('has the rules of all sets, worst first', async () => {
    expect(await titles()).toEqual(['Alpha', 'Delta', 'Epsilon', 'Gamma', 'Beta 100%']);
    expect(await titles({ sort: 'title' })).toEqual(['Alpha', 'Beta 100%', 'Delta', 'Epsilon', 'Gamma']);
    expect((await titles({ sort: 'hits' }))[0]).toBe('Beta 100%');
  });

  it.each([
    [{ q: 'alpha' }, ['Alpha']],
    [{ q: '100%' }, ['Beta 100%']],
    [{ q: '%' }, ['Beta 100%']],
    [{ q: "' OR 1=1 --" }, []],
    [{ q: ruleIdOf(3) }, ['Gamma']],
    [{ q: 'ada' }, ['Beta 100%']],
    [{ q: 't1059' }, ['Alpha']],
    [{ q: 'win/rule_4' }, ['Delta']],
    [{ set: '999' }, []],
    [{ set: 'x' }, []],
    [{ level: 'low' }, ['Beta 100%']],
    [{ status: 'stable' }, ['Gamma']],
    [{ tag: 'attack.t1059' }, ['Alpha']],
    [{ tag: 'attack.t105' }, []],
    [{ logsource: 'windows/dns_query' }, ['Gamma']],
    [{ state: 'enabled' }, ['Alpha', 'Delta', 'Gamma', 'Beta 100%']],
    [{ state: 'disabled' }, ['Epsilon']],
    [{ state: 'hits' }, ['Beta 100%']],
    [{ state: 'foreign' }, ['Delta']],
    [{ state: 'blind' }, ['Epsilon', 'Gamma', 'Beta 100%']],
  ])('narrowed by %j gives %j', async (query: Record<string, string>, expected) => {
    const { items, total } = await list(query);
    expect(items.map(({ title }) => title)).toEqual(expected);
    expect(total).toBe(expected.length);
  });

  it('comes in pages that leave nothing out and give nothing twice', async () => {
    const all = await titles();
    for (const limit of ['1', '2', '4']) {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: Rules = await list({ limit, ...(cursor === '' ? {} : { cursor }) });
        expect(page.total).toBe(all.length);
        seen.push(...page.items.map(({ title }) => title));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(all);
    }
    expect((await ask(listRules, '/api/v1/sigma/rules?cursor=abc')).status).toBe(400);
  });

  it('counts a hit once however many imports and names of its host it has, and none that is silent, covered or of another run', async () => {
    const { items } = await list({ q: 'Beta' });
    expect(items[0]).toMatchObject({ hits: 2, lastHitAt: expect.stringContaining('2023-11-14T22:13:21') });
    expect((await list({ q: 'Alpha' })).items[0]).toMatchObject({ hits: 0, lastHitAt: null });
  });

  it('counts the hosts on which a rule can be decided, by what all their imports brought', async () => {
    const hosts = async (q: string) => (await list({ q })).items[0]?.hosts;
    expect(await hosts('Alpha')).toEqual({ visible: 2, partial: 0, blind: 0 });
    // 4688 has no OriginalFileName, and the run before does not count.
    expect(await hosts('Beta')).toEqual({ visible: 1, partial: 0, blind: 1 });
    expect(await hosts('Gamma')).toEqual({ visible: 0, partial: 0, blind: 2 });
    expect(await hosts('Delta')).toEqual({ visible: 0, partial: 0, blind: 0 });
  });

  it('takes a field that no running rule looked for as filled, where the records can have it at all', async () => {
    expect((await list({ q: 'Epsilon' })).items[0]?.hosts).toEqual({ visible: 1, partial: 0, blind: 1 });
  });
});

describe('a rule', () => {
  it('has its text, and where it cannot be decided first, with why', async () => {
    const [row] = (await list({ q: 'Beta' })).items;
    const { status, value } = await ask<SigmaRuleDetail>(
      getRule,
      `/api/v1/sigma/rules/${row?.id}`,
      row?.id ?? '',
    );
    expect(status).toBe(200);
    expect(value).toMatchObject({
      title: 'Beta 100%',
      description: 'A rule of a test.',
      license: null,
      fields: ['OriginalFileName'],
      set: { name: 'Ours' },
      enabled: true,
    });
    expect(value.yaml).toContain('OriginalFileName: MSHTA.EXE');
    expect(value.sight).toMatchObject([
      { host: { id: '102', name: 'ws-2' }, state: 'blind', why: expect.stringContaining('OriginalFileName') },
      { host: { id: '101', name: 'ws-1' }, state: 'visible' },
    ]);
    expect((await ask(getRule, '/api/v1/sigma/rules/999999', '999999')).status).toBe(404);
  });
});
