import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GET as getCustody } from '@/app/api/v1/cases/[id]/attachments/[item]/custody/route';
import {
  GET as takeAttachment,
  DELETE as withdrawAttachment,
} from '@/app/api/v1/cases/[id]/attachments/[item]/route';
import { POST as addAttachment } from '@/app/api/v1/cases/[id]/attachments/route';
import { POST as resolve } from '@/app/api/v1/cases/[id]/comments/[item]/resolve/route';
import { DELETE as withdrawComment } from '@/app/api/v1/cases/[id]/comments/[item]/route';
import { DELETE as withdrawIndicator } from '@/app/api/v1/cases/[id]/indicators/[item]/route';
import { PUT as saveNote, DELETE as withdrawNote } from '@/app/api/v1/cases/[id]/notes/[item]/route';
import { GET as noteVersions } from '@/app/api/v1/cases/[id]/notes/[item]/versions/route';
import { POST as addNote } from '@/app/api/v1/cases/[id]/notes/route';
import { PUT as changeTask } from '@/app/api/v1/cases/[id]/tasks/[item]/route';
import { setEnvironment } from '../../base/testEnvironment';
import { caseAttachment, caseTimeline, custodyList, indicatorProposals } from '../../contracts/cases';
import { parseQuery } from '../../query/parse';
import { pool } from '../../storage/client';
import { listNotifications } from '../../storage/notifications';
import { sweepUploads } from '../../storage/uploads';
import { readRunbook } from '../readRunbook';
import { commentCase, resolveCaseComment, takeBackCaseComment } from './caseComments';
import { addCaseIndicator, proposeIndicators, withdrawCaseIndicator } from './caseIndicators';
import { addCaseNote, readNoteVersions, saveCaseNote, withdrawCaseNote } from './caseNotes';
import { addCaseTask, addTasksOfRunbook, changeCaseTask } from './caseTasks';
import { readCaseTimeline } from './caseTimeline';
import { addCaseWork } from './caseWork';
import { mergeCase } from './changeCases';
import { type CaseWorld, look, open, startCaseWorld } from './testCases';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

let world: CaseWorld;
const findingOf = (host: string): string => world.findings.get(host) ?? '';

beforeAll(async () => {
  world = await startCaseWorld(['WS1', 'WS2', 'WS3']);
}, 120_000);
afterAll(() => world.stop());

