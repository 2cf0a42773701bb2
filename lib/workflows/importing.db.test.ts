import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { closeStorage, pool } from '../storage/client';
import { findEvents, loadRaw } from '../storage/events';
import { kindNumber } from '../storage/rows';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { uploadBytes } from '../storage/uploads';
import { correlateHostGroup } from './correlateHostGroup';
import { readImport } from './readImports';
import { receiveImport } from './receiveImport';
import { runImport } from './runImport';
import { fileCreate, inPieces, processStart, type TestRecord, toLines, unusedRecord } from './testRecords';

let database: TestDatabase;
let spoolDir: string;
let restore: () => void;

beforeEach(async () => {
  database = await createTestDatabase();
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  restore = setEnvironment({ DATABASE_URL: database.url });
});
afterEach(async () => {
  await closeStorage();
  restore();
  await database.drop();
  await rm(spoolDir, { recursive: true, force: true });
});

const many = (host: string, from: number, to: number): TestRecord[] =>
  Array.from({ length: to - from }, (_, i) => processStart(host, from + i));

async function upload(bytes: Buffer, name = 'export.json'): Promise<{ id: number; created: boolean }> {
  const received = await receiveImport(inPieces(bytes), { name, format: 'auto', wait: false });
  return { id: Number(received.import.id), created: received.created };
}

/** Does what the worker would do, job by job, until the queue is empty. */
async function work(id: number): Promise<void> {
  await runImport(id, { spoolDir });
  const { rows } = await pool().query<{ key: string }>(
    `SELECT key FROM graphile_worker.jobs WHERE key LIKE 'host:%'`,
  );
  for (const { key } of rows) await correlateHostGroup(Number(key.split(':')[1]));
  await pool().query(
    `SELECT graphile_worker.remove_job(key) FROM graphile_worker.jobs WHERE key LIKE 'host:%'`,
  );
}

async function importAll(bytes: Buffer, name?: string) {
  const { id } = await upload(bytes, name);
  await work(id);
  return readImport(id);
}

/** All that is stored about events and what came of them, apart from which import brought it. */
async function contents(): Promise<unknown> {
  const events = await pool().query(
    `SELECT h.name, e.id, e.time, e.kind, coalesce(e.attributed_entity_id, e.process_entity_id) AS process, e.process_command_line FROM events e JOIN hosts h ON h.id = e.host_id ORDER BY 1, 2`,
  );
  const findings = await pool().query('SELECT id, status, score, body FROM findings ORDER BY id');
  const processes = await pool().query(
    'SELECT h.name, p.entity_id, p.parent_id, p.link_strength FROM processes p JOIN hosts h ON h.id = p.host_id ORDER BY 1, 2',
  );
  return { events: events.rows, findings: findings.rows, processes: processes.rows };
}

