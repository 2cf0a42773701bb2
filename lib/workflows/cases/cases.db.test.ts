import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseList, caseQuery } from '../../contracts/cases';
import { toAlertKey } from '../../storage/alertKey';
import { pool } from '../../storage/client';
import { listNotifications } from '../../storage/notifications';
import { giveAlertVerdict } from '../decideAlert';
import { commentCase } from './caseComments';
import { addCaseIndicator } from './caseIndicators';
import { addCaseNote, saveCaseNote } from './caseNotes';
import { addCaseTask, changeCaseTask } from './caseTasks';
import { addCaseWork } from './caseWork';
import { addCaseThings, changeCaseFacts, mergeCase, removeCaseThings, takeCaseApart } from './changeCases';
import { readCases } from './readCases';
import { type CaseWorld, checked, look, open, startCaseWorld, storeAlert } from './testCases';

let world: CaseWorld;
const findingOf = (host: string): string => world.findings.get(host) ?? '';
const some = (findings: string[] = [], alerts: string[] = [], move = false) => ({ findings, alerts, move });
const list = async (query: Record<string, unknown> = {}, person = 'anna') =>
  caseList.parse(await readCases(caseQuery.parse(query), person));

beforeAll(async () => {
  world = await startCaseWorld(['WS1', 'WS2', 'WS3', 'WS4', 'WS5', 'WS6', 'WS7']);
}, 120_000);
afterAll(() => world.stop());

const decide = (id: string, verdict: string | null) =>
  pool().query(
    `INSERT INTO decisions (finding_id, verdict, verdict_by, verdict_at) VALUES ($1, $2, 'anna', now())
     ON CONFLICT (finding_id) DO UPDATE SET verdict = EXCLUDED.verdict`,
    [id, verdict],
  );
const ANNA = { name: 'anna', role: 'analyst' } as const;
/** Key of a stored alert of WS7. */
const keyOf = async (alert: string) => {
  const { rows } = await pool().query<{ id: number }>(
    'SELECT DISTINCT host_id AS id FROM alerts WHERE alert = $1',
    [alert],
  );
  return toAlertKey(rows[0]?.id ?? 0, alert);
};
const told = async (person: string) =>
  (await listNotifications(person, { limit: 50 })).map(({ kind, subject }) => `${kind} ${subject}`);

