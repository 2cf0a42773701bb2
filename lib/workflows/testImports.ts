import { expect } from 'vitest';
import { type ImportView, importList, type RecordCounts } from '../contracts/imports';
import { pool } from '../storage/client';
import { CORRELATION_KEY } from '../storage/sigma/correlationQueue';
import { LEDGER_FACTS } from '../visibility/ledgerFacts';
import { correlateHostGroup } from './correlateHostGroup';
import { readHosts } from './readHosts';
import { readImport, readImports } from './readImports';
import { receiveImport } from './receiveImport';
import { runImport } from './runImport';
import { correlateSigma } from './sigma/correlateSigma';
import { matchImport } from './sigma/matchImport';
import { runSigmaBacktest } from './sigma/runBacktest';
import { inPieces } from './testRecords';

/** For tests: sends bytes as an import and does not work on it. Returns its id. */
export async function send(bytes: Buffer, name: string): Promise<number> {
  const received = await receiveImport(inPieces(bytes), { name, format: 'auto', wait: false });
  return Number(received.import.id);
}

/** For tests: does what the worker would do, job by job, until the queue is empty. */
export async function workOff(spoolDir: string): Promise<void> {
  for (;;) {
    const { rows } = await pool().query<{ key: string }>(
      `SELECT key FROM graphile_worker.jobs WHERE key IS NOT NULL ORDER BY key LIKE 'host:%', key`,
    );
    const key = rows[0]?.key;
    if (key === undefined) return;
    // Taken before it is run: what the work itself queues under the same key is a new job.
    await pool().query('SELECT graphile_worker.remove_job($1)', [key]);
    const id = Number(key.split(':')[1]);
    if (key.startsWith('import:')) await runImport(id, { spoolDir });
    else if (key === CORRELATION_KEY) await correlateSigma();
    else if (key.startsWith('sigma:')) await matchImport(id, { spoolDir });
    else if (key.startsWith('sigma_backtest:')) await runSigmaBacktest(id, { spoolDir });
    else await correlateHostGroup(id);
  }
}

/** For tests: sends bytes and works until nothing is left to do. */
export async function importWhole(bytes: Buffer, name: string, spoolDir: string): Promise<ImportView> {
  const id = await send(bytes, name);
  await workOff(spoolDir);
  return readImport(id);
}

/** For tests: counts the visibility ledger anew from the events, in another way than the triggers do, and compares. */
export async function expectVisibilityLedger(): Promise<void> {
  const columns = [...new Set(LEDGER_FACTS.flatMap((fact) => fact.columns))];
  const { rows } = await pool().query<
    { host_id: number; time: number; channel_id: number; kind: number } & Record<string, unknown>
  >(`SELECT host_id, time, channel_id, kind, ${columns.join(', ')} FROM events`);
  const counted = new Map<string, { events: number; hours: number[]; filled: number[] }>();
  for (const row of rows) {
    const at = new Date(row.time / 1000);
    const key = `${row.host_id}/${Math.floor(at.getTime() / 86_400_000)}/${row.channel_id}/${row.kind}`;
    const cell = counted.get(key) ?? {
      events: 0,
      hours: Array<number>(24).fill(0),
      filled: LEDGER_FACTS.map(() => 0),
    };
    counted.set(key, cell);
    cell.events++;
    cell.hours[at.getUTCHours()] = (cell.hours[at.getUTCHours()] ?? 0) + 1;
    for (const [i, fact] of LEDGER_FACTS.entries())
      if (fact.columns.some((column) => row[column] !== null)) cell.filled[i] = (cell.filled[i] ?? 0) + 1;
  }
  const stored = await pool().query<{ key: string; events: number; hours: number[]; filled: number[] }>(
    `SELECT concat_ws('/', host_id, day, channel_id, kind) AS key, events, hours, filled FROM ledger_days`,
  );
  expect(new Map(stored.rows.map(({ key, ...cell }) => [key, cell]))).toEqual(counted);
}

