import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getEvent } from '@/app/api/v1/events/[id]/route';
import { GET as exportEvents } from '@/app/api/v1/events/export/route';
import { GET as listFields } from '@/app/api/v1/events/fields/route';
import { GET as searchEvents } from '@/app/api/v1/events/route';
import { GET as summariseEvents } from '@/app/api/v1/events/summary/route';
import { GET as listValues } from '@/app/api/v1/events/values/route';
import { POST as importBytes } from '@/app/api/v1/imports/route';
import { POST as importSample } from '@/app/api/v1/imports/sample/route';
import { DELETE as deleteSearch } from '@/app/api/v1/searches/[id]/route';
import { GET as listSearches, POST as saveSearch } from '@/app/api/v1/searches/route';
import type {
  EventDetail,
  EventFieldView,
  EventList,
  EventSummary,
  EventValues,
  EventView,
  SavedSearchView,
} from '../contracts/events';
import type { Problem } from '../contracts/problem';
import { pool } from '../storage/client';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { processStart, toLines } from '../workflows/testRecords';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

let worker: TestWorker;

beforeAll(async () => {
  worker = await startTestWorker();
  expect((await call(importSample, '/x?wait=true', { method: 'POST' })).status).toBe(201);
}, 60_000);
afterAll(async () => {
  await worker.stop();
});

function call(handler: Handler, url: string, init: RequestInit = {}, id = ''): Promise<Response> {
  const headers = { host: 'localhost:3000', ...(init.headers as Record<string, string> | undefined) };
  return handler(new Request(`http://localhost:3000${url}`, { ...init, headers }), {
    params: Promise.resolve({ id }),
  });
}

// The door itself holds every answer against the schema of its route, so a 200 here is also a right shape.
async function read<Shape>(handler: Handler, url: string, id = ''): Promise<Shape> {
  const response = await call(handler, url, {}, id);
  const body = (await response.json()) as Shape;
  expect(response.status, JSON.stringify(body).slice(0, 500)).toBe(200);
  return body;
}

const ask = (q: string, more = '') => `/x?q=${encodeURIComponent(q)}${more}`;

