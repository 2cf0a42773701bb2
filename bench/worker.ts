import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './measurement';
import { processUsage } from './usage';

/** The product's own worker program, running. */
export type Worker = {
  /** CPU seconds and peak memory so far; undefined where there is no /proc. */
  readonly usage: () => ReturnType<typeof processUsage>;
  readonly stop: () => Promise<void>;
};

/** Starts lib/worker/main.ts as the launcher does, on DATABASE_URL, and waits until it takes jobs. */
export async function startWorker(): Promise<Worker> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sequela-bench-worker-'));
  const profile = process.env.BENCH_WORKER_PROF;
  const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const child = spawn(
    process.execPath,
    [...flags, '--import', 'tsx', path.join(ROOT, 'lib/worker/main.ts')],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production', SEQUELA_DATA_DIR: dataDir, SEQUELA_LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  process.once('exit', () => child.kill('SIGKILL'));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('worker is ready')) resolve();
      if (text.includes('"level":50')) process.stderr.write(text);
    });
    child.once('exit', (code) => reject(new Error(`the worker ended with exit code ${code}`)));
  });
  return {
    usage: () => (child.pid === undefined ? undefined : processUsage(child.pid)),
    async stop() {
      child.kill('SIGTERM');
      await ended;
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
