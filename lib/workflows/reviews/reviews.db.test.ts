import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../access/can';
import type { FindingSummary } from '../../contracts/findings';
import { toAlertKey } from '../../storage/alertKey';
import { pool } from '../../storage/client';
import { startTestWorker, type TestWorker } from '../../worker/testWorker';
import { createCase } from '../cases/changeCases';
import { readCase } from '../cases/readCase';
import { giveAlertVerdict } from '../decideAlert';
import { giveVerdict } from '../decideFinding';
import { importSample } from '../importSample';
import { readAudit } from '../readAudit';
import { readFinding } from '../readFinding';
import { readTriageQueue } from '../readTriageQueue';
import { rerunAnalytics } from '../rerunAnalytics';
import { decideReview } from './decideReview';
import { readLeadHome } from './leadHome';
import { readReview, readReviews } from './readReview';
import { recordOpened } from './recordOpened';
import { drawSample, giveSecondVerdict, readSample } from './secondVerdicts';
import { submitCase, takeBack } from './submitCase';

let worker: TestWorker;
let found: readonly FindingSummary[];
let taken = 0;

beforeAll(async () => {
  worker = await startTestWorker();
  await importSample({ wait: true, by: 'ann' });
  found = (await readTriageQueue({ limit: 100 }, 'ann')).items;
  await pool().query(
    `INSERT INTO people (id, handle, name, email, role) SELECT h, h, h, h || '@x.example', r
     FROM (VALUES ('ann', 'analyst'), ('lea', 'lead'), ('leo', 'lead')) AS p(h, r)`,
  );
}, 90_000);
afterAll(async () => {
  await worker.stop();
});

/** A finding that no other test has decided on. */
function next(): FindingSummary {
  const finding = found[taken++];
  if (finding === undefined) throw new Error('the sample has no more findings');
  return finding;
}

const analyst = (name: string): Actor => ({ name, role: 'analyst' });

const decided = (finding: FindingSummary, verdict: 'true_positive' | 'false_positive', by: string) =>
  giveVerdict(
    finding.id,
    { verdict, reason: 'because', revision: finding.revision, blindAcknowledged: true },
    analyst(by),
  );

/** Stores an alert on the first host, as correlation would; its key. */
async function anAlert(alert: string): Promise<string> {
  const { rows } = await pool().query<{ id: number }>(
    `INSERT INTO alerts (host_id, event_id, alert, rule, product, severity, time)
     SELECT min(canonical_id), gen_random_uuid(), $1, 'rule ' || $1, 'test', 50, 1795000000000000 FROM hosts
     RETURNING host_id AS id`,
    [alert],
  );
  return toAlertKey(rows[0]?.id ?? 0, alert);
}

/** A case of one decided finding, submitted by `ann`. */
async function submitted() {
  const finding = next();
  await decided(finding, 'true_positive', 'ann');
  const made = await createCase(
    { title: 'c', findings: [finding.id], alerts: [], summary: '', move: false },
    'ann',
  );
  const shown = await submitCase(made.id, { revision: made.revision, message: 'please' }, 'ann');
  if (shown.review === null) throw new Error('it was not submitted');
  return { finding, made: shown, review: shown.review };
}