function call(
  handler: Handler,
  method: string,
  ids: { id: number; item?: number },
  { search = '', body }: { search?: string; body?: BodyInit } = {},
): Promise<Response> {
  const request = new Request(`http://localhost:3000/x${search}`, {
    method,
    headers: { host: 'localhost:3000', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  });
  return handler(request, {
    params: Promise.resolve({ id: String(ids.id), item: String(ids.item ?? '') }),
  });
}

const told = async (person: string) =>
  (await listNotifications(person, { limit: 50 })).map(({ kind, subject }) => `${kind} ${subject}`);
const audited = async (id: number) =>
  (
    await pool().query<{ action: string }>('SELECT action FROM audit WHERE subject = $1 ORDER BY id', [
      `case:${id}`,
    ])
  ).rows.map((row) => row.action);

describe('notes', () => {
  it('keep every text; who saves on an old one is given the other, and loses nothing', async () => {
    const { id } = await open({ title: 'Notes' });
    const note = await addCaseNote(id, { title: 't', body: 'one' }, 'anna');
    const both = await Promise.allSettled([
      saveCaseNote(id, note.id, { title: 't', body: 'from anna', version: 1 }, 'anna'),
      saveCaseNote(id, note.id, { title: 't', body: 'from bert', version: 1 }, 'bert'),
    ]);
    const winner = both[0]?.status === 'fulfilled' ? 'anna' : 'bert';
    const lost = both.find((one) => one.status === 'rejected');
    expect(lost?.reason).toMatchObject({
      code: 'conflict',
      details: { by: winner, theirs: { version: 2, by: winner, title: 't', body: `from ${winner}` } },
    });
    // The same text again, as after a lost answer, is no conflict and no version.
    await saveCaseNote(id, note.id, { title: 't', body: `from ${winner}`, version: 1 }, winner);
    const { items } = await readNoteVersions(id, note.id);
    expect(items.map(({ version, body, by }) => [version, body, by])).toEqual([
      [2, `from ${winner}`, winner],
      [1, 'one', 'anna'],
    ]);
    await expect(pool().query('UPDATE case_note_versions SET body = $1', ['x'])).rejects.toThrow();
  });

  it('answer a conflict over HTTP with the other text in the problem', async () => {
    const { id } = await open({ title: 'Notes by HTTP' });
    const added = await call(
      addNote,
      'POST',
      { id },
      { body: JSON.stringify({ title: '', body: '<b>x</b>' }) },
    );
    expect(added.status).toBe(201);
    const note = (await added.json()) as { id: number; by: string };
    expect(note.by).toBe('demo');
    await saveCaseNote(id, note.id, { title: '', body: 'theirs', version: 1 }, 'bert');
    const late = await call(
      saveNote,
      'PUT',
      { id, item: note.id },
      { body: JSON.stringify({ title: '', body: 'mine', version: 1 }) },
    );
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({
      code: 'conflict',
      theirs: { version: 2, by: 'bert', body: 'theirs' },
    });
    for (const body of ['a\\u0000b', 'a\\ud800b'])
      expect(
        (await call(addNote, 'POST', { id }, { body: `{"title":"","body":"${body}"}` })).status,
        body,
      ).toBe(400);
  });

  it('are audited once for some minutes of autosaves, and stay in their versions when withdrawn', async () => {
    const { id } = await open({ title: 'Autosaves' });
    const note = await addCaseNote(id, { title: '', body: '0' }, 'anna');
    for (let version = 1; version <= 5; version++)
      await saveCaseNote(id, note.id, { title: '', body: String(version), version }, 'anna');
    await saveCaseNote(id, note.id, { title: '', body: 'b', version: 6 }, 'bert');
    expect((await audited(id)).filter((action) => action === 'case.note_saved')).toHaveLength(2);
    await withdrawCaseNote(id, note.id, 'bert');
    expect((await look(id)).notes).toEqual([]);
    expect((await readNoteVersions(id, note.id)).items).toHaveLength(7);
    await expect(
      saveCaseNote(id, note.id, { title: '', body: 'c', version: 7 }, 'anna'),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('bert withdrew') });
  });

  it('that no search could hold are refused with what to do', async () => {
    const { id } = await open({ title: 'Too many words' });
    const word = (n: number) =>
      String.fromCodePoint(...[1, 7, 11, 13].map((by) => 0x20000 + ((n * by) % 40_000)));
    const words = Array.from({ length: 20_000 }, (_, n) => `${word(n)}-${word(n + 20_000)}`);
    await expect(addCaseNote(id, { title: '', body: words.join(' ') }, 'anna')).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('split it up'),
    });
  });
});

