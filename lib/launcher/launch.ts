import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLoopback } from '../base/loopback';
import { startEmbeddedPostgres } from '../storage/embeddedPostgres';
import { migrate } from '../storage/migrate';
import { dropFirstLink, makeFirstLink } from './firstLink';
import { takeLock } from './lock';
import { type Part, type Program, startPart } from './part';
import { keptSecret } from './secret';
import { describeDatabase, localAddress, Refusal, type Settings } from './settings';

/** The programs a launch runs; tests put small ones in their place. */
export type Product = {
  readonly root: string;
  /** Whatever must be made from the sources first. Told to give up through `stopping`. */
  prepare(say: Say, stopping: AbortSignal): Promise<void>;
  readonly web: Program;
  readonly worker: Program;
};

type Say = (line: string) => void;

const READY_TIMEOUT_MS = 120_000;
const WORKER_GRACE_MS = 20_000;
const WEB_GRACE_MS = 8_000;

/**
 * Runs the whole product until it is told to stop or a part of it ends: database (unless one is named), migrations,
 * worker, web server. Whatever was started is stopped in the opposite order. Answers the exit code: 0 when asked to
 * stop, 1 when refused or when something broke, having said what.
 */
export async function launch(
  settings: Settings,
  product: Product,
  stopping: AbortSignal,
  say: Say,
): Promise<number> {
  /** How to undo what was done so far, last thing last. */
  const undo: (() => Promise<void>)[] = [];
  try {
    const broken = await run(settings, product, stopping, say, undo);
    if (broken) say(broken);
    return broken ? 1 : 0;
  } catch (error) {
    if (stopping.aborted) return 0;
    say(error instanceof Refusal ? error.message : `Sequela could not start. ${(error as Error).message}`);
    return 1;
  } finally {
    if (undo.length > 1) say('Stopping…');
    for (const step of undo.reverse()) {
      await step().catch((error: Error) => say(`While stopping: ${error.message}`));
    }
    if (undo.length > 1) say('Stopped.');
  }
}

/** Settles when asked to stop (with nothing) or when a part ended by itself (with a sentence about it). */
async function run(
  settings: Settings,
  product: Product,
  stopping: AbortSignal,
  say: Say,
  undo: (() => Promise<void>)[],
): Promise<string | undefined> {
  const address = localAddress(settings.host, settings.port);
  makeDataDir(settings.dataDir);
  const claim = async (folder: string) => {
    const lock = await takeLock(folder, { pid: process.pid, address });
    if ('release' in lock) undo.push(() => lock.release());
    else throw alreadyRunning(folder, lock.heldBy);
  };
  await claim(fs.realpathSync(settings.dataDir));
  await refuseTakenPort(settings.host, settings.port);
  await product.prepare(say, stopping);
  stopping.throwIfAborted();

  const database = await openDatabase(settings, claim, say, undo);
  await applyMigrations(settings, database.url, say);
  stopping.throwIfAborted();

  const env = {
    DATABASE_URL: database.url,
    SEQUELA_DATA_DIR: settings.dataDir,
    SEQUELA_HOST: settings.host,
    SEQUELA_SECRET: settings.secret ?? keptSecret(settings.dataDir),
    SEQUELA_DEMO: String(settings.demo),
    SEQUELA_LINK_FILE: settings.linkFile,
    SEQUELA_URL: settings.url ?? '',
    PORT: String(settings.port),
    NEXT_TELEMETRY_DISABLED: '1',
  };
  const start = (program: Program, graceMs: number, log: string): Part => {
    const logFile = settings.dev ? undefined : path.join(settings.dataDir, 'logs', log);
    const part = startPart({ ...program, env: { ...env, ...program.env } }, product.root, logFile);
    undo.push(() => part.stop(graceMs));
    return part;
  };
  // Stopped in the opposite order: first the worker, which may be writing, then the web server, then the database.
  const web = start(product.web, WEB_GRACE_MS, 'web.log');
  const worker = start(product.worker, WORKER_GRACE_MS, 'worker.log');

  const end = Promise.race([
    new Promise<undefined>((resolve) =>
      stopping.addEventListener('abort', () => resolve(undefined), { once: true }),
    ),
    database.broke,
    ...[web, worker].map(async (part) => {
      const how = await part.ended;
      return `The ${part.name} ${how}.${quote(part.lastWords())}`;
    }),
  ]);
  const over = new AbortController();
  const ended = end.finally(() => over.abort());
  if (await Promise.race([untilReady(address, over.signal), ended.then(() => false)])) {
    announce(settings, address, say);
    await announceWho(settings, database.url, settings.url ?? address, say);
  }
  return stopping.aborted ? undefined : end;
}