describe('a case', () => {
  it('opened from findings is called by the first and has the highest severity, and is its opener’s', async () => {
    const made = await open({ findings: [findingOf('WS1')] });
    expect(made.title).toBe(made.items.findings[0]?.headline.slice(0, 200));
    expect(made).toMatchObject({
      state: 'open',
      owner: 'anna',
      findings: 1,
      severity: made.items.findings[0]?.severity,
      hosts: ['ws1'],
      revision: 2,
    });
    expect(made.items.findings[0]).toMatchObject({ caseId: made.id, addedBy: 'anna', case: { id: made.id } });
    expect(made.activity.map(({ text }) => text)).toEqual(['added 1 finding', 'opened the case']);
  });

  it('of nothing needs a title, and is given only to active people who work on cases', async () => {
    await expect(open({})).rejects.toMatchObject({ code: 'bad_request' });
    for (const owner of ['max', 'gone', 'nobody'])
      await expect(open({ title: 'x', owner }), owner).rejects.toMatchObject({ code: 'bad_request' });
    const made = await open({ title: 'Of nothing', owner: 'bert' });
    expect(made).toMatchObject({ severity: 'medium', owner: 'bert', findings: 0, hosts: [] });
    expect(await told('bert')).toContain(`case.assigned case:${made.id}`);
    expect((await open({ title: 'Nobody’s', owner: null })).owner).toBeNull();
  });

  it('is opened from an alert, which keeps its place when its host is found to be another’s', async () => {
    const ref = await storeAlert('WS7', 'v-1', 'Suspicious <b>mshta</b>');
    const at = ref.indexOf('/');
    const key = toAlertKey(Number(ref.slice(0, at)), ref.slice(at + 1));
    const made = await open({ alerts: [key] });
    expect(made).toMatchObject({
      title: 'Suspicious <b>mshta</b>',
      severity: 'critical',
      alerts: 1,
      hosts: ['ws7'],
    });
    const { rows } = await pool().query<{ id: number }>(`SELECT id FROM hosts WHERE name = 'ws6'`);
    const other = rows[0]?.id ?? 0;
    const own = Number(ref.slice(0, at));
    await pool().query('UPDATE hosts SET canonical_id = $2 WHERE id = $1', [own, other]);
    await pool().query('UPDATE alerts SET host_id = $2 WHERE host_id = $1', [own, other]);
    const moved = await look(made.id);
    expect(moved.items.alerts[0]).toMatchObject({ host: 'ws6', id: 'v-1' });
    // Under its new name it still stands here, and in no second case.
    const again = moved.items.alerts[0]?.key ?? '';
    await expect(open({ alerts: [again] })).rejects.toMatchObject({ code: 'conflict' });
    expect((await addCaseThings(made.id, some([], [again]), 'anna')).alerts).toBe(1);
    await pool().query(`DELETE FROM alerts WHERE alert = 'v-1'`);
    expect((await look(made.id)).items.gone).toEqual([{ kind: 'alert', id: key, caseId: made.id }]);
    expect((await removeCaseThings(made.id, some([], [key]), 'anna')).alerts).toBe(0);
    await pool().query('UPDATE hosts SET canonical_id = id WHERE id = $1', [own]);
  });

  it('is changed only as it was seen; who was faster is named', async () => {
    const { id, revision } = await open({ title: 'Two at once' });
    const both = await Promise.allSettled([
      changeCaseFacts(id, { revision, severity: 'high' }, 'anna'),
      changeCaseFacts(id, { revision, severity: 'low', owner: 'bert' }, 'bert'),
    ]);
    const won = both.findIndex((one) => one.status === 'fulfilled');
    const lost = both.find((one) => one.status === 'rejected');
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(lost?.reason).toMatchObject({
      code: 'conflict',
      details: { revision: revision + 1, by: won === 0 ? 'anna' : 'bert' },
    });
    expect((await look(id)).severity).toBe(won === 0 ? 'high' : 'low');
  });

  it('keeps hostile text as it is, byte for byte, and refuses only what cannot be stored', async () => {
    const hostile =
      "<img src=x onerror=alert(1)> \u202Etxt.exe =cmd|' /C calc'!A0 [x](javascript:alert(1)) 😀";
    const made = await open({ title: hostile, summary: hostile });
    const note = await addCaseNote(made.id, { title: hostile, body: `${hostile}\n\`\`\`` }, 'anna');
    expect(await look(made.id)).toMatchObject({
      title: hostile,
      summary: hostile,
      notes: [{ id: note.id, title: hostile, body: `${hostile}\n\`\`\`` }],
    });
    await expect(open({ title: 'a\u0000b' })).rejects.toThrow('cannot be stored');
    await expect(open({ title: 'a\ud800' })).rejects.toThrow('cannot be stored');
  });
});

