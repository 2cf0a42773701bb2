import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../access/can';
import type { FindingSummary } from '../../contracts/findings';
import type { LeadHome } from '../../contracts/reviews';
import { pool } from '../../storage/client';
import { startTestWorker, type TestWorker } from '../../worker/testWorker';
import { createCase } from '../cases/changeCases';
import { assignFinding, giveVerdict } from '../decideFinding';
import { importSample } from '../importSample';
import { readTriageQueue } from '../readTriageQueue';
import { decideReview } from './decideReview';
import { readLeadHome } from './leadHome';
import { submitCase } from './submitCase';

let worker: TestWorker;
let found: readonly FindingSummary[];

beforeAll(async () => {
  worker = await startTestWorker();
  await importSample({ wait: true, by: 'lea' });
  found = (await readTriageQueue({ limit: 100 }, 'lea')).items;
  await pool().query(
    `INSERT INTO people (id, handle, name, email, role, deactivated_at) SELECT h, h, h, h || '@x.example', r, d
     FROM (VALUES ('ben', 'analyst', NULL::timestamptz), ('cyd', 'analyst', NULL), ('dan', 'analyst', NULL), ('lea', 'lead', NULL),
       ('mia', 'manager', NULL), ('gone', 'analyst', now())) AS p(h, r, d)`,
  );
}, 90_000);
afterAll(async () => {
  await worker.stop();
});

const analyst = (name: string): Actor => ({ name, role: 'analyst' });

/** The n-th finding of the sample; each belongs to one test. */
function nth(n: number): FindingSummary {
  const finding = found[n];
  if (finding === undefined) throw new Error(`the sample has no finding ${n}`);
  return finding;
}

async function workOf(person: string): Promise<LeadHome['workload'][number] | undefined> {
  return (await readLeadHome('lea')).workload.find((one) => one.person === person);
}

const given = (id: string, verdict: 'true_positive' | 'false_positive', by: string) =>
  giveVerdict(id, { verdict, reason: 'looked at', blindAcknowledged: true }, analyst(by));

/** Puts a finding's verdicts earlier, which nobody but the database's owner can. */
async function givenDaysAgo(findingId: string, days: number): Promise<void> {
  await pool().query('ALTER TABLE verdicts DISABLE TRIGGER USER');
  await pool().query('UPDATE verdicts SET at = at - make_interval(days => $2) WHERE finding_id = $1', [
    findingId,
    days,
  ]);
  await pool().query('ALTER TABLE verdicts ENABLE TRIGGER USER');
}

/** A case of `by` with findings that `by` has decided on. */
async function caseOf(title: string, by: string, findings: readonly string[] = []) {
  return createCase({ title, findings: [...findings], alerts: [], summary: '', move: false }, by);
}

async function setUntouchedFor(caseId: number, days: number): Promise<void> {
  await pool().query('UPDATE cases SET updated_at = now() - make_interval(days => $2) WHERE id = $1', [
    caseId,
    days,
  ]);
}