describe('submitting a case', () => {
  it('keeps what its author saw, whatever comes later', async () => {
    const finding = next();
    const event = '00000000-0000-4000-8000-000000000001';
    await recordOpened(finding.id, ['finding', `event:${event}`], 'ann');
    await recordOpened(finding.id, ['finding'], 'ann');
    await decided(finding, 'true_positive', 'ann');
    const made = await createCase(
      { title: 'c', findings: [finding.id], alerts: [], summary: '', move: false },
      'ann',
    );
    const { review } = await submitCase(made.id, { revision: made.revision, message: 'm' }, 'ann');
    const before = await readReview(review?.id ?? 0, 'lea');
    const [seen] = before.findings;
    expect(seen?.verdicts[0]).toMatchObject({ value: 'true_positive', by: 'ann', reason: 'because' });
    expect(seen?.opened.find(({ what }) => what === 'finding')).toMatchObject({ person: 'ann', times: 2 });
    expect(seen?.opened.some(({ eventId }) => eventId === event)).toBe(true);
    expect(seen?.unopened.length).toBeGreaterThan(0);
    expect(seen?.since).toEqual([]);
    await giveVerdict(
      finding.id,
      { verdict: 'undetermined', reason: 'not sure', blindAcknowledged: true },
      analyst('lea'),
    );
    const after = await readReview(review?.id ?? 0, 'lea');
    const { since, ...kept } = after.findings[0] ?? { since: [] };
    expect(kept).toEqual({ ...seen, since: undefined } satisfies object);
    expect(since).toEqual(['lea gave the verdict undetermined.']);
  });

  it('is refused while a finding has no verdict, and names it', async () => {
    const finding = next();
    const made = await createCase(
      { title: 'c', findings: [finding.id], alerts: [], summary: '', move: false },
      'ann',
    );
    await expect(submitCase(made.id, { revision: made.revision, message: '' }, 'ann')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(finding.headline),
    });
    expect((await readCase(made.id)).state).toBe('open');
  });

  it('is taken back by its author only', async () => {
    const { made } = await submitted();
    await expect(takeBack(made.id, 'leo')).rejects.toMatchObject({ code: 'forbidden' });
    expect((await takeBack(made.id, 'ann')).state).toBe('open');
    await expect(takeBack(made.id, 'ann')).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('deciding', () => {
  const approved = { decision: 'approved', text: '', comments: [], outcome: 'true_positive' } as const;

  it('is not for who submitted it, nor for who ever gave a verdict in it, also one taken back', async () => {
    const { finding, review } = await submitted();
    await expect(decideReview(review.id, approved, 'ann')).rejects.toMatchObject({ code: 'forbidden' });
    for (const verdict of ['true_positive', null] as const) {
      await giveVerdict(finding.id, { verdict, reason: 'me too', blindAcknowledged: true }, analyst('lea'));
      await expect(decideReview(review.id, approved, 'lea')).rejects.toMatchObject({ code: 'forbidden' });
      expect((await readReview(review.id, 'lea')).barred).toContain('You gave a verdict on a finding');
    }
    expect((await readReview(review.id, 'leo')).barred).toBeNull();
  });

  it('approves only what is as it was submitted', async () => {
    const { made, review, finding } = await submitted();
    await giveVerdict(
      finding.id,
      { verdict: 'undetermined', reason: 'hm', blindAcknowledged: true },
      analyst('ann'),
    );
    await expect(decideReview(review.id, approved, 'leo')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`A finding changed since it was submitted: “${finding.headline}”`),
    });
    expect(await readCase(made.id)).toMatchObject({ state: 'in_review', outcome: null });
    await decideReview(review.id, { ...approved, decision: 'sent_back', text: 'look again' }, 'leo');
    // Only a case that is closed has an outcome.
    expect(await readCase(made.id)).toMatchObject({ state: 'sent_back', outcome: null });
  });

  it('asks for a verdict on each alert, keeps it, and approves none that changed', async () => {
    const key = await anAlert('r-1');
    const made = await createCase(
      { title: 'c', findings: [], alerts: [key], summary: '', move: false },
      'ann',
    );
    const submit = async () =>
      (await submitCase(made.id, { revision: (await readCase(made.id)).revision, message: '' }, 'ann')).review
        ?.id ?? 0;
    await expect(submit()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('no verdict yet on the alert “rule r-1” on '),
      details: { findings: [], alerts: [key] },
    });
    await giveAlertVerdict(key, { verdict: 'true_positive', reason: 'ours', revision: 0 }, analyst('ann'));
    const first = await submit();
    const seen = {
      key,
      rule: 'rule r-1',
      product: 'test',
      verdict: 'true_positive',
      reason: 'ours',
      by: 'ann',
      revision: 1,
    };
    expect((await readReview(first, 'lea')).alerts).toMatchObject([{ ...seen, changed: false }]);
    await giveAlertVerdict(key, { verdict: 'false_positive', reason: 'no', revision: 1 }, analyst('ann'));
    expect((await readReview(first, 'lea')).alerts).toMatchObject([{ ...seen, changed: true }]);
    await expect(decideReview(first, approved, 'lea')).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('An alert changed since it was submitted: the alert “rule r-1” on '),
      details: { alerts: [key] },
    });
    await decideReview(first, { ...approved, decision: 'sent_back', text: 'look again' }, 'lea');
    await decideReview(await submit(), approved, 'lea');
    expect(await readCase(made.id)).toMatchObject({ state: 'closed' });
  });

  it('is not for who ever gave a verdict on an alert of it, also one taken back', async () => {
    const key = await anAlert('r-2');
    const made = await createCase(
      { title: 'c', findings: [], alerts: [key], summary: '', move: false },
      'ann',
    );
    // Given and taken back before anybody else looked: the decision in force says nothing of it.
    await giveAlertVerdict(key, { verdict: 'true_positive', reason: 'x', revision: 0 }, analyst('lea'));
    await giveAlertVerdict(key, { verdict: null, reason: '', revision: 1 }, analyst('lea'));
    // To take back another's is no verdict.
    await giveAlertVerdict(key, { verdict: 'undetermined', reason: 'x', revision: 2 }, analyst('ann'));
    await giveAlertVerdict(key, { verdict: null, reason: '', revision: 3 }, analyst('leo'));
    await giveAlertVerdict(key, { verdict: 'false_positive', reason: 'x', revision: 4 }, analyst('ann'));
    const { review } = await submitCase(made.id, { revision: made.revision, message: '' }, 'ann');
    const id = review?.id ?? 0;
    expect((await readReview(id, 'lea')).barred).toContain('You gave a verdict on an alert');
    await expect(decideReview(id, approved, 'lea')).rejects.toMatchObject({ code: 'forbidden' });
    await decideReview(id, approved, 'leo');
    expect(await readCase(made.id)).toMatchObject({ state: 'closed' });
  });

  it('sends back with comments pinned, then approves the next round', async () => {
    const { made, review, finding } = await submitted();
    await expect(
      decideReview(review.id, { decision: 'sent_back', text: ' ', comments: [], outcome: null }, 'lea'),
    ).rejects.toMatchObject({ code: 'bad_request' });
    const pin = { findingId: finding.id, eventId: null, field: null };
    await decideReview(
      review.id,
      { decision: 'sent_back', text: 'look again', comments: [{ text: 'here', pin }], outcome: null },
      'lea',
    );
    const back = await readCase(made.id);
    expect(back).toMatchObject({ state: 'sent_back', outcome: null });
    expect(back.comments[0]).toMatchObject({ text: 'here', reviewId: review.id, pin });
    const again = await submitCase(made.id, { revision: back.revision, message: 'done' }, 'ann');
    await decideReview(again.review?.id ?? 0, approved, 'lea');
    expect(await readCase(made.id)).toMatchObject({ state: 'closed', outcome: 'true_positive' });
    expect((await readReviews(made.id)).items.map(({ state }) => state)).toEqual(['approved', 'sent_back']);
  });

  it('is done once: of two leads one wins, and the other is told who', async () => {
    const { review } = await submitted();
    const both = await Promise.allSettled([
      decideReview(review.id, approved, 'lea'),
      decideReview(review.id, approved, 'leo'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^(lea|leo) has decided/),
    });
  });
});

