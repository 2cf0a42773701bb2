import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GET as listSets } from '@/app/api/v1/sigma/sets/route';
import type { SigmaSetView } from '../../contracts/sigmaSets';
import { pool } from '../../storage/client';
import { sweepRules } from '../../storage/sigma/rules';
import { readActiveRules } from './activeRules';
import { ruleIdOf } from './testRules';
import {
  A,
  add,
  addVersion,
  audited,
  B,
  C,
  call,
  change,
  forgetJobs,
  forgetSets,
  idsOf,
  remove,
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