describe('an import', () => {
  it('accounts for every record, and gives back the original byte for byte', async () => {
    const bytes = Buffer.concat([
      toLines([...many('WS1', 1, 40), unusedRecord('WS1', 41), processStart('WS1', 3)]),
      Buffer.from('{"EventID": 1, "Channel": broken}\n'),
      toLines([fileCreate('WS1', 44, 'C:\\Users\\anna\\a.svg')]),
    ]);
    const view = await importAll(bytes);
    expect(view.state).toBe('done');
    expect(view.records).toEqual({ read: 43, events: 40, ignored: 1, duplicates: 1, quarantined: 1 });
    expect(view.members.map((member) => member.records)).toEqual([view.records]);
    expect(view.hosts).toEqual(['ws1']);
    expect(view.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const parts: Buffer[] = [];
    const { rows } = await pool().query<{ upload_id: string }>('SELECT upload_id FROM imports');
    for await (const part of uploadBytes(rows[0]?.upload_id ?? '')) parts.push(part);
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  });

  it.each(['export.json', 'export.json.gz'])(
    'gives back the raw text of each event of %s byte for byte',
    async (name) => {
      const records = [
        ...many('WS1', 1, 30),
        processStart('WS1', 30, { CommandLine: 'tab\t ünï "q" \u2028 end' }),
      ];
      const lines = toLines(records);
      await importAll(name.endsWith('.gz') ? gzipSync(lines) : lines, name);
      const found = await findEvents({}, { limit: 100, newestFirst: false });
      const raw = await Promise.all(found.map(({ event, hostId }) => loadRaw(hostId, event.id)));
      expect(raw.map((bytes) => bytes.toString().trim())).toEqual(lines.toString().trim().split('\n'));
    },
  );

  it('is the same import when the same bytes come again', async () => {
    const bytes = toLines(many('WS1', 1, 20));
    const first = await upload(bytes);
    await work(first.id);
    const again = await upload(bytes, 'renamed.json');
    expect(again).toEqual({ id: first.id, created: false });
    expect((await pool().query('SELECT count(*)::int AS n FROM uploads')).rows[0]).toEqual({ n: 1 });
    expect((await readImport(first.id)).records.events).toBe(19);
  });

  it('counts events of another import as duplicates and stores them once', async () => {
    await importAll(toLines(many('WS1', 1, 21)), 'a.json');
    const second = await importAll(toLines(many('WS1', 11, 31)), 'b.json');
    expect(second.records).toEqual({ read: 20, events: 10, ignored: 0, duplicates: 10, quarantined: 0 });
    expect((await pool().query('SELECT count(*)::int AS n FROM events')).rows[0]).toEqual({ n: 30 });
  });

  it('gives the same events, processes and findings from one file, from halves in either order, and from overlaps', async () => {
    const records = [
      ...many('WS1', 1, 60),
      fileCreate('WS1', 61, 'C:\\Users\\anna\\Downloads\\a.svg'),
      ...many('ws1.corp.example', 70, 80),
    ];
    const results: unknown[] = [];
    for (const files of [
      [records],
      [records.slice(0, 35), records.slice(35)],
      [records.slice(35), records.slice(0, 35)],
      [[...records].reverse(), records.slice(10, 50)],
    ]) {
      const fresh = await createTestDatabase();
      await closeStorage();
      const back = setEnvironment({ DATABASE_URL: fresh.url });
      for (const [i, file] of files.entries()) await importAll(toLines(file), `${i}.json`);
      results.push(await contents());
      await closeStorage();
      back();
      await fresh.drop();
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(results[3]).toEqual(results[0]);
  });

  it('goes on after a crash where the last batch was committed, and counts everything once', async () => {
    const records = [...many('WS1', 1, 12_001), ...many('WS2', 1, 101)];
    const { id } = await upload(toLines(records));
    // A connection that breaks while the second batch commits stands for kill -9 at any moment.
    await pool().query(`CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.batches = 2 THEN RAISE EXCEPTION 'crash'; END IF; RETURN NEW; END $$`);
    await pool().query('CREATE TRIGGER crash BEFORE UPDATE ON imports FOR EACH ROW EXECUTE FUNCTION crash()');
    await expect(runImport(id, { spoolDir })).rejects.toThrow('crash');
    const halfway = await readImport(id);
    expect(halfway.records.read).toBeGreaterThan(0);
    expect(halfway.records.read).toBeLessThan(12_100);
    expect(halfway.records.read).toBe(halfway.records.events);
    await pool().query('DROP TRIGGER crash ON imports');
    await work(id);
    const view = await readImport(id);
    expect(view.records).toEqual({ read: 12_100, events: 12_100, ignored: 0, duplicates: 0, quarantined: 0 });
    expect((await pool().query('SELECT count(*)::int AS n FROM events')).rows[0]).toEqual({ n: 12_100 });
    expect(view.state).toBe('done');
  });

  it('stores each event once when two imports of the same host run side by side', async () => {
    const one = await upload(toLines(many('WS1', 1, 6001)), 'one.json');
    const two = await upload(toLines([...many('WS1', 3000, 9000)].reverse()), 'two.json');
    await Promise.all([runImport(one.id, { spoolDir }), runImport(two.id, { spoolDir })]);
    const [a, b] = [await readImport(one.id), await readImport(two.id)];
    expect(a.records.events + b.records.events).toBe(8999);
    expect(a.records.duplicates + b.records.duplicates).toBe(3001);
    expect((await pool().query('SELECT count(*)::int AS n FROM events')).rows[0]).toEqual({ n: 8999 });
  });

  it('fails in words when no format fits, and leaves nothing behind when the connection breaks', async () => {
    const view = await importAll(
      Buffer.from("just some text that is nobody's export\n".repeat(50)),
      'notes.txt',
    );
    expect(view.state).toBe('failed');
    expect(view.error?.message).toMatch(/not an export Sequela knows/);
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* inPieces(Buffer.alloc(3_000_000, 'x'));
      throw new Error('connection reset');
    }
    await expect(receiveImport(broken(), { name: 'x', format: 'auto', wait: false })).rejects.toThrow(
      'connection reset',
    );
    expect((await pool().query('SELECT count(*)::int AS n FROM uploads')).rows[0]).toEqual({ n: 1 });
    expect((await pool().query('SELECT count(*)::int AS n FROM upload_parts')).rows[0]).toEqual({ n: 1 });
  });
});

it('numbers alerts as the index over them expects', () => {
  expect(kindNumber('alert')).toBe(22);
});
