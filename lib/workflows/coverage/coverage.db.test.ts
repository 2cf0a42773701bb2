import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../../base/testEnvironment';
import { parseMicros } from '../../base/time';
import {
  coverageFixes,
  coverageHostList,
  coverageHostsQuery,
  coverageIntervals,
  coverageView,
  fleetGroups,
  hostRetirements,
} from '../../contracts/coverage';
import { closeStorage, pool } from '../../storage/client';
import { createTestDatabase, type TestDatabase } from '../../storage/testDatabase';
import { readFleetLedger } from '../ledger/readFleetLedger';
import { readAudit } from '../readAudit';
import { readCatalogue } from '../readCatalogue';
import { importWhole } from '../testImports';
import { type TestRecord, toLines } from '../testRecords';
import { connection, file, isoAt, quiet, start } from '../testSysmon';
import { readFleetGroups, setFleetGroups } from './fleetGroups';
import { readCoverage } from './readCoverage';
import { readCoverageFixes } from './readCoverageFixes';
import { readCoverageHosts } from './readCoverageHosts';
import { readCoverageIntervals } from './readCoverageIntervals';
import { listHostRetirements, setHostRetirement } from './retireHost';

let database: TestDatabase;
let spoolDir: string;
let restore: () => void;

beforeEach(async () => {
  database = await createTestDatabase();
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  restore = setEnvironment({ DATABASE_URL: database.url });
});
afterEach(async () => {
  await closeStorage();
  restore();
  await database.drop();
  await rm(spoolDir, { recursive: true, force: true });
});

const LEA = { name: 'lea', role: 'lead' } as const;
const NOW = new Date('2026-11-26T00:00:00Z');
const EGRESS = 'AN1314/egress';
const TOOL = 'AN1314/tool';

async function versionOf(analytic: string): Promise<string> {
  const { catalogue } = await readCatalogue();
  return catalogue.analytics.find(({ id }) => id === analytic)?.version ?? '';
}

/** A day of a host from 08:00 for so many hours: starts, and files or connections where it records them. */
function day(
  host: string,
  date: string,
  hours: number,
  records: { net?: boolean; files?: boolean } = {},
): TestRecord[] {
  return Array.from({ length: hours }, (_, i) => {
    const time = (minutes: number): string =>
      isoAt(Date.parse(`${date}T08:00:00Z`) + i * 3_600_000 + minutes * 60_000);
    return [
      ...quiet(host, time(0), 11),
      ...(records.net === true ? [connection(host, time(20), 300 + i, '10.9.9.9')] : []),
      ...(records.files === true ? [file(host, time(30), 300 + i, `C:\\Users\\a\\Downloads\\${i}.zip`)] : []),
    ];
  }).flat();
}

/** ws1 sees everything until the 20th, srv1 has no network and is off over night, old1 fell silent on the 10th. */
async function bringFleet(): Promise<void> {
  const all = { net: true, files: true };
  await importWhole(
    toLines([
      ...day('WS1', '2026-11-18', 10, all),
      ...day('WS1', '2026-11-20', 10, all),
      ...day('SRV1', '2026-11-19', 8, { files: true }),
      start('SRV1', '2026-11-20T08:00', 90, 'C:\\Windows\\System32\\smss.exe', 'smss.exe'),
      ...day('SRV1', '2026-11-20', 10, { files: true }),
      ...day('OLD1', '2026-11-10', 10, all),
    ]),
    'fleet.json',
    spoolDir,
  );
}

const view = async (query: Partial<Parameters<typeof readCoverage>[0]> = {}) =>
  coverageView.parse(await readCoverage({ by: 'group', ...query }, NOW));
const hostsOf = async (query: object) =>
  coverageHostList.parse(await readCoverageHosts(coverageHostsQuery.parse(query), NOW));
const intervalsOf = async (host: string, stage: string, more: object = {}) =>
  coverageIntervals.parse(await readCoverageIntervals({ host, stage, ...more }, NOW)).items;