describe('the workload', () => {
  it('counts the open findings of each, and of them those past their clock', async () => {
    const [late, early, closed] = [nth(0), nth(1), nth(2)];
    for (const { id } of [late, early, closed]) await assignFinding(id, { assignee: 'ben' }, analyst('ben'));
    await given(closed.id, 'true_positive', 'ben');
    await pool().query(`UPDATE findings SET created_at = now() WHERE id = ANY($1)`, [[late.id, early.id]]);
    expect(await workOf('ben')).toMatchObject({ openFindings: 2, breached: 0 });
    await pool().query(`UPDATE findings SET created_at = now() - interval '40 days' WHERE id = $1`, [
      late.id,
    ]);
    expect(await workOf('ben')).toMatchObject({ openFindings: 2, breached: 1 });
    // Opened again by later data, its clock began again.
    await pool().query('UPDATE decisions SET reopened_at = now() WHERE finding_id = $1', [late.id]);
    expect(await workOf('ben')).toMatchObject({ openFindings: 2, breached: 0 });
  });

  it('counts verdicts in force of seven days, and half of them took no longer than the median', async () => {
    const ids = [3, 4, 5].map((n) => nth(n).id);
    for (const [n, id] of ids.entries()) {
      await given(id, 'true_positive', 'cyd');
      await pool().query(
        `UPDATE findings f SET created_at = v.at - make_interval(secs => $2) FROM verdicts v WHERE v.finding_id = f.id AND f.id = $1`,
        [id, [100, 300, 5000][n]],
      );
    }
    const work = await workOf('cyd');
    expect(work).toMatchObject({ openFindings: 0, verdicts7d: 3 });
    expect(work?.medianToVerdict).toBeCloseTo(300, 3);
    const [oldest = '', takenBack = ''] = ids;
    await givenDaysAgo(oldest, 8);
    expect(await workOf('cyd')).toMatchObject({ verdicts7d: 2 });
    await giveVerdict(takenBack, { verdict: null, reason: '' }, analyst('cyd'));
    const left = await workOf('cyd');
    expect(left).toMatchObject({ verdicts7d: 1 });
    expect(left?.medianToVerdict).toBeCloseTo(5000, 3);
    expect(await workOf('dan')).toMatchObject({ verdicts7d: 0, medianToVerdict: null });
  });

  it('counts cases in hand, tasks that are open, and what was sent back within thirty days', async () => {
    const finding = nth(2);
    const open = await caseOf('in hand', 'ben');
    const made = await caseOf('sent back', 'ben', [finding.id]);
    await pool().query(
      `INSERT INTO case_tasks (case_id, text, state, assignee, created_by) VALUES ($1, 'a', 'open', 'ben', 'lea'), ($1, 'b', 'done', 'ben', 'lea')`,
      [open.id],
    );
    const { review } = await submitCase(made.id, { revision: made.revision, message: '' }, 'ben');
    // What waits for a lead is in nobody else's hand.
    expect(await workOf('ben')).toMatchObject({ openCases: 1, openTasks: 1, sentBack30d: 0 });
    const back = { decision: 'sent_back', text: 'look again', comments: [], outcome: null } as const;
    await decideReview(review?.id ?? 0, back, 'lea');
    expect(await workOf('ben')).toMatchObject({ openCases: 2, sentBack30d: 1 });
    await pool().query(`UPDATE case_reviews SET decided_at = now() - interval '31 days' WHERE id = $1`, [
      review?.id,
    ]);
    expect(await workOf('ben')).toMatchObject({ openCases: 2, sentBack30d: 0 });
  });

  it('is of those who decide and are still here', async () => {
    const people = (await readLeadHome('lea')).workload.map(({ person }) => person);
    expect(people).toEqual(expect.arrayContaining(['ben', 'cyd', 'dan', 'lea']));
    for (const other of ['mia', 'gone']) expect(people).not.toContain(other);
  });
});

describe('cases that are ageing', () => {
  it('are open or sent back and untouched for more than three days, the oldest first', async () => {
    const [fresh, four, ten, closed] = [
      await caseOf('fresh', 'dan'),
      await caseOf('four', 'dan'),
      await caseOf('ten', 'dan'),
      await caseOf('closed', 'dan'),
    ];
    await pool().query(`UPDATE cases SET state = 'closed', closed_at = now() WHERE id = $1`, [closed.id]);
    for (const [{ id }, days] of [
      [fresh, 2],
      [four, 4],
      [ten, 10],
      [closed, 20],
    ] as const)
      await setUntouchedFor(id, days);
    expect((await readLeadHome('lea')).ageing.map(({ title }) => title)).toEqual(['ten', 'four']);
    await pool().query(`UPDATE cases SET state = 'sent_back' WHERE id = $1`, [closed.id]);
    expect((await readLeadHome('lea')).ageing.map(({ title }) => title)).toEqual(['closed', 'ten', 'four']);
  });
});

describe('false positives over what could not be seen', () => {
  it('are those in force of thirty days whose author said to know that a required stage was blind', async () => {
    const blind = found.find(({ stages }) =>
      stages.some(({ required, state }) => required && state === 'blind'),
    );
    const seeing = found.find(
      ({ id, stages }) =>
        id !== blind?.id && !stages.some(({ required, state }) => required && state === 'blind'),
    );
    if (blind === undefined || seeing === undefined) throw new Error('the sample lacks one');
    expect((await readLeadHome('lea')).blindVerdicts).toEqual({ blind: 0, closed: 0 });
    await given(seeing.id, 'false_positive', 'dan');
    // It said to know of what there was nothing to know.
    expect((await readLeadHome('lea')).blindVerdicts).toEqual({ blind: 0, closed: 1 });
    await given(blind.id, 'false_positive', 'dan');
    expect((await readLeadHome('lea')).blindVerdicts).toEqual({ blind: 1, closed: 2 });
    await givenDaysAgo(blind.id, 31);
    expect((await readLeadHome('lea')).blindVerdicts).toEqual({ blind: 0, closed: 1 });
    await giveVerdict(seeing.id, { verdict: null, reason: '' }, analyst('dan'));
    expect((await readLeadHome('lea')).blindVerdicts).toEqual({ blind: 0, closed: 0 });
  });
});
