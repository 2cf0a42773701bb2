import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../storage/embeddedPostgres';
import { createTestDatabase } from '../storage/testDatabase';

let dataDir: string;
let port: number;
let started: ChildProcess[] = [];

beforeEach(async () => {
  dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'sequela-launch-'));
  fs.chmodSync(dataDir, 0o711);
  port = await freePort();
});
afterEach(async () => {
  for (const child of started) {
    if (child.exitCode === null) child.kill('SIGTERM');
  }
  await until('programs to end', () =>
    started.every((child) => child.exitCode !== null || child.signalCode !== null),
  );
  await until('the server to end', () => postmaster() === undefined || !alive(postmaster()));
  started = [];
  fs.rmSync(dataDir, { recursive: true, force: true });
});

/** Looks at processes through /proc. */
describe.runIf(process.platform === 'linux')('npm start', () => {
  it('starts everything, refuses a second start, and stops everything in order on SIGTERM', async () => {
    const first = start();
    await first.says('Sequela is ready');
    const pids = [...(await partPids()), postmaster()];
    expect(pids.every(alive)).toBe(true);
    expect(fs.statSync(path.join(dataDir, 'database-password')).mode & 0o777).toBe(0o600);

    const second = start();
    expect(await second.exitCode).toBe(1);
    expect(second.output()).toContain(
      `already running on ${fs.realpathSync(dataDir)} as process ${first.child.pid}`,
    );

    first.child.kill('SIGTERM');
    expect(await first.exitCode).toBe(0);
    expect(pids.some(alive)).toBe(false);
    expect(first.output()).not.toMatch(/postgresql:|password/);
    expect(fs.statSync(path.join(dataDir, 'secret')).mode & 0o777).toBe(0o600);

    // The worker could still write when it was asked to stop: it went before the database.
    const again = start();
    await again.says('Sequela is ready');
    await until('the worker to count', () => logOf('worker').includes('started,stopped,started'));
  });

  it('prints a link for the first administrator, a new one with every start, and none in a demo', {
    timeout: 120_000,
  }, async () => {
    const file = path.join(dataDir, 'first-link.txt');
    const first = start();
    await first.says('/join?token=');
    const link = fs.readFileSync(file, 'utf8').trim();
    expect(first.output()).toContain(link);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    first.child.kill('SIGTERM');
    await first.exitCode;
    const second = start();
    await second.says('/join?token=');
    expect(fs.readFileSync(file, 'utf8').trim()).not.toBe(link);
    second.child.kill('SIGTERM');
    await second.exitCode;
    const demo = start({ SEQUELA_DEMO: 'true' });
    await demo.says('DEMO');
    expect(demo.output()).not.toContain('/join');
    expect(fs.existsSync(file)).toBe(false);
  });

  it('leaves nothing running when the launcher alone is killed with -9, and starts again', async () => {
    const first = start();
    await first.says('Sequela is ready');
    const pids = [...(await partPids()), postmaster()];
    first.child.kill('SIGKILL');
    await until('all parts to end', () => !pids.some(alive));
    const again = start();
    await again.says('Sequela is ready');
  });

  it('recovers when everything was killed with -9 at once', async () => {
    const first = start();
    await first.says('Sequela is ready');
    const server = postmaster();
    for (const pid of [first.child.pid, ...(await partPids()), ...guards(server), server]) kill(pid);
    const again = start();
    await again.says('Sequela is ready');
    await until('the worker to count', () => logOf('worker').includes('started,started'));
  });

  it('stops a database left running by a launcher killed together with its guard, then uses it', async () => {
    const first = start();
    await first.says('Sequela is ready');
    const server = postmaster();
    for (const pid of [...guards(server), first.child.pid, ...(await partPids())]) kill(pid);
    await sleep(300);
    expect(alive(server)).toBe(true);
    const again = start();
    await again.says('Sequela is ready');
    expect(alive(server)).toBe(false);
  });

  it('names a taken port before anything is started', async () => {
    const other = net.createServer().listen(port, '127.0.0.1');
    const refused = start();
    expect(await refused.exitCode).toBe(1);
    expect(refused.output().trim()).toBe(
      `Port ${port} is taken by another program; set PORT=… to another one.`,
    );
    expect(fs.existsSync(path.join(dataDir, 'postgres'))).toBe(false);
    await new Promise((resolve) => other.close(resolve));
  });

  it('stops with an exit code and the last words of a part that ended by itself', async () => {
    const broken = start({ WORKER_FAILS: '1' });
    expect(await broken.exitCode).toBe(1);
    expect(broken.output()).toMatch(
      /The worker ended with exit code 7\. Its last words:\n[\s\S]*out of cheese/,
    );
    expect(postmaster()).toBeUndefined();
  });

  it('says so when the database ends by itself', async () => {
    const first = start();
    // The link is the last that a start does with the database.
    await first.says('Nobody is here yet');
    kill(postmaster());
    expect(await first.exitCode).toBe(1);
    expect(first.output()).toMatch(/The (database ended unexpectedly|worker ended with exit code 3)/);
  });

  it('uses the database it is given and starts none', async () => {
    const database = await createTestDatabase({ empty: true });
    const first = start({ DATABASE_URL: database.url });
    await first.says('Sequela is ready');
    expect(fs.existsSync(path.join(dataDir, 'postgres'))).toBe(false);
    first.child.kill('SIGTERM');
    expect(await first.exitCode).toBe(0);
    await database.drop();
  });

  it('names a given database that cannot be used, without its password', async () => {
    const first = start({ DATABASE_URL: `postgresql://me:secret@127.0.0.1:${await freePort()}/soc` });
    expect(await first.exitCode).toBe(1);
    expect(first.output()).toMatch(
      /The database named by DATABASE_URL \(127\.0\.0\.1:\d+\/soc\) cannot be used: /,
    );
    expect(first.output()).not.toContain('secret');
    expect(fs.existsSync(path.join(dataDir, 'postgres'))).toBe(false);
  });
});

