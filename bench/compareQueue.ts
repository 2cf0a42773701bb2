import type { Server } from './database';
import { runMeasurement } from './measurement';
import type { QueueAnswer } from './queue';
import type { Line } from './report';

/** Runs the measurement of the queue in a process and a database of its own. */
export async function measureQueue(server: Server, say: (line: string) => void): Promise<QueueAnswer> {
  say('queue of 100,000 findings');
  const database = await server.create('bench_queue');
  const measured = await runMeasurement<null, QueueAnswer>('queue.ts', null, database.env);
  await database.drop();
  return measured;
}

const GOAL_MS = 200;

/** Every address of the queue beside its goal: right after a decision, when nothing is remembered. */
export function compareQueue({ reads }: QueueAnswer): readonly Line[] {
  return reads.map(({ name, coldMs, warmMs, p95Ms }) => ({
    size: 'queue',
    what: name,
    figures: `${coldMs.toFixed(0)} ms after a decision, ${warmMs.toFixed(0)} ms again, p95 ${p95Ms.toFixed(0)} ms`,
    ratio: coldMs,
    goal: { at: 'most', value: GOAL_MS, unit: 'ms' },
  }));
}
