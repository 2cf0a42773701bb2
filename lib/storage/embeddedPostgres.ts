import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgresBinaries } from './postgresBinaries';
import { type PostgresPlace, preparePlace } from './postgresPlace';

/** A running PostgreSQL that this program started and must stop. */
export type EmbeddedPostgres = {
  /** Connection string of the product's own database, with the password: never print it. */
  readonly url: string;
  /** Where the cluster is, and why not where it was asked for. */
  readonly place: PostgresPlace;
  readonly logFile: string;
  /** Settles when the server has ended, for whatever reason; `expected` when `stop` asked for it. */
  readonly ended: Promise<{ readonly expected: boolean }>;
  /** Stops it with nothing lost: asks, then insists. Always ends within about a minute. */
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Gives up durability for speed. For databases thrown away afterwards, that is tests, only. */
  readonly throwaway?: boolean;
  /**
   * Called with the folder that holds the cluster before anything in it is touched. Whoever may meet a second caller
   * takes a lock here, and throws when somebody else has it: a server found running afterwards is taken for an orphan.
   */
  readonly beforeUse?: (folder: string) => Promise<void>;
};

const OWNER = 'sequela';
const DATABASE = 'sequela';
const START_TIMEOUT_MS = 60_000;
const FAST_STOP_MS = 40_000;
const CRASH_STOP_MS = 10_000;

/**
 * Starts the PostgreSQL of `wanted`, creating the cluster on first use, and waits until it answers. A server found
 * running there was left behind by a killed program and is stopped first (see `beforeUse`). After a crash or kill -9 the
 * server recovers by itself from its log. Listens on 127.0.0.1 only, on a free port.
 *
 * Throws with the last lines of the server's log when it does not come up.
 */
export async function startEmbeddedPostgres(
  wanted: string,
  options: EmbeddedPostgresOptions = {},
): Promise<EmbeddedPostgres> {
  const place = preparePlace(path.resolve(wanted), findPostgresBinaries());
  await options.beforeUse?.(fs.realpathSync(place.folder));
  const data = path.join(place.folder, 'data');
  const password = readOrMakePassword(path.join(path.resolve(wanted), 'database-password'), data);
  if (!fs.existsSync(path.join(data, 'PG_VERSION'))) initialise(place, data, password, options);
  await stopOrphan(place, data);

  const logFile = path.join(place.folder, 'postgres.log');
  // A port found free can be taken before PostgreSQL binds it, and the processes of a server killed a moment ago may
  // not have noticed yet: both pass.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = startServer(place, data, port, logFile, options);
    const url = `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${DATABASE}`;
    try {
      await untilAnswering(url, server);
      return { url, place, logFile, ended: server.ended, stop: () => stopServer(server, place, data) };
    } catch (error) {
      await stopServer(server, place, data);
      const log = tail(logFile);
      if (attempt < 3 && /could not bind|address already in use/i.test(log)) continue;
      if (attempt < 20 && /pre-existing shared memory block/.test(log)) {
        await sleep(500);
        continue;
      }
      throw new Error(`PostgreSQL did not start: ${(error as Error).message}\n${log}\n(${logFile})`);
    }
  }
}

function readOrMakePassword(file: string, data: string): string {
  if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8').trim();
  if (fs.existsSync(path.join(data, 'PG_VERSION'))) {
    throw new Error(`There is a database in ${data}, but its password, kept in ${file}, is gone.`);
  }
  const password = randomBytes(24).toString('hex');
  fs.writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** Makes the cluster beside its final place and renames it there, so that a half-made one is never used. */
function initialise(place: PostgresPlace, data: string, password: string, options: EmbeddedPostgresOptions) {
  const half = `${data}.new`;
  const passwordFile = path.join(place.folder, 'password.once');
  fs.rmSync(half, { recursive: true, force: true });
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.user) fs.chownSync(passwordFile, place.user.uid, place.user.gid);
  const answer = spawnSync(
    place.binaries.initdb,
    [
      `--pgdata=${half}`,
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      // Byte order and full Unicode case folding on every operating system, whatever locales it has.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(options.throwaway ? ['--no-sync'] : []),
    ],
    { ...runAs(place), encoding: 'utf8' },
  );
  fs.rmSync(passwordFile, { force: true });
  if (answer.status !== 0) {
    throw new Error(
      `The database could not be created in ${place.folder}: ${(answer.stderr || String(answer.error)).trim()}`,
    );
  }
  fs.renameSync(half, data);
}

