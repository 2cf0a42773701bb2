import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bulkAnswer } from '../contracts/findings';
import type { Finding } from '../findings/finding';
import { pool } from '../storage/client';
import { assignFinding, giveVerdict } from './decideFinding';
import { assignFindings, giveVerdicts, undoVerdicts } from './decideFindings';
import { readFindingHistory } from './findingHistory';
import { readFinding } from './readFinding';
import { ANNA, BERT, exampleFinding, storeFindings, useTestDatabase, withStage } from './testFindings';

let end: () => Promise<void>;
beforeEach(async () => {
  end = await useTestDatabase();
});
afterEach(() => end());

const finding = exampleFinding();
/** A required stage of the example, and an optional one. */
const required = finding.stages.find((stage) => stage.required && stage.group === undefined)?.id ?? '';
const optional = finding.stages.find((stage) => !stage.required && stage.group === undefined)?.id ?? '';
const titleOf = (id: string) => finding.stages.find((stage) => stage.id === id)?.title;

const say = (verdict: 'false_positive' | 'true_positive') => ({
  verdict,
  reason: 'our own test',
});
const told = async (person: string) =>
  (
    await pool().query<{ kind: string; text: string }>(
      'SELECT kind, text FROM notifications WHERE person = $1 ORDER BY id',
      [person],
    )
  ).rows.map(({ kind }) => kind);
const audited = async () =>
  (
    await pool().query<{ by: string; action: string; subject: string }>(
      'SELECT by, action, subject FROM audit ORDER BY id',
    )
  ).rows.map(({ by, action, subject }) => `${by} ${action} ${subject}`);

