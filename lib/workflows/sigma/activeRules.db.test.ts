import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { transaction } from '../../storage/client';
import { readCatalogue } from '../readCatalogue';
import { activeDigest, readActiveRules } from './activeRules';
import { correlationText, filterText, ruleIdOf, ruleText } from './testRules';
import { A, add, B, C, change, forgetSets, idsOf, read, useTestSets } from './testSets';

let drop: () => Promise<void>;
beforeAll(async () => {
  drop = await useTestSets();
}, 240_000);
afterAll(() => drop());
beforeEach(forgetSets);

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
