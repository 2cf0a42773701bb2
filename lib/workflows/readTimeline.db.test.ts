import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELETE } from '../../app/api/v1/comments/[id]/route';
import { POST as postComment } from '../../app/api/v1/events/[id]/comments/route';
import { POST as postFlag } from '../../app/api/v1/events/[id]/flag/route';
import { setEnvironment } from '../base/testEnvironment';
import type { AnnotationsView } from '../contracts/events';
import { type TimelineView, timelineView } from '../contracts/timeline';
import { loadAnnotations, withdrawComment } from '../storage/annotations';
import { closeStorage, pool } from '../storage/client';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { commentEvent, flagEvent, takeBackComment } from './annotateEvents';
import { toCursor } from './cursor';
import { exportEvents } from './exportEvents';
import { readAudit } from './readAudit';
import { readTimeline, type TimelineQuery } from './readTimeline';
import { importWhole } from './testImports';
import { type TestRecord, toLines } from './testRecords';
import { connection, file, query, quiet, start } from './testSysmon';

let database: TestDatabase;
let spoolDir: string;
let restore: () => void;
let finding: string;

/** mshta runs a remote HTA on WS1, writes a file and calls a host; signs of life of other processes around it. */
const chain: readonly TestRecord[] = [
  ...quiet('WS1', '2026-11-20T08:00', 12),
  start(
    'WS1',
    '2026-11-20T09:00:00',
    1,
    'C:\\Windows\\System32\\mshta.exe',
    'mshta https://cdn.example.net/a.hta',
  ),
  query('WS1', '2026-11-20T09:00:01', 1, 'cdn.example.net', '198.51.100.7'),
  connection('WS1', '2026-11-20T09:00:02', 1, '198.51.100.7'),
  file('WS1', '2026-11-20T09:00:03', 1, 'C:\\Users\\anna\\a.txt'),
  ...quiet('WS1', '2026-11-20T09:10', 12),
];

beforeAll(async () => {
  database = await createTestDatabase();
  spoolDir = await mkdtemp(path.join(os.tmpdir(), 'sequela-spool-'));
  restore = setEnvironment({ DATABASE_URL: database.url, SEQUELA_DEMO: 'true' });
  expect((await importWhole(toLines(chain), 'chain.json', spoolDir)).state).toBe('done');
  const { rows } = await pool().query<{ id: string }>('SELECT id FROM findings ORDER BY score DESC LIMIT 1');
  finding = rows[0]?.id ?? '';
}, 120_000);
afterAll(async () => {
  await closeStorage();
  restore();
  await database.drop();
  await rm(spoolDir, { recursive: true, force: true });
});

/** As the door would: of the agreed shape. */
const read = async (asked: TimelineQuery): Promise<TimelineView> =>
  timelineView.parse(await readTimeline(finding, asked));
const sum = (cells: readonly { readonly count: number }[]) => cells.reduce((n, { count }) => n + count, 0);

