import { closeStorage, pool } from '../lib/storage/client';
import { rerunAnalytics } from '../lib/workflows/rerunAnalytics';
import { answer } from './measurement';
import { watchServer } from './serverCpu';
import { measured, type Usage } from './usage';
import { startWorker } from './worker';

export type RerunAnswer = Usage & {
  readonly hosts: number;
  readonly findings: number;
  readonly serverCpuSeconds: number;
  readonly workerPeakBytes: number;
};

/** Runs all analytics again over everything stored, through the queue and a worker, and waits for the end. */
await answer(async (): Promise<RerunAnswer> => {
  const worker = await startWorker();
  try {
    const before = worker.usage()?.cpuSeconds ?? 0;
    const serverCpu = watchServer();
    const { result, usage } = await measured(() => rerunAnalytics({ by: 'bench', wait: true }));
    const serverCpuSeconds = serverCpu();
    const after = worker.usage();
    const { rows } = await pool().query<{ n: number }>('SELECT count(*)::int AS n FROM findings');
    return {
      wallSeconds: usage.wallSeconds,
      cpuSeconds: usage.cpuSeconds + serverCpuSeconds + (after?.cpuSeconds ?? 0) - before,
      serverCpuSeconds,
      hosts: result.hosts,
      findings: rows[0]?.n ?? 0,
      workerPeakBytes: after?.peakBytes ?? 0,
    };
  } finally {
    await worker.stop();
    await closeStorage();
  }
});