describe('what stands in a case', () => {
  it('stands in no other, unless it is moved there', async () => {
    const one = await open({ findings: [findingOf('WS2')] });
    const two = await open({ title: 'Two' });
    await expect(addCaseThings(two.id, some([findingOf('WS2')]), 'bert')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`case ${one.id} "${one.title}"`),
      details: { cases: [{ id: one.id, title: one.title }] },
    });
    await expect(open({ findings: [findingOf('WS2')] })).rejects.toMatchObject({ code: 'conflict' });
    expect((await look(two.id)).findings).toBe(0);
    const three = await open({ findings: [findingOf('WS2')], move: true });
    expect((await look(one.id)).findings).toBe(0);
    await addCaseThings(one.id, some([findingOf('WS2')], [], true), 'anna');
    expect((await look(three.id)).findings).toBe(0);
    const moved = await addCaseThings(two.id, some([findingOf('WS2')], [], true), 'bert');
    expect(moved.items.findings[0]).toMatchObject({ id: findingOf('WS2'), addedBy: 'bert' });
    const left = await look(one.id);
    expect(left.findings).toBe(0);
    expect(left.activity[0]).toMatchObject({ by: 'bert', text: `moved 1 finding to case ${two.id}` });
    // Adding again changes nothing.
    expect((await addCaseThings(two.id, some([findingOf('WS2')]), 'bert')).revision).toBe(moved.revision);
    await expect(removeCaseThings(one.id, some([findingOf('WS2')]), 'anna')).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await removeCaseThings(two.id, some([findingOf('WS2')]), 'anna')).findings).toBe(0);
  });

  it('goes to one case when two take it at once, also crosswise', async () => {
    const [a, b] = [await open({ title: 'A' }), await open({ title: 'B' })];
    const both = await Promise.allSettled([
      addCaseThings(a.id, some([findingOf('WS2')]), 'anna'),
      addCaseThings(b.id, some([findingOf('WS2')]), 'bert'),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const holder = both[0]?.status === 'fulfilled' ? a : b;
    const other = holder === a ? b : a;
    await addCaseThings(other.id, some([findingOf('WS3')]), 'anna');
    const crossed = await Promise.allSettled([
      addCaseThings(other.id, some([findingOf('WS2')], [], true), 'anna'),
      addCaseThings(holder.id, some([findingOf('WS3')], [], true), 'bert'),
    ]);
    expect(crossed.map((one) => (one.status === 'rejected' ? one.reason : undefined))).toEqual([
      undefined,
      undefined,
    ]);
    expect((await look(other.id)).items.findings.map(({ id }) => id)).toEqual([findingOf('WS2')]);
    expect((await look(holder.id)).items.findings.map(({ id }) => id)).toEqual([findingOf('WS3')]);
    await removeCaseThings(other.id, some([findingOf('WS2')]), 'anna');
    await removeCaseThings(holder.id, some([findingOf('WS3')]), 'anna');
  });

  it('is refused when the data does not give it, and stays named when the data gives it no longer', async () => {
    await expect(open({ findings: ['no-such-finding'] })).rejects.toMatchObject({ code: 'not_found' });
    await expect(open({ alerts: ['%%%', toAlertKey(1, 'a\u0000')] })).rejects.toMatchObject({
      code: 'not_found',
    });
    const made = await open({ title: 'Holds one that goes' });
    await pool().query(
      `INSERT INTO case_items (kind, ref, case_id, added_by) VALUES ('finding', 'went', $1, 'anna')`,
      [made.id],
    );
    const shown = await look(made.id);
    expect(shown.items.gone).toEqual([{ kind: 'finding', id: 'went', caseId: made.id }]);
    expect(shown.findings).toBe(1);
    expect((await removeCaseThings(made.id, some(['went']), 'anna')).items.gone).toEqual([]);
  });
});

