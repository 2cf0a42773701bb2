import { execFile } from 'node:child_process';
import { createHash, verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as startBacktest } from '@/app/api/v1/analytics/[id]/backtest/route';
import { PUT as putAnalytic } from '@/app/api/v1/analytics/[id]/route';
import { GET as getBacktest } from '@/app/api/v1/backtests/[id]/route';
import { PUT as relabel, DELETE as removeRecording } from '@/app/api/v1/validation/recordings/[id]/route';
import { POST as addRecording, GET as listRecordings } from '@/app/api/v1/validation/recordings/route';
import { GET as getReport } from '@/app/api/v1/validation/runs/[id]/report/route';
import { DELETE as cancelRun, GET as getRun } from '@/app/api/v1/validation/runs/[id]/route';
import { GET as listRuns, POST as startRun } from '@/app/api/v1/validation/runs/route';
import { canonicalJson } from '../base/canonicalJson';
import type { BacktestView } from '../contracts/analytics';
import type { ValidationRecording, ValidationRunSummary, ValidationRunView } from '../contracts/validation';
import { bytesOf, type ScenarioRecording, scenarioRecordings } from '../sample/scenarios/scenarios';
import { pool } from '../storage/client';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { readAudit } from '../workflows/readAudit';
import { giveUpValidation } from '../workflows/validation/runValidation';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker();
}, 60_000);
afterAll(() => worker.stop());

const MINUTES = 600_000;

// The door itself holds every answer against the schema of its route, so a success is also a right shape.
function send(
  handler: Handler,
  method: string,
  { id = '', query = {}, body }: { id?: string; query?: Record<string, string>; body?: BodyInit } = {},
): Promise<Response> {
  const url = `http://localhost:3000/x?${new URLSearchParams(query)}`;
  const more = body === undefined ? {} : { body, duplex: 'half' };
  const request = new Request(url, { method, headers: { host: 'localhost:3000' }, ...more });
  return handler(request, { params: Promise.resolve({ id }) });
}

async function json<Shape>(response: Promise<Response>): Promise<{ status: number; value: Shape }> {
  const answer = await response;
  return { status: answer.status, value: (await answer.json()) as Shape };
}

function recordingOf(file: string): ScenarioRecording {
  for (const one of scenarioRecordings(file.split('.')[0])) if (one.file === file) return one;
  throw new Error(`no recording ${file}`);
}

const chain = recordingOf('user-zip-7zfm.sysmon.ndjson');
/** As people keep them: compressed, in a file that names its format nowhere. */
const packed = gzipSync(bytesOf(chain));
const labels = (more: object = {}): string => JSON.stringify({ ...chain.label, ...more });

const upload = (query: Record<string, string>, body: BodyInit = packed) =>
  json<ValidationRecording & { errors?: { path: string; message: string }[] }>(
    send(addRecording, 'POST', { query, body }),
  );
const start = (body: object) =>
  json<ValidationRunSummary>(send(startRun, 'POST', { body: JSON.stringify(body) }));

async function over(id: string): Promise<ValidationRunView> {
  for (;;) {
    const { value } = await json<ValidationRunView>(send(getRun, 'GET', { id }));
    if (value.endedAt !== null) return value;
    await sleep(100);
  }
}

/** Changes an analytic as people do: tried first, then saved. */
async function tune(id: string, change: object): Promise<void> {
  const body = JSON.stringify({ change, imports: [] });
  let { value } = await json<BacktestView>(send(startBacktest, 'POST', { id, body }));
  while (value.endedAt === null) {
    await sleep(50);
    ({ value } = await json<BacktestView>(send(getBacktest, 'GET', { id: value.id })));
  }
  const saved = JSON.stringify({ backtest: value.id, note: 'a test' });
  expect((await send(putAnalytic, 'PUT', { id, body: saved })).status).toBe(200);
}

async function stored(): Promise<unknown> {
  const { rows } = await pool().query(
    `SELECT (SELECT count(*) FROM imports)::int AS imports, (SELECT count(*) FROM events)::int AS events,
       (SELECT count(*) FROM findings)::int AS findings, (SELECT count(*) FROM hosts)::int AS hosts`,
  );
  return rows[0];
}