describe('a verdict', () => {
  it('is kept in history with what it rested on, in activity and audit, and taken back', async () => {
    await storeFindings([finding]);
    const given = await giveVerdict('f1', { ...say('true_positive'), revision: 1 }, ANNA);
    expect(given).toMatchObject({
      revision: 2,
      verdict: { value: 'true_positive', by: 'anna', blindAcknowledged: false },
    });
    await giveVerdict('f1', { verdict: null, reason: '', revision: 2 }, BERT);
    const { verdicts } = await readFindingHistory('f1');
    expect(verdicts.map(({ value, by }) => [value, by])).toEqual([
      [null, 'bert'],
      ['true_positive', 'anna'],
    ]);
    expect(verdicts[1]).toMatchObject({
      findingRevision: 1,
      analyticVersion: finding.analyticVersion,
      status: finding.status,
      score: Math.round(finding.score),
    });
    expect(verdicts[1]?.stages.map(({ state }) => state)).toEqual(finding.stages.map(({ state }) => state));
    expect(verdicts[1]?.telemetry.map(({ stage }) => stage)).toEqual(
      finding.telemetry.map(({ stage }) => stage),
    );
    expect(await audited()).toEqual(['anna finding.verdict finding:f1', 'bert finding.verdict finding:f1']);
    expect(await told('anna')).toEqual(['finding.changed']);
  });

  it('needs a reason', async () => {
    await storeFindings([finding]);
    await expect(giveVerdict('f1', { verdict: 'undetermined', reason: '  ' }, ANNA)).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('of two given at once is taken from one, and the other is told who was faster and what they said', async () => {
    await storeFindings([finding]);
    const both = await Promise.allSettled([
      giveVerdict('f1', { ...say('true_positive'), revision: 1 }, ANNA),
      giveVerdict('f1', { ...say('true_positive'), revision: 1 }, BERT),
    ]);
    const winner = both[0]?.status === 'fulfilled' ? 'anna' : 'bert';
    const refused = both.find((one) => one.status === 'rejected');
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(refused).toMatchObject({
      reason: {
        code: 'conflict',
        details: { revision: 2, by: winner, what: 'gave the verdict true positive: our own test' },
      },
    });
    expect((await readFindingHistory('f1')).verdicts).toHaveLength(1);
  });

  it('false positive is refused while a required stage is blind, names it, and is taken when that is said to be known', async () => {
    await storeFindings([withStage(finding, required, { state: 'blind', stateReason: 'no process events' })]);
    await expect(giveVerdict('f1', { ...say('false_positive'), revision: 1 }, ANNA)).rejects.toMatchObject({
      code: 'blind_unacknowledged',
      details: {
        blindStages: [{ id: required, title: titleOf(required), why: 'no process events' }],
        proposed: 'undetermined',
      },
    });
    expect((await readFindingHistory('f1')).verdicts).toEqual([]);
    const given = await giveVerdict(
      'f1',
      { ...say('false_positive'), revision: 1, blindAcknowledged: true },
      ANNA,
    );
    expect(given.verdict).toMatchObject({ blindAcknowledged: true });
    expect((await readFindingHistory('f1')).verdicts[0]).toMatchObject({
      blindStages: [required],
      blindAcknowledged: true,
    });
  });

  it('false positive is not held up by an optional stage that is blind', async () => {
    await storeFindings([withStage(finding, optional, { state: 'blind' })]);
    expect((await giveVerdict('f1', say('false_positive'), ANNA)).verdict?.value).toBe('false_positive');
  });
});

describe('an assignment', () => {
  it('goes to active people who may decide, who are told, and to nobody else', async () => {
    await storeFindings([finding]);
    for (const assignee of ['nobody', 'gone', 'mara'])
      await expect(assignFinding('f1', { assignee }, ANNA)).rejects.toMatchObject({ code: 'bad_request' });
    expect(await assignFinding('f1', { assignee: 'bert' }, ANNA)).toMatchObject({ assignee: 'bert' });
    expect(await told('bert')).toEqual(['finding.assigned']);
    await giveVerdict('f1', say('true_positive'), ANNA);
    expect(await told('bert')).toEqual(['finding.assigned', 'finding.changed']);
    expect(await told('anna')).toEqual([]);
  });
});

describe('later data', () => {
  const blind = withStage(finding, optional, { state: 'blind', events: [] });
  const absent = withStage(finding, optional, { state: 'absent', events: [] });

  it('that changes a stage opens a closed finding again, says why, and tells its owner', async () => {
    await storeFindings([blind]);
    await giveVerdict('f1', { ...say('false_positive'), blindAcknowledged: true }, ANNA);
    await storeFindings([absent]);
    const detail = await readFinding('f1');
    expect(detail).toMatchObject({
      verdict: null,
      revision: 3,
      reopened: { why: `${titleOf(optional)}: blind → absent` },
    });
    expect(detail.activity.at(-1)).toMatchObject({
      by: 'sequela',
      text: `opened it again: ${titleOf(optional)}: blind → absent`,
    });
    const { verdicts, revisions } = await readFindingHistory('f1');
    expect(verdicts.map(({ value }) => value)).toEqual(['false_positive']);
    expect(revisions).toMatchObject([
      {
        revision: 3,
        reopened: true,
        changes: [
          { what: 'stage', stage: optional, title: titleOf(optional), before: 'blind', after: 'absent' },
        ],
      },
    ]);
    expect(await told('anna')).toEqual(['finding.reopened']);
    expect((await audited()).at(-1)).toBe('sequela finding.reopened finding:f1');
    await expect(giveVerdict('f1', { ...say('true_positive'), revision: 2 }, ANNA)).rejects.toMatchObject({
      details: { by: null, what: `${titleOf(optional)}: blind → absent` },
    });
    expect(await giveVerdict('f1', { ...say('true_positive'), revision: 3 }, ANNA)).toMatchObject({
      reopened: null,
    });
  });

  it('that opens one again tells both whose it is and whose verdict it was', async () => {
    await storeFindings([blind]);
    await assignFinding('f1', { assignee: 'bert' }, BERT);
    await giveVerdict('f1', { ...say('false_positive'), blindAcknowledged: true }, ANNA);
    await pool().query('DELETE FROM notifications');
    await storeFindings([absent]);
    expect([await told('anna'), await told('bert')]).toEqual([['finding.reopened'], ['finding.reopened']]);
  });

  it('that changes only what is not shown is no act of whoever acted before it', async () => {
    await storeFindings([finding]);
    await giveVerdict('f1', { ...say('true_positive'), revision: 1 }, ANNA);
    await storeFindings([{ ...finding, trail: 'another way' }]);
    const late = { ...say('false_positive'), revision: 2, blindAcknowledged: true };
    await expect(giveVerdict('f1', late, BERT)).rejects.toMatchObject({
      code: 'conflict',
      details: { revision: 3, by: null, what: 'its evidence' },
    });
  });

  it('that brings the stages back before anybody decided puts the verdict back, and not after', async () => {
    await storeFindings([blind]);
    const { verdict } = await giveVerdict('f1', say('false_positive'), ANNA);
    await storeFindings([absent]);
    await storeFindings([blind]);
    const back = await readFinding('f1');
    expect(back).toMatchObject({
      reopened: null,
      verdict: { value: 'false_positive', by: 'anna', reason: 'our own test' },
    });
    expect(back.verdict?.at).toBe(verdict?.at);
    await storeFindings([absent]);
    await giveVerdict('f1', { verdict: null, reason: 'to be looked at' }, BERT);
    await storeFindings([blind]);
    expect((await readFinding('f1')).verdict).toBeNull();
  });

  it('that only moves the score or hides it leaves the verdict, and is a revision', async () => {
    await storeFindings([finding]);
    await giveVerdict('f1', say('true_positive'), ANNA);
    await storeFindings([{ ...finding, score: 7, severity: 'low', suppressed: true }]);
    expect(await readFinding('f1')).toMatchObject({ verdict: { value: 'true_positive' }, reopened: null });
    const [revision] = (await readFindingHistory('f1')).revisions;
    expect(revision?.changes.map(({ what, after }) => [what, after])).toEqual([
      ['severity', 'low'],
      ['score', '7'],
      ['suppressed', 'yes'],
    ]);
  });

  it('that is deleted makes a decided finding stale, keeps its verdict, and loses nothing when it comes back', async () => {
    await storeFindings([finding, exampleFinding('f2')]);
    await giveVerdict('f1', say('true_positive'), ANNA);
    await storeFindings([]);
    expect(await readFinding('f1')).toMatchObject({
      stale: true,
      verdict: { value: 'true_positive' },
      reopened: null,
    });
    await expect(readFinding('f2')).rejects.toMatchObject({ code: 'not_found' });
    await storeFindings([finding, exampleFinding('f2')]);
    expect(await readFinding('f1')).toMatchObject({
      stale: false,
      verdict: { value: 'true_positive' },
      reopened: null,
    });
  });

  it('opens a verdict of before history was kept, and keeps it', async () => {
    await storeFindings([blind]);
    await pool().query(
      `INSERT INTO decisions (finding_id, verdict, verdict_reason, verdict_by, verdict_at) VALUES ('f1', 'false_positive', 'old', 'bert', now())`,
    );
    await storeFindings([absent]);
    expect((await readFinding('f1')).reopened).not.toBeNull();
    expect((await readFindingHistory('f1')).verdicts).toMatchObject([
      { value: 'false_positive', by: 'bert', reason: 'old' },
    ]);
    await storeFindings([blind]);
    expect((await readFinding('f1')).verdict).toMatchObject({
      value: 'false_positive',
      by: 'bert',
      reason: 'old',
    });
  });
});

describe('one decision about many findings', () => {
  const many = (count: number): readonly Finding[] =>
    Array.from({ length: count }, (_, i) => exampleFinding(`m${String(i).padStart(4, '0')}`));
  const seen = (findings: readonly Finding[], revision = 1) => findings.map(({ id }) => ({ id, revision }));

  it('is taken where nothing changed, and names what it left alone and why', async () => {
    const [a, b, c] = [
      exampleFinding('a'),
      exampleFinding('b'),
      withStage(exampleFinding('c'), required, { state: 'blind' }),
    ];
    await storeFindings([a, b, c]);
    await assignFinding('b', { assignee: 'bert' }, ANNA);
    const answer = await giveVerdicts(
      { ...say('false_positive'), items: [...seen([a, b, c]), { id: 'gone', revision: 1 }] },
      BERT,
    );
    expect(answer.done.map(({ id, verdict }) => [id, verdict?.value])).toEqual([['a', 'false_positive']]);
    expect(Object.fromEntries(answer.refused.map(({ id, code }) => [id, code]))).toEqual({
      b: 'conflict',
      c: 'blind_unacknowledged',
      gone: 'not_found',
    });
    const refused = (id: string) => answer.refused.find((one) => one.id === id);
    expect(refused('b')?.detail).toContain('anna assigned it to bert');
    expect(refused('b')).toMatchObject({ revision: 2, by: 'anna' });
    expect(refused('c')?.blindStages).toEqual([
      { id: required, title: titleOf(required), why: expect.stringMatching(/\S/) },
    ]);
    expect(Object.keys(refused('gone') ?? {})).toEqual(['id', 'code', 'detail']);
    expect(bulkAnswer.parse(answer).refused).toEqual(answer.refused);
    expect((await readFindingHistory('a')).verdicts[0]?.bulk).toBe(true);
  });

  it('about a single one puts back what stood, with its author, and is not told of as one of several', async () => {
    await storeFindings([exampleFinding('s')]);
    const before = await giveVerdict('s', say('true_positive'), BERT);
    const { bulkId, done } = await giveVerdicts(
      { ...say('false_positive'), items: [{ id: 's', revision: before.revision }] },
      ANNA,
    );
    expect(done.map(({ verdict }) => verdict?.by)).toEqual(['anna']);
    expect((await readFindingHistory('s')).verdicts[0]?.bulk).toBe(false);
    const { undone } = await undoVerdicts(bulkId ?? 0, ANNA);
    expect(undone.map(({ verdict }) => verdict)).toEqual([before.verdict]);
  });

  it('is undone as one by who gave it, but for what somebody changed since', async () => {
    const findings = many(3);
    await storeFindings(findings);
    await giveVerdict('m0001', say('true_positive'), BERT);
    const { bulkId } = await giveVerdicts(
      {
        ...say('false_positive'),
        items: findings.map(({ id }) => ({ id, revision: id === 'm0001' ? 2 : 1 })),
      },
      ANNA,
    );
    await giveVerdict('m0002', say('true_positive'), BERT);
    await expect(undoVerdicts(bulkId ?? 0, BERT)).rejects.toMatchObject({ code: 'forbidden' });
    const { undone, kept } = await undoVerdicts(bulkId ?? 0, ANNA);
    expect(undone.map(({ id, verdict }) => [id, verdict?.value, verdict?.by])).toEqual([
      ['m0000', undefined, undefined],
      ['m0001', 'true_positive', 'bert'],
    ]);
    expect(kept).toMatchObject([{ id: 'm0002', detail: expect.stringContaining('bert gave the verdict') }]);
    expect((await readFindingHistory('m0001')).verdicts.map(({ value, by }) => [value, by])).toEqual([
      ['true_positive', 'anna'],
      ['false_positive', 'anna'],
      ['true_positive', 'bert'],
    ]);
    await expect(undoVerdicts(bulkId ?? 0, ANNA)).rejects.toMatchObject({ code: 'conflict' });
    expect((await audited()).filter((line) => line.includes('finding.undone'))).toHaveLength(2);
  });

  it('is not undone after ten minutes', async () => {
    await storeFindings([finding]);
    const { bulkId } = await assignFindings({ assignee: 'bert', items: [{ id: 'f1', revision: 1 }] }, ANNA);
    await pool().query(`UPDATE bulk_acts SET at = now() - interval '11 minutes'`);
    await expect(undoVerdicts(bulkId ?? 0, ANNA)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('and its undoing meet single verdicts without losing any', async () => {
    const findings = many(20);
    await storeFindings(findings);
    const { bulkId } = await giveVerdicts({ ...say('false_positive'), items: seen(findings) }, ANNA);
    const [undo, ...singles] = await Promise.allSettled([
      undoVerdicts(bulkId ?? 0, ANNA),
      ...findings.map(({ id }) => giveVerdict(id, { ...say('true_positive'), revision: 2 }, BERT)),
    ]);
    if (undo?.status !== 'fulfilled') throw new Error('the undoing failed');
    const undone = new Set((undo.value as { undone: { id: string }[] }).undone.map(({ id }) => id));
    for (const [i, { id }] of findings.entries()) {
      const taken = singles[i]?.status === 'fulfilled';
      expect(taken, id).toBe(!undone.has(id));
      expect((await readFinding(id)).verdict?.value).toBe(taken ? 'true_positive' : undefined);
    }
  });

  it('and another in the opposite order do not block each other', async () => {
    const findings = many(50);
    await storeFindings(findings);
    const both = await Promise.all([
      giveVerdicts({ ...say('true_positive'), items: seen(findings) }, ANNA),
      giveVerdicts({ ...say('true_positive'), items: seen(findings).reverse() }, BERT),
    ]);
    expect(both.map(({ done }) => done.length).sort((a, b) => a - b)).toEqual([0, 50]);
  });

  it('takes a thousand in seconds, and undoes them', async () => {
    const findings = many(1000);
    await storeFindings(findings);
    const start = performance.now();
    const { bulkId, done } = await giveVerdicts({ ...say('true_positive'), items: seen(findings) }, ANNA);
    expect(done).toHaveLength(1000);
    expect((await undoVerdicts(bulkId ?? 0, ANNA)).undone).toHaveLength(1000);
    expect(performance.now() - start).toBeLessThan(30_000);
  }, 60_000);
});
