import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POST as postCheck } from '@/app/api/v1/sigma/check/route';
import { DELETE as deleteSet, GET as getSet, PUT as putSet } from '@/app/api/v1/sigma/sets/[id]/route';
import { POST as postVersion } from '@/app/api/v1/sigma/sets/[id]/versions/route';
import { GET as listSets, POST as postSet } from '@/app/api/v1/sigma/sets/route';
import { POST as postUpload } from '@/app/api/v1/sigma/uploads/route';
import { setEnvironment } from '../../base/testEnvironment';
import { makeZip, type TestEntry } from '../../containers/testZip';
import type { SigmaSetDetail, SigmaSetView } from '../../contracts/sigma';
import { closeStorage, pool, transaction } from '../../storage/client';
import { sweepRules } from '../../storage/sigma/rules';
import { createTestDatabase, type TestDatabase } from '../../storage/testDatabase';
import { readAudit } from '../readAudit';
import { readCatalogue } from '../readCatalogue';
import { send } from '../testImports';
import { type ActiveRules, activeDigest, readActiveRules } from './activeRules';
import { correlationText, filterText, ruleIdOf, ruleText } from './testRules';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Refusal = { readonly detail: string };
type Answer<Shape> = { readonly status: number; readonly value: Shape & Refusal };

let database: TestDatabase;
let restore: () => void;
beforeAll(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url, SEQUELA_DEMO: 'true' });
  await send(Buffer.from('{"a":1}\n'), 'something.json');
}, 240_000);
afterAll(async () => {
  await closeStorage();
  restore();
  await database.drop();
});
beforeEach(async () => {
  await pool().query(
    'TRUNCATE sigma_sets, sigma_set_versions, sigma_set_rules, sigma_rules, sigma_runs, sigma_hits',
  );
  await forgetJobs();
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
  return { status: response.status, value: (await response.json()) as Shape & Refusal };
}

type Files = Readonly<Record<string, string>>;
const toFiles = (files: Files) => Object.entries(files).map(([path, text]) => ({ path, text }));
const add = (name: string, files: Files) =>
  call<SigmaSetDetail>(postSet, '/api/v1/sigma/sets', {
    method: 'POST',
    body: { name, files: toFiles(files) },
  });
const addVersion = (id: string, files: Files) =>
  call<SigmaSetDetail>(postVersion, `/api/v1/sigma/sets/${id}/versions`, {
    method: 'POST',
    body: { files: toFiles(files) },
    id,
  });
const upload = (body: Uint8Array, query = 'name=Sent') =>
  call<SigmaSetDetail>(postUpload, `/api/v1/sigma/uploads?${query}`, { method: 'POST', body });
const zip = (entries: readonly TestEntry[]) => makeZip(entries);
const change = (set: Pick<SigmaSetView, 'id' | 'revision'>, part: object) =>
  call<SigmaSetView>(putSet, `/api/v1/sigma/sets/${set.id}`, {
    method: 'PUT',
    body: { revision: set.revision, ...part },
    id: set.id,
  });
const remove = (id: string) =>
  call<{ done: true }>(deleteSet, `/api/v1/sigma/sets/${id}`, { method: 'DELETE', id });
const read = (id: string) => call<SigmaSetDetail>(getSet, `/api/v1/sigma/sets/${id}`, { id });
const rows = async (table: string) =>
  (await pool().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]?.n;
const audited = async () =>
  (await readAudit({ action: 'sigma', limit: 100 } as Parameters<typeof readAudit>[0])).items;
const runsAsked = async () => {
  const { rows: jobs } = await pool().query<{ n: number }>(
    "SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier = 'match_sigma'",
  );
  return jobs[0]?.n;
};
const forgetJobs = () =>
  pool().query(
    "SELECT graphile_worker.remove_job(key) FROM graphile_worker.jobs WHERE task_identifier LIKE '%sigma' AND key IS NOT NULL",
  );
const idsOf = ({ rules }: ActiveRules) => rules.map(({ id }) => id).sort();

const A = ruleText({ id: ruleIdOf(1), title: 'A', tags: ['attack.t1218.005'] });
const B = ruleText({ id: ruleIdOf(2), title: 'B', level: 'low', status: 'experimental' });
const C = ruleText({ id: ruleIdOf(3), title: 'C', level: 'informational' });
const LINUX = ruleText({ id: ruleIdOf(4), title: 'Linux', logsource: { product: 'linux' } });
const BROKEN = 'title: Without a detection\nid: 00000000-0000-4000-8000-00000000dead\nlevel: low\n';

describe('rules that are taken in', () => {
  it('are a set that is switched off, with what was refused by file, line and reason', async () => {
    const { status, value } = await add('Ours', {
      'win/a.yml': A,
      'win/b.yaml': B,
      'c.YML': C,
      'linux.yml': LINUX,
      'broken.yml': BROKEN,
      'README.md': 'about them',
    });
    expect(status).toBe(201);
    expect(value).toMatchObject({
      name: 'Ours',
      enabled: false,
      version: 1,
      revision: 1,
      createdBy: 'demo',
      rules: { loaded: 4, chosen: 3, foreign: 1, refused: 1 },
      versions: [{ n: 1, by: 'demo', files: 5, rules: 4, refused: 1, since: null }],
      facets: {
        levels: { high: 2, low: 1, informational: 1 },
        statuses: { test: 3, experimental: 1 },
        tags: { 'attack.t1218.005': 1 },
        logsources: { 'windows/process_creation': 3, linux: 1 },
      },
    });
    expect(value.refused).toMatchObject([{ path: 'broken.yml' }]);
    expect(value.refused[0]?.line).toBeGreaterThan(0);
    expect(value.refused[0]?.reason).not.toBe('');
    expect((await readActiveRules()).rules).toEqual([]);
    expect(await runsAsked()).toBe(0);
    expect((await audited()).map(({ action }) => action)[0]).toBe('sigma.set_added');
  });

  it('keep one row for one text, whatever sets hold it', async () => {
    await add('One', { 'a.yml': A });
    await add('Two', { 'other/name.yml': A, 'b.yml': B });
    expect(await rows('sigma_rules')).toBe(2);
    expect(await rows('sigma_set_rules')).toBe(3);
  });

  it('are refused as a whole when none can be used, naming the first reasons, and leave nothing behind', async () => {
    const { status, value } = await add('Ours', { 'broken.yml': BROKEN, 'list.yml': '- 1\n' });
    expect(status).toBe(400);
    expect(value.detail).toContain('broken.yml:');
    expect(value.detail).toContain('list.yml:');
    const others = await add('Ours', { 'README.md': 'about them' });
    expect(others.status).toBe(400);
    expect(others.value.detail).toContain('README.md:1: not a rule file');
    for (const table of ['sigma_sets', 'sigma_set_versions', 'sigma_rules'])
      expect(await rows(table), table).toBe(0);
  });

  it('refuse a second document of one id, and the name of another set', async () => {
    const { value } = await add('Ours', { 'a.yml': A, 'b.yml': A.replace('title: A', 'title: A again') });
    expect(value.rules).toMatchObject({ loaded: 1, refused: 1 });
    expect(value.refused[0]?.path).toBe('b.yml');
    expect((await add('Ours', { 'b.yml': B })).status).toBe(409);
    expect(await rows('sigma_rules')).toBe(1);
  });

  it('are refused one by one where they hold what cannot be stored', async () => {
    const { value } = await add('Ours', {
      'a.yml': `${A}falsepositives:\n  - "${'\u202e'}exe.txt <script>"\n`,
      'escaped.yml': `${B}custom: "\\0"\n`,
      'nul.yml': `${C}# \0`,
    });
    expect(value.rules).toMatchObject({ loaded: 1, refused: 2 });
    expect(value.refused).toMatchObject([
      { path: 'escaped.yml', reason: expect.stringContaining('stored') },
      { path: 'nul.yml', reason: expect.stringContaining('stored') },
    ]);
  });

  it('may not be more than 32 MiB', async () => {
    const { status, value } = await add('Ours', { 'a.yml': A, 'README.md': 'x'.repeat(2_000_000) });
    expect(status, value.detail).toBe(201);
    const files = Object.fromEntries(
      Array.from({ length: 17 }, (_, i) => [`${i}.txt`, 'x'.repeat(2_000_000)]),
    );
    const refused = await add('Much', { 'a.yml': A, ...files });
    expect(refused.status).toBe(413);
    expect(refused.value.detail).toContain('32 MiB');
  });

  it('come by the thousand in one go', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, i) => [
        `rules/${i}.yml`,
        ruleText({ id: ruleIdOf(i), selection: `CommandLine|contains: 'number ${i} of all'` }),
      ]),
    );
    const { status, value } = await add('Many', many);
    expect(status).toBe(201);
    expect(value.rules).toMatchObject({ loaded: 3_000, chosen: 3_000, refused: 0 });
    await change(value, { enabled: true });
    expect((await readActiveRules()).rules).toHaveLength(3_000);
  }, 240_000);
});

