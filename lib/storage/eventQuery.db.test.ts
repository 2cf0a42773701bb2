import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { micros } from '../base/time';
import type { EndpointEvent } from '../events/endpointEvent';
import { matchesQuery } from '../query/matches';
import type { QueryNode } from '../query/node';
import { parseQuery } from '../query/parse';
import { anyEvent, printQuery, queryTree } from '../query/testQueries';
import { ensureChannels } from './channels';
import { closeStorage, pool, withConnection } from './client';
import { copyRows } from './copyBinary';
import { countEvents } from './eventFacets';
import { prepareQuery } from './eventQuery';
import { type EventKey, findEventKeys, findEvents, loadEvents } from './events';
import { ensureHosts } from './hosts';
import { EVENT_COLUMNS, toValues } from './rows';
import { searching } from './searching';
import { createTestDatabase, type TestDatabase } from './testDatabase';

let database: TestDatabase;
let restore: () => void;
let events: readonly EndpointEvent[];

beforeAll(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
  events = fc.sample(anyEvent, { numRuns: 300, seed: 7 });
  await store(events);
});
afterAll(async () => {
  await closeStorage();
  await database.drop();
  restore();
});

/** `ws1` and its full name are one machine, as correlation would have it. */
async function store(all: readonly EndpointEvent[]): Promise<void> {
  const hosts = await ensureHosts(all.map((event) => event.host));
  const channels = await ensureChannels(all.map((event) => event.channel));
  await pool().query(
    `UPDATE hosts SET canonical_id = (SELECT id FROM hosts WHERE name = 'ws1.corp.example') WHERE name = 'ws1'`,
  );
  await pool().query(`INSERT INTO uploads (id) VALUES ('00000000-0000-4000-8000-000000000001')`);
  await pool().query(
    `INSERT INTO imports (id, upload_id, name, requested_format, sha256, bytes)
     VALUES (1, '00000000-0000-4000-8000-000000000001', 'a', 'auto', repeat('0', 64), 0)`,
  );
  await withConnection((connection) =>
    copyRows(
      connection,
      'events',
      EVENT_COLUMNS,
      all.map((event) =>
        toValues({
          event,
          hostId: hosts.get(event.host) ?? 0,
          channelId: channels.get(event.channel) ?? 0,
          place: { importId: 1, member: 0, recordIndex: 0, rawAt: 0, rawLength: 0 },
        }),
      ),
    ),
  );
}

const namesOf = (host: string): readonly string[] =>
  host.startsWith('ws1') ? ['ws1', 'ws1.corp.example'] : [host];

async function found(node: QueryNode): Promise<readonly string[]> {
  const rows = await findEvents({ query: await prepareQuery(node) }, { limit: 1000, newestFirst: true });
  return rows.map((row) => row.event.id as string).sort();
}

function meant(node: QueryNode): readonly string[] {
  return events
    .filter((event) => matchesQuery(node, event, { hostNames: namesOf(event.host), imports: [1] }))
    .map((event) => event.id as string)
    .sort();
}

function read(text: string): QueryNode {
  const parsed = parseQuery(text);
  if (!parsed.ok || parsed.node === null) throw new Error(text);
  return parsed.node;
}