describe('the timeline of a finding', () => {
  it('is exact where the window holds no more than asked for', async () => {
    const view = await read({ scope: 'host' });
    expect(view).toMatchObject({ exact: true, total: 28, density: [], nextCursor: null });
    expect(view.events).toHaveLength(28);
    expect(sum(view.bins)).toBe(28);
    expect([view.from, view.to]).toEqual([view.span.from, view.span.to]);
    expect(view.events.map(({ time }) => time)).toEqual([...view.events.map(({ time }) => time)].sort());
  });

  it('shows by default the events of its processes only', async () => {
    const view = await read({});
    expect(view.exact).toBe(true);
    expect(view.events.map(({ kind }) => kind)).toEqual([
      'process_start',
      'dns_query',
      'network_connect',
      'file_create',
    ]);
  });

  it('gives beyond that the density of all, by kind, and the events of its stages', async () => {
    const view = await read({ scope: 'host', limit: 10 });
    expect(view).toMatchObject({ exact: false, total: 28 });
    expect(sum(view.density)).toBe(28);
    expect(new Set(view.density.map(({ key }) => key))).toEqual(
      new Set(['process_start', 'dns_query', 'network_connect', 'file_create']),
    );
    const length = Date.parse(view.to) - Date.parse(view.from);
    const last = Math.max(...view.density.map(({ bin }) => bin));
    expect(last).toBeLessThan(400);
    expect(last * view.densitySeconds * 1000).toBeLessThanOrEqual(length);
    expect((last + 1) * view.densitySeconds * 1000).toBeGreaterThan(length);
    expect(view.events.length).toBeGreaterThan(0);
    expect(view.events.every(({ stage }) => stage !== null)).toBe(true);
  });

  it('counts by process those of the lineage, and all others together', async () => {
    const { density, events } = await read({ scope: 'host', limit: 10, by: 'process' });
    const mshta = events.find(({ kind }) => kind === 'process_start')?.entityId;
    const of = (key: string | null | undefined) => sum(density.filter((cell) => cell.key === key));
    expect(of(mshta)).toBe(4);
    expect(of(null)).toBe(24);
  });

  it('is of one window, with the span and the small picture of everything beside it', async () => {
    const window = { from: '2026-11-20T09:00:00.000000Z', to: '2026-11-20T09:10:00.000000Z' };
    const view = await read({ scope: 'host', ...window });
    expect(view).toMatchObject({ ...window, exact: true, total: 5 });
    expect(view.span).toEqual((await read({ scope: 'host' })).span);
    expect(sum(view.bins)).toBe(28);
  });

  it('lets a program page through all events of a window that is too full', async () => {
    const first = await read({ scope: 'host', limit: 10 });
    const ids: string[] = [];
    for (let cursor = first.nextCursor; cursor !== null; ) {
      const page: TimelineView = await read({ scope: 'host', limit: 10, cursor });
      ids.push(...page.events.map(({ eventId }) => eventId));
      cursor = page.nextCursor;
    }
    const all = await read({ scope: 'host' });
    expect(ids).toEqual(all.events.map(({ eventId }) => eventId));
  });

  it('refuses a cursor no list of events gave out', async () => {
    const none = '00000000-0000-0000-0000-000000000000';
    for (const values of [[1, 'x'], [1.5, none], [1e300, none], ['1', none], [1]])
      await expect(read({ cursor: toCursor(values) })).rejects.toMatchObject({ code: 'bad_request' });
    expect((await read({ cursor: toCursor([1, none]) })).events).toHaveLength(4);
    await expect(readTimeline(`${finding}\0`, {})).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says where a kind could not have been recorded, cut to the window', async () => {
    const view = await read({ from: '2026-11-20T07:00:00.000000Z', to: '2026-11-20T09:30:00.000000Z' });
    expect(view.blind).toContainEqual({
      kind: 'file_access',
      from: '2026-11-20T07:00:00.000000Z',
      to: '2026-11-20T09:30:00.000000Z',
      reason: 'no file_access events from this host',
    });
    expect(view.blind).toContainEqual({
      kind: 'process_start',
      from: '2026-11-20T07:00:00.000000Z',
      to: '2026-11-20T08:00:00.000000Z',
      reason: 'telemetry begins at 08:00:00Z',
    });
    expect((await read({ kinds: 'process_start' })).blind).toEqual([]);
  });

  it('takes the zone of the host from a log that wrote local time, and not from one that lost twelve hours', async () => {
    const clockOf = async (...hours: readonly number[]) => {
      const clock = hours.map((offset, i) => ({
        from: i === 0 ? Number.MIN_SAFE_INTEGER : Date.UTC(2027, 0, i) * 1000,
        offset: offset * 3_600_000_000,
      }));
      await pool().query('UPDATE hosts SET clock = $1', [JSON.stringify(clock)]);
      return (await read({})).hostOffsetMinutes;
    };
    expect(await clockOf(-2)).toBe(120);
    expect(await clockOf(5.5)).toBe(-330);
    expect(await clockOf(0)).toBeNull();
    expect(await clockOf(12)).toBeNull();
    expect(await clockOf(-2, 10)).toBeNull();
    expect(await clockOf(-2, -1)).toBe(120);
    expect(await clockOf(-15)).toBeNull();
    expect(await clockOf()).toBeNull();
  });
});