describe('an upload', () => {
  it('is a ZIP whose files of rules are read wherever they lie in it', async () => {
    const { status, value } = await upload(
      zip([
        { name: 'rules/windows/a.yml', data: A },
        { name: 'rules/b.YAML', data: `\ufeff${B}` },
        { name: 'picture.png', data: new Uint8Array([1, 2, 3]) },
        { name: 'latin.yml', data: new Uint8Array([0x74, 0xff, 0xfe]) },
      ]),
    );
    expect(status).toBe(201);
    expect(value).toMatchObject({ name: 'Sent', rules: { loaded: 2, refused: 1 } });
    expect(value.refused).toMatchObject([{ path: 'latin.yml', reason: expect.stringContaining('UTF-8') }]);
  });

  it('is a file of YAML, called as the set is', async () => {
    const { status, value } = await upload(Buffer.from(`${A}---\n${B}---\n${BROKEN}`), 'name=Pasted');
    expect(status).toBe(201);
    expect(value.rules).toMatchObject({ loaded: 2, refused: 1 });
    expect(value.refused[0]).toMatchObject({ path: 'Pasted.yml' });
  });

  it('replaces the rules of a set when it names one', async () => {
    const { value: set } = await add('Ours', { 'a.yml': A });
    const { status, value } = await upload(
      zip([{ name: 'b.yml', data: B }]),
      `name=ignored&set=${set.id}&note=autumn`,
    );
    expect(status).toBe(201);
    expect(value).toMatchObject({ id: set.id, name: 'Ours', version: 2, rules: { loaded: 1 } });
    expect(value.versions[0]).toMatchObject({ note: 'autumn', since: { added: 1, removed: 1, changed: 0 } });
    expect((await upload(Buffer.from(A), 'name=x&set=999')).status).toBe(404);
  });

  it.each([
    ['protected by a password', [{ name: 'a.yml', data: A, encrypted: true }], 'password'],
    ['with no rule in it', [{ name: 'a.txt', data: A }], 'not a rule file'],
    ['with nothing in it', [], 'no files'],
  ] as const)('is refused as a ZIP %s, and leaves nothing behind', async (_, entries, words) => {
    const { status, value } = await upload(zip(entries));
    expect(status).toBe(400);
    expect(value.detail).toContain(words);
    expect(await rows('sigma_sets')).toBe(0);
  });

  it('is refused as a ZIP that is cut off, and told of a damaged file in a whole one', async () => {
    const whole = zip([
      { name: 'a.yml', data: A },
      { name: 'b.yml', data: B, crc: 1 },
    ]);
    const cut = await upload(whole.subarray(0, whole.length - 40));
    expect(cut.status).toBe(400);
    expect(cut.value.detail).toContain('cannot be read');
    const { value } = await upload(whole);
    expect(value.rules).toMatchObject({ loaded: 1, refused: 1 });
    expect(value.refused).toMatchObject([{ path: 'b.yml', reason: expect.stringContaining('checksum') }]);
  });

  it('is refused when it has no bytes, or unpacks to too many', async () => {
    expect((await upload(new Uint8Array())).status).toBe(422);
    const bomb = Array.from({ length: 18 }, (_, i) => ({
      name: `${i}.yml`,
      data: `# ${'x'.repeat(1_990_000)}`,
    }));
    expect((await upload(zip(bomb))).status).toBe(413);
  });
});

