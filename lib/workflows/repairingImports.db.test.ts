import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { configure, TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { makeZip } from '../containers/testZip';
import { windowsFlatJson } from '../formats/windowsFlatJson';
import { closeStorage, pool, transaction, withConnection } from '../storage/client';
import { ImportTakenOver } from '../storage/importBatches';
import { LOCK_CLASS, lockSession, unlockSession } from '../storage/locks';
import { loadHeld, loadQuarantine, type QuarantineRow, saveQuarantine } from '../storage/quarantine';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { cancelImport, deleteImport, reparseImport } from './changeImport';
import { readAudit } from './readAudit';
import { readImport } from './readImports';
import { readOriginal } from './readOriginal';
import { readQuarantine, readQuarantineGroups } from './readQuarantine';
import { runImport } from './runImport';
import { everything, expectLedger, importWhole, send, workOff } from './testImports';
import { processStart, type TestRecord, toLines, unusedRecord } from './testRecords';

let database: TestDatabase;
let spoolDir: string;
let restore: () => void;

beforeEach(async () => {
  database = await createTestDatabase();
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  restore = setEnvironment({ DATABASE_URL: database.url });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await closeStorage();
  restore();
  await database.drop();
  await rm(spoolDir, { recursive: true, force: true });
});

const many = (host: string, from: number, to: number): TestRecord[] =>
  Array.from({ length: to - from }, (_, i) => processStart(host, from + i));
/** A format that makes nothing of these records. */
const OTHER = 'crowdstrike-fdr';
const asAnna = { by: 'anna', wait: false } as const;

/** Makes the parser refuse every record whose number is a multiple of `n`, as before a fix; undone by vi. */
function refuseEvery(n: number): void {
  const { normalise } = windowsFlatJson;
  vi.spyOn(windowsFlatJson, 'normalise').mockImplementation((record) =>
    Number(record.RecordNumber) % n === 0
      ? { outcome: 'quarantined', reason: `record "${record.RecordNumber}" is not understood at byte ${n}` }
      : normalise(record),
  );
}

/** Makes the database fail once the import has committed this many batches. */
async function crashAtBatch(batches: number): Promise<void> {
  await pool().query(`CREATE OR REPLACE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.batches = ${batches} THEN RAISE EXCEPTION 'crash'; END IF; RETURN NEW; END $$`);
  await pool().query(
    'CREATE OR REPLACE TRIGGER crash BEFORE UPDATE ON imports FOR EACH ROW EXECUTE FUNCTION crash()',
  );
}

const noCrash = () => pool().query('DROP TRIGGER IF EXISTS crash ON imports');

describe('reading an import again', () => {
  it('with another format gives what that format makes of it, and the right one gives all back', async () => {
    const bytes = Buffer.concat([
      toLines([...many('WS1', 1, 30), unusedRecord('WS1', 40)]),
      Buffer.from('{"x": \n'),
    ]);
    const first = await importWhole(bytes, 'export.json', spoolDir);
    const stored = await everything();
    const id = Number(first.id);
    expect(first.members[0]).toMatchObject({ format: 'windows-flat-json', needsPassword: false });
    expect(first.members[0]?.confidence).toBeGreaterThan(0.5);
    expect(first.members[0]?.reason).toMatch(/\d+ of the first \d+ records/);

    const asked = await reparseImport(id, { format: OTHER }, asAnna);
    expect(asked).toMatchObject({ state: 'parsing', clearing: 'reparse', requestedFormat: OTHER });
    await expectLedger();
    await workOff(spoolDir);
    const wrong = await readImport(id);
    expect(wrong.records).toMatchObject({ read: 31, events: 0 });
    expect(wrong.members[0]).toMatchObject({ format: OTHER, confidence: null, reason: null });
    await expectLedger();
    expect(await everything()).toMatchObject({ hosts: [], events: [], processes: [], coverage: [] });

    await reparseImport(id, { format: 'auto' }, asAnna);
    await workOff(spoolDir);
    expect(await everything()).toEqual(stored);
    const audit = await readAudit({ subject: `import:${id}` });
    expect(audit.items.map((entry) => entry.action)).toEqual([
      'import.reparsed',
      'import.reparsed',
      'import.created',
    ]);
    expect(audit.items[1]).toMatchObject({
      by: 'anna',
      details: { what: 'all', format: OTHER, passwordGiven: false },
    });
  });

  it('corrects the guess for one member of an archive and leaves the others as they were', async () => {
    const zip = makeZip([
      { name: 'one.json', data: toLines(many('WS1', 1, 10)) },
      { name: 'two.json', data: toLines(many('WS2', 1, 6)) },
    ]);
    const first = await importWhole(zip, 'both.zip', spoolDir);
    const two = first.members[1]?.name ?? '';
    expect(two).toMatch(/two\.json$/);
    await reparseImport(Number(first.id), { memberFormats: { [two]: OTHER } }, asAnna);
    await workOff(spoolDir);
    const view = await readImport(Number(first.id));
    expect(view.members.map(({ format, records }) => [format, records.events])).toEqual([
      ['windows-flat-json', 9],
      [OTHER, 0],
    ]);
    expect(view.memberFormats).toEqual({ [two]: OTHER });
    await expectLedger();
  });

  it('passes its events to an import that has them too, and then counts them as duplicates', async () => {
    const first = await importWhole(toLines(many('WS1', 1, 21)), 'a.json', spoolDir);
    const second = await importWhole(toLines(many('WS1', 11, 31)), 'b.json', spoolDir);
    await reparseImport(Number(first.id), {}, asAnna);
    await workOff(spoolDir);
    expect((await readImport(Number(first.id))).records).toMatchObject({
      read: 20,
      events: 10,
      duplicates: 10,
    });
    expect((await readImport(Number(second.id))).records).toMatchObject({ events: 20, duplicates: 0 });
    await expectLedger();
  });

  it('goes on after a crash while events are taken out and while they are read again', {
    timeout: 60_000,
  }, async () => {
    const first = await importWhole(toLines(many('WS1', 1, 12_001)), 'large.json', spoolDir);
    const stored = await everything();
    const id = Number(first.id);
    await reparseImport(id, {}, asAnna);
    await pool().query(`CREATE SEQUENCE batch; CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF nextval('batch') = 2 THEN RAISE EXCEPTION 'crash'; END IF; RETURN NULL; END $$;
      CREATE TRIGGER fail AFTER DELETE ON events FOR EACH STATEMENT EXECUTE FUNCTION fail()`);
    await expect(runImport(id, { spoolDir })).rejects.toThrow('crash');
    expect(await readImport(id)).toMatchObject({
      state: 'parsing',
      clearing: 'reparse',
      records: { read: 0 },
    });
    const { rows } = await pool().query<{ batches: number }>('SELECT batches FROM imports');
    await crashAtBatch((rows[0]?.batches ?? 0) + 3);
    await expect(runImport(id, { spoolDir })).rejects.toThrow('crash');
    const halfway = await readImport(id);
    expect(halfway).toMatchObject({ state: 'parsing', clearing: null });
    expect(halfway.records.read).toBeGreaterThan(0);
    await expectLedger();
    await noCrash();
    await workOff(spoolDir);
    expect(await everything()).toEqual(stored);
    await expectLedger();
  });

  it('is done by one worker at a time: jobs of the same import that meet wait for each other', {
    timeout: 60_000,
  }, async () => {
    const first = await importWhole(toLines(many('WS1', 1, 6_001)), 'a.json', spoolDir);
    const stored = await everything();
    const id = Number(first.id);
    await reparseImport(id, {}, asAnna);
    await pool().query(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END $$;
      CREATE TRIGGER slow AFTER DELETE ON events FOR EACH STATEMENT EXECUTE FUNCTION slow()`);
    await Promise.all([1, 2, 3].map(() => runImport(id, { spoolDir })));
    await workOff(spoolDir);
    expect(await everything()).toEqual(stored);
    await expectLedger();
  });

  it('stops waiting for another worker when it is told to stop', async () => {
    const id = await send(toLines(many('WS1', 1, 5)), 'a.json');
    await withConnection(async (connection) => {
      await lockSession(connection, LOCK_CLASS.importWork, id);
      const stop = new AbortController();
      const waiting = expect(runImport(id, { spoolDir, signal: stop.signal })).rejects.toThrow('stop now');
      // Time enough to read five records, were it not waiting.
      await new Promise((done) => setTimeout(done, 400));
      expect((await readImport(id)).records.read).toBe(0);
      stop.abort(new Error('stop now'));
      await waiting;
      await unlockSession(connection, LOCK_CLASS.importWork, id);
    });
    await workOff(spoolDir);
    expect((await readImport(id)).state).toBe('done');
  });

  it('is refused before anything moves when the format it was read as is gone', async () => {
    const { id } = await importWhole(toLines(many('WS1', 1, 5)), 'a.json', spoolDir);
    await pool().query(`UPDATE imports SET requested_format = 'mapping:gone' WHERE id = $1`, [id]);
    const stored = await readImport(Number(id));
    for (const body of [{}, { only: 'quarantined' as const }])
      await expect(reparseImport(Number(id), body, asAnna)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('"mapping:gone", a format there is no more'),
      });
    expect(await readImport(Number(id))).toEqual(stored);
    await reparseImport(Number(id), { format: 'auto' }, asAnna);
    await workOff(spoolDir);
    expect(await readImport(Number(id))).toMatchObject({ state: 'done', records: { events: 4 } });
    await expectLedger();
  });

  it('refuses a format there is not, an import there is not, and a format for the quarantine alone', async () => {
    const { id } = await importWhole(toLines(many('WS1', 1, 5)), 'a.json', spoolDir);
    await expect(reparseImport(Number(id), { format: 'nonsense' }, asAnna)).rejects.toMatchObject({
      code: 'bad_request',
      details: { errors: [{ path: 'format' }] },
    });
    await expect(
      reparseImport(Number(id), { only: 'quarantined', format: 'auto' }, asAnna),
    ).rejects.toMatchObject({ code: 'bad_request' });
    await expect(reparseImport(99, {}, asAnna)).rejects.toMatchObject({ code: 'not_found' });
    expect((await readAudit({ subject: `import:${id}` })).items).toHaveLength(1);
  });
});

describe('quarantine', () => {
  it('is grouped by reason without what is particular to a record, and each group is read page by page', async () => {
    refuseEvery(5);
    const bytes = Buffer.concat([toLines(many('WS1', 1, 31)), Buffer.from('{"Event\u0000ID": 1, broken\n')]);
    const { id } = await importWhole(bytes, 'export.json', spoolDir);
    const { items, total } = await readQuarantineGroups(Number(id));
    expect(total).toBe(7);
    expect(items.map(({ group, records, first }) => [group, records, first.index])).toEqual([
      ['record "…" is not understood at byte N', 6, 4],
      [expect.any(String), 1, 30],
    ]);
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof readQuarantine>> = await readQuarantine(Number(id), {
        limit: 4,
        cursor,
        reason: items[0]?.group,
      });
      for (const item of page.items) {
        const start = Buffer.from(item.head, 'base64');
        expect(bytes.subarray(item.offset, item.offset + start.length).equals(start)).toBe(true);
        seen.push(item.index);
      }
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([4, 9, 14, 19, 24, 29]);
    const exact = await readQuarantine(Number(id), { reason: 'record "10" is not understood at byte 5' });
    expect(exact.items).toHaveLength(6);
  });

  it.each(['export.json', 'export.json.gz'])(
    'of %s is read again alone after a fix: what can be read leaves it, nothing else moves',
    async (name) => {
      const lines = Buffer.concat([
        toLines([...many('WS1', 1, 31), unusedRecord('WS1', 35), processStart('WS1', 10)]),
        Buffer.from('{"EventID": 1, broken\n'),
      ]);
      const bytes = name.endsWith('.gz') ? gzipSync(lines) : lines;
      const fixed = await importWhole(bytes, name, spoolDir);
      const right = await everything();
      await deleteImport(Number(fixed.id), asAnna);
      await workOff(spoolDir);

      refuseEvery(5);
      const { id, records } = await importWhole(bytes, name, spoolDir);
      expect(records).toEqual({ read: 33, events: 24, ignored: 0, duplicates: 0, quarantined: 9 });
      const eventsBefore = await pool().query('SELECT id FROM events ORDER BY record_index');
      vi.restoreAllMocks();
      const asked = await reparseImport(Number(id), { only: 'quarantined' }, asAnna);
      expect(asked).toMatchObject({ state: 'parsing', scope: 'quarantined', records });
      await workOff(spoolDir);
      const view = await readImport(Number(id));
      expect(view).toMatchObject({ state: 'done', scope: 'all' });
      expect(view.records).toEqual({ read: 33, events: 30, ignored: 1, duplicates: 1, quarantined: 1 });
      await expectLedger();
      const eventsAfter = await pool().query('SELECT id FROM events');
      const ids = new Set(eventsAfter.rows.map((row) => row.id));
      for (const row of eventsBefore.rows) expect(ids).toContain(row.id);
      expect(await everything()).toEqual(right);

      await reparseImport(Number(id), { only: 'quarantined' }, asAnna);
      await workOff(spoolDir);
      expect(await everything()).toEqual(right);
    },
  );

  it('stores thousands of refused parts of one record in order, each with the bytes it came of', async () => {
    const id = await send(toLines(many('WS1', 1, 5)), 'a.json');
    const shared = Buffer.alloc(8_192, 'x');
    const row = (index: number, part: number, parts: number, bytes: Buffer): QuarantineRow => ({
      member: 0,
      file: 'a.json',
      index,
      offset: index - part,
      reason: 'refused',
      part,
      parts,
      bytes,
      size: 9_000,
    });
    const rows = [
      row(0, 0, 1, Buffer.from('before')),
      ...Array.from({ length: 1_300 }, (_, part) => row(1 + part, part, 1_300, shared)),
      row(1_301, 0, 1, Buffer.from('after')),
    ];
    await transaction((connection) => saveQuarantine(connection, id, rows));
    const stored = await loadQuarantine(id, { limit: 2_000 });
    expect(stored.map(({ n, index }) => [n, index])).toEqual(rows.map(({ index }, n) => [n, index]));
    for (const [i, { bytes }] of stored.entries())
      expect(Buffer.from(bytes).equals(rows[i]?.bytes ?? shared), `row ${i}`).toBe(true);
    expect((await loadHeld(id)).get(0)?.get(1)).toHaveLength(1_300);
  });

  it('goes on after a crash in the middle, counting every record once', { timeout: 60_000 }, async () => {
    refuseEvery(1);
    const { id, records } = await importWhole(toLines(many('WS1', 1, 11_001)), 'large.json', spoolDir);
    expect(records.quarantined).toBe(11_000);
    vi.restoreAllMocks();
    refuseEvery(50);
    await reparseImport(Number(id), { only: 'quarantined' }, asAnna);
    const { rows } = await pool().query<{ batches: number }>('SELECT batches FROM imports');
    await crashAtBatch((rows[0]?.batches ?? 0) + 2);
    await expect(runImport(Number(id), { spoolDir })).rejects.toThrow('crash');
    const halfway = await readImport(Number(id));
    expect(halfway.records.events).toBeGreaterThan(3_000);
    expect(halfway.records.quarantined).toBeLessThan(8_000);
    await expectLedger();
    await noCrash();
    await workOff(spoolDir);
    expect((await readImport(Number(id))).records).toEqual({
      read: 11_000,
      events: 10_780,
      ignored: 0,
      duplicates: 0,
      quarantined: 220,
    });
    await expectLedger();
    expect((await readQuarantineGroups(Number(id))).items.map((item) => item.group)).toEqual([
      'record "…" is not understood at byte N',
    ]);
  });

  it('notes events of another import as sighted when it is read again', async () => {
    const first = await importWhole(toLines(many('WS1', 1, 11)), 'a.json', spoolDir);
    refuseEvery(1);
    const second = await importWhole(toLines(many('WS1', 6, 16)), 'b.json', spoolDir);
    vi.restoreAllMocks();
    await reparseImport(Number(second.id), { only: 'quarantined' }, asAnna);
    await workOff(spoolDir);
    expect((await readImport(Number(second.id))).records).toMatchObject({ events: 5, duplicates: 5 });
    await deleteImport(Number(first.id), asAnna);
    await workOff(spoolDir);
    expect((await readImport(Number(second.id))).records).toMatchObject({ events: 10, duplicates: 0 });
    await expectLedger();
  });
});

describe('cancelling an import', () => {
  it('stops the worker at its next batch, takes out what was stored, and reading again starts it anew', {
    timeout: 60_000,
  }, async () => {
    const id = await send(toLines(many('WS1', 1, 16_001)), 'large.json');
    await pool().query(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.batches >= 1 THEN PERFORM pg_sleep(0.4); END IF; RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE UPDATE OF batches ON imports FOR EACH ROW EXECUTE FUNCTION slow()`);
    const running = runImport(id, { spoolDir });
    const outcome = expect(running).rejects.toThrow(ImportTakenOver);
    while ((await readImport(id)).records.events === 0) await new Promise((done) => setTimeout(done, 20));
    const asked = await cancelImport(id, asAnna);
    expect(asked).toMatchObject({ state: 'parsing', clearing: 'cancel', error: null });
    await outcome;
    await pool().query('DROP TRIGGER slow ON imports');
    await expectLedger();
    await workOff(spoolDir);
    const view = await readImport(id);
    expect(view).toMatchObject({
      state: 'failed',
      error: { message: 'Cancelled by anna', detail: null },
      clearing: null,
      records: { read: 0, events: 0, ignored: 0, duplicates: 0, quarantined: 0 },
    });
    expect(await everything()).toMatchObject({ events: [], hosts: [], processes: [], findings: [] });
    await expect(cancelImport(id, asAnna)).rejects.toMatchObject({ code: 'conflict' });

    await reparseImport(id, {}, asAnna);
    await workOff(spoolDir);
    expect(await readImport(id)).toMatchObject({ state: 'done', error: null, records: { events: 16_000 } });
    await expectLedger();
    const audit = await readAudit({ subject: `import:${id}` });
    expect(audit.items.map((entry) => entry.action)).toEqual([
      'import.reparsed',
      'import.cancelled',
      'import.created',
    ]);
  });

  it('of a second reading of the quarantine only stops it: what was read before stays', async () => {
    refuseEvery(2);
    const { id, records } = await importWhole(toLines(many('WS1', 1, 21)), 'a.json', spoolDir);
    await reparseImport(Number(id), { only: 'quarantined' }, asAnna);
    await cancelImport(Number(id), asAnna);
    await workOff(spoolDir);
    expect(await readImport(Number(id))).toMatchObject({ state: 'done', records, scope: 'all' });
    await expectLedger();
  });

  it('of one that waits in the queue keeps it from being read at all', async () => {
    const id = await send(toLines(many('WS1', 1, 21)), 'a.json');
    await cancelImport(id, asAnna);
    await workOff(spoolDir);
    expect((await readImport(id)).state).toBe('failed');
    const again = await send(toLines(many('WS1', 1, 21)), 'a.json');
    expect(again).toBe(id);
    await workOff(spoolDir);
    expect(await readImport(id)).toMatchObject({ state: 'done', records: { events: 20 } });
  });
});

describe('an encrypted archive', () => {
  configure({ useWebWorkers: false });

  async function encryptedZip(password: string): Promise<Buffer> {
    const writer = new ZipWriter(new Uint8ArrayWriter(), { password, encryptionStrength: 3 });
    await writer.add('inside.json', new TextReader(toLines(many('WS1', 1, 11)).toString()));
    return Buffer.from(await writer.close());
  }

  it('says that it needs its password, is opened with it, and never keeps nor shows it', async () => {
    const first = await importWhole(await encryptedZip('infected'), 'sample.zip', spoolDir);
    const id = Number(first.id);
    expect(first).toMatchObject({ state: 'failed', members: [{ needsPassword: true }] });
    expect(first.error?.message).toMatch(/encrypted.*password/);

    await reparseImport(id, { password: 'wrong' }, asAnna);
    await workOff(spoolDir);
    expect(await readImport(id)).toMatchObject({ state: 'failed', members: [{ needsPassword: true }] });

    const asked = await reparseImport(id, { password: 'infected' }, asAnna);
    expect(JSON.stringify(asked)).not.toContain('infected');
    await workOff(spoolDir);
    const opened = await readImport(id);
    expect(opened).toMatchObject({ state: 'done', encrypted: true, records: { events: 10 } });
    expect(opened.members[0]).toMatchObject({ needsPassword: false, problem: null });
    const { rows } = await pool().query('SELECT password FROM imports');
    expect(rows).toEqual([{ password: null }]);
    expect(JSON.stringify((await readAudit({})).items)).not.toMatch(/infected|wrong/);
    await expect(reparseImport(id, {}, asAnna)).rejects.toMatchObject({
      code: 'bad_request',
      details: { errors: [{ path: 'password', message: 'needed' }] },
    });
    await expectLedger();
  });
});

describe('the original', () => {
  const read = async (id: number): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    for await (const part of (await readOriginal(id)).content) parts.push(part);
    return Buffer.concat(parts);
  };

  it('comes back byte for byte, and never whole when what is stored was changed', async () => {
    const bytes = Buffer.concat([Buffer.alloc(3_000_000, 'x'), Buffer.from('the end')]);
    const { id, sha256 } = await importWhole(bytes, 'big.bin', spoolDir);
    const back = await read(Number(id));
    expect(back.equals(bytes)).toBe(true);
    expect(createHash('sha256').update(back).digest('hex')).toBe(sha256);

    const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const tampered = gzipSync(Buffer.from('the END').subarray(0, 7));
    await pool().query('UPDATE upload_parts SET bytes = $1 WHERE n = (SELECT max(n) FROM upload_parts)', [
      tampered,
    ]);
    let received = 0;
    const reading = (async () => {
      for await (const part of (await readOriginal(Number(id))).content) received += part.length;
    })();
    await expect(reading).rejects.toThrow('is not what was sent');
    expect(received).toBeLessThan(bytes.length);
    expect(errors.mock.calls.join()).toContain('"upload":"changed"');
  });
});

describe('the audit', () => {
  it('is only ever added to', async () => {
    await importWhole(toLines(many('WS1', 1, 5)), 'a.json', spoolDir);
    for (const change of [`UPDATE audit SET by = 'nobody'`, 'DELETE FROM audit', 'TRUNCATE audit'])
      await expect(pool().query(change), change).rejects.toThrow('only ever added to');
    expect((await readAudit({})).items).toHaveLength(1);
  });

  it('comes page by page, newest first, of one subject or of all', async () => {
    for (const n of [1, 2, 3]) await importWhole(toLines(many('WS1', n, n + 5)), `${n}.json`, spoolDir);
    const first = await readAudit({ limit: 2 });
    const second = await readAudit({ limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map((entry) => entry.details.name)).toEqual([
      '3.json',
      '2.json',
      '1.json',
    ]);
    expect(second.nextCursor).toBeNull();
  });
});
