import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as reparse } from '@/app/api/v1/imports/[id]/reparse/route';
import { POST as createImport } from '@/app/api/v1/imports/route';
import { GET as exportMapping } from '@/app/api/v1/mappings/[id]/export/route';
import {
  DELETE as deleteMapping,
  GET as getMapping,
  PUT as putMapping,
} from '@/app/api/v1/mappings/[id]/route';
import { POST as preview } from '@/app/api/v1/mappings/preview/route';
import { POST as createMapping, GET as listMappings } from '@/app/api/v1/mappings/route';
import { makeZip } from '../containers/testZip';
import type { ImportView } from '../contracts/imports';
import type { Mapping, MappingList, MappingPreview, MappingView } from '../contracts/mappings';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { readAudit } from './readAudit';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

let worker: TestWorker;

beforeAll(async () => {
  worker = await startTestWorker();
}, 60_000);
afterAll(async () => {
  await worker.stop();
});

async function call<Shape>(
  handler: Handler,
  url: string,
  { method = 'GET', body, id = '' }: { method?: string; body?: unknown; id?: string } = {},
): Promise<{ status: number; value: Shape }> {
  const raw = body instanceof Uint8Array;
  const response = await handler(
    new Request(`http://localhost:3000${url}`, {
      method,
      headers: { host: 'localhost:3000' },
      ...(body === undefined ? {} : { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ id }) },
  );
  return { status: response.status, value: (await response.json()) as Shape };
}

const importFile = async (name: string, content: Uint8Array): Promise<ImportView> =>
  (
    await call<ImportView>(createImport, `/api/v1/imports?wait=true&name=${name}`, {
      method: 'POST',
      body: content,
    })
  ).value;

const look = (body: object) =>
  call<MappingPreview>(preview, '/api/v1/mappings/preview', { method: 'POST', body });

const table = (host: string, from: number, to: number): Buffer =>
  Buffer.from(
    `When;Station;What;Program;Pid;Zeile\n${Array.from({ length: to - from }, (_, i) => `2026-04-06 14:02:${String(i).padStart(2, '0')};${host};Process started;C:\\t\\p${from + i}.exe;${100 + from + i};p -${from + i}`).join('\n')}\n`,
  );

describe('an export of no known format', () => {
  let unknown: ImportView;
  let draft: Mapping;

  it('is guessed, and the guess shows what becomes of its records', async () => {
    unknown = await importFile('home made.csv', table('WS1', 0, 8));
    expect(unknown).toMatchObject({ state: 'failed', records: { read: 0 } });
    const { status, value } = await look({ importId: unknown.id });
    expect(status).toBe(200);
    expect(value).toMatchObject({ member: 'home made.csv', recognisedAs: null });
    expect(value.mapping.name).toBe('home made');
    expect(value.mapping.fields).toMatchObject({ '@timestamp': 'When', 'process.pid': 'Pid' });
    expect(value.mapping.fields['host.name']).toBeUndefined();
    expect(value.gaps).toEqual([expect.stringContaining('host.name')]);
    expect(value.counts).toEqual({ read: 8, events: 0, ignored: 0, quarantined: 8 });
    expect(value.records[0]?.reason).toContain('no field is mapped to host.name');
    expect(value.sources[0]).toMatchObject({ path: 'When', present: 8, guess: { field: '@timestamp' } });
    draft = value.mapping;
  });

  it('is corrected, saved with its mistakes refused, and read again with it', async () => {
    const incomplete = await call(createMapping, '/api/v1/mappings', { method: 'POST', body: draft });
    expect(incomplete.status).toBe(400);
    draft.fields = {
      ...draft.fields,
      'host.name': 'Station',
      'process.command_line': 'Zeile',
      'process.executable': 'Program',
    };
    const { value } = await look({ importId: unknown.id, mapping: draft });
    expect(value.gaps).toEqual([]);
    expect(value.counts).toMatchObject({ read: 8, events: 8 });
    expect(value.records[3]).toMatchObject({
      kind: 'process_start',
      host: 'ws1',
      time: '2026-04-06T14:02:03.000000Z',
      fields: { 'process.command_line': 'p -3', 'process.executable': 'C:\\t\\p3.exe' },
    });
    const saved = await call<MappingView>(createMapping, '/api/v1/mappings', { method: 'POST', body: draft });
    expect(saved.status).toBe(201);
    expect(saved.value).toMatchObject({ format: 'mapping:home-made', mapping: { version: 1 } });
    const again = await call<ImportView>(reparse, `/api/v1/imports/${unknown.id}/reparse?wait=true`, {
      method: 'POST',
      id: unknown.id,
      body: { format: 'mapping:home-made' },
    });
    expect(again.value).toMatchObject({
      state: 'done',
      format: 'mapping:home-made',
      records: { read: 8, events: 8 },
      hosts: ['ws1'],
    });
  });

  it('has a later file of its shape recognised by itself, in an archive too', async () => {
    expect(await importFile('later.csv', table('WS2', 10, 20))).toMatchObject({
      state: 'done',
      format: 'mapping:home-made',
      records: { read: 10, events: 10 },
    });
    const packed = makeZip([{ name: 'a/b.csv', data: table('WS3', 0, 4) }]);
    expect(await importFile('packed.zip', packed)).toMatchObject({
      format: 'mapping:home-made',
      records: { events: 4 },
    });
  });

  it('is shown out of a zip and a gzip file', async () => {
    const zipped = await importFile(
      'z.zip',
      makeZip([
        { name: 'readme.txt', data: 'hello' },
        { name: 'odd.json', data: '{"at":"2026-04-06T14:02:23Z","pc":"a","run":"x.exe"}\n' },
      ]),
    );
    const { value } = await look({ importId: zipped.id, member: 'z.zip/odd.json' });
    expect(value).toMatchObject({
      member: 'z.zip/odd.json',
      members: ['z.zip/readme.txt', 'z.zip/odd.json'],
      recognisedAs: null,
    });
    expect(value.sources.map((source) => source.path)).toEqual(['at', 'pc', 'run']);
    expect((await look({ importId: zipped.id })).value.member).toBe('z.zip/odd.json');
    const gz = await importFile(
      'g.json.gz',
      gzipSync('{"at":"2026-04-06T14:02:23Z","kc":"a","run":"x.exe"}\n'),
    );
    expect((await look({ importId: gz.id })).value.sources).toHaveLength(3);
  });

  it('says plainly when there is nothing to map', async () => {
    const letter = await importFile('letter.txt', Buffer.from('Dear Sir\nthis is a letter\n'));
    expect((await look({ importId: letter.id })).status).toBe(422);
    expect((await look({ importId: '99999' })).status).toBe(404);
  });
});

describe('saved mappings', () => {
  const one = (id: string, body?: unknown, method = 'GET') => {
    const handler = method === 'PUT' ? putMapping : method === 'DELETE' ? deleteMapping : getMapping;
    return call<MappingView>(handler, `/api/v1/mappings/${id}`, { method, id, body });
  };

  it('grow a version with each change, and a change of an old version is refused', async () => {
    const { mapping } = (await one('home-made')).value;
    const changed = await one(
      'home-made',
      { ...mapping, time: { format: 'auto', zone: 'Europe/Berlin' } },
      'PUT',
    );
    expect(changed.value.mapping).toMatchObject({ version: 2, time: { zone: 'Europe/Berlin' } });
    const [first, third] = await Promise.all(
      [1, 3].map((version) =>
        call<MappingView>(getMapping, `/api/v1/mappings/home-made?version=${version}`, { id: 'home-made' }),
      ),
    );
    expect(first?.value.mapping).toEqual(mapping);
    expect(third?.status).toBe(404);
    expect((await one('home-made', mapping, 'PUT')).status).toBe(409);
    expect((await one('nobody', mapping, 'PUT')).status).toBe(404);
  });

  it('are exported as a file that is taken back once, and refused under a name that is taken', async () => {
    const response = await exportMapping(
      new Request('http://localhost:3000/api/v1/mappings/home-made/export', {
        headers: { host: 'localhost:3000' },
      }),
      { params: Promise.resolve({ id: 'home-made' }) },
    );
    expect(response.headers.get('content-disposition')).toContain('home-made.mapping.json');
    const file = (await response.json()) as Mapping;
    const post = (body: object) =>
      call<MappingView>(createMapping, '/api/v1/mappings', { method: 'POST', body });
    expect((await post(file)).status).toBe(200);
    expect((await post({ ...file, id: 'other' })).status).toBe(409);
    expect((await one('home-made', undefined, 'DELETE')).status).toBe(200);
    expect((await call<MappingList>(listMappings, '/api/v1/mappings')).value.items).toEqual([]);
    const taken = await post(file);
    expect(taken.status).toBe(201);
    expect(taken.value.mapping).toEqual({ ...file, sequela: undefined, version: 1 });
    await one('home-made', undefined, 'DELETE');
    expect(await importFile('after.csv', table('WS9', 30, 33))).toMatchObject({ state: 'failed' });
  });

  it('leave in the audit who saved and who deleted them, and nothing of what was refused', async () => {
    const { items } = await readAudit({ subject: 'mapping:home-made' });
    expect(items.map(({ by, action, details }) => [by, action, details])).toEqual([
      ['demo', 'mapping.deleted', {}],
      ['demo', 'mapping.saved', { version: 1, name: 'home made' }],
      ['demo', 'mapping.deleted', {}],
      ['demo', 'mapping.saved', { version: 2, name: 'home made' }],
      ['demo', 'mapping.saved', { version: 1, name: 'home made' }],
    ]);
    expect((await readAudit({ subject: 'mapping:other' })).items).toEqual([]);
  });
});