describe('a new version', () => {
  it('is none when it brings the same rules again', async () => {
    const files = { 'a.yml': A, 'broken.yml': BROKEN };
    const { value: set } = await add('Ours', files);
    const { status, value } = await addVersion(set.id, files);
    expect(status).toBe(200);
    expect(value).toEqual(set);
    expect((await audited())[0]?.action).toBe('sigma.set_added');
    expect(await rows('sigma_set_versions')).toBe(1);
  });

  it('tells what came, went and changed, keeps the one before, and is chosen among as the set chooses', async () => {
    const { value: set } = await add('Ours', { 'a.yml': A, 'b.yml': B });
    const { value: changed } = await change(set, { chosen: { levels: ['high'] } });
    expect(changed.rules.chosen).toBe(1);
    const { status, value } = await addVersion(set.id, {
      'a.yml': A.replace('A rule of a test.', 'Better said.'),
      'c.yml': C,
    });
    expect(status).toBe(201);
    expect(value).toMatchObject({ version: 2, rules: { loaded: 2, chosen: 1 } });
    expect(value.versions).toMatchObject([
      { n: 2, since: { added: 1, removed: 1, changed: 1 } },
      { n: 1, rules: 2, since: null },
    ]);
    expect(value.revision).toBeGreaterThan(changed.revision);
    expect((await audited())[0]).toMatchObject({
      action: 'sigma.version_added',
      details: { version: 2, rules: 2 },
    });
  });

  it('is refused where there is no such set or none of its rules can be used', async () => {
    expect((await addVersion('999', { 'a.yml': A })).status).toBe(404);
    const { value: set } = await add('Ours', { 'a.yml': A });
    expect((await addVersion(set.id, { 'a.yml': BROKEN })).status).toBe(400);
    expect((await read(set.id)).value.version).toBe(1);
  });
});