async function all(q: string, more = ''): Promise<EventView[]> {
  const items: EventView[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: EventList = await read(searchEvents, ask(q, `${more}&limit=300&cursor=${cursor}`));
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

describe('the search', () => {
  it('takes the query language, and gives the same events page by page in either order', async () => {
    const q = 'process.name:(mshta.exe or msedge.exe) and kind:(process_start or file_create)';
    const newest = await all(q);
    expect(newest.length).toBeGreaterThan(300);
    for (const event of newest)
      expect(String(event.fields['process.executable']).toLowerCase()).toMatch(/\\(mshta|msedge)\.exe$/);
    expect(newest.map((event) => event.time)).toEqual(
      newest
        .map((event) => event.time)
        .sort()
        .reverse(),
    );
    const oldest = await all(q, '&order=oldest');
    expect(oldest.map((event) => event.id)).toEqual(newest.map((event) => event.id).reverse());
  });

  it('refuses a query with a mistake, at its place', async () => {
    const response = await call(searchEvents, ask('kind:process_start\nand proces.name:x'));
    expect(response.status).toBe(400);
    expect((await response.json()) as Problem).toMatchObject({
      code: 'bad_request',
      errors: [
        {
          path: 'q',
          line: 2,
          column: 5,
          endLine: 2,
          endColumn: 16,
          message: expect.stringContaining('process.name'),
        },
      ],
    });
    expect((await call(searchEvents, '/x?cursor=WzEsIngiXQ')).status).toBe(400);
    expect(await all('', '&entity=%00')).toEqual([]);
    for (const q of ['ip:"fe80::1%\0"', 'ip:"10.0.0.1\0"', 'host.name:"a\0"', 'user.name:"a\0"'])
      expect([200, 400]).toContain((await call(searchEvents, ask(q))).status);
    expect((await call(listValues, '/x?field=user.name&prefix=a&host=%00')).status).toBe(200);
    for (const handler of [summariseEvents, exportEvents])
      expect((await call(handler, ask('('))).status).toBe(400);
  });

  it('opens an event with what was said of it', async () => {
    const [event] = (await read<EventList>(searchEvents, ask('', '&limit=1'))).items;
    const id = event?.id ?? '';
    await pool().query('INSERT INTO event_flags (event_id, by) VALUES ($1, $2)', [id, 'anna']);
    const { annotations } = await read<EventDetail>(getEvent, '/x', id);
    expect(annotations).toMatchObject({ flag: { by: 'anna' }, comments: [] });
  });
});

describe('the summary', () => {
  it('counts what the search finds, over time and by value', async () => {
    const q = 'kind:network_connect and not user.name:SYSTEM';
    const events = await all(q);
    const facets = 'host.name,event.kind,process.name,destination.port';
    const summary = await read<EventSummary>(summariseEvents, ask(q, `&facets=${facets}`));
    expect(summary.total).toBe(events.length);
    expect(summary.from).toBe(events.at(-1)?.time);
    expect(summary.to).toBe(events[0]?.time);
    expect(summary.bins.length).toBeLessThanOrEqual(240);
    expect(summary.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(events.length);
    expect(summary.facets.map((facet) => facet.field)).toEqual(facets.split(','));
    for (const { field, values } of summary.facets)
      for (const { value, count } of values)
        expect((await all(`${q} and ${field}:"${value}"`)).length, `${field} ${value}`).toBe(count);
  });

  it('of nothing is empty and still tells where it looked in vain', async () => {
    const summary = await read<EventSummary>(summariseEvents, ask('zzzznothing', '&facets=user.name'));
    expect(summary).toMatchObject({
      total: 0,
      from: null,
      to: null,
      bins: [],
      facets: [{ values: [], present: 0 }],
    });
    expect((await read<EventSummary>(summariseEvents, '/x?host=nobody')).total).toBe(0);
    expect((await call(summariseEvents, '/x?facets=hash')).status).toBe(400);
    expect((await call(summariseEvents, '/x?facets=nothing')).status).toBe(400);
  });

  it('tells the blind stretches of the kinds that are searched', async () => {
    const { rows } = await pool().query<{ id: number; name: string; from: number; to: number }>(
      `SELECT h.id, h.name, min(e.time) AS "from", max(e.time) AS "to" FROM hosts h JOIN events e ON e.host_id = h.id
       WHERE h.id = h.canonical_id GROUP BY h.id ORDER BY h.id LIMIT 1`,
    );
    const [host] = rows;
    if (host === undefined) throw new Error('no host');
    await pool().query('DELETE FROM blind_intervals');
    await pool().query(
      `INSERT INTO blind_intervals (host_id, kind, "from", "to", reason) VALUES ($1, 9, $2, $3, 'no DNS logging')`,
      [host.id, host.from, host.to],
    );
    const { blind, blindTotal } = await read<EventSummary>(summariseEvents, ask('kind:dns_query'));
    expect(blind).toMatchObject([{ host: host.name, kind: 'dns_query', reason: 'no DNS logging' }]);
    expect(blindTotal).toBe(1);
    expect((await read<EventSummary>(summariseEvents, ask('kind:file_create'))).blindTotal).toBe(0);
  });
});

describe('completion', () => {
  it('knows the fields and values that begin with a text', async () => {
    const { items } = await read<{ items: EventFieldView[] }>(listFields, '/x');
    expect(items.find((field) => field.name === 'process.name')?.type).toBe('text');
    const values = async (field: string, prefix: string) =>
      read<EventValues>(listValues, `/x?field=${field}&prefix=${prefix}`);
    expect((await values('process.name', 'MSH')).items.map((item) => item.value.toLowerCase())).toContain(
      'mshta.exe',
    );
    expect((await values('event.kind', 'process_')).items.map((item) => item.value).sort()).toEqual([
      'process_end',
      'process_start',
    ]);
    expect((await values('host.name', '')).items.length).toBeGreaterThan(2);
    expect((await values('event.dataset', 'microsoft-windows-sys')).items.length).toBe(1);
    expect((await values('import.id', '')).items.map((item) => item.value)).toEqual(['1']);
    expect((await values('@timestamp', '2')).items).toEqual([]);
    expect((await values('user.name', '%')).items).toEqual([]);
    expect((await call(listValues, '/x?field=nothing')).status).toBe(400);
  });
});

describe('the export', () => {
  it('holds every hit once, as JSON, as lines and as CSV', async () => {
    const q = 'kind:process_start';
    const ids = (await all(q)).map((event) => event.id);
    expect(ids.length).toBeGreaterThan(2000);
    const json = await call(exportEvents, ask(q, '&format=json'));
    expect(json.headers.get('content-disposition')).toContain('filename="events_kind-process_start.json"');
    expect(((await json.json()) as EventView[]).map((event) => event.id)).toEqual(ids);
    const lines = (await (await call(exportEvents, ask(q, '&format=ndjson'))).text()).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as EventView).id)).toEqual(ids);
    const csv = await (
      await call(exportEvents, ask(q, '&format=csv&columns=_id,process.name,@timestamp'))
    ).text();
    const [header, ...rows] = csv.trimEnd().split('\r\n');
    expect(header).toBe('_id,process.name,@timestamp');
    expect(rows.map((row) => row.split(',')[0])).toEqual(ids);
    expect(await (await call(exportEvents, ask('zzzznothing', '&format=json'))).json()).toEqual([]);
    expect((await call(exportEvents, '/x?columns=nothing')).status).toBe(400);
  });

  it('is no formula in a spreadsheet, whatever a command line begins with', async () => {
    const FORMULAS = ["=cmd|' /C calc'!A0", '+1+cmd', '-2+3', '@SUM(1)', '\t=1+1'];
    const records = FORMULAS.map((CommandLine, n) => processStart('formula-ws', n + 1, { CommandLine }));
    const sent = await call(importBytes, '/x?wait=true&name=formulas.json', {
      method: 'POST',
      body: new Uint8Array(toLines(records)),
      headers: { 'content-type': 'application/octet-stream' },
    });
    expect(sent.status).toBe(201);
    const url = ask('host:formula-ws', '&format=csv&order=oldest&columns=process.command_line,host.name');
    const [, ...rows] = (await (await call(exportEvents, url)).text()).trimEnd().split('\r\n');
    const cells = rows.map((row) => row.replace(/,formula-ws$/, '').replace(/^"(.*)"$/s, '$1'));
    expect(cells).toEqual(FORMULAS.map((formula) => `'${formula}`));
  });
});

