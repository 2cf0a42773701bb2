import { describe, expect, it } from 'vitest';
import { parseMicros } from '../../base/time';
import { coverageHostsQuery, fleetGroups } from '../../contracts/coverage';
import { pool } from '../../storage/client';
import { readFleetLedger } from '../ledger/readFleetLedger';
import { start } from '../testSysmon';
import { readFleetGroups, setFleetGroups } from './fleetGroups';
import { readCoverageHosts } from './readCoverageHosts';
import {
  bring,
  bringFleet,
  day,
  EGRESS,
  fixes,
  hostsOf,
  intervalsOf,
  LEA,
  NOW,
  TOOL,
  view,
  withEmptyDatabase,
} from './testFleet';

withEmptyDatabase();

describe('coverage of a fleet', () => {
  it('stands by group, system and source, with what went quiet, and leads to hosts and intervals', {
    timeout: 120_000,
  }, async () => {
    await bringFleet();
    const { revision } = fleetGroups.parse(await readFleetGroups());
    await setFleetGroups({ items: [{ name: 'Servers', patterns: ['SRV*'] }], revision }, LEA);
    const page = await view();
    expect(page).toMatchObject({ from: '2026-10-22', to: '2026-11-20', hosts: 3, retired: 0, unknown: 0 });
    expect(page.columns).toEqual([
      { key: 'Servers', name: 'Servers', hosts: 1 },
      { key: 'none', name: 'No group', hosts: 2 },
    ]);
    expect((await view({ by: 'os' })).columns).toEqual([{ key: 'windows', name: 'Windows', hosts: 3 }]);
    expect((await view({ by: 'source' })).columns).toEqual([{ key: 'Sysmon', name: 'Sysmon', hosts: 3 }]);
    expect(page.quiet.map(({ host, since, sources }) => [host, since.slice(0, 13), sources])).toEqual([
      ['old1', '2026-11-10T17', ['Sysmon']],
    ]);
    expect(page.quietTotal).toBe(1);
    // The drill-down adds up to the cell, and a host's intervals to what it was not visible.
    for (const { stage, total: cell } of page.rows) {
      const { items, total } = await hostsOf({ stage });
      expect(total).toBe(3);
      for (const state of ['visible', 'partial', 'blind'] as const)
        expect(
          items.reduce((sum, { time }) => sum + time[state], 0),
          stage,
        ).toBeCloseTo(cell.time[state], 6);
      for (const { host, time } of items) {
        if (host !== 'srv1' && stage !== EGRESS && stage !== TOOL) continue;
        const dark = { partial: 0, blind: 0 };
        for (const { from, to, state } of await intervalsOf(host, stage))
          dark[state] += ((parseMicros(to) ?? 0) - (parseMicros(from) ?? 0)) / 1e6;
        expect(dark, `${host} ${stage}`).toEqual({
          partial: expect.closeTo(time.partial, 6),
          blind: expect.closeTo(time.blind, 6),
        });
      }
    }
    expect(
      (await hostsOf({ stage: EGRESS, state: 'blind', from: '2026-11-20' })).items.map(({ host }) => host),
    ).toEqual(['old1', 'srv1']);
    expect((await hostsOf({ stage: EGRESS, group: 'Servers' })).items).toMatchObject([
      {
        host: 'srv1',
        group: 'Servers',
        state: 'blind',
        gaps: [
          { kind: 'kind', what: 'network_connect' },
          { kind: 'part', what: 'dns_query' },
        ],
      },
    ]);
    // What it was off is no interval.
    expect((await intervalsOf('srv1', EGRESS)).slice(0, 2)).toMatchObject([
      {
        from: '2026-11-19T08:00:00.000000Z',
        to: '2026-11-19T16:00:00.000000Z',
        state: 'blind',
        kind: 'network_connect',
        reason: 'no network_connect events from this host',
      },
      { from: '2026-11-20T08:00:00.000000Z' },
    ]);
    expect(
      (await intervalsOf('ws1', EGRESS)).map(({ from, to, state }) => [
        from.slice(0, 13),
        to.slice(0, 13),
        state,
      ]),
    ).toContainEqual(['2026-11-18T18', '2026-11-20T08', 'blind']);
    await expect(
      readCoverageHosts(coverageHostsQuery.parse({ stage: 'AN1314/none' }), NOW),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(view({ from: '2026-11-02', to: '2026-11-01' })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('is listed page by page, the darkest first', async () => {
    await bringFleet();
    const whole = (await hostsOf({ stage: EGRESS })).items.map(({ host }) => host);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await hostsOf({
        stage: EGRESS,
        limit: 1,
        ...(cursor === undefined ? {} : { cursor }),
      });
      paged.push(...items.map(({ host }) => host));
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole);
    expect(whole).toHaveLength(3);
    expect((await hostsOf({ q: 'RV' })).items.map(({ host }) => host)).toEqual(['srv1']);
  });

  it('is not moved by a host whose clock is years ahead', async () => {
    await bringFleet();
    const all = { net: true, files: true };
    await bring('ahead.json', [
      ...day('FUT1', '2026-11-20', 10, all),
      start('FUT1', '2055-01-01T09:00', 900, 'C:\\a.exe', 'a'),
      ...day('FUT2', '2055-01-01', 2, all),
    ]);
    const page = await view();
    expect(page).toMatchObject({ from: '2026-10-22', to: '2026-11-20', hosts: 4 });
    expect(page.newest?.slice(0, 10)).toBe('2026-11-20');
    expect(page.quiet.map(({ host }) => host)).toEqual(['old1']);
    const { items } = await readFleetLedger({}, NOW);
    expect(items.map(({ host }) => host)).toEqual(['fut1', 'old1', 'srv1', 'ws1']);
    expect((await hostsOf({ stage: TOOL, q: 'fut' })).items.map(({ host }) => host)).toEqual(['fut1']);
    await pool().query("UPDATE hosts SET seen_from = seen_to WHERE name LIKE 'fut%'");
    await pool().query(
      "DELETE FROM host_kinds WHERE host_id IN (SELECT id FROM hosts WHERE name NOT LIKE 'fut%')",
    );
    await pool().query("UPDATE hosts SET seen_from = NULL, seen_to = NULL WHERE name NOT LIKE 'fut%'");
    expect(await view()).toMatchObject({ to: '2026-11-26', newest: null, hosts: 0 });
  });

  it('does not look for Windows’ stages on hosts of other systems', async () => {
    await bringFleet();
    await pool().query("UPDATE hosts SET os = 'linux' WHERE name = 'srv1'");
    const page = await view({ by: 'os' });
    expect(page).toMatchObject({ hosts: 2, notLookedAt: 1 });
    expect(page.columns.map(({ key, hosts }) => [key, hosts])).toEqual([['windows', 2]]);
    for (const { total } of page.rows) expect(total.hosts).toBe(2);
    expect((await hostsOf({})).items.map(({ host }) => host).sort()).toEqual(['old1', 'ws1']);
    expect(await intervalsOf('srv1', EGRESS)).toEqual([]);
  });
});

it('coverage of nothing is nothing', async () => {
  expect(await view()).toMatchObject({
    newest: null,
    hosts: 0,
    to: '2026-11-26',
    total: { visible: 0, partial: 0, blind: 0 },
  });
  expect(await fixes()).toEqual([]);
});

it('a host that correlation has not looked at is told as not known', async () => {
  await bring('one.json', [start('WS9', '2026-11-20T09:00', 1, 'C:\\a.exe', 'a')]);
  await pool().query('UPDATE hosts SET seen_from = NULL, seen_to = NULL');
  expect(await view()).toMatchObject({ hosts: 0, unknown: 1 });
});