describe('a change of a set', () => {
  it('is refused when somebody changed it meanwhile, and when the name is taken', async () => {
    const { value: set } = await add('Ours', { 'a.yml': A });
    await add('Theirs', { 'b.yml': B });
    expect((await change({ ...set, revision: 7 }, { name: 'Mine' })).status).toBe(409);
    expect((await change(set, { name: 'Theirs' })).status).toBe(409);
    const { value } = await change(set, { name: 'Mine' });
    expect(value).toMatchObject({ name: 'Mine', revision: 2 });
    const { value: list } = await call<{ items: SigmaSetView[] }>(listSets, '/api/v1/sigma/sets');
    expect(list.items.map(({ name }) => name)).toEqual(['Mine', 'Theirs']);
  });

  it('has rules run over what is stored exactly when others are in force then', async () => {
    const { value: set } = await add('Ours', { 'a.yml': A, 'b.yml': B, 'c.yml': C });
    const renamed = await change(set, { name: 'Mine', chosen: { levels: ['high'] } });
    expect(await runsAsked()).toBe(0);
    const on = await change(renamed.value, { enabled: true });
    expect(on.value).toMatchObject({ enabled: true, rules: { chosen: 1 } });
    expect(await runsAsked()).toBe(1);
    expect(idsOf(await readActiveRules())).toEqual([ruleIdOf(1)]);
    await forgetJobs();
    const same = await change(on.value, { chosen: { levels: ['high', 'critical'] } });
    expect(same.value.revision).toBe(on.value.revision + 1);
    expect(await runsAsked()).toBe(0);
    const more = await change(same.value, { chosen: { levels: ['high'], included: [ruleIdOf(3)] } });
    expect(more.value.rules.chosen).toBe(2);
    expect(await runsAsked()).toBe(1);
    expect(idsOf(await readActiveRules())).toEqual([ruleIdOf(1), ruleIdOf(3)]);
    await forgetJobs();
    const nothing = await change(more.value, { enabled: true });
    expect(nothing.value).toEqual(more.value);
    expect(await runsAsked()).toBe(0);
    await change(more.value, { enabled: false });
    expect((await readActiveRules()).digest).toBe('');
  });

  it('is written down with what it was before and after', async () => {
    const { value: set } = await add('Ours', { 'a.yml': A, 'b.yml': B });
    await change(set, { enabled: true, chosen: { levels: ['high'], excluded: [ruleIdOf(2)] } });
    expect((await audited())[0]).toMatchObject({
      action: 'sigma.set_changed',
      by: 'demo',
      details: {
        name: 'Ours',
        enabled: true,
        enabledBefore: false,
        levels: 'high',
        levelsBefore: 'low, medium, high, critical',
        excluded: '1 rules',
        chosen: 1,
        chosenBefore: 2,
      },
    });
  });

  it('of a set that is switched on may be a new version, which then runs', async () => {
    const { value: set } = await add('Ours', { 'a.yml': A });
    await change(set, { enabled: true });
    await forgetJobs();
    await addVersion(set.id, { 'b.yml': B });
    expect(await runsAsked()).toBe(1);
    expect(idsOf(await readActiveRules())).toEqual([ruleIdOf(2)]);
  });
});