describe('the lead’s home', () => {
  it('lists what waits, and says which one oneself may not decide', async () => {
    const { made } = await submitted();
    const home = await readLeadHome('lea');
    expect(home.waiting.find(({ id }) => id === made.id)).toMatchObject({ mine: false });
    expect((await readLeadHome('ann')).waiting.find(({ id }) => id === made.id)).toMatchObject({
      mine: true,
    });
    expect(home.workload.find(({ person }) => person === 'ann')?.verdicts7d).toBeGreaterThan(0);
  });

  it('draws false positives for a second verdict that does not show the first', async () => {
    const [finding] = found;
    if (finding === undefined) throw new Error('the sample has no finding');
    const given = { verdict: 'false_positive', reason: 'because', blindAcknowledged: true } as const;
    await giveVerdict(finding.id, given, analyst('ann'));
    await drawSample(50, 'lea');
    const item = (await readSample('lea')).items.find((one) => one.finding.id === finding.id);
    expect(item).toMatchObject({ first: null, second: null, mayJudge: true });
    expect(JSON.stringify(item)).not.toContain('because');
    const id = item?.id ?? 0;
    await expect(
      giveSecondVerdict(id, { verdict: 'false_positive', reason: 'r' }, 'ann'),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    const judged = await giveSecondVerdict(id, { verdict: 'false_positive', reason: 'r' }, 'lea');
    expect(judged.first).toEqual({ value: 'false_positive', by: 'ann' });
    await expect(
      giveSecondVerdict(id, { verdict: 'undetermined', reason: 'r' }, 'leo'),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
    expect((await readLeadHome('lea')).sample).toMatchObject({ judged: 1, agreed: 1 });
    // Each is drawn once.
    expect((await drawSample(50, 'lea')).items.filter((one) => one.finding.id === finding.id)).toHaveLength(
      1,
    );
  });

  it('counts a second verdict that says otherwise as judged and not as agreed', async () => {
    const [, finding] = found;
    if (finding === undefined) throw new Error('the sample has no second finding');
    const given = { verdict: 'false_positive', reason: 'because', blindAcknowledged: true } as const;
    await giveVerdict(finding.id, given, analyst('ann'));
    await drawSample(50, 'lea');
    const item = (await readSample('lea')).items.find((one) => one.finding.id === finding.id);
    const second = { verdict: 'benign_true_positive', reason: 'our installer' } as const;
    const judged = await giveSecondVerdict(item?.id ?? 0, second, 'lea');
    expect(judged).toMatchObject({
      second: { value: 'benign_true_positive', by: 'lea' },
      first: { value: 'false_positive', by: 'ann' },
    });
    const { sample } = await readLeadHome('lea');
    expect(sample).toMatchObject({ judged: 2, agreed: 1, agreement: { share: 0.5 } });
    expect(sample.agreement?.low).toBeCloseTo(0.0945, 3);
    expect(sample.agreement?.high).toBeCloseTo(0.9055, 3);
  });
});

describe('what was seen', () => {
  it('keeps the baseline in force and the telemetry of then, though both are others now', async () => {
    const finding = found.find(({ analytic }) => analytic === 'AN1397');
    if (finding === undefined) throw new Error('the sample has no finding of AN1397');
    const { rows } = await pool().query<{ id: number }>(
      `INSERT INTO baselines (analytic, title, "when", points, reason, owner, created_by, expires_at, effect)
       VALUES ('AN1397', 'our deployment', 'stage: execution', 5, 'ours', 'lea', 'lea', now() + interval '90 days', '{}') RETURNING id`,
    );
    const baseline = { id: rows[0]?.id ?? 0, title: 'our deployment' };
    const { hosts } = await rerunAnalytics({ by: 'ann', wait: true });
    const [entry] = (await readAudit({ subject: 'analytics' })).items;
    expect(entry).toMatchObject({ action: 'analytics.rerun', by: 'ann', details: { hosts } });
    const then = await readFinding(finding.id);
    expect(then.telemetry.length).toBeGreaterThan(0);
    await pool().query('DELETE FROM case_items WHERE ref = $1', [finding.id]);
    await decided({ ...finding, revision: then.revision }, 'true_positive', 'ann');
    const made = await createCase(
      { title: 'c', findings: [finding.id], alerts: [], summary: '', move: false },
      'ann',
    );
    const { review } = await submitCase(made.id, { revision: made.revision, message: '' }, 'ann');
    const kept = { baselines: [baseline], telemetry: then.telemetry };
    expect((await readReview(review?.id ?? 0, 'leo')).findings[0]).toMatchObject(kept);

    await pool().query(`UPDATE baselines SET revoked_at = now(), title = 'another' WHERE id = $1`, [
      baseline.id,
    ]);
    await rerunAnalytics({ by: 'ann', wait: true });
    await pool().query(
      `UPDATE findings SET body = jsonb_set(body::jsonb, '{telemetry}', '[]') WHERE id = $1`,
      [finding.id],
    );
    const now = await readFinding(finding.id);
    expect(now).toMatchObject({ telemetry: [], baselines: [] });
    expect((await readReview(review?.id ?? 0, 'leo')).findings[0]).toMatchObject(kept);
  });
});
