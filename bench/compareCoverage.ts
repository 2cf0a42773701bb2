import type { CoverageAnswer, CoverageTask } from './coverage';
import type { Server } from './database';
import { runMeasurement } from './measurement';
import type { Line } from './report';

/** Coverage of a fleet, and the same imports into a database that holds nothing and one that holds the fleet. */
export type MeasuredCoverage = { readonly empty: CoverageAnswer; readonly full: CoverageAnswer };

/** Runs both measurements, each in a process and a database of its own. */
export async function measureCoverage(
  server: Server,
  say: (line: string) => void,
): Promise<MeasuredCoverage> {
  say('coverage of a fleet');
  const run = async (name: string, task: CoverageTask): Promise<CoverageAnswer> => {
    const database = await server.create(name);
    const measured = await runMeasurement<CoverageTask, CoverageAnswer>('coverage.ts', task, database.env);
    await database.drop();
    return measured;
  };
  const empty = await run('bench_coverage_empty', { filled: false });
  return { empty, full: await run('bench_coverage', { filled: true }) };
}

const GOAL_MS = 1000;
/** How much more an event may cost where three months of a fleet are stored: index pages are deeper, nothing else. */
const GOAL_GROWTH = 1.25;

/** Every answer of the page beside its goal, and what the ledger's cost by event grows by with what is stored. */
export function compareCoverage({ empty, full }: MeasuredCoverage): readonly Line[] {
  const { hosts, days } = full.fleet;
  const size = `${hosts} × ${days} d`;
  return [
    ...full.reads.map(({ name, coldMs, warmMs, coldCpuMs }) => ({
      size,
      what: `coverage: ${name}`,
      figures: `${coldMs.toFixed(0)} ms after a correlation (CPU ${coldCpuMs.toFixed(0)} ms), ${warmMs.toFixed(0)} ms again`,
      ratio: coldMs,
      goal: { at: 'most' as const, value: GOAL_MS, unit: 'ms' },
    })),
    {
      size,
      what: 'coverage: cost of an imported event',
      figures: `${full.importMicros.toFixed(0)} µs with ${full.rows.ledger.toLocaleString('en')} ledger rows, ${empty.importMicros.toFixed(0)} µs with none (${full.events.toLocaleString('en')} events)`,
      beside: 'that of an empty database',
      ratio: full.importMicros / empty.importMicros,
      goal: { at: 'most', value: GOAL_GROWTH },
    },
  ];
}