describe('a set that is removed', () => {
  it('goes with its versions and with the texts that nothing holds', async () => {
    const { value: one } = await add('One', { 'a.yml': A, 'b.yml': B });
    await add('Two', { 'a.yml': A });
    await change(one, { enabled: true });
    await forgetJobs();
    expect((await remove(one.id)).status).toBe(200);
    expect(await rows('sigma_rules')).toBe(1);
    expect(await rows('sigma_set_versions')).toBe(1);
    expect((await readActiveRules()).digest).toBe('');
    expect((await audited())[0]).toMatchObject({ action: 'sigma.set_removed', details: { name: 'One' } });
    expect((await remove(one.id)).status).toBe(404);
  });

  it('leaves the text of a rule that a hit names until the hit is gone', async () => {
    const { value: set } = await add('One', { 'a.yml': A });
    await pool().query(
      `INSERT INTO sigma_hits (import_id, run, host_id, event_id, rule_id, is_event, time, member, record_index, source, matched, fields)
       SELECT 1, 1, 1, gen_random_uuid(), id, false, 0, 0, 0, 'Sysmon 10', '[]', '{}' FROM sigma_rules`,
    );
    await remove(set.id);
    expect(await rows('sigma_rules')).toBe(1);
    await pool().query('DELETE FROM sigma_hits');
    expect(await sweepRules()).toBe(1);
    expect(await rows('sigma_rules')).toBe(0);
  });
});