describe('closing', () => {
  it('without review asks for a verdict on each finding, and for none but false positives', async () => {
    const made = await open({ findings: [findingOf('WS3')] });
    const close = async () =>
      changeCaseFacts(made.id, { revision: (await look(made.id)).revision, state: 'closed' }, 'anna');
    await expect(close()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('no verdict on "'),
    });
    for (const verdict of ['true_positive', 'benign_true_positive', 'undetermined']) {
      await decide(findingOf('WS3'), verdict);
      await expect(close(), verdict).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('Submit it for review'),
      });
    }
    await decide(findingOf('WS3'), 'false_positive');
    const closed = await changeCaseFacts(
      made.id,
      { revision: (await look(made.id)).revision, state: 'closed', outcome: 'false_positive' },
      'anna',
    );
    expect(closed).toMatchObject({ state: 'closed', outcome: 'false_positive' });
    expect(closed.closedAt).not.toBeNull();
    await expect(addCaseThings(made.id, some([findingOf('WS2')]), 'anna')).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(removeCaseThings(made.id, some([findingOf('WS3')]), 'anna')).rejects.toMatchObject({
      code: 'conflict',
    });
    const opened = await changeCaseFacts(made.id, { revision: closed.revision, state: 'open' }, 'anna');
    expect(opened).toMatchObject({ state: 'open', outcome: null, closedAt: null });
    await removeCaseThings(made.id, some([findingOf('WS3')]), 'anna');
  });

  it('without review asks the same of its alerts, but for those that the data no longer gives', async () => {
    await storeAlert('WS7', 'c-1', 'Suspicious mshta');
    await storeAlert('WS7', 'c-2', 'Second one');
    const [key, second] = await Promise.all(['c-1', 'c-2'].map(keyOf));
    const made = await open({ title: 'Alerts', alerts: [key ?? '', second ?? ''] });
    const close = async () =>
      changeCaseFacts(made.id, { revision: (await look(made.id)).revision, state: 'closed' }, 'anna');
    await expect(close()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/no verdict on the alert “Suspicious mshta” on ws7, .*Second one/),
      details: { findings: [], alerts: [key, second] },
    });
    const given = { reason: 'because', revision: 0 };
    await giveAlertVerdict(key ?? '', { ...given, verdict: 'true_positive' }, ANNA);
    await pool().query(`DELETE FROM alerts WHERE alert = 'c-2'`);
    await expect(close()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/not a false positive: the alert “Suspicious mshta” on ws7\. Submit it/),
    });
    await giveAlertVerdict(key ?? '', { reason: 'because', revision: 1, verdict: 'false_positive' }, ANNA);
    expect(await close()).toMatchObject({ state: 'closed' });
  });

  it('is for the review while a case is in it; an outcome is of closed cases only', async () => {
    const made = await open({ title: 'In review' });
    await expect(
      changeCaseFacts(made.id, { revision: made.revision, outcome: 'true_positive' }, 'anna'),
    ).rejects.toMatchObject({ code: 'bad_request' });
    await pool().query(`UPDATE cases SET state = 'in_review' WHERE id = $1`, [made.id]);
    for (const state of ['open', 'closed'] as const)
      await expect(
        changeCaseFacts(made.id, { revision: made.revision, state }, 'anna'),
      ).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('withdraw it from review'),
      });
    await expect(addCaseThings(made.id, some([findingOf('WS2')]), 'anna')).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('merging', () => {
  it('moves nothing: everything is read in the other, worked on there, and comes apart as it was', async () => {
    const source = await open({ findings: [findingOf('WS4')], owner: 'bert' }, 'bert');
    const note = await addCaseNote(source.id, { title: 'n', body: 'before' }, 'bert');
    const task = await addCaseTask(source.id, { text: 'look', assignee: null, dueAt: null }, 'bert');
    await addCaseWork(source.id, 30, 'bert');
    const before = await look(source.id);
    const target = await open({ findings: [findingOf('WS5')] });
    const merged = await mergeCase(source.id, { into: target.id, revision: before.revision }, 'anna');
    expect(checked(merged)).toMatchObject({
      id: target.id,
      findings: 2,
      hosts: ['ws4', 'ws5'],
      tasksTotal: 1,
      seconds: before.seconds,
      merged: [{ id: source.id, by: 'anna', findings: 1 }],
      notes: [{ id: note.id, caseId: source.id }],
    });
    expect((await look(source.id)).mergedInto).toBe(target.id);
    expect((await list({ state: 'any' })).items.map(({ id }) => id)).not.toContain(source.id);

    // Where it was merged from it is read-only; through the other it is worked on.
    for (const refused of [
      () => saveCaseNote(source.id, note.id, { title: '', body: 'x', version: 1 }, 'bert'),
      () => addCaseTask(source.id, { text: 'x', assignee: null, dueAt: null }, 'bert'),
      () => commentCase(source.id, { text: 'x', pin: null }, 'bert'),
      () => changeCaseFacts(source.id, { revision: before.revision, title: 'x' }, 'bert'),
      () => addCaseWork(source.id, 10, 'bert'),
      () => mergeCase(source.id, { into: target.id, revision: before.revision }, 'bert'),
    ])
      await expect(refused()).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining(`merged into case ${target.id}`),
        details: { mergedInto: target.id },
      });
    await saveCaseNote(target.id, note.id, { title: 'n', body: 'after', version: 1 }, 'anna');
    await changeCaseTask(target.id, task.id, { revision: 1, state: 'done', outcome: 'seen' }, 'anna');

    const apart = checked(await takeCaseApart(source.id, 'anna'));
    const { revision: _r, updatedAt: _u, activity: _a, notes, tasks, tasksOpen: _o, ...same } = apart;
    const {
      revision: _r2,
      updatedAt: _u2,
      activity: _a2,
      notes: _n,
      tasks: _t,
      tasksOpen: _o2,
      ...was
    } = before;
    expect(same).toEqual(was);
    expect(notes[0]).toMatchObject({ body: 'after', by: 'anna', caseId: source.id });
    expect(tasks[0]).toMatchObject({ state: 'done', endedBy: 'anna' });
    expect(apart.activity.map(({ text }) => text)).toContain('finished a task');
    const left = await look(target.id);
    expect(left).toMatchObject({ findings: 1, notes: [], tasks: [], merged: [] });
    expect(left.activity[0]?.text).toBe(`took case ${source.id} out of it again`);
    await expect(takeCaseApart(source.id, 'anna')).rejects.toMatchObject({ code: 'conflict' });
  });

  it('keeps a closed case’s state, and is refused for a case in review', async () => {
    const closed = await open({ title: 'Closed' });
    const shut = await changeCaseFacts(closed.id, { revision: closed.revision, state: 'closed' }, 'anna');
    const target = await open({ title: 'Target' });
    await mergeCase(closed.id, { into: target.id, revision: shut.revision }, 'anna');
    expect(await takeCaseApart(closed.id, 'anna')).toMatchObject({
      state: 'closed',
      closedAt: shut.closedAt,
    });

    const waiting = await open({ title: 'Waiting' });
    await pool().query(`UPDATE cases SET state = 'in_review' WHERE id = $1`, [waiting.id]);
    await expect(
      mergeCase(waiting.id, { into: target.id, revision: waiting.revision }, 'anna'),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('in review') });
    await expect(
      mergeCase(target.id, { into: waiting.id, revision: (await look(target.id)).revision }, 'anna'),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('in review') });
    await expect(mergeCase(target.id, { into: target.id, revision: 1 }, 'anna')).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('crosswise at once makes no circle: one wins, and the other is told', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [await open({ title: 'A' }), await open({ title: 'B' })];
      const both = await Promise.allSettled([
        mergeCase(a.id, { into: b.id, revision: a.revision }, 'anna'),
        mergeCase(b.id, { into: a.id, revision: b.revision }, 'bert'),
      ]);
      expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
      const lost = both.find((one) => one.status === 'rejected');
      expect(lost?.reason).toMatchObject({ code: 'conflict' });
    }
  });

  it('during an edit of a note loses neither: the edit stands before it, or is told where to go', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [await open({ title: 'A' }), await open({ title: 'B' })];
      const note = await addCaseNote(a.id, { title: '', body: 'first' }, 'anna');
      const [saved] = await Promise.allSettled([
        saveCaseNote(a.id, note.id, { title: '', body: 'second', version: 1 }, 'anna'),
        mergeCase(a.id, { into: b.id, revision: a.revision }, 'bert'),
      ]);
      const [stands] = (await look(b.id)).notes;
      if (saved?.status === 'fulfilled') expect(stands).toMatchObject({ body: 'second', version: 2 });
      else {
        expect(saved?.reason).toMatchObject({ code: 'conflict', details: { mergedInto: b.id } });
        expect(stands).toMatchObject({ body: 'first', version: 1 });
      }
      await saveCaseNote(b.id, note.id, { title: '', body: 'third', version: stands?.version ?? 0 }, 'anna');
    }
  });

  it('goes through several cases, and each comes out with what was merged into it', async () => {
    const [a, b, c] = [await open({ title: 'A3' }), await open({ title: 'B3' }), await open({ title: 'C3' })];
    await mergeCase(a.id, { into: b.id, revision: a.revision }, 'anna');
    await mergeCase(b.id, { into: c.id, revision: (await look(b.id)).revision }, 'anna');
    expect((await look(c.id)).merged.map(({ id }) => id)).toEqual([a.id, b.id]);
    expect((await look(a.id)).mergedInto).toBe(c.id);
    await expect(
      mergeCase(c.id, { into: a.id, revision: (await look(c.id)).revision }, 'anna'),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
    const out = await takeCaseApart(b.id, 'anna');
    expect(out.merged.map(({ id }) => id)).toEqual([a.id]);
    expect((await look(a.id)).mergedInto).toBe(b.id);
    expect((await look(c.id)).merged).toEqual([]);
  });
});