describe('a recording to validate by', () => {
  it('is kept with its label, which the same bytes replace, and a mistake in it is told at its place', async () => {
    const wrong = await upload({ name: 'a.gz', labels: JSON.stringify({ expect: [{ analytic: 'AN1' }] }) });
    expect(wrong.status).toBe(400);
    expect(wrong.value.errors?.[0]?.path).toBe('labels.expect.0.verdict');
    const first = await upload({ name: 'folder/chain.gz', labels: labels({ title: 'first' }) });
    expect(first.status).toBe(201);
    const again = await upload({ name: 'chain.gz', labels: labels() });
    expect(again.status).toBe(200);
    expect(again.value).toMatchObject({ id: first.value.id, title: chain.label.title, name: 'chain.gz' });
    expect(again.value.sha256).toBe(createHash('sha256').update(packed).digest('hex'));
    const body = JSON.stringify({ labels: labels({ title: 'put' }) });
    const put = await json<ValidationRecording>(send(relabel, 'PUT', { id: first.value.id, body }));
    expect(put.value.title).toBe('put');
    const { items: audit } = await readAudit({ subject: `recording:${first.value.id}` });
    const hashes = audit.map(({ details }) => details as { label: string; labelBefore?: string });
    expect(hashes.map(({ labelBefore }) => labelBefore)).toEqual([
      hashes[1]?.label,
      hashes[2]?.label,
      undefined,
    ]);
    expect(new Set(hashes.map(({ label }) => label)).size).toBe(3);
    const { value } = await json<{ items: unknown[]; shipped: number }>(send(listRecordings, 'GET'));
    expect(value.items).toHaveLength(1);
    expect(value.shipped).toBeGreaterThan(40);
    expect(value.shipped).toBeLessThanOrEqual(60);
  });

  it('is refused with a sentence when it is too large, and not kept', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 2 ** 20;
        controller.enqueue(new Uint8Array(2 ** 20));
        if (sent > 80 * 2 ** 20) controller.close();
      },
    });
    const { status, value } = await upload({ name: 'b', labels: labels() }, endless);
    expect(status).toBe(413);
    expect(JSON.stringify(value)).toContain('64 MiB');
    expect(sent).toBeLessThan(70 * 2 ** 20);
  });
});