const fixes = async () => coverageFixes.parse(await readCoverageFixes({ by: 'group' }, NOW)).items;
const sumOf = ({ visible, partial, blind }: { visible: number; partial: number; blind: number }) =>
  visible + partial + blind;

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

  it('is proven where a fresh replay in a source of the host matched what is visible', async () => {
    await bringFleet();
    expect((await view()).rows.every(({ proof }) => proof === null)).toBe(true);
    await pool().query(
      `INSERT INTO validation_runs (cause, state, ended_at) VALUES ('asked', 'done', '2026-11-25'), ('asked', 'done', '2026-06-01'),
         ('asked', 'failed', '2026-11-25')`,
    );
    await pool().query(
      `INSERT INTO stage_proofs (run_id, stage, source, recording, sha256, version) SELECT r, s, 'Sysmon', 'ours.json', 'a', $1
       FROM (VALUES (1, '${TOOL}'), (2, '${TOOL}'), (2, 'AN1314/spawn'), (3, 'AN1397/execution')) AS v(r, s)`,
      [await versionOf('AN1314')],
    );
    const page = await view({ from: '2026-11-20' });
    const row = (stage: string) => page.rows.find((one) => one.stage === stage);
    expect(row(TOOL)?.proof).toMatchObject({ runId: '1', fresh: true, source: 'Sysmon' });
    expect(row('AN1314/spawn')).toMatchObject({ proof: { fresh: false }, total: { provenHosts: 0 } });
    expect(row('AN1397/execution')?.proof).toBeNull();
    expect(page.proven).toMatchObject({ of: page.rows.length, lastAt: '2026-11-25T00:00:00.000Z' });
    const proven = await hostsOf({ from: '2026-11-20', stage: TOOL, state: 'proven' });
    expect(proven.total).toBe(row(TOOL)?.total.provenHosts);
    expect(row(TOOL)?.total.provenHosts).toBe(row(TOOL)?.total.visibleHosts);
  });

  it('is proven in the column of a source by that source only', async () => {
    await bringFleet();
    await pool().query(
      `WITH r AS (INSERT INTO validation_runs (cause, state, ended_at) VALUES ('asked', 'done', '2026-11-25') RETURNING id)
       INSERT INTO stage_proofs (run_id, stage, source, recording, sha256, version)
       SELECT id, '${TOOL}', 'Elastic Defend', 'ours.json', 'a', $1 FROM r`,
      [await versionOf('AN1314')],
    );
    await pool().query(
      `WITH c AS (INSERT INTO channels (name) VALUES ('Elastic Defend') RETURNING id)
       INSERT INTO ledger_days SELECT (l).* FROM (SELECT jsonb_populate_record(l, jsonb_build_object('channel_id', c.id)) AS l
         FROM ledger_days l JOIN hosts h ON h.id = l.host_id, c WHERE h.name = 'ws1' AND l.kind = (SELECT min(kind) FROM ledger_days)) s`,
    );
    const query = { from: '2026-11-20', by: 'source' as const };
    const { columns, rows } = await view(query);
    const tool = rows.find(({ stage }) => stage === TOOL);
    const at = (key: string) => tool?.cells[columns.findIndex((column) => column.key === key)];
    expect(tool?.total.provenHosts).toBe(1);
    expect(at('Elastic Defend')?.provenHosts).toBe(1);
    expect(at('Sysmon')?.provenHosts).toBe(0);
    const proven = { from: '2026-11-20', stage: TOOL, state: 'proven' };
    expect((await hostsOf({ ...proven, source: 'Elastic Defend' })).total).toBe(1);
    expect((await hostsOf({ ...proven, source: 'Sysmon' })).total).toBe(0);
  });

  it('is proven no longer once the analytic changed, or the same recording no longer shows the stage', async () => {
    await bringFleet();
    const proofOf = async (stage: string) => (await view()).rows.find((one) => one.stage === stage)?.proof;
    const run = async (cases: readonly string[], stages: readonly string[], version: string) => {
      const { rows } = await pool().query<{ id: number }>(
        `INSERT INTO validation_runs (cause, state, ended_at, report)
         VALUES ('asked', 'done', '2026-11-20'::timestamptz + (SELECT count(*) FROM validation_runs) * interval '1 hour', $1)
         RETURNING id`,
        [JSON.stringify({ cases: cases.map((one) => ({ sha256: one.repeat(64) })) })],
      );
      await pool().query(
        `INSERT INTO stage_proofs (run_id, stage, source, recording, sha256, version)
         SELECT $1, s, 'Sysmon', 'ours.json', $3, $4 FROM unnest($2::text[]) AS s`,
        [rows[0]?.id, stages, 'a'.repeat(64), version],
      );
      return String(rows[0]?.id);
    };
    const version = await versionOf('AN1314');
    await run(['a'], [TOOL], `${version}-before`);
    expect(await proofOf(TOOL)).toBeNull();
    const first = await run(['a'], [TOOL, 'AN1314/spawn'], version);
    expect(await proofOf(TOOL)).toMatchObject({ runId: first });
    await run(['b'], [], version);
    expect(await proofOf(TOOL)).toMatchObject({ runId: first });
    const later = await run(['a', 'b'], ['AN1314/spawn'], version);
    expect(await proofOf(TOOL)).toBeNull();
    expect(await proofOf('AN1314/spawn')).toMatchObject({ runId: later });
  });

  it('is not moved by a host whose clock is years ahead', async () => {
    await bringFleet();
    const all = { net: true, files: true };
    await importWhole(
      toLines([
        ...day('FUT1', '2026-11-20', 10, all),
        start('FUT1', '2055-01-01T09:00', 900, 'C:\\a.exe', 'a'),
        ...day('FUT2', '2055-01-01', 2, all),
      ]),
      'ahead.json',
      spoolDir,
    );
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

describe('what would fix most', () => {
  it('names the setting, the cells it makes visible by itself, and the findings that wait for it', async () => {
    await bringFleet();
    // Of srv1's: one nobody could tell, one open, one decided otherwise; and one whose blind stage stays blind.
    await pool().query(
      `INSERT INTO findings (id, host_id, analytic, analytic_version, status, severity, score, headline, trail, suppressed, blind,
         from_time, to_time, shape, strip, body)
       SELECT v.id, h.id, 'AN1314', '1', 'partial', 2, 40, '', '', false, true, 0, 0, '',
         jsonb_build_array(jsonb_build_object('id', v.stage, 'state', 'blind'), jsonb_build_object('id', 'spawn', 'state', 'matched')), '{}'
       FROM (VALUES ('a', 'egress', 'srv1'), ('b', 'egress', 'srv1'), ('c', 'egress', 'srv1'), ('d', 'file_arrival', 'srv1'), ('e', 'egress', 'ws1'))
         AS v(id, stage, host) JOIN hosts h ON h.name = v.host`,
    );
    await pool().query(
      `INSERT INTO decisions (finding_id, verdict) VALUES ('a', 'undetermined'), ('c', 'false_positive')`,
    );
    const [all, page] = [await fixes(), await view()];
    const network = all.find(({ id }) => id === 'kind:network_connect');
    expect(network).toMatchObject({ kind: 'kind', hosts: 1, hostNames: ['srv1'], verdicts: 1, findings: 1 });
    expect((network?.cells ?? 0) + (network?.helps ?? 0)).toBe(network?.stages.length);
    expect(network?.stages).toContain(EGRESS);
    expect(network?.settings.map(({ source }) => source)).toEqual(['Sysmon']);
    const { items } = await hostsOf({ fix: 'kind:network_connect' });
    expect(items.map(({ host }) => host)).toEqual(['srv1']);
    const went = all.find(({ kind }) => kind === 'quiet');
    expect(went?.title).toBe('Collect again from old1: it reports nothing since 2026-11-10T17:50Z');
    expect((went?.cells ?? 0) + (went?.helps ?? 0)).toBe(page.rows.length);
    expect(all.map(({ worth }) => worth)).toEqual(all.map(({ worth }) => worth).sort((a, b) => b - a));
  });
});

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
  await importWhole(toLines([start('WS9', '2026-11-20T09:00', 1, 'C:\\a.exe', 'a')]), 'one.json', spoolDir);
  await pool().query('UPDATE hosts SET seen_from = NULL, seen_to = NULL');
  expect(await view()).toMatchObject({ hosts: 0, unknown: 1 });
});