describe('what analysts say about an event', () => {
  it('is drawn however dense the window is, and taken back again', async () => {
    const all = await read({ scope: 'host' });
    const [some, other] = all.events.filter(({ stage }) => stage === null);
    const [one, two] = [some?.eventId ?? '', other?.eventId ?? ''];
    await flagEvent(one, true, 'anna');
    await commentEvent(two, '  what is this?\n', 'bo');
    const dense = await read({ scope: 'host', limit: 10 });
    expect(dense.exact).toBe(false);
    expect(dense.events.find(({ eventId }) => eventId === one)).toMatchObject({ flagged: true, comments: 0 });
    expect(dense.events.find(({ eventId }) => eventId === two)).toMatchObject({
      flagged: false,
      comments: 1,
    });
    const said = await loadAnnotations([one, two]);
    expect(said.get(two)?.comments).toMatchObject([{ text: 'what is this?', by: 'bo' }]);
    await flagEvent(one, false, 'bo');
    await takeBackComment(said.get(two)?.comments[0]?.id ?? 0, 'bo');
    expect(await loadAnnotations([one, two])).toEqual(new Map());
    const { rows } = await pool().query('SELECT text, withdrawn_at IS NULL AS shown FROM event_comments');
    expect(rows).toContainEqual({ text: 'what is this?', shown: false });
    const audit = async (id: string) =>
      (await readAudit({ subject: `event:${id}` })).items.map(({ by, action }) => `${by} ${action}`);
    expect(await audit(one)).toEqual(['bo event.unflagged', 'anna event.flagged']);
    expect(await audit(two)).toEqual(['bo comment.withdrawn', 'bo event.commented']);
  });

  it('is written once: a second flag, and a second withdrawal, change nothing', async () => {
    const id = (await read({})).events[0]?.eventId ?? '';
    const first = await flagEvent(id, true, 'anna');
    expect(await flagEvent(id, true, 'bo')).toEqual(first);
    const { comments } = await commentEvent(id, 'a', 'anna');
    const comment = comments[0]?.id ?? 0;
    expect(await takeBackComment(comment, 'anna')).toMatchObject({ comments: [] });
    expect(await takeBackComment(comment, 'anna')).toMatchObject({ comments: [] });
    expect((await readAudit({ subject: `event:${id}` })).items).toHaveLength(3);
    await flagEvent(id, false, 'anna');
  });

  it('is refused for no such event, without words, and to those who did not write it', async () => {
    const id = (await read({})).events[0]?.eventId ?? '';
    const none = '00000000-0000-8000-8000-000000000000';
    await expect(flagEvent(none, true, 'anna')).rejects.toMatchObject({ code: 'not_found' });
    await expect(flagEvent('x', true, 'anna')).rejects.toMatchObject({ code: 'not_found' });
    await expect(commentEvent(id, ' \n', 'anna')).rejects.toMatchObject({ code: 'bad_request' });
    const { comments } = await commentEvent(id, 'mine', 'anna');
    const comment = comments[0]?.id ?? 0;
    await expect(withdrawComment(comment, 'bo')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(withdrawComment(999_999, 'bo')).rejects.toMatchObject({ code: 'not_found' });
    expect((await loadAnnotations([id])).get(id)?.comments).toHaveLength(1);
  });

  it('comes through the doors, under the name of who asks', async () => {
    const id = (await read({})).events[1]?.eventId ?? '';
    const ask = async (handler: typeof postFlag, of: string, method: string, body?: unknown) => {
      const request = new Request('http://localhost:3000/x', {
        method,
        headers: { host: 'localhost:3000' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const response = await handler(request, { params: Promise.resolve({ id: of }) });
      return { status: response.status, value: (await response.json()) as AnnotationsView };
    };
    expect(await ask(postFlag, id, 'POST', { flagged: true })).toMatchObject({
      status: 200,
      value: { flag: { by: 'demo' } },
    });
    const { value } = await ask(postComment, id, 'POST', { text: 'seen' });
    expect(value.comments).toMatchObject([{ text: 'seen', by: 'demo' }]);
    const withdrawn = await ask(DELETE, String(value.comments[0]?.id), 'DELETE');
    expect(withdrawn).toMatchObject({ status: 200, value: { comments: [] } });
  });
});

describe('a host with 200,000 events', () => {
  it('is sent as its density, which counts every event', { timeout: 120_000 }, async () => {
    // Copies of one real event, 0.9 seconds apart.
    const names = (
      await pool().query<{ names: string }>(
        `SELECT string_agg(quote_ident(column_name), ', ') AS names FROM information_schema.columns
       WHERE table_name = 'events' AND column_name NOT IN ('id', 'time')`,
      )
    ).rows[0]?.names;
    await pool().query(
      `INSERT INTO events (id, time, ${names}) SELECT gen_random_uuid(), time + n * 900000::bigint, ${names}
       FROM (SELECT * FROM events WHERE kind = 8 LIMIT 1) one, generate_series(1, 200000) n`,
    );
    const view = await read({ scope: 'host' });
    expect(view).toMatchObject({ exact: false, total: 200_028 });
    expect(sum(view.density)).toBe(200_028);
    expect(sum(view.bins)).toBe(200_028);
    expect(view.bins.length).toBeLessThanOrEqual(1200);
    expect(view.density.length).toBeLessThanOrEqual(400 * 4);
  });

  it('is exported whole, or says in its last line why it is not', { timeout: 120_000 }, async () => {
    const lines = async (change: () => Promise<unknown>) => {
      const { content } = await exportEvents({ format: 'csv', columns: '_id', host: 'ws1' });
      const texts: string[] = [];
      let failure: unknown;
      try {
        for await (const chunk of content) {
          if (texts.length === 1) await change();
          texts.push(new TextDecoder().decode(chunk));
        }
      } catch (error) {
        failure = error;
      }
      return { lines: texts.join('').trimEnd().split('\r\n').slice(1), failure };
    };
    const whole = await lines(async () => undefined);
    expect(whole.failure).toBeUndefined();
    expect(new Set(whole.lines).size).toBe(whole.lines.length);
    // As correlation does when it finds another offset of a log.
    const moved = await lines(() =>
      pool().query('UPDATE hosts SET correlated_changes = correlated_changes + 1, correlated_at = now()'),
    );
    expect(moved.failure).toMatchObject({ code: 'conflict' });
    expect(moved.lines.at(-1)).toContain('The export was broken off');
    expect(moved.lines.slice(0, -1)).toEqual(whole.lines.slice(0, 50_000));
  });
});
