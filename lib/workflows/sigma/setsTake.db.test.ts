import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { POST as postCheck } from '@/app/api/v1/sigma/check/route';
import { readActiveRules } from './activeRules';
import { ruleIdOf, ruleText } from './testRules';
import {
  A,
  add,
  audited,
  B,
  BROKEN,
  C,
  call,
  change,
  forgetSets,
  LINUX,
  rows,
  runsAsked,
  useTestSets,
} from './testSets';

let drop: () => Promise<void>;
beforeAll(async () => {
  drop = await useTestSets();
}, 240_000);
afterAll(() => drop());
beforeEach(forgetSets);

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
