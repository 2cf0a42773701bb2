import { importCounts } from '../storage/imports';
import { jobCounts, workersAlive } from '../storage/queue';

export type Readiness = { readonly ready: boolean; readonly database: string; readonly workers: number };

/** Whether requests can be served: the database answers and has its tables. A missing worker delays, it does not refuse. */
export async function readReadiness(): Promise<Readiness> {
  try {
    await importCounts();
    return { ready: true, database: 'ready', workers: await workersAlive() };
  } catch (error) {
    // What the database says names hosts, users and tables: it is for the log, not for whoever asks.
    logFailure(error);
    return { ready: false, database: NOT_READY, workers: 0 };
  }
}

const NOT_READY = 'The database does not answer, or does not have its tables yet.';

function logFailure(error: unknown): void {
  const entry = {
    level: 'error',
    time: new Date().toISOString(),
    readiness: error instanceof Error ? error.message : String(error),
  };
  process.stderr.write(`${JSON.stringify(entry)}\n`);
}

/** Figures for Prometheus, in its text format. */
export async function readMetrics(): Promise<string> {
  const [imports, jobs, workers] = await Promise.all([importCounts(), jobCounts(), workersAlive()]);
  return [
    ...series('sequela_imports', 'Imports by state.', 'state', imports),
    ...series('sequela_jobs', 'Jobs waiting or running, by task.', 'task', jobs),
    '# HELP sequela_workers Worker processes alive.',
    '# TYPE sequela_workers gauge',
    `sequela_workers ${workers}`,
    '# HELP process_resident_memory_bytes Memory of the web server.',
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '',
  ].join('\n');
}

function series(
  name: string,
  help: string,
  label: string,
  values: ReadonlyMap<string, number>,
): readonly string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...[...values].map(([value, count]) => `${name}{${label}="${value}"} ${count}`),
  ];
}