function makeDataDir(folder: string): void {
  try {
    const made = fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    // The user PostgreSQL runs as on root's behalf passes through here, and can read nothing else in it.
    if (made !== undefined && process.getuid?.() === 0) fs.chmodSync(folder, 0o711);
    fs.accessSync(folder, fs.constants.W_OK | fs.constants.X_OK);
  } catch (error) {
    throw new Refusal(
      `The data folder ${folder} cannot be used (${(error as NodeJS.ErrnoException).code}). ` +
        'Set SEQUELA_DATA_DIR to a folder you may write to.',
    );
  }
}

function alreadyRunning(folder: string, holder: { pid: number; address: string }): Refusal {
  const who = holder.pid ? ` as process ${holder.pid}, at ${holder.address}` : '';
  return new Refusal(
    `Sequela is already running on ${folder}${who}. Stop it first, or set SEQUELA_DATA_DIR (and PORT) for a second one.`,
  );
}

function refuseTakenPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why: Record<string, string> = {
        EADDRINUSE: `Port ${port} is taken by another program; set PORT=… to another one.`,
        EACCES: `Port ${port} may not be used by this user; set PORT=… to one above 1023.`,
        EADDRNOTAVAIL: `SEQUELA_HOST=${host} is not an address of this machine.`,
        ENOTFOUND: `SEQUELA_HOST=${host} is not an address of this machine.`,
      };
      reject(new Refusal(why[error.code ?? ''] ?? `Cannot listen on ${host}:${port}: ${error.message}`));
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve()));
  });
}

type Database = { readonly url: string; readonly broke: Promise<string> };

async function openDatabase(
  settings: Settings,
  claim: (folder: string) => Promise<void>,
  say: Say,
  undo: (() => Promise<void>)[],
): Promise<Database> {
  if (settings.databaseUrl) {
    return { url: settings.databaseUrl, broke: new Promise(() => {}) };
  }
  const server = await startEmbeddedPostgres(settings.dataDir, { beforeUse: claim });
  undo.push(() => server.stop());
  if (server.place.movedBecause) {
    say(`The database is kept in ${server.place.folder}: ${server.place.movedBecause}.`);
  }
  const broke = server.ended.then(({ expected }) =>
    expected ? new Promise<string>(() => {}) : `The database ended unexpectedly; see ${server.logFile}.`,
  );
  return { url: server.url, broke };
}

async function applyMigrations(settings: Settings, url: string, say: Say): Promise<void> {
  try {
    const { applied, changed } = await migrate(url);
    if (applied.length > 0)
      say(`Database brought up to date (${applied.length} step${applied.length > 1 ? 's' : ''}).`);
    for (const name of changed) say(`Note: migration ${name} was edited after it was applied.`);
  } catch (error) {
    if (!settings.databaseUrl) throw error;
    const message = (error as Error).message || (error as NodeJS.ErrnoException).code;
    throw new Refusal(
      `The database named by DATABASE_URL (${describeDatabase(url)}) cannot be used: ${message}`,
    );
  }
}

/** Whether the web server came to answer that it is ready; `false` when there is no more point in asking. */
async function untilReady(address: string, over: AbortSignal): Promise<boolean> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  let last = 'no answer';
  while (Date.now() < deadline) {
    if (over.aborted) return false;
    try {
      const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(5_000) });
      const text = await answer.text();
      if (answer.ok) return true;
      last = `${answer.status} ${text.slice(0, 200)}`;
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  throw new Error(`The web server is not ready after ${READY_TIMEOUT_MS / 1000} s: ${last}`);
}

function announce(settings: Settings, address: string, say: Say): void {
  say(`Sequela is ready: ${address}`);
  say(
    isLoopback(settings.host)
      ? 'It listens on this machine only. To open it to your network: SEQUELA_HOST=0.0.0.0 npm start'
      : `It listens on ${settings.host}: every machine that can reach this one can open it.`,
  );
  say(`Data and logs: ${settings.dataDir}. Stop with Ctrl-C.`);
}

/** Says how people get in, when nobody can yet or everybody can. */
async function announceWho(settings: Settings, url: string, address: string, say: Say): Promise<void> {
  dropFirstLink(settings.linkFile);
  if (settings.demo) {
    say('DEMO: nobody signs in here, and everyone at this machine is an administrator.');
    return;
  }
  const link = await makeFirstLink(url, address, settings.linkFile);
  if (link === undefined) return;
  say(`Nobody is here yet. The first administrator comes by this link, once, within 24 hours:\n  ${link}`);
  say(`It stands in ${settings.linkFile} as well. Every start makes a new one until it was used.`);
}

function quote(text: string): string {
  return text ? ` Its last words:\n${text.replace(/^/gm, '  ')}` : '';
}