type Server = {
  readonly process: ChildProcess;
  readonly ended: Promise<{ readonly expected: boolean }>;
  readonly state: { stopping: boolean; ended: boolean };
  /** Outlives a killed parent just long enough to stop the server it left behind; absent on Windows. */
  readonly guard: ChildProcess | undefined;
};

function startServer(
  place: PostgresPlace,
  data: string,
  port: number,
  logFile: string,
  options: EmbeddedPostgresOptions,
): Server {
  // The log of the last run only: a folder must not fill up with them.
  fs.writeFileSync(logFile, '', { mode: 0o600 });
  const log = fs.openSync(logFile, 'a');
  const child = spawn(
    place.binaries.postgres,
    [
      '-D',
      data,
      ...Object.entries(settings(port, options)).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    // A process group of its own: Ctrl-C in the terminal reaches the launcher, which stops things in order.
    { ...runAs(place), stdio: ['ignore', log, log], detached: process.platform !== 'win32' },
  );
  fs.closeSync(log);
  const state = { stopping: false, ended: false };
  const guard = guardOf(child);
  const ended = new Promise<{ expected: boolean }>((resolve) => {
    const end = () => {
      state.ended = true;
      guard?.kill('SIGKILL');
      resolve({ expected: state.stopping });
    };
    child.once('error', end);
    child.once('exit', end);
  });
  return { process: child, ended, state, guard };
}

/**
 * A shell that waits for its standard input to close, which happens when this program ends in any way, and then asks
 * the server to stop. Without it, kill -9 of this program would leave a server running that nobody uses.
 */
function guardOf(server: ChildProcess): ChildProcess | undefined {
  if (process.platform === 'win32' || server.pid === undefined) return undefined;
  const guard = spawn('/bin/sh', ['-c', 'cat >/dev/null; kill -INT "$1"', 'sh', String(server.pid)], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => {});
  guard.stdin?.on('error', () => {});
  guard.unref();
  (guard.stdin as unknown as net.Socket | null)?.unref?.();
  return guard;
}

/** Settings given on the command line, so that the data folder needs no edited file. */
function settings(
  port: number,
  { throwaway = false }: EmbeddedPostgresOptions,
): Record<string, string | number> {
  const constrained = process.constrainedMemory?.() ?? 0;
  const memory = constrained > 0 ? Math.min(constrained, os.totalmem()) : os.totalmem();
  const sharedMb = Math.max(128, Math.min(1024, Math.floor(memory / 8 / 2 ** 20)));
  return {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: throwaway ? 200 : 100,
    shared_buffers: `${throwaway ? 64 : sharedMb}MB`,
    effective_cache_size: `${sharedMb * 3}MB`,
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    // No replicas hang on the embedded server, so its log need only be enough to recover.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    random_page_cost: 1.1,
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    ...(smallSharedMemory() ? { dynamic_shared_memory_type: 'mmap' } : {}),
    ...(throwaway
      ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }
      : { fsync: 'on', synchronous_commit: 'on' }),
  };
}

/** Containers often allow 64 MB of /dev/shm, where a parallel query fails half way; files do not. */
function smallSharedMemory(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const shm = fs.statfsSync('/dev/shm');
    return shm.bavail * shm.bsize < 512 * 2 ** 20;
  } catch {
    return true;
  }
}