describe('the list', () => {
  it('is searched over titles, notes, comments, tasks and indicators, the last word by its beginning', async () => {
    const made = await open({ title: 'Zebra crossing', summary: 'seen near evilcorp.example' });
    const note = await addCaseNote(made.id, { title: 'lab', body: 'the quetzal was here' }, 'anna');
    await saveCaseNote(made.id, note.id, { title: 'lab', body: 'the quokka was here', version: 1 }, 'anna');
    await commentCase(made.id, { text: 'axolotl?', pin: null }, 'anna');
    await addCaseTask(made.id, { text: 'ask the wombat', assignee: null, dueAt: null }, 'anna');
    await addCaseIndicator(made.id, { type: 'domain', value: 'narwhal.example', note: '' }, 'anna');
    const where = async (q: string) => {
      const { items, total } = await list({ q });
      expect(total).toBe(items.length);
      expect(items.every(({ id }) => id === made.id)).toBe(true);
      return items.flatMap((item) => item.found);
    };
    expect(await where('zebra')).toEqual([
      { where: 'title', text: '«Zebra» crossing seen near evilcorp.example' },
    ]);
    expect(await where('evilcorp.ex')).toMatchObject([{ where: 'title' }]);
    expect(await where('quok')).toMatchObject([
      { where: 'note', text: expect.stringContaining('«quokka» was here') },
    ]);
    // What a note once said and does not say now is not found.
    expect(await where('quetzal')).toEqual([]);
    expect(await where('axolotl')).toMatchObject([{ where: 'comment' }]);
    expect(await where('ask womb')).toMatchObject([{ where: 'task' }]);
    expect(await where('narwhal.example')).toMatchObject([{ where: 'indicator' }]);
    expect(await where('"zebra crossing"')).toMatchObject([{ where: 'title' }]);
    for (const hostile of [`' | ! & :* <->`, '"', "\\'", 'zebra & !', '(((', ':*', '   ', '-', "a'b:*"])
      await list({ q: hostile });
    const into = await open({ title: 'Savanna' });
    await mergeCase(made.id, { into: into.id, revision: (await look(made.id)).revision }, 'anna');
    expect((await list({ q: 'quokka' })).items.map(({ id }) => id)).toEqual([into.id]);
  });

  it('comes page by page in each order, none twice and none left out, with counts', async () => {
    const all = await list({ state: 'any', limit: 200 });
    expect(all.items).toHaveLength(all.total);
    const { open: opened, in_review, sent_back, closed, mine } = all.counts;
    expect(opened + in_review + sent_back + closed).toBe(all.total);
    expect(mine).toBe(all.items.filter((one) => one.owner === 'anna' && one.state !== 'closed').length);
    for (const sort of ['updated', 'oldest', 'severity', 'state']) {
      const ids: number[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: Awaited<ReturnType<typeof list>> = await list({ state: 'any', sort, limit: 3, cursor });
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect([...ids].sort(), sort).toEqual(all.items.map(({ id }) => id).sort());
    }
    expect((await list({ owner: 'bert' })).items.every(({ owner }) => owner === 'bert')).toBe(true);
    expect((await list({ owner: 'none' })).items.map(({ title }) => title)).toEqual(['Nobody’s']);
    for (const cursor of ['x', Buffer.from('[1e300,1]').toString('base64url'), 'W10'])
      await expect(list({ cursor }), cursor).rejects.toMatchObject({ code: 'bad_request' });
  });
});