describe('a search of the database', () => {
  it('finds what the query means, whatever the query and the events', async () => {
    let hits = 0;
    await fc.assert(
      fc.asyncProperty(queryTree, async (node) => {
        const ids = await found(node);
        hits += ids.length > 0 && ids.length < events.length ? 1 : 0;
        expect(ids, printQuery(node)).toEqual(meant(node));
      }),
      { numRuns: 250 },
    );
    // A property over queries that find nothing would show little.
    expect(hits).toBeGreaterThan(80);
  }, 120_000);

  it.each([
    'host:ws1',
    'host.name:ws* and not host:срв',
    'host:nobody',
    'import.id:1 and import.id < 2',
    'import.id:2',
    '@timestamp >= 2026-08',
    '@timestamp:2026-09-0',
    'not @timestamp < 2026-08-15T12',
    'ip:10.0.0.0/8',
    'ip:fe80::/10 or ip:192.0.2.7',
    'channel:*sysmon*',
    'winlog.record_id:*',
    'url.domain:evil.example',
    'process.name:mshta.exe',
    'file.extension:svg or file.name:*.svg',
    'kind:(file_* and not file_access)',
    "cmd:*'*",
    'пользователь',
    '"\u0001"',
    '"\u0000"',
  ])('finds the same as the query means: %s', async (text) => {
    const parsed = parseQuery(text);
    if (!parsed.ok) return;
    expect(await found(read(text))).toEqual(meant(read(text)));
  });

  it('comes page by page in one order, with nothing twice and nothing left out', async () => {
    const query = await prepareQuery(read('not kind:alert and not kind:file_*'));
    for (const newestFirst of [true, false]) {
      const keys: EventKey[] = [];
      for (let page: readonly EventKey[] = []; ; ) {
        const last = page.at(-1);
        page = await findEventKeys(
          { query },
          { limit: 7, newestFirst, ...(last === undefined ? {} : { after: last }) },
        );
        keys.push(...page);
        if (page.length < 7) break;
      }
      const whole = await findEvents({ query }, { limit: 1000, newestFirst });
      expect(whole.length).toBeGreaterThan(100);
      expect(keys.map((key) => key.id)).toEqual(whole.map((found) => found.event.id));
      expect((await loadEvents(keys)).map((found) => found.event)).toEqual(whole.map((found) => found.event));
      const times = whole.map((found) => found.event.time);
      expect(times).toEqual([...times].sort((a, b) => (newestFirst ? b - a : a - b)));
    }
  });

  it('counts what it finds, over time and by value', async () => {
    const node = read('not kind:alert');
    const fields = ['host.name', 'event.kind', 'process.name', 'destination.port'].map((name) => {
      const field = read(`${name}:*`);
      if (field.op !== 'exists') throw new Error(name);
      return field.field;
    });
    const query = await prepareQuery(node);
    const counts = await countEvents({ query }, fields, 60);
    const ids = new Set(meant(node));
    const hits = events.filter((event) => ids.has(event.id));
    expect(counts.total).toBe(hits.length);
    expect(counts.span).toEqual({
      from: Math.min(...hits.map((event) => event.time)),
      to: Math.max(...hits.map((event) => event.time)),
    });
    expect(counts.bins.length).toBeLessThanOrEqual(60);
    expect(counts.bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(hits.length);
    const [hosts, kinds, , ports] = counts.facets;
    expect(hosts?.present).toBe(hits.length);
    expect(hosts?.distinct).toBe(3);
    expect(kinds?.distinct).toBe(new Set(hits.map((event) => event.kind)).size);
    const port443 = hits.filter((event) => event['destination.port'] === 443).length;
    expect(ports?.values.find((entry) => entry.value === '443')?.count).toBe(port443);
    // Of few events close together the bins are as fine as theirs.
    const [one] = hits;
    const close = await countEvents({ query: await prepareQuery(read(`_id:${one?.id}`)) }, [], 60);
    expect(close).toMatchObject({ total: 1, span: { from: one?.time, to: one?.time }, binMicros: 1 });
    expect(close.bins).toEqual([{ from: one?.time, count: 1 }]);
    expect((await countEvents({ hostIds: [] }, fields, 60)).total).toBe(0);
    expect((await countEvents({ from: micros(1), to: micros(2) }, [], 60)).total).toBe(0);
  });

  it('ends with what to do when it takes too long', async () => {
    await expect(searching((connection) => connection.query('SELECT pg_sleep(5)'), 50)).rejects.toMatchObject(
      {
        code: 'too_large',
        message: expect.stringContaining('Narrow it by host, kind or time'),
      },
    );
  });
});