describe('the rules in force', () => {
  it('are compiled once for as long as nothing changes', async () => {
    const { value: set } = await add('Ours', { 'a.yml': A });
    const { value: on } = await change(set, { enabled: true });
    const active = await readActiveRules();
    expect(await readActiveRules()).toBe(active);
    expect(active.idOf(active.rules[0] ?? { id: '' })).toBeGreaterThan(0);
    await change(on, { chosen: { excluded: [ruleIdOf(1)] } });
    expect((await readActiveRules()).rules).toEqual([]);
  });

  it('are, silently, those that a chosen correlation needs', async () => {
    const { value: set } = await add('Ours', {
      'a.yml': A,
      'c.yml': C,
      'over.yml': correlationText(ruleIdOf(9), [ruleIdOf(3)]),
    });
    await change(set, { enabled: true });
    const active = await readActiveRules();
    expect(idsOf(active)).toEqual([ruleIdOf(1), ruleIdOf(3)]);
    expect(active.correlations.map(({ id }) => id)).toEqual([ruleIdOf(9)]);
    expect([...active.silent]).toEqual([active.idOf({ id: ruleIdOf(3) })]);
  });

  it('may be correlated and narrowed by what stands in another set', async () => {
    const { value: theirs } = await add('Theirs', { 'a.yml': A });
    const { value: ours } = await add('Ours', {
      'over.yml': correlationText(ruleIdOf(9), [ruleIdOf(1)]),
      'narrow.yml': filterText(ruleIdOf(8), [ruleIdOf(1)]),
    });
    expect(ours.rules).toMatchObject({ loaded: 2, refused: 0 });
    await change(theirs, { enabled: true });
    const before = await readActiveRules();
    await change(ours, { enabled: true });
    const after = await readActiveRules();
    expect(after.correlations).toHaveLength(1);
    expect(after.rules[0]?.fields).toContain('User');
    expect(before.rules[0]?.fields).not.toContain('User');
    await change((await read(theirs.id)).value, { enabled: false });
    const alone = await readActiveRules();
    expect(alone.correlations).toEqual([]);
    expect(alone.refused).toMatchObject([{ path: 'over.yml' }]);
  });

  it('are, of two texts with one id, that of the set that was made last', async () => {
    const { value: theirs } = await add('Theirs', { 'a.yml': A });
    const { value: ours } = await add('Ours', { 'a.yml': A.replace('title: A', 'title: A of ours') });
    await change(theirs, { enabled: true });
    await change(ours, { enabled: true });
    expect((await readActiveRules()).rules.map(({ title }) => title)).toEqual(['A of ours']);
  });

  it('take the values of placeholders from our lists, and no rule whose list is not there', async () => {
    const expand = (list: string) =>
      ruleText({ id: ruleIdOf(1), selection: `Image|endswith|expand: '%${list}%'` });
    const { value: set } = await add('Ours', { 'a.yml': expand('script_engine') });
    expect(set.rules.loaded).toBe(1);
    const { value: refused } = await add('Other', { 'b.yml': B, 'c.yml': expand('no_such_list') });
    expect(refused.refused).toMatchObject([
      { path: 'c.yml', reason: expect.stringContaining('no_such_list') },
    ]);
    await change(set, { enabled: true });
    const { lists } = (await readCatalogue()).catalogue;
    const digest = (saved?: typeof lists) => transaction((held) => activeDigest(held, saved));
    expect(await digest(new Map(lists))).toBe(await digest());
    expect(await digest(new Map([...lists, ['script_engine', ['other.exe']]]))).not.toBe(await digest());
  });
});

describe('a text that is checked', () => {
  it('is told what it comes to, and nothing of it is kept', async () => {
    const { status, value } = await call<{
      rules: { title: string; line: number; foreign: boolean }[];
      refused: { line: number }[];
    }>(postCheck, '/api/v1/sigma/check', {
      method: 'POST',
      body: { text: `${A}---\n${LINUX}---\n${BROKEN}` },
    });
    expect(status).toBe(200);
    expect(value.rules).toMatchObject([
      { title: 'A', kind: 'detection', logsource: 'windows/process_creation', foreign: false, line: 1 },
      { title: 'Linux', foreign: true },
    ]);
    expect(value.refused).toHaveLength(1);
    expect(await rows('sigma_rules')).toBe(0);
  });
});