async function untilAnswering(url: string, server: Server): Promise<void> {
  const admin = withDatabase(url, 'postgres');
  const deadline = Date.now() + START_TIMEOUT_MS;
  let last = 'no answer';
  while (Date.now() < deadline) {
    if (server.state.ended) throw new Error('it ended at once');
    const client = new pg.Client({ connectionString: admin, connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
      if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
      return;
    } catch (error) {
      last = (error as Error).message;
      // A wrong password never becomes right; anything else is the server still coming up.
      if ((error as { code?: string }).code === '28P01') throw error;
      await sleep(50);
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw new Error(`${last} (after ${START_TIMEOUT_MS / 1000} s)`);
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

async function stopServer(server: Server, place: PostgresPlace, data: string): Promise<void> {
  server.state.stopping = true;
  if (!server.state.ended) {
    // "Fast": open transactions are rolled back, everything committed is written, then it ends.
    if (process.platform === 'win32') pgCtlStop(place, data, 'fast', FAST_STOP_MS);
    else server.process.kill('SIGINT');
    if (!(await within(server.ended, FAST_STOP_MS))) {
      // "Immediate": like a power cut; the next start recovers from the log and loses nothing committed.
      if (process.platform === 'win32') pgCtlStop(place, data, 'immediate', CRASH_STOP_MS);
      else server.process.kill('SIGQUIT');
      if (!(await within(server.ended, CRASH_STOP_MS))) server.process.kill('SIGKILL');
    }
  }
  await within(server.ended, CRASH_STOP_MS);
}

async function within(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  const cancel = new AbortController();
  const late = sleep(limitMs, false, { signal: cancel.signal }).catch(() => false);
  const inTime = await Promise.race([promise.then(() => true), late]);
  cancel.abort();
  return inTime;
}

/**
 * Stops a server left running in `data` by a launcher that was killed. The process id in `postmaster.pid` may since
 * belong to something else, so the process must also look like a PostgreSQL of this folder before it is touched.
 */
async function stopOrphan(place: PostgresPlace, data: string): Promise<void> {
  const pidFile = path.join(data, 'postmaster.pid');
  if (!fs.existsSync(pidFile)) return;
  const pid = Number(fs.readFileSync(pidFile, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const command = commandOf(pid);
  if (!command?.includes('postgres')) {
    // Dead, or dead and not yet collected (for ever, in a container whose first process collects nobody), or its id
    // was given to another program. PostgreSQL would refuse to start in the last two cases. Should a process of the
    // old server still be alive, the new one notices by the memory they would share, and is tried again.
    fs.rmSync(pidFile, { force: true });
    return;
  }
  if (process.platform !== 'win32' && !command.includes(data)) return;
  if (!pgCtlStop(place, data, 'fast', FAST_STOP_MS) && !pgCtlStop(place, data, 'immediate', CRASH_STOP_MS)) {
    throw new Error(
      `A PostgreSQL left over from an earlier run (process ${pid}) does not stop. Please end it.`,
    );
  }
}

/** The command line of a live process, `undefined` when there is none; on Windows only its program's name. */
function commandOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') || undefined;
    } catch {
      return undefined;
    }
  }
  const answer =
    process.platform === 'win32'
      ? spawnSync('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { encoding: 'utf8' })
      : spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  const text = answer.stdout?.trim();
  if (!text || (process.platform === 'win32' && !text.includes(`"${pid}"`))) return undefined;
  return text;
}

function pgCtlStop(place: PostgresPlace, data: string, mode: 'fast' | 'immediate', limitMs: number): boolean {
  const seconds = String(Math.ceil(limitMs / 1000));
  const answer = spawnSync(place.binaries.pgCtl, ['stop', '-D', data, '-m', mode, '-w', '-t', seconds], {
    ...runAs(place),
    stdio: 'ignore',
  });
  return answer.status === 0;
}

/** As whom and in what surroundings the programs run: no PG* variable of the user's shell, no unreadable folder. */
function runAs({ user }: PostgresPlace): { cwd: string; env: NodeJS.ProcessEnv; uid?: number; gid?: number } {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'COMSPEC'];
  const env = Object.fromEntries(kept.flatMap((key) => (process.env[key] ? [[key, process.env[key]]] : [])));
  return {
    cwd: path.parse(process.cwd()).root,
    env: { ...env, LC_ALL: 'C' } as unknown as NodeJS.ProcessEnv,
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  };
}

function tail(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
  } catch {
    return '';
  }
}

/**
 * A TCP port on 127.0.0.1 that was free a moment ago, below those that operating systems hand out for outgoing
 * connections: one of them could take a port from that range between the look and the use.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