function start(env: Record<string, string> = {}) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', path.join(import.meta.dirname, 'testProduct.ts')],
    {
      env: {
        ...process.env,
        DATABASE_URL: '',
        SEQUELA_HOST: '',
        SEQUELA_DEMO: '',
        SEQUELA_LINK_FILE: '',
        SEQUELA_DATA_DIR: dataDir,
        PORT: String(port),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  started.push(child);
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exitCode = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    exitCode,
    output: () => output,
    says: (words: string) =>
      until(`"${words}"`, () => {
        if (child.exitCode !== null && !output.includes(words)) throw new Error(`It ended first:\n${output}`);
        return output.includes(words);
      }),
  };
}

async function until(what: string, holds: () => boolean, limitMs = 20_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`Waited ${limitMs / 1000} s for ${what}`);
    await sleep(25);
  }
}

function logOf(part: string): string {
  const file = path.join(dataDir, 'logs', `${part}.log`);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

/** The web server's and the worker's process, which each says in its log; the worker may come up after "ready". */
async function partPids(): Promise<number[]> {
  const pids = () => ['web', 'worker'].map((part) => Number(logOf(part).match(/\d+/)?.[0]));
  await until('both parts to run', () => !pids().some(Number.isNaN));
  return pids();
}

function postmaster(): number | undefined {
  const pointer = path.join(dataDir, 'postgres.location');
  const folder = fs.existsSync(pointer)
    ? fs.readFileSync(pointer, 'utf8').trim()
    : path.join(dataDir, 'postgres');
  const file = path.join(folder, 'data/postmaster.pid');
  return fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

/** The shells that would stop this server once their launcher is gone. */
function guards(server: number | undefined): number[] {
  return fs
    .readdirSync('/proc')
    .filter(
      (name) =>
        /^\d+$/.test(name) && read(`/proc/${name}/cmdline`).endsWith(`kill -INT "$1"\0sh\0${server}\0`),
    )
    .map(Number);
}

function alive(pid: number | undefined): boolean {
  // Killed and not yet collected by whoever became its parent counts as gone.
  return pid !== undefined && /^State:\s+[^ZX]/m.test(read(`/proc/${pid}/status`));
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function kill(pid: number | undefined): void {
  if (pid) process.kill(pid, 'SIGKILL');
}