describe('a validation', () => {
  const uploaded = { shipped: false, ablation: true };
  let before: ValidationRunView;

  it(
    'replays what was uploaded apart from live data, once at a time, and signs what it found',
    async () => {
      const asked = await Promise.all([start(uploaded), start(uploaded)]);
      expect(asked.map(({ status }) => status).sort()).toEqual([200, 201]);
      expect(asked[0]?.value.id).toBe(asked[1]?.value.id);
      before = await over(asked[0]?.value.id ?? '');
      expect(before).toMatchObject({ state: 'done', error: null, regressed: null });
      expect(before.done).toBe(before.total);
      expect(before.numbers).toMatchObject({ recordings: 1, wrong: 0, recall: { share: 1 } });
      expect(before.report?.cases.map(({ recording, ok }) => [recording, ok])).toEqual(
        before.report?.cases.map(() => ['chain.gz', true]),
      );
      expect(before.report?.ablation?.map(({ without }) => without)).toContain('network events');
      expect(await stored()).toEqual({ imports: 0, events: 0, findings: 0, hosts: 0 });
      const { rows: proofs } = await pool().query('SELECT stage, source FROM stage_proofs ORDER BY stage');
      expect(proofs).toContainEqual({ stage: 'AN1314/egress', source: 'Sysmon' });
      const { items } = await readAudit({ subject: `validation:${before.id}` });
      expect(items.map(({ action }) => action)).toEqual(['validation.asked']);
    },
    MINUTES,
  );

  it(
    'answers the report byte for byte as it was signed, which anybody can check',
    async () => {
      const answer = await send(getReport, 'GET', { id: before.id });
      const bytes = Buffer.from(await answer.arrayBuffer());
      const signature = answer.headers.get('x-sequela-signature') ?? '';
      expect(answer.headers.get('x-sequela-sha256')).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect(before.sha256).toBe(answer.headers.get('x-sequela-sha256'));
      expect(before.signature).toBe(signature);
      const key = before.publicKey ?? '';
      expect(verify(null, bytes, key, Buffer.from(signature, 'base64'))).toBe(true);
      expect(canonicalJson(JSON.parse(bytes.toString('utf8')))).toBe(bytes.toString('utf8'));
      const other = Buffer.from(bytes.toString('utf8').replace('"ok":true', '"ok":false'), 'utf8');
      expect(verify(null, other, key, Buffer.from(signature, 'base64'))).toBe(false);
      expect(await verifiedByCommand(bytes, signature, key)).toMatch(
        /^ok {4}signature[\s\S]*0 not as labelled/,
      );
      expect(await verifiedByCommand(other, signature, key)).toMatch(/^FAIL/);
    },
    MINUTES,
  );

  it(
    'fails visibly once a tuning makes an analytic miss, and tells those who tune',
    async () => {
      await tune('AN1314', { kind: 'tuning', parameters: { 'TimeWindow.spawnToEgress': '1ms' } });
      const { value } = await start({ ...uploaded, ablation: false });
      const after = await over(value.id);
      expect(after).toMatchObject({ state: 'done', regressed: true });
      expect(after.numbers?.wrong).toBeGreaterThan(0);
      expect(after.report?.comparison).toMatchObject({ previous: Number(before.id), regressed: true });
      expect(after.report?.comparison?.previousSha256).toBe(before.sha256);
      expect(after.report?.comparison?.worse[0]).toMatchObject({ recording: 'chain.gz', analytic: 'AN1314' });
      const missed = after.report?.cases.find(({ ok }) => !ok);
      expect(missed).toMatchObject({ error: 'miss', expected: 'complete', found: 'partial' });
      expect(missed?.differences.join(' ')).toMatch(
        /The labelled record for egress is there: .* after what the finding turns on/,
      );
      expect(after.report?.engine.catalogue).not.toBe(before.report?.engine.catalogue);
      const { rows } = await pool().query(
        `SELECT person, link FROM notifications WHERE kind = 'validation.regressed'`,
      );
      expect(rows).toEqual([{ person: 'demo', link: `/coverage/validation/${after.id}` }]);
      await tune('AN1314', { kind: 'tuning', parameters: {} });
      const mended = await over((await start({ ...uploaded, ablation: false })).value.id);
      expect(mended).toMatchObject({ regressed: false });
      expect(mended.report?.comparison?.better).toHaveLength(after.report?.comparison?.worse.length ?? -1);
    },
    MINUTES,
  );

  it(
    'finds everything in the recordings that ship, and can be stopped on the way',
    async () => {
      const { value } = await start({ shipped: true, ablation: true, recordings: [] });
      expect((await send(cancelRun, 'DELETE', { id: value.id })).status).toBe(200);
      const stopped = await over(value.id);
      expect(stopped).toMatchObject({ state: 'cancelled', report: null, numbers: null });
      expect((await send(getReport, 'GET', { id: value.id })).status).toBe(404);
      const whole = await over((await start({ ablation: false, recordings: [] })).value.id);
      expect(whole).toMatchObject({ state: 'done', numbers: { wrong: 0, recall: { share: 1 } } });
      expect(whole.report?.cases.every(({ origin }) => origin === 'shipped')).toBe(true);
      const { value: list } = await json<{ items: ValidationRunSummary[]; nextCursor: string | null }>(
        send(listRuns, 'GET', { query: { limit: '2' } }),
      );
      expect(list.items.map(({ id }) => id)).toEqual([whole.id, stopped.id]);
      expect(list.nextCursor).not.toBeNull();
      expect((await send(listRuns, 'GET', { query: { cursor: list.nextCursor ?? '' } })).status).toBe(200);
    },
    MINUTES,
  );

  it('tells those who tune when it could not be run', async () => {
    const { rows } = await pool().query<{ id: number }>(
      `INSERT INTO validation_runs (cause, asked_by, ablation, shipped, recording_ids)
       VALUES ('asked', 'demo', true, true, '{}') RETURNING id`,
    );
    const id = rows[0]?.id ?? 0;
    await giveUpValidation(id, new Error('the disk is full'));
    await giveUpValidation(id, new Error('again'));
    const { rows: told } = await pool().query('SELECT text FROM notifications WHERE link = $1', [
      `/coverage/validation/${id}`,
    ]);
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toMatch(/failed, and nothing is proven by it.*the disk is full/);
  });

  it('leaves out what was removed, and cannot run with nothing left', async () => {
    const { value } = await json<{ items: ValidationRecording[] }>(send(listRecordings, 'GET'));
    const id = value.items[0]?.id ?? '';
    expect((await send(removeRecording, 'DELETE', { id })).status).toBe(200);
    expect((await send(removeRecording, 'DELETE', { id })).status).toBe(404);
    expect((await start({ shipped: false })).status).toBe(400);
    expect((await start({ recordings: [id] })).status).toBe(404);
    const { rows } = await pool().query('SELECT length(content) AS bytes FROM validation_recordings');
    expect(rows).toEqual([{ bytes: 0 }]);
  });
});

async function verifiedByCommand(report: Uint8Array, signature: string, key: string): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sequela-verify-'));
  try {
    await writeFile(path.join(folder, 'report.json'), report);
    await writeFile(path.join(folder, 'key.pem'), key);
    const args = ['report.json', '--signature', signature, '--key', 'key.pem'];
    const root = path.resolve(import.meta.dirname, '..', '..');
    const command = ['--import', path.join(root, 'node_modules/tsx/dist/loader.mjs')];
    const done = await promisify(execFile)(
      process.execPath,
      [...command, path.join(root, 'lib/cli/validationVerify.ts'), ...args],
      { cwd: folder },
    ).catch((error: { stdout: string; stderr: string }) => error);
    return done.stdout + done.stderr;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
