import { type ChildProcess, execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import type { AnalyzeDocument } from '../lib/contracts/analyze';
import type { FindingList } from '../lib/contracts/findings';
import type { ImportView } from '../lib/contracts/imports';
import { fleet } from '../lib/sample/workday';
import { freePort } from '../lib/storage/embeddedPostgres';

const root = path.dirname(import.meta.dirname);
const HOST_DAYS = 16;

/** A product of its own, since this one is killed. Finds the parts it started through /proc. */
test.skip(process.platform !== 'linux', 'Looks at processes through /proc.');

test('killed with -9 while reading, an import completes by itself with exact counts', async ({ page }) => {
  test.setTimeout(240_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sequela-crash-'));
  fs.chmodSync(folder, 0o711);
  const file = path.join(folder, 'fleet.json');
  const lines = await writeRecording(file);
  const undisturbed = analyze(file);

  const port = await freePort();
  const api = `http://127.0.0.1:${port}/api/v1`;
  let product = start(folder, port);
  try {
    await product.ready;
    // It runs as a demo, and no page lets anybody take it for a place to work in.
    for (const shown of ['/', '/cases', '/admin/people']) {
      await page.goto(`http://127.0.0.1:${port}${shown}`);
      await expect(page.getByRole('note').filter({ hasText: 'nobody signs in here' })).toBeInViewport();
    }
    const received = await upload(api, file);
    let seen = received;
    await until('records to be stored', async () => {
      seen = await json<ImportView>(`${api}/imports/${received.id}`);
      return seen.records.read > 0;
    });
    const tree = [product.child.pid ?? 0, ...descendants(product.child.pid ?? 0)];
    expect(tree.length).toBeGreaterThan(4);
    for (const pid of tree) kill(pid);
    expect(seen.state).toBe('parsing');
    expect(seen.records.read).toBeLessThan(lines);

    product = start(folder, port);
    await product.ready;
    await until(
      'the import to be done',
      async () => {
        seen = await json<ImportView>(`${api}/imports/${received.id}`);
        return seen.state === 'done' || seen.state === 'failed';
      },
      150_000,
    );
    const { document } = { document: await undisturbed };
    const { read, events, ignored, duplicates, quarantined } = seen.records;
    expect(seen.state).toBe('done');
    expect(read).toBe(lines);
    expect(events + ignored + duplicates + quarantined).toBe(read);
    expect(seen.records).toEqual(document.imports[0]?.records);
    expect(seen.sha256).toBe(document.imports[0]?.sha256);
    const found = await json<FindingList>(`${api}/findings?suppressed=any&limit=200`);
    expect(found.items.map((finding) => finding.id).sort()).toEqual(
      document.findings.map((finding) => finding.id).sort(),
    );
  } finally {
    await product.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

/** Some sixty thousand records, written as they are made. Answers how many lines. */
async function writeRecording(file: string): Promise<number> {
  let lines = 0;
  for (const day of fleet({
    seed: 'crash',
    hosts: 8,
    days: HOST_DAYS / 8,
    firstDate: '2026-05-04',
    chainEvery: 4,
  })) {
    await fs.promises.appendFile(file, day.lines.map((line) => `${line}\n`).join(''));
    lines += day.lines.length;
  }
  return lines;
}

/** What the command line finds in the same file. */
async function analyze(file: string): Promise<AnalyzeDocument> {
  const args = ['--import', 'tsx', path.join(root, 'lib/cli/analyze.ts'), file, '--json'];
  const run = promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 1 << 28 });
  const { stdout } = await run.catch((error) => {
    if (error.code === 1) return error as { stdout: string };
    throw error;
  });
  return JSON.parse(stdout);
}

async function upload(api: string, file: string): Promise<ImportView> {
  const answer = await fetch(`${api}/imports?name=fleet.json`, {
    method: 'POST',
    body: await fs.openAsBlob(file),
    headers: { 'content-type': 'application/octet-stream' },
  });
  expect(answer.status).toBe(201);
  return answer.json() as Promise<ImportView>;
}

async function json<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  return answer.json() as Promise<T>;
}

function start(folder: string, port: number) {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'lib/launcher/start.ts')], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: '',
      SEQUELA_HOST: '127.0.0.1',
      // What it asks by itself, it asks as nobody.
      SEQUELA_DEMO: 'true',
      SEQUELA_DATA_DIR: folder,
      PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const ready = until(
    'the product to be ready',
    async () => {
      if (child.exitCode !== null) throw new Error(`It ended first:\n${output}`);
      return output.includes('Sequela is ready');
    },
    90_000,
  );
  return { child, ready, stop: () => stopped(child) };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await until(
    'the product to stop',
    async () => child.exitCode !== null || child.signalCode !== null,
    60_000,
  );
}

/** Processes below one, the database's among them. */
function descendants(pid: number): number[] {
  const children = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function parentOf(pid: string): number {
  try {
    return Number(fs.readFileSync(`/proc/${pid}/status`, 'utf8').match(/^PPid:\s+(\d+)/m)?.[1]);
  } catch {
    return 0;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function until(what: string, holds: () => Promise<boolean>, limitMs = 60_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Waited ${limitMs / 1000} s for ${what}`);
    await sleep(50);
  }
}
