import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fleet } from '../lib/sample/workday';
import { ROOT } from './measurement';

/** A recording to measure with, as JSON lines, and what was planted in it. */
export type Corpus = {
  readonly file: string;
  readonly truthFile: string;
  readonly source: 'amplified recordings' | 'made-up working days';
  readonly events: number;
  readonly bytes: number;
};

/** `[analytic, host, milliseconds, process or processes]`; a finding that names one of them has found the chain. */
export type Planted = readonly [string, string, number, string | readonly string[]];

export type CorpusTruth = {
  readonly planted: readonly Planted[];
  /** Processes that look alike and must lead to no complete finding; absent where the builder names none. */
  readonly decoys?: readonly { readonly analytic: string; readonly process: string }[];
};

const BUILDER = path.resolve(ROOT, '../shared/bench/build-corpus.mjs');
const RECORDINGS = path.resolve(ROOT, '../shared/data/mordor');
const SEED = 'sequela bench';

/** Folder for what can be made again: recordings, rows, throw-away databases. */
export const CACHE = process.env.BENCH_CACHE ?? path.join(os.tmpdir(), 'sequela-bench');

/**
 * The recording of about `events` events, made on first use and kept. Real recordings copied under new
 * names by build-corpus.mjs when that folder stands beside the checkout; else working days from the
 * product's own sample generator. Both are deterministic; a changed builder makes a new file.
 */
export async function corpusOf(events: number, say: (line: string) => void): Promise<Corpus> {
  fs.mkdirSync(CACHE, { recursive: true });
  // The database server of a root user runs as somebody else, who passes through here.
  fs.chmodSync(CACHE, 0o755);
  const amplified = fs.existsSync(BUILDER) && fs.existsSync(RECORDINGS);
  const maker = amplified
    ? fs.readFileSync(BUILDER)
    : Buffer.concat(sourcesOf(path.join(ROOT, 'lib/sample')));
  const key = createHash('sha256').update(maker).digest('hex').slice(0, 10);
  const file = path.join(CACHE, `${amplified ? 'amplified' : 'workdays'}-${events}-${key}.ndjson`);
  const truthFile = `${file}.truth.json`;
  if (!fs.existsSync(file) || !fs.existsSync(truthFile)) {
    say(`building a recording of ${events} events`);
    const half = `${file}.half`;
    if (amplified) await runBuilder(half, events);
    else writeFleet(half, events);
    fs.renameSync(`${half}.truth.json`, truthFile);
    fs.renameSync(half, file);
  }
  return {
    file,
    truthFile,
    source: amplified ? 'amplified recordings' : 'made-up working days',
    events: countLines(file),
    bytes: fs.statSync(file).size,
  };
}

function runBuilder(out: string, events: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--max-old-space-size=8192', BUILDER, RECORDINGS, out, String(events)],
      { stdio: 'ignore' },
    );
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`the corpus builder ended with ${code}`)),
    );
  });
}

/** Fills the file with whole host-days until it holds `events` records; one host per five thousand of them. */
function writeFleet(out: string, events: number): void {
  const hosts = Math.max(20, Math.round(events / 5000));
  const fd = fs.openSync(out, 'w');
  const planted: Planted[] = [];
  const decoys: { analytic: string; process: string }[] = [];
  let lines = 0;
  for (const day of fleet({ seed: SEED, hosts, days: 1000, firstDate: '2026-03-02' })) {
    const kept = day.lines.slice(0, events - lines);
    fs.writeSync(fd, `${kept.join('\n')}\n`);
    lines += kept.length;
    // A day that was cut off may have lost its chains.
    if (kept.length === day.lines.length) {
      for (const chain of day.truth.chains.filter((one) => one.status === 'complete')) {
        const ids = chain.processes.flatMap((process) => process.entityId ?? []);
        if (ids.length > 0)
          planted.push([chain.analytic, chain.host, Date.parse(chain.anchor.startedAt), ids]);
      }
      for (const { analytic, process, ceiling } of day.truth.decoys) {
        if (ceiling === 'nothing' && process.entityId !== undefined)
          decoys.push({ analytic, process: process.entityId });
      }
    }
    if (lines >= events) break;
  }
  fs.closeSync(fd);
  fs.writeFileSync(`${out}.truth.json`, JSON.stringify({ planted, decoys }));
}

function sourcesOf(folder: string): Buffer[] {
  return fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
    .map((file) => fs.readFileSync(file));
}

function countLines(file: string): number {
  const fd = fs.openSync(file, 'r');
  const block = Buffer.allocUnsafe(4 * 1024 * 1024);
  let lines = 0;
  for (;;) {
    const read = fs.readSync(fd, block, 0, block.length, null);
    if (read === 0) break;
    for (let at = block.indexOf(10); at !== -1 && at < read; at = block.indexOf(10, at + 1)) lines++;
  }
  fs.closeSync(fd);
  return lines;
}
