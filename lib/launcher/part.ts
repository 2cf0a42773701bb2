import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** A program of the product: what to run with Node, and in which environment. */
export type Program = {
  /** What people call it, after "the": "web server". */
  readonly name: string;
  /** Arguments of node: a file and its arguments, or flags before it. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** False for a program that takes a channel to its parent for its own use, as `next dev` does. */
  readonly watchesParent?: boolean;
};

/** A running program of the product. */
export type Part = {
  readonly name: string;
  /** Settles with a sentence about how it ended; never rejects. */
  readonly ended: Promise<string>;
  /** The last lines it wrote. */
  lastWords(): string;
  /** Asks it to stop, and after `graceMs` makes it; settles when it is gone. */
  stop(graceMs: number): Promise<void>;
};

const LOG_KEPT_BYTES = 10 * 2 ** 20;
const withParent = pathToFileURL(path.join(import.meta.dirname, 'withParent.mjs')).href;

/**
 * Starts a program in `root` with its output in `logFile` (on this terminal when there is none). It runs in a process
 * group of its own, so that Ctrl-C reaches the launcher alone and things stop in order, and it stops by itself should
 * the launcher vanish.
 */
export function startPart(program: Program, root: string, logFile?: string): Part {
  const log = logFile === undefined ? 'inherit' : openLog(logFile);
  const watches = program.watchesParent !== false;
  const child = spawn(process.execPath, [...(watches ? ['--import', withParent] : []), ...program.args], {
    cwd: root,
    env: { ...process.env, ...program.env },
    stdio: watches ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    detached: process.platform !== 'win32',
  });
  if (typeof log === 'number') fs.closeSync(log);
  const ended = ending(child);
  return {
    name: program.name,
    ended,
    lastWords: () => (logFile === undefined ? '' : tail(logFile)),
    stop: async (graceMs) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const late = new AbortController();
      await Promise.race([ended, sleep(graceMs, undefined, { signal: late.signal }).catch(() => {})]);
      late.abort();
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}

function ending(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
    );
  });
}

/** Appends, keeping one older file of at most about 10 MB. */
function openLog(file: string): number {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (fs.existsSync(file) && fs.statSync(file).size > LOG_KEPT_BYTES) fs.renameSync(file, `${file}.old`);
  return fs.openSync(file, 'a', 0o600);
}

function tail(file: string): string {
  return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}