describe('tasks', () => {
  it('are given to people who are told, end with what came of them, and change only as they were seen', async () => {
    const { id } = await open({ title: 'Tasks' });
    const task = await addCaseTask(
      id,
      { text: 'call the user', assignee: 'bert', dueAt: '2026-12-01T09:00:00Z' },
      'anna',
    );
    expect(task).toMatchObject({ assignee: 'bert', dueAt: '2026-12-01T09:00:00.000Z', state: 'open' });
    expect(await told('bert')).toContain(`task.assigned task:${task.id}`);
    for (const assignee of ['max', 'gone', 'nobody'])
      await expect(
        addCaseTask(id, { text: 'x', assignee, dueAt: null }, 'anna'),
        assignee,
      ).rejects.toMatchObject({ code: 'bad_request' });
    await expect(addCaseTask(id, { text: 'x', assignee: null, dueAt: 'soon' }, 'anna')).rejects.toMatchObject(
      { code: 'bad_request' },
    );
    const both = await Promise.allSettled([
      changeCaseTask(id, task.id, { revision: 1, state: 'done', outcome: 'reached' }, 'anna'),
      changeCaseTask(id, task.id, { revision: 1, state: 'skipped', outcome: 'on leave' }, 'bert'),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const won = both[0]?.status === 'fulfilled' ? 'anna' : 'bert';
    expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({
      code: 'conflict',
      details: { revision: 2, by: won },
    });
    expect((await look(id)).tasks[0]).toMatchObject({
      endedBy: won,
      state: won === 'anna' ? 'done' : 'skipped',
    });
    const opened = await changeCaseTask(id, task.id, { revision: 2, state: 'open' }, 'anna');
    expect(opened).toMatchObject({ state: 'open', endedBy: null, endedAt: null });
  });

  it('are born from a runbook, each step once, two at once as well', async () => {
    const made = await open({ findings: [findingOf('WS1')] });
    const runbook = await readRunbook(findingOf('WS1'));
    const open_ = runbook.steps.flatMap((step, n) => (step.state === 'answered' ? [] : [n]));
    expect(open_.length).toBeGreaterThan(0);
    const body = { findingId: findingOf('WS1') };
    const [first, second] = await Promise.all([
      addTasksOfRunbook(made.id, body, 'anna'),
      addTasksOfRunbook(made.id, body, 'bert'),
    ]);
    expect(first.items.map(({ step }) => step)).toEqual(open_);
    expect(second).toEqual(first);
    expect((await look(made.id)).tasksTotal).toBe(open_.length);
    const all = runbook.steps.map((_, n) => n);
    expect(
      (await addTasksOfRunbook(made.id, { ...body, steps: all }, 'anna')).items.map(({ text }) => text),
    ).toEqual(runbook.steps.map((step) => step.text.trim()));
    await expect(addTasksOfRunbook(made.id, { ...body, steps: [150] }, 'anna')).rejects.toMatchObject({
      code: 'bad_request',
    });
    await expect(addTasksOfRunbook(made.id, { findingId: findingOf('WS2') }, 'anna')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('comments', () => {
  it('tell the owner and whom they mention, once each, and nobody of what is no handle', async () => {
    const { id } = await open({ title: 'Comments', owner: 'bert' });
    const comment = await commentCase(
      id,
      { text: 'ask @lena. Or @Lena, not x@anna.example or @nobody or @gone', pin: null },
      'anna',
    );
    expect(await told('lena')).toEqual([`case.mentioned comment:${comment.id}`]);
    expect((await told('bert')).filter((one) => one.startsWith('case.commented'))).toEqual([
      `case.commented case:${id}`,
    ]);
    expect(await told('anna')).toEqual([]);
    expect(await told('gone')).toEqual([]);
    expect(comment.pin).toBeNull();
  });

  it('point to a finding, an event of it, a field; in words while that is there', async () => {
    const made = await open({ findings: [findingOf('WS2')] });
    const { rows } = await pool().query<{ id: string }>(
      `SELECT id FROM events WHERE file_path LIKE '%run.js' AND host_id =
      (SELECT host_id FROM findings WHERE id = $1)`,
      [findingOf('WS2')],
    );
    const eventId = rows[0]?.id ?? '';
    const pin = { findingId: findingOf('WS2'), eventId, field: 'file.path' };
    const comment = await commentCase(made.id, { text: 'odd', pin }, 'anna');
    expect(comment).toMatchObject({
      pin,
      pinText: 'mshta.exe wrote C:\\Users\\anna\\AppData\\Local\\Temp\\run.js · file.path',
    });
    const whole = await commentCase(
      made.id,
      { text: 'hm', pin: { ...pin, eventId: null, field: null } },
      'anna',
    );
    expect(whole.pinText).toBe(made.items.findings[0]?.headline);
    const lost = { ...pin, eventId: '00000000-0000-4000-8000-000000000000' };
    expect((await commentCase(made.id, { text: 'gone', pin: lost }, 'anna')).pinText).toBeNull();
    for (const wrong of [
      { ...pin, findingId: findingOf('WS3') },
      { ...pin, eventId: "x'; --" },
      { ...pin, eventId: null },
      { ...pin, field: '<b>' },
    ])
      await expect(commentCase(made.id, { text: 'x', pin: wrong }, 'anna')).rejects.toMatchObject({
        code: 'bad_request',
      });
  });

  it('are answered and opened again by anybody, and withdrawn by their author only', async () => {
    const { id } = await open({ title: 'Answers' });
    const { id: comment } = await commentCase(id, { text: 'why?', pin: null }, 'anna');
    expect((await look(id)).commentsOpen).toBe(1);
    expect(await resolveCaseComment(id, comment, true, 'bert')).toMatchObject({ resolvedBy: 'bert' });
    expect(await resolveCaseComment(id, comment, false, 'bert')).toMatchObject({
      resolvedBy: null,
      resolvedAt: null,
    });
    await expect(takeBackCaseComment(id, comment, 'bert')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await takeBackCaseComment(id, comment, 'anna')).toMatchObject({ withdrawn: true, text: '' });
    expect((await look(id)).commentsOpen).toBe(0);
    await expect(resolveCaseComment(id, comment, true, 'bert')).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('files', () => {
  const bytes = Buffer.alloc(2_500_000, 'évidence ');
  const sha256 = createHash('sha256').update(bytes).digest('hex');

  it('are kept as they stream in and given back byte for byte, and the trail says who had them', async () => {
    const { id } = await open({ title: 'Files' });
    const search = `?name=${encodeURIComponent('../../<b>dump "1".exe')}&note=memory`;
    const added = await call(addAttachment, 'POST', { id }, { search, body: bytes });
    expect(added.status).toBe(201);
    const file = caseAttachment.parse(await added.json());
    expect(file).toMatchObject({
      name: '<b>dump "1".exe',
      bytes: bytes.length,
      sha256,
      note: 'memory',
      by: 'demo',
    });
    const taken = await call(takeAttachment, 'GET', { id, item: file.id });
    expect(Buffer.from(await taken.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(taken.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; filename="_b_dump _1_.exe"/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    });
    // The sweep of what broken connections left does not take it, however old.
    await pool().query(`UPDATE uploads SET touched_at = now() - interval '3 days'`);
    await sweepUploads(60);
    expect((await call(takeAttachment, 'GET', { id, item: file.id })).status).toBe(200);
    expect((await call(withdrawAttachment, 'DELETE', { id, item: file.id })).status).toBe(200);
    expect((await call(takeAttachment, 'GET', { id, item: file.id })).status).toBe(404);
    const custody = custodyList.parse(await (await call(getCustody, 'GET', { id, item: file.id })).json());
    expect(custody.items.map(({ act, by }) => `${by} ${act}`)).toEqual([
      'demo added',
      'demo taken',
      'demo taken',
      'demo withdrawn',
    ]);
    expect((await look(id)).attachments).toEqual([]);
    const kept = await pool().query(
      'SELECT 1 FROM upload_parts p JOIN case_attachments a ON a.upload_id = p.upload_id WHERE a.id = $1',
      [file.id],
    );
    expect(kept.rowCount).toBe(1);
  });

  it('that changed on disk break the stream before it ends', async () => {
    const { id } = await open({ title: 'Damaged' });
    const file = caseAttachment.parse(
      await (await call(addAttachment, 'POST', { id }, { search: '?name=a', body: bytes })).json(),
    );
    const changed = Buffer.from(bytes);
    changed[1000] = 0;
    await pool().query(
      `UPDATE upload_parts SET bytes = $2 WHERE upload_id = (SELECT upload_id FROM case_attachments WHERE id = $1)`,
      [file.id, gzipSync(changed)],
    );
    const taken = await call(takeAttachment, 'GET', { id, item: file.id });
    await expect(taken.arrayBuffer()).rejects.toThrow();
  });

  it('leave nothing when they are too large, empty, or for no case', async () => {
    const { id } = await open({ title: 'Nothing' });
    const uploads = async () => (await pool().query('SELECT 1 FROM uploads')).rowCount;
    const before = await uploads();
    const restore = setEnvironment({ SEQUELA_MAX_ATTACHMENT_BYTES: '1000' });
    expect((await call(addAttachment, 'POST', { id }, { search: '?name=a', body: bytes })).status).toBe(413);
    restore();
    expect((await call(addAttachment, 'POST', { id }, { search: '?name=a', body: '' })).status).toBe(422);
    expect(
      (await call(addAttachment, 'POST', { id: 999_999 }, { search: '?name=a', body: 'x' })).status,
    ).toBe(404);
    expect((await call(addAttachment, 'POST', { id }, { search: '?name=a%00', body: 'x' })).status).toBe(400);
    const into = await open({ title: 'Into' });
    await mergeCase(id, { into: into.id, revision: (await look(id)).revision }, 'anna');
    expect((await call(addAttachment, 'POST', { id }, { search: '?name=a', body: 'x' })).status).toBe(409);
    expect(await uploads()).toBe(before);
  });
});

describe('indicators', () => {
  it('name the other cases that have them, and a search for them whatever they hold', async () => {
    const [a, b] = [await open({ title: 'Ind A' }), await open({ title: 'Ind B' })];
    await addCaseIndicator(a.id, { type: 'domain', value: 'Evil.Example', note: '' }, 'anna');
    const same = await addCaseIndicator(b.id, { type: 'domain', value: 'evil.example', note: 'c2' }, 'bert');
    expect(same).toMatchObject({
      value: 'evil.example',
      cases: [{ id: a.id, title: 'Ind A' }],
      query: 'domain:evil.example',
    });
    const again = await addCaseIndicator(b.id, { type: 'domain', value: 'EVIL.example', note: '' }, 'anna');
    expect(again.id).toBe(same.id);
    for (const [type, value] of [
      ['path', 'C:\\a "b" *\\or (c).exe'],
      ['user', 'x) or *'],
      ['url', 'https://a.example/?q=" or *'],
      ['sha256', 'A'.repeat(64)],
      ['ip', '2001:db8::7'],
      ['other', 'Mutex\\"x" or *'],
    ] as const) {
      const { query } = await addCaseIndicator(b.id, { type, value, note: '' }, 'anna');
      expect(parseQuery(query ?? '').ok, query ?? '').toBe(true);
    }
    for (const [type, value] of [
      ['sha256', 'abc'],
      ['ip', 'evil.example'],
    ] as const)
      await expect(addCaseIndicator(b.id, { type, value, note: '' }, 'anna')).rejects.toMatchObject({
        code: 'bad_request',
      });
    // Merged, the other case is named as it is read; its own family is no other case.
    const c = await open({ title: 'Ind C' });
    await mergeCase(a.id, { into: c.id, revision: (await look(a.id)).revision }, 'anna');
    const named = (id: number) =>
      look(id).then(({ indicators }) => indicators.find(({ type }) => type === 'domain')?.cases);
    expect(await named(b.id)).toEqual([{ id: c.id, title: 'Ind C' }]);
    expect(await named(c.id)).toEqual([{ id: b.id, title: 'Ind B' }]);
    await withdrawCaseIndicator(b.id, same.id, 'anna');
    expect(await named(c.id)).toEqual([]);
  });

  it('are proposed out of the findings until they are taken', async () => {
    const { id } = await open({ findings: [findingOf('WS3')] });
    const proposed = async () => indicatorProposals.parse(await proposeIndicators(id)).items;
    const first = await proposed();
    expect(first).toContainEqual({ type: 'domain', value: 'cdn.example.net', findings: 1 });
    expect(first).toContainEqual({
      type: 'path',
      value: 'C:\\Users\\anna\\AppData\\Local\\Temp\\run.js',
      findings: 1,
    });
    expect(first.map(({ value }) => value)).not.toContain('mshta.exe');
    await addCaseIndicator(id, { type: 'domain', value: 'cdn.example.net', note: '' }, 'anna');
    expect(await proposed()).toHaveLength(first.length - 1);
  });
});

describe('time worked', () => {
  it('counts two open pages once, and no more than has passed', async () => {
    const { id } = await open({ title: 'Work' });
    await addCaseWork(id, 30, 'anna');
    await Promise.all([addCaseWork(id, 30, 'anna'), addCaseWork(id, 30, 'anna')]);
    await addCaseWork(id, 20, 'bert');
    const seconds = async () =>
      Object.fromEntries((await look(id)).work.map((one) => [one.person, one.seconds]));
    expect(await seconds()).toEqual({ anna: 30, bert: 20 });
    await pool().query(
      `UPDATE case_work SET last_at = last_at - interval '10 seconds' WHERE person = 'anna'`,
    );
    await addCaseWork(id, 30, 'anna');
    expect((await seconds()).anna).toBe(40);
    // Over midnight: what the day before counted is not counted again.
    await pool().query(`UPDATE case_work SET day = day - 1 WHERE case_id = $1 AND person = 'anna'`, [id]);
    await addCaseWork(id, 30, 'anna');
    expect((await seconds()).anna).toBeLessThanOrEqual(42);
  });
});

describe('the axis', () => {
  it('has a lane per host with the stages’ events, and what hosts have in common', async () => {
    const a = await open({ title: 'Axis' });
    await pool().query(`UPDATE case_items SET case_id = $1 WHERE kind = 'finding'`, [a.id]);
    const axis = caseTimeline.parse(await readCaseTimeline(a.id));
    expect(axis.lanes.map(({ host }) => host).sort()).toEqual(['ws1', 'ws2', 'ws3']);
    const times = axis.lanes.flatMap(({ marks }) => marks.map(({ time }) => time));
    expect(axis).toMatchObject({ from: [...times].sort()[0], to: [...times].sort().at(-1), cut: 0 });
    for (const lane of axis.lanes) expect(lane.marks.length).toBeGreaterThan(1);
    const join = axis.joins.find(({ by, value }) => by === 'destination' && value === 'cdn.example.net');
    expect(join?.eventIds.length).toBeGreaterThanOrEqual(3);
    expect(axis.joins).toContainEqual(expect.objectContaining({ by: 'file', value: 'run.js' }));
    const nothing = await open({ title: 'Empty axis' });
    expect(await readCaseTimeline(nothing.id)).toEqual({
      from: null,
      to: null,
      lanes: [],
      joins: [],
      cut: 0,
    });
  });
});

describe('a number of another case', () => {
  it('is not found, whatever it is of', async () => {
    const own = await open({ title: 'Own' });
    const other = await open({ title: 'Other' });
    const note = await addCaseNote(other.id, { title: '', body: 'x' }, 'demo');
    const task = await addCaseTask(other.id, { text: 'x', assignee: null, dueAt: null }, 'demo');
    const comment = await commentCase(other.id, { text: 'x', pin: null }, 'demo');
    const indicator = await addCaseIndicator(other.id, { type: 'other', value: 'x', note: '' }, 'demo');
    const file = caseAttachment.parse(
      await (await call(addAttachment, 'POST', { id: other.id }, { search: '?name=a', body: 'x' })).json(),
    );
    const before = await look(other.id);
    const note2 = JSON.stringify({ title: '', body: 'y', version: 1 });
    for (const [handler, method, item, body] of [
      [saveNote, 'PUT', note.id, note2],
      [withdrawNote, 'DELETE', note.id, undefined],
      [noteVersions, 'GET', note.id, undefined],
      [changeTask, 'PUT', task.id, JSON.stringify({ revision: 1, state: 'done' })],
      [resolve, 'POST', comment.id, JSON.stringify({ resolved: true })],
      [withdrawComment, 'DELETE', comment.id, undefined],
      [withdrawIndicator, 'DELETE', indicator.id, undefined],
      [takeAttachment, 'GET', file.id, undefined],
      [withdrawAttachment, 'DELETE', file.id, undefined],
      [getCustody, 'GET', file.id, undefined],
    ] as const) {
      const ask = (id: number) => call(handler, method, { id, item }, body === undefined ? {} : { body });
      const answer = await ask(own.id);
      expect(answer.status, `${method} ${item}`).toBe(404);
      expect((await ask(999_999)).status).toBe(404);
    }
    expect({ ...(await look(other.id)), updatedAt: '' }).toEqual({ ...before, updatedAt: '' });
    // Each is found under its own case: the refusals were of the case, not of the request.
    expect((await call(saveNote, 'PUT', { id: other.id, item: note.id }, { body: note2 })).status).toBe(200);
    expect((await call(getCustody, 'GET', { id: other.id, item: file.id })).status).toBe(200);
  });
});
