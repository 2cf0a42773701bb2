import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { coverageHostsQuery, coverageQuery } from '../lib/contracts/coverage';
import { fleetMachine } from '../lib/sample/machine';
import { workday } from '../lib/sample/workday';
import { closeStorage, pool } from '../lib/storage/client';
import { readCoverage } from '../lib/workflows/coverage/readCoverage';
import { readCoverageFixes } from '../lib/workflows/coverage/readCoverageFixes';
import { readCoverageHosts } from '../lib/workflows/coverage/readCoverageHosts';
import { receiveImport } from '../lib/workflows/receiveImport';
import { runImport } from '../lib/workflows/runImport';
import { FLEET, fillFleet } from './coverageFleet';
import { answer } from './measurement';
import { watchServer } from './serverCpu';
import { median } from './usage';

/** Whether the database is filled with a fleet's coverage first; reads are measured only then. */
export type CoverageTask = { readonly filled: boolean };

/** What one answer cost, in milliseconds: after a correlation, when nothing is remembered, and again. */
export type CoverageRead = {
  readonly name: string;
  readonly coldMs: number;
  readonly warmMs: number;
  /** CPU of this process and the database, the first way. */
  readonly coldCpuMs: number;
};

export type CoverageAnswer = {
  readonly fleet: typeof FLEET;
  /** Rows of days by stage, and of the ledger. */
  readonly rows: { readonly days: number; readonly ledger: number };
  readonly reads: readonly CoverageRead[];
  /** What an import of the same events costs the database, by event, in microseconds of CPU; without what reads it. */
  readonly importMicros: number;
  readonly events: number;
};

const ROUNDS = 5;
/** Many: the database's CPU is told in hundredths of a second. */
const IMPORTS = 20;
const NOW = new Date('2026-11-21T00:00:00Z');

/** Reads the coverage of a fleet as its page does, and imports what some of its hosts recorded on a few days. */
await answer(async ({ filled }: CoverageTask): Promise<CoverageAnswer> => {
  try {
    if (filled) await fillFleet();
    const reads = filled ? await measureReads() : [];
    const counts = await pool().query<{ days: number; ledger: number }>(
      'SELECT (SELECT count(*)::int FROM coverage_days) AS days, (SELECT count(*)::int FROM ledger_days) AS ledger',
    );
    const { importMicros, events } = await measureImports();
    return { fleet: FLEET, rows: counts.rows[0] ?? { days: 0, ledger: 0 }, reads, importMicros, events };
  } finally {
    await closeStorage();
  }
});

async function measureReads(): Promise<readonly CoverageRead[]> {
  const page = (query: object) => coverageQuery.parse(query);
  const from = '2026-08-23';
  const works: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['the page, 30 days', () => readCoverage(page({}), NOW)],
    ['the page, 90 days', () => readCoverage(page({ from }), NOW)],
    ['the page, 90 days by source', () => readCoverage(page({ from, by: 'source' }), NOW)],
    ['the page, 90 days, one group', () => readCoverage(page({ from, group: 'Finance' }), NOW)],
    ['ranked fixes, 90 days', () => readCoverageFixes(page({ from }), NOW)],
    [
      'hosts of one stage, 90 days',
      () => readCoverageHosts(coverageHostsQuery.parse({ from, stage: 'AN1314/egress' }), NOW),
    ],
    ['all hosts, 90 days', () => readCoverageHosts(coverageHostsQuery.parse({ from }), NOW)],
  ];
  const reads: CoverageRead[] = [];
  for (const [name, work] of works) {
    const [cold, warm, spent]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++) {
      // As any correlation does, so that nothing added up before counts.
      await pool().query('UPDATE hosts SET correlated_at = clock_timestamp() WHERE id = 1');
      const serverCpu = watchServer();
      const before = process.cpuUsage();
      cold.push(await timed(work));
      const { user, system } = process.cpuUsage(before);
      spent.push(serverCpu() * 1000 + (user + system) / 1000);
      warm.push(await timed(work));
    }
    reads.push({ name, coldMs: median(cold), warmMs: median(warm), coldCpuMs: median(spent) });
  }
  return reads;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  JSON.stringify(await work());
  return performance.now() - start;
}

/** Days of machines that the fleet has too, each imported by itself; the first is not counted. */
async function measureImports(): Promise<{ readonly importMicros: number; readonly events: number }> {
  const spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-bench-spool-'));
  try {
    let [total, cost] = [0, 0];
    for (let round = 0; round <= IMPORTS; round++) {
      const { lines } = workday({
        seed: 'bench-coverage',
        machine: fleetMachine(round * 7),
        date: FLEET.lastDay,
        scenes: [],
        activity: 3,
      });
      const { events, seconds } = await importLines(lines, `day ${round}`, spoolDir);
      if (round === 0) continue;
      cost += seconds;
      total += events;
    }
    return { importMicros: (cost * 1e6) / total, events: total };
  } finally {
    await rm(spoolDir, { recursive: true, force: true });
  }
}

async function importLines(lines: readonly string[], name: string, spoolDir: string) {
  const received = await receiveImport(piecesOf(lines), { name, format: 'auto', wait: false });
  const id = Number(received.import.id);
  const spent = watchServer();
  await runImport(id, { spoolDir });
  const seconds = spent();
  const { rows } = await pool().query<{ events: number }>('SELECT events FROM imports WHERE id = $1', [id]);
  return { events: rows[0]?.events ?? 0, seconds };
}

async function* piecesOf(lines: readonly string[]): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < lines.length; i += 1000)
    yield Buffer.from(
      lines
        .slice(i, i + 1000)
        .map((line) => `${line}\n`)
        .join(''),
    );
}