describe('saved searches', () => {
  const save = (body: object) => call(saveSearch, '/x', { method: 'POST', body: JSON.stringify(body) });

  it('are one’s own and those that are shared; a name holds one', async () => {
    expect((await save({ name: ' mine ', query: 'mshta', columns: ['process.name'] })).status).toBe(200);
    const again = (await (
      await save({ name: 'mine', query: 'kind:alert', shared: true })
    ).json()) as SavedSearchView;
    await pool().query(
      `INSERT INTO saved_searches (name, query, shared, by) VALUES ('theirs', 'a', true, 'anna'), ('hidden', 'b', false, 'anna')`,
    );
    const { items } = await read<{ items: SavedSearchView[] }>(listSearches, '/x');
    expect(items.map(({ name, query, mine }) => [name, query, mine])).toEqual([
      ['mine', 'kind:alert', true],
      ['theirs', 'a', false],
    ]);
    const drop = async (name: string) => {
      const { rows } = await pool().query<{ id: number }>('SELECT id FROM saved_searches WHERE name = $1', [
        name,
      ]);
      return (await call(deleteSearch, '/x', { method: 'DELETE' }, String(rows[0]?.id ?? 999))).status;
    };
    expect(await drop('theirs')).toBe(403);
    expect(await drop('hidden')).toBe(404);
    expect(await drop('mine')).toBe(200);
    expect(again.id).toBeGreaterThan(0);
    expect((await save({ name: '  ', query: '' })).status).toBe(400);
  });
});