/** For tests: holds every import and member to the ledger, and the counters to the rows that are stored. */
export async function expectLedger(): Promise<void> {
  // As the door would: what a screen is sent is of the agreed shape in every state.
  const { items } = importList.parse(await readImports({ limit: 500 }));
  for (const item of items) {
    for (const counts of [item.records, ...item.members.map((member) => member.records)]) {
      const { read, ...parts } = counts;
      expect(
        Object.values(parts).reduce((a, b) => a + b, 0),
        item.name,
      ).toBe(read);
      for (const count of Object.values(counts)) expect(count).toBeGreaterThanOrEqual(0);
    }
    const parts: (keyof RecordCounts)[] = ['read', 'events', 'ignored', 'duplicates', 'quarantined'];
    for (const part of parts) {
      const ofMembers = item.members.reduce((sum, member) => sum + member.records[part], 0);
      expect(ofMembers, `${item.name} ${part}`).toBe(item.records[part]);
    }
    if (item.clearing !== null) continue;
    const stored = await pool().query<{ events: number; held: number }>(
      `SELECT (SELECT count(*)::int FROM events WHERE import_id = $1) AS events,
         (SELECT count(*)::int FROM quarantine WHERE import_id = $1) AS held`,
      [item.id],
    );
    expect(stored.rows[0], item.name).toEqual({
      events: item.records.events,
      held: item.records.quarantined,
    });
    expect(Object.values(item.eventKinds).reduce((a, b) => a + b, 0)).toBe(item.records.events);
  }
  await expectVisibilityLedger();
}

/**
 * For tests: all that is stored and shown, with names for numbers, so that two databases with the same
 * evidence give the same whatever happened to them before.
 */
export async function everything(): Promise<Record<string, unknown>> {
  const rows = async (sql: string) => (await pool().query(sql)).rows;
  const imports = (await readImports({ limit: 500 })).items.map(
    ({ id: _id, createdAt: _created, finishedAt: _finished, ...view }) => view,
  );
  const hosts = (await readHosts({})).items.map(({ id: _id, ...host }) => host);
  return {
    imports,
    hosts,
    events: await rows(
      `SELECT h.name AS host, c.name AS canonical, i.name AS import, to_jsonb(e) - 'host_id' - 'import_id' - 'channel_id' - 'raw_chunk' - 'raw_at' AS event
       FROM events e JOIN hosts h ON h.id = e.host_id JOIN hosts c ON c.id = h.canonical_id JOIN imports i ON i.id = e.import_id ORDER BY 1, e.id`,
    ),
    findings: await rows(
      `SELECT f.id, f.status, f.score, f.stale, f.body, ARRAY(SELECT i.name FROM imports i WHERE i.id = ANY(f.import_ids) ORDER BY 1) AS imports
       FROM findings f ORDER BY 1`,
    ),
    processes: await rows(
      `SELECT h.name, to_jsonb(p) - 'host_id' AS process FROM processes p JOIN hosts h ON h.id = p.host_id ORDER BY 1, p.entity_id`,
    ),
    coverage: await rows(
      `SELECT h.name, c.stage, c.state, c.why FROM coverage c JOIN hosts h ON h.id = c.host_id ORDER BY 1, 2`,
    ),
    coverageDays: await rows(
      `SELECT h.name, to_jsonb(d) - 'host_id' AS day FROM coverage_days d JOIN hosts h ON h.id = d.host_id
       ORDER BY 1, d.stage, d.day`,
    ),
    seen: await rows('SELECT name, os, seen_from, seen_to FROM hosts WHERE seen_from IS NOT NULL ORDER BY 1'),
    blind: await rows(
      `SELECT h.name, to_jsonb(b) - 'host_id' AS blind FROM blind_intervals b JOIN hosts h ON h.id = b.host_id
       ORDER BY 1, b.kind, b."from"`,
    ),
    kinds: await rows(
      `SELECT h.name, k.kind, k.events FROM host_kinds k JOIN hosts h ON h.id = k.host_id ORDER BY 1, 2`,
    ),
    ofHosts: await rows(
      `SELECT i.name AS import, h.name, ih.events, ih.source_from, ih.source_to, ih.record_from, ih.record_to
       FROM import_hosts ih JOIN imports i ON i.id = ih.import_id JOIN hosts h ON h.id = ih.host_id ORDER BY 1, 2`,
    ),
    sightings: await rows(
      `SELECT i.name AS import, h.name, s.event_id, s.member, s.record_index FROM sightings s
       JOIN imports i ON i.id = s.import_id JOIN hosts h ON h.id = s.host_id ORDER BY 1, 2, 3`,
    ),
    devices: await rows('SELECT DISTINCT name, device FROM host_devices ORDER BY 1, 2'),
    alerts: await rows(
      `SELECT h.name, to_jsonb(a) - 'host_id' AS alert FROM alerts a JOIN hosts h ON h.id = a.host_id ORDER BY 1, a.event_id`,
    ),
    quarantine: await rows(
      `SELECT i.name AS import, q.member, q.file, q.index, q.reason FROM quarantine q JOIN imports i ON i.id = q.import_id ORDER BY 1, 2, 4`,
    ),
  };
}
