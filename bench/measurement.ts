import { spawn } from 'node:child_process';
import path from 'node:path';

/** The checkout: working directory of every program of the benchmark, as the launcher makes it the product's. */
export const ROOT = path.resolve(import.meta.dirname, '..');

/**
 * Runs one measurement file in a process of its own, so that its peak memory and CPU are its alone, and
 * returns what it answered. Throws when it ends without an answer; what it writes to the terminal stays there.
 */
export function runMeasurement<Task, Answer>(
  file: string,
  task: Task,
  env: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const script = path.join(import.meta.dirname, file);
    const profile = process.env.BENCH_CPU_PROF;
    const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    const child = spawn(
      process.execPath,
      [...flags, '--expose-gc', '--import', 'tsx', script, JSON.stringify(task)],
      {
        cwd: ROOT,
        env: { ...process.env, NODE_ENV: 'production', ...env },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      },
    );
    let answer: Answer | undefined;
    child.on('message', (message) => {
      answer = message as Answer;
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0 && answer !== undefined) resolve(answer);
      else reject(new Error(`${file} ended with ${signal ?? `exit code ${code}`}`));
    });
  });
}

/** The other side: does the work that the parent asked for, answers, and ends the process. */
export async function answer<Task, Answer>(work: (task: Task) => Promise<Answer>): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? 'null') as Task;
  const result = await work(task);
  await new Promise((sent) => process.send?.(result, sent));
  process.disconnect();
}
