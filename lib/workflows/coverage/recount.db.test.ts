import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../../base/testEnvironment';
import type { CoverageTime, CoverageView } from '../../contracts/coverage';
import { fleetMachine } from '../../sample/machine';
import { fleetPlan } from '../../sample/plan';
import { workday } from '../../sample/workday';
import { closeStorage } from '../../storage/client';
import { createTestDatabase, type TestDatabase } from '../../storage/testDatabase';
import { deleteImport } from '../changeImport';
import { importWhole, workOff } from '../testImports';
import { readFleetGroups, setFleetGroups } from './fleetGroups';
import { readCoverage } from './readCoverage';
import { type Counted, type RecountedHost, recount } from './testRecount';

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

const DAY = 86_400_000_000;
const SECOND = 1_000_000;
const NOW = new Date('2026-05-01T00:00:00Z');
const LEAD = { name: 'lea', role: 'lead' } as const;

/** The lines of one machine's day. */
function linesOf(n: number, date: string): readonly string[] {
  const machine = fleetMachine(n);
  return workday({
    seed: 'recount',
    machine,
    date,
    scenes: fleetPlan(machine, 'recount', n, 2),
    activity: 0.1,
  }).lines;
}

const bytesOf = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));
const isSysmon = (line: string): boolean => line.includes('Microsoft-Windows-Sysmon/Operational');

type Period = { readonly from: number; readonly to: number; readonly end: number };

/** What a page must say of some hosts in a period: what their events say, and blind from the last on until it ends. */
function expected(hosts: readonly RecountedHost[], stages: readonly string[], period: Period): CoverageTime {
  const total: Counted = { visible: 0n, partial: 0n, blind: 0n };
  for (const stage of stages) {
    for (const host of hosts) {
      if (host.first >= period.end) continue;
      const { visible, partial, blind } = host.count(stage, period.from, period.to);
      total.visible += visible;
      total.partial += partial;
      total.blind += blind + BigInt(Math.max(0, period.end - Math.max(period.from, host.last + SECOND)));
    }
  }
  const seconds = (micros: bigint): number => Number(micros) / 1e6;
  return { visible: seconds(total.visible), partial: seconds(total.partial), blind: seconds(total.blind) };
}

/** Which stages are what on how many hosts, most of the time. */
function statesOf(hosts: readonly RecountedHost[], stage: string, period: Period) {
  const counts = { visible: 0, partial: 0, blind: 0 };
  for (const host of hosts) {
    const { visible, partial, blind } = expected([host], [stage], period);
    if (visible + partial + blind === 0) continue;
    if (blind >= partial && blind >= visible) counts.blind++;
    else if (partial >= visible) counts.partial++;
    else counts.visible++;
  }
  return { visibleHosts: counts.visible, partialHosts: counts.partial, blindHosts: counts.blind };
}

const timeOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) * 1000;

/** Holds every number of the page to the recount. Returns what the page says. */
async function expectRecounted(query: { from?: string; to?: string } = {}): Promise<CoverageView> {
  const hosts = await recount();
  const view = await readCoverage({ by: 'group', ...query }, NOW);
  const newest = Math.max(...hosts.map(({ last }) => last));
  const to = timeOf(view.to) + DAY;
  const end = Math.min(to, newest + SECOND);
  const period: Period = { from: timeOf(view.from), to, end };
  expect(view.hosts).toBe(hosts.filter(({ first }) => first < end).length);
  const stages = view.rows.map(({ stage }) => stage);
  expect(view.total).toEqual(expected(hosts, stages, period));
  for (const row of view.rows) {
    expect(row.total.time, row.stage).toEqual(expected(hosts, [row.stage], period));
    expect(row.total, row.stage).toMatchObject(statesOf(hosts, row.stage, period));
    for (const [i, column] of view.columns.entries()) {
      const own = hosts.filter(({ name }) =>
        column.key === 'none' ? !/fin-ws|eng/.test(name) : name.startsWith(column.key.toLowerCase()),
      );
      expect(row.cells[i]?.time, `${row.stage} ${column.key}`).toEqual(expected(own, [row.stage], period));
    }
  }
  const length = period.to - period.from;
  expect(view.before).toEqual(
    expected(hosts, stages, { from: period.from - length, to: period.from, end: period.from }),
  );
  expect(view.weeks).toHaveLength(13);
  for (const { week, time } of view.weeks) {
    const from = timeOf(week);
    const until = Math.min(from + 7 * DAY, to);
    expect(time, week).toEqual(expected(hosts, stages, { from, to: until, end: Math.min(until, end) }));
  }
  return view;
}

describe('coverage', () => {
  it('is what the stored events say, to the microsecond, whatever is imported, again, over one another or deleted', {
    timeout: 240_000,
  }, async () => {
    await setFleetGroups(
      {
        items: [
          { name: 'FIN', patterns: ['fin-*'] },
          { name: 'ENG', patterns: ['ENG-WS1??.*'] },
        ],
        revision: (await readFleetGroups()).revision,
      },
      LEAD,
    );
    const [one, next] = [linesOf(1, '2026-04-06'), linesOf(1, '2026-04-08')];
    await importWhole(bytesOf(one.filter(isSysmon)), 'sysmon.json', spoolDir);
    const first = await expectRecounted();
    expect(first.total.visible).toBeGreaterThan(0);
    expect(first.total.blind).toBeGreaterThan(0);

    // The same again, in other bytes: nothing is new.
    await importWhole(
      Buffer.concat([bytesOf(one.filter(isSysmon)), Buffer.from('\n')]),
      'again.json',
      spoolDir,
    );
    expect(await expectRecounted()).toEqual(first);

    // Over the end of the first and into another day; the machine is off in between.
    const half = one.filter(isSysmon).slice(-200);
    const overlap = await importWhole(bytesOf([...half, ...next.filter(isSysmon)]), 'overlap.json', spoolDir);
    const two = await expectRecounted();
    expect(two.total).not.toEqual(first.total);
    // Other machines, one of which stops recording at noon.
    for (const n of [0, 5])
      await importWhole(bytesOf(linesOf(n, '2026-04-07')), `machine ${n}.json`, spoolDir);
    const fleet = await expectRecounted();
    expect(fleet.columns.map(({ key }) => key)).toEqual(['FIN', 'ENG', 'none']);
    await expectRecounted({ from: '2026-04-07', to: '2026-04-07' });
    await expectRecounted({ from: '2026-04-06', to: '2026-04-06' });

    // A second source of the first host sees what the first did not.
    const others = [...one, ...next].filter((line) => !isSysmon(line));
    const second = await importWhole(bytesOf(others), 'security.json', spoolDir);
    await expectRecounted();

    for (const gone of [overlap, second]) {
      await deleteImport(Number(gone.id), { by: 'lea', wait: false });
      await workOff(spoolDir);
      await expectRecounted();
    }
  });
});
