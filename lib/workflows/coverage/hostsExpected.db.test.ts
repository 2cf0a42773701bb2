import { describe, expect, it } from 'vitest';
import { fleetGroups, hostRetirements } from '../../contracts/coverage';
import { pool } from '../../storage/client';
import { readAudit } from '../readAudit';
import { readFleetGroups, setFleetGroups } from './fleetGroups';
import { listHostRetirements, setHostRetirement } from './retireHost';
import { bringFleet, EGRESS, fixes, hostsOf, intervalsOf, LEA, view, withEmptyDatabase } from './testFleet';

withEmptyDatabase();

const sumOf = ({ visible, partial, blind }: { visible: number; partial: number; blind: number }) =>
  visible + partial + blind;

describe('a person says', () => {
  it('which hosts belong together, by the groups that stand', async () => {
    await bringFleet();
    const before = await readFleetGroups();
    expect(before).toMatchObject({ items: [], rest: 3 });
    const items = [
      { name: 'Old', patterns: ['old*'] },
      { name: 'All', patterns: ['*1'] },
    ];
    const after = fleetGroups.parse(await setFleetGroups({ items, revision: before.revision }, LEA));
    expect(after).toMatchObject({
      items: [
        { name: 'Old', hosts: 1, by: 'lea' },
        { name: 'All', hosts: 2 },
      ],
      rest: 0,
    });
    await expect(setFleetGroups({ items: [], revision: before.revision }, LEA)).rejects.toMatchObject({
      code: 'conflict',
    });
    const again = await setFleetGroups(
      { items: [{ name: 'All', patterns: ['*1'] }], revision: after.revision },
      { name: 'eva', role: 'engineer' },
    );
    expect(again).toMatchObject({ items: [{ name: 'All', hosts: 3, by: 'lea' }] });
    await expect(
      setFleetGroups({ items: [{ name: 'None', patterns: ['*'] }], revision: again.revision }, LEA),
    ).rejects.toMatchObject({ code: 'bad_request' });
    const audit = (await readAudit({})).items.filter(({ action }) => action === 'host.groups_set');
    expect(audit.map(({ details }) => details)).toEqual([
      { groups: 1, added: 0, changed: 0, removed: 1 },
      { groups: 2, added: 2, changed: 0, removed: 0 },
    ]);
  });

  it('that a host is no longer expected to report, and is again', async () => {
    await bringFleet();
    const before = await view();
    await setHostRetirement('OLD1', { retired: true, reason: 'scrapped' }, LEA);
    const without = await view();
    expect(without).toMatchObject({ hosts: 2, retired: 1, quietTotal: 0 });
    expect(sumOf(without.total)).toBeLessThan(sumOf(before.total));
    expect((await hostsOf({})).items.map(({ host }) => host)).not.toContain('old1');
    expect(await intervalsOf('old1', EGRESS)).toEqual([]);
    expect((await fixes()).some(({ hostNames }) => hostNames.includes('old1'))).toBe(false);
    expect(hostRetirements.parse(await listHostRetirements()).items).toMatchObject([
      { host: 'old1', reason: 'scrapped', by: 'lea', reporting: false },
    ]);
    await setHostRetirement('old1', { retired: false, reason: '' }, LEA);
    await expect(setHostRetirement('old1', { retired: false, reason: '' }, LEA)).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('was not retired'),
    });
    expect(await listHostRetirements()).toEqual({ items: [] });
    expect(await view()).toEqual(before);
    const audit = (await readAudit({})).items.filter(({ subject }) => subject === 'host:old1');
    expect(audit.map(({ action }) => action)).toEqual(['host.expected_again', 'host.retired']);
    await expect(setHostRetirement('nobody', { retired: true, reason: '' }, LEA)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

it('a host that reports after it was retired counts again, until it is retired again', async () => {
  await bringFleet();
  await setHostRetirement('old1', { retired: true, reason: 'scrapped' }, LEA);
  await pool().query("UPDATE host_retirements SET at = '2026-11-09'");
  expect(await view()).toMatchObject({ hosts: 3, retired: 0 });
  expect(await listHostRetirements()).toMatchObject({ items: [{ host: 'old1', reporting: true }] });
  await setHostRetirement('old1', { retired: true, reason: 'scrapped' }, LEA);
  expect(await view()).toMatchObject({ hosts: 2, retired: 1 });
});
