import fs from 'node:fs';

/** What a piece of work cost. */
export type Usage = {
  readonly wallSeconds: number;
  /** Of every thread of the process, compression included. */
  readonly cpuSeconds: number;
};

/** Runs work and tells what it cost this process. */
export async function measured<Result>(
  work: () => Promise<Result> | Result,
): Promise<{ readonly result: Result; readonly usage: Usage }> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const wallSeconds = (performance.now() - start) / 1000;
  const spent = process.cpuUsage(cpu);
  return { result, usage: { wallSeconds, cpuSeconds: (spent.user + spent.system) / 1e6 } };
}

/** The most memory this process has held, in bytes. */
export function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** Clock ticks a second in /proc: 100 on every Linux in use. */
const TICKS = 100;

/**
 * CPU seconds of a PostgreSQL server so far: the postmaster, the backends it has already buried and those
 * alive. Undefined where there is no /proc.
 */
export function serverCpuSeconds(postmaster: number): number | undefined {
  const own = readStat(postmaster);
  if (own === undefined) return undefined;
  let ticks = own.spent + own.buried;
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readStat(Number(name));
    if (stat?.parent === postmaster) ticks += stat.spent;
  }
  return ticks / TICKS;
}

/** CPU seconds and peak memory of another process so far; undefined where there is no /proc. */
export function processUsage(
  pid: number,
): { readonly cpuSeconds: number; readonly peakBytes: number } | undefined {
  const stat = readStat(pid);
  if (stat === undefined) return undefined;
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const peakKb = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
  return { cpuSeconds: (stat.spent + stat.buried) / TICKS, peakBytes: peakKb * 1024 };
}

/** Ticks a process spent itself, ticks of its ended children, and its parent (proc(5), fields 4 and 14 to 17). */
function readStat(pid: number): { parent: number; spent: number; buried: number } | undefined {
  let text: string;
  try {
    text = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The name stands in brackets and may hold anything; what follows the last bracket is plain.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (field: number) => Number(fields[field - 3]);
  return { parent: at(4), spent: at(14) + at(15), buried: at(16) + at(17) };
}

/** The value in the middle. Not of an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** The least value that `share` (0 to 1) of all do not exceed: nearest rank. Not of an empty list. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
