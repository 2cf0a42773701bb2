import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as audit } from '@/app/api/v1/audit/route';
import { GET as formats } from '@/app/api/v1/formats/route';
import { POST as cancel } from '@/app/api/v1/imports/[id]/cancel/route';
import { GET as original } from '@/app/api/v1/imports/[id]/original/route';
import { GET as groups } from '@/app/api/v1/imports/[id]/quarantine/groups/route';
import { GET as quarantine } from '@/app/api/v1/imports/[id]/quarantine/route';
import { POST as reparse } from '@/app/api/v1/imports/[id]/reparse/route';
import { GET as getImport, DELETE as remove } from '@/app/api/v1/imports/[id]/route';
import { POST as createImport } from '@/app/api/v1/imports/route';
import { setEnvironment } from '../base/testEnvironment';
import type { AuditList } from '../contracts/audit';
import type { ImportView } from '../contracts/imports';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { processStart, toLines } from '../workflows/testRecords';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

let worker: TestWorker;
let restore: () => void;

beforeAll(async () => {
  restore = setEnvironment({ SEQUELA_API_KEY: 'collector-key' });
  worker = await startTestWorker();
}, 60_000);
afterAll(async () => {
  await worker.stop();
  restore();
});

// The door itself holds every answer against the schema of its route, so a success is also a right shape.
function call(
  handler: Handler,
  method: string,
  url: string,
  id = '',
  more: RequestInit = {},
): Promise<Response> {
  const headers = { host: 'localhost:3000', ...(more.headers as Record<string, string> | undefined) };
  return handler(new Request(`http://localhost:3000${url}`, { ...more, method, headers }), {
    params: Promise.resolve({ id }),
  });
}

async function imported(content: Buffer, name: string): Promise<ImportView> {
  const response = await call(createImport, 'POST', `/api/v1/imports?wait=true&name=${name}`, '', {
    body: content.toString(),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as ImportView;
}

const starts = (from: number, to: number) =>
  toLines(Array.from({ length: to - from }, (_, i) => processStart('WS1', from + i)));

describe('the API over imports', () => {
  it('gives the original with its digest (RFC 9530)', async () => {
    const bytes = starts(1, 20);
    const { id } = await imported(bytes, 'digest.json');
    const response = await call(original, 'GET', '/x', id);
    const sum = createHash('sha256').update(bytes).digest('base64');
    expect(response.headers.get('repr-digest')).toBe(`sha-256=:${sum}:`);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('reads an import again, and refuses what it cannot do in words', async () => {
    const { id, records } = await imported(starts(100, 120), 'again.json');
    const again = await call(reparse, 'POST', '/x?wait=true', id, { body: '{}' });
    expect(again.status).toBe(202);
    expect(await again.json()).toMatchObject({ state: 'done', records });
    const unknown = await call(reparse, 'POST', '/x', id, { body: '{"format":"nonsense"}' });
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toMatchObject({ errors: [{ path: 'format' }] });
    expect((await call(reparse, 'POST', '/x', id, { body: '{"pass":"x"}' })).status).toBe(400);
    expect((await call(reparse, 'POST', '/x', '9999', { body: '{}' })).status).toBe(404);
    expect((await call(cancel, 'POST', '/x', id)).status).toBe(409);
  });

  it('neither reads again nor cancels for a collector with a key, since both take evidence out', async () => {
    const { id, records } = await imported(starts(150, 160), 'kept.json');
    const key = { headers: { authorization: 'Bearer collector-key' } };
    expect((await call(reparse, 'POST', '/x', id, { ...key, body: '{}' })).status).toBe(403);
    expect((await call(cancel, 'POST', '/x', id, key)).status).toBe(403);
    expect(await (await call(getImport, 'GET', '/x', id, key)).json()).toMatchObject({ records });
  });

  it('refuses what the database cannot store before anything moves', async () => {
    const { id, records } = await imported(starts(160, 170), 'nul.json');
    for (const body of [
      { format: 'a\u0000' },
      { memberFormats: { 'a\u0000': 'auto' } },
      { memberFormats: { '\ud800': 'auto' } },
      { password: '\u0000' },
    ])
      expect((await call(reparse, 'POST', '/x', id, { body: JSON.stringify(body) })).status).toBe(400);
    expect((await call(createImport, 'POST', '/x?format=a%00', '', { body: 'x' })).status).toBe(400);
    expect(await (await call(getImport, 'GET', '/x', id)).json()).toMatchObject({ state: 'done', records });
  });

  it('groups the quarantine and lists one group', async () => {
    const bytes = Buffer.concat([starts(200, 205), Buffer.from('{"EventID": 1, one\n{"EventID": 1, two\n')]);
    const { id } = await imported(bytes, 'held.json');
    const { items } = (await (await call(groups, 'GET', '/x', id)).json()) as { items: { group: string }[] };
    const group = encodeURIComponent(items[0]?.group ?? '');
    const held = (await (await call(quarantine, 'GET', `/x?reason=${group}`, id)).json()) as {
      items: unknown[];
    };
    expect(held.items.length).toBeGreaterThan(0);
    const again = await call(reparse, 'POST', '/x?wait=true', id, { body: '{"only":"quarantined"}' });
    expect(await again.json()).toMatchObject({ state: 'done', records: { events: 5, quarantined: 2 } });
  });

  it('deletes an import for good, but not for a collector with a key', async () => {
    const { id } = await imported(starts(300, 320), 'gone.json');
    const key = { headers: { authorization: 'Bearer collector-key' } };
    expect((await call(remove, 'DELETE', '/x', id, key)).status).toBe(403);
    const foreign = { headers: { origin: 'https://evil.example' } };
    expect((await call(remove, 'DELETE', '/x', id, foreign)).status).toBe(403);
    const response = await call(remove, 'DELETE', '/x?wait=true', id);
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ id, deleting: true });
    expect((await call(getImport, 'GET', '/x', id)).status).toBe(404);
    expect((await call(original, 'GET', '/x', id)).status).toBe(404);
    expect((await call(remove, 'DELETE', '/x', id)).status).toBe(404);
    const log = (await (await call(audit, 'GET', `/x?subject=import:${id}`)).json()) as AuditList;
    expect(log.items.map(({ by, action }) => [by, action])).toEqual([
      ['demo', 'import.deleted'],
      ['demo', 'import.created'],
    ]);
  });

  it('lists the formats that can be chosen', async () => {
    const { items } = (await (await call(formats, 'GET', '/x')).json()) as { items: { id: string }[] };
    expect(items.map((item) => item.id)).toContain('windows-flat-json');
  });
});
