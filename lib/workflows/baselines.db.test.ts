import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../access/can';
import { AppError } from '../base/appError';
import type { AnalyticChange, BacktestView } from '../contracts/analytics';
import type { BaselineView } from '../contracts/baselines';
import { pool } from '../storage/client';
import { correlationProgress } from '../storage/hosts';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { readBacktest, startBacktest } from './backtests';
import {
  approveBaseline,
  createBaseline,
  readBaseline,
  readBaselineOutlook,
  revokeBaseline,
} from './baselines';
import { importSample } from './importSample';
import { readBaselineProposal } from './proposeBaseline';
import { rerunAnalytics } from './rerunAnalytics';

const ANALYST: Actor = { name: 'anna', role: 'analyst' };
const LEAD: Actor = { name: 'lena', role: 'lead' };
const SECOND: Actor = { name: 'egon', role: 'engineer' };

let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker();
  await importSample({ wait: true });
}, 600_000);
afterAll(async () => {
  await worker.stop();
});

type Stored = { readonly id: string; readonly analytic: string; readonly suppressed: boolean };

async function findings(): Promise<readonly Stored[]> {
  const { rows } = await pool().query<Stored>(
    'SELECT id, analytic, suppressed FROM findings WHERE NOT stale ORDER BY score DESC, id',
  );
  return rows;
}

async function open(analytic: string): Promise<readonly string[]> {
  return (await findings()).flatMap((one) => (one.analytic === analytic && !one.suppressed ? [one.id] : []));
}

async function settled(): Promise<void> {
  while ((await correlationProgress()).waiting > 0) await sleep(50);
}

/** A person's word on a finding, written as its workflow does but without its rules, which are tested elsewhere. */
async function verdict(id: string, value: string): Promise<void> {
  await pool().query(
    `INSERT INTO decisions (finding_id, verdict, verdict_reason, verdict_by, verdict_at)
     VALUES ($1, $2, 'seen before: our deployment', 'anna', now())
     ON CONFLICT (finding_id) DO UPDATE SET verdict = $2`,
    [id, value],
  );
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

async function tried(
  analytic: string,
  rest: Partial<Extract<AnalyticChange, { kind: 'baseline' }>> & { readonly when: string },
): Promise<BacktestView> {
  const change: AnalyticChange = {
    kind: 'baseline',
    title: 'ours',
    points: null,
    reason: 'we made it',
    owner: 'lena',
    expiresAt: inDays(90),
    ...rest,
  };
  const { id } = await startBacktest(analytic, { change, imports: [] }, LEAD.name);
  for (;;) {
    const view = await readBacktest(id);
    if (view.endedAt !== null) {
      expect(view.error).toBeNull();
      return view;
    }
    await sleep(50);
  }
}

const saving = (backtest: BacktestView, acceptLoss = false): Parameters<typeof createBaseline>[0] => ({
  backtest: backtest.id,
  note: '',
  acceptLoss,
});

const hiddenBy = ({ result }: BacktestView): readonly string[] =>
  (result?.changed ?? [])
    .filter(({ before, after }) => after.suppressed && !before.suppressed)
    .map(({ after }) => after.id)
    .sort();

async function refusal(act: Promise<unknown>): Promise<AppError> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

describe('from a false positive to a baseline', () => {
  it('what a proposal shows is what its back-test finds, and what is hidden once it is saved', async () => {
    const [id = ''] = await open('AN1397');
    const before = await open('AN1397');
    await verdict(id, 'false_positive');
    const proposal = await readBaselineProposal(id, {});
    expect(proposal).toMatchObject({ analytic: 'AN1397', reason: 'seen before: our deployment', others: [] });
    expect(proposal.looked).toBe(proposal.stored);
    expect(proposal.refused[0]?.why).toMatch(/switch the analytic off/);
    const [narrowest] = proposal.candidates;
    if (narrowest === undefined) throw new Error('nothing proposed');
    expect(narrowest.hides.findings.map((one) => one.id)).toEqual([id]);
    expect(narrowest.hides.verdicts.false_positive).toBe(1);
    expect(proposal.title).toBe('seen before: our deployment');

    const backtest = await tried('AN1397', { when: narrowest.when, finding: id });
    expect(hiddenBy(backtest)).toEqual([id]);
    expect(backtest.result?.loses).toMatchObject({ truePositives: [], attacks: [] });
    expect(backtest.result?.loses?.attacksTried).toBeGreaterThan(20);
    const made = await createBaseline(saving(backtest), LEAD);
    expect(made).toMatchObject({ state: 'active', needsApproval: false, finding: id, owner: 'lena' });
    await settled();
    expect(await open('AN1397')).toEqual(before.filter((one) => one !== id));
    const counted = await readBaseline(Number(made.id));
    expect(counted.hits).toBe(1);
    expect(counted.lastHitAt).not.toBeNull();
    expect(await readBaselineOutlook(made.id)).toMatchObject({ returns: 1, isCut: false });
    const { history } = await readBaselineOutlook(made.id);
    expect(history.map(({ action, by }) => [action, by])).toEqual([['baseline.created', 'lena']]);

    await revokeBaseline(made.id, 'done', LEAD);
    await settled();
    expect(await open('AN1397')).toEqual(before);
  }, 600_000);

  it('every candidate hides in the back-test what it shows beforehand', async () => {
    const [id = ''] = await open('AN1314');
    const { candidates } = await readBaselineProposal(id, {});
    expect(candidates.length).toBeGreaterThan(1);
    for (const { when, hides } of candidates)
      expect(hiddenBy(await tried('AN1314', { when })), when).toEqual(
        hides.findings.map((one) => one.id).sort(),
      );
  }, 600_000);

  it('that loses a true positive or a recorded attack is refused, or waits for a second person', async () => {
    const all = await open('AN1397');
    const [confirmed = ''] = all;
    await verdict(confirmed, 'true_positive');
    const backtest = await tried('AN1397', { when: 'stage: execution' });
    const { loses } = backtest.result ?? {};
    expect(loses?.truePositives.map(({ id }) => id)).toContain(confirmed);
    expect(loses?.attacks.length).toBeGreaterThan(20);
    const refused = await refusal(createBaseline(saving(backtest), LEAD));
    expect(refused.code).toBe('conflict');
    expect(refused.message).toMatch(/1 finding called true positive and \d+ recorded attacks/);

    const waiting = await createBaseline(saving(backtest, true), LEAD);
    expect(waiting).toMatchObject({ state: 'waiting', needsApproval: true, approvedBy: null });
    await settled();
    expect(await open('AN1397')).toEqual(all);
    expect(await refusal(approveBaseline(waiting.id, '', LEAD))).toMatchObject({ code: 'forbidden' });
    expect(await open('AN1397')).toEqual(all);

    const approved = await approveBaseline(waiting.id, 'known', SECOND);
    expect(approved).toMatchObject({ state: 'active', approvedBy: 'egon' });
    await settled();
    expect(await open('AN1397')).toEqual([]);
    expect((await refusal(approveBaseline(waiting.id, '', SECOND))).code).toBe('conflict');
    await revokeBaseline(waiting.id, 'done', SECOND);
    await settled();
    expect(await open('AN1397')).toEqual(all);
  }, 600_000);

  it('a true positive told between the trial and the save, or before the approval, still counts', async () => {
    const [id = ''] = await open('AN1407');
    const { candidates } = await readBaselineProposal(id, {});
    const when = candidates[0]?.when ?? '';
    const backtest = await tried('AN1407', { when });
    const waiting = await createBaseline(saving(backtest), ANALYST);
    expect(waiting).toMatchObject({ state: 'waiting', needsApproval: true, createdBy: 'anna' });
    await verdict(id, 'true_positive');
    const late = await refusal(createBaseline(saving(backtest), LEAD));
    expect(late).toMatchObject({ code: 'conflict', details: { truePositives: [id] } });
    expect(await refusal(approveBaseline(waiting.id, '', LEAD))).toMatchObject({ code: 'conflict' });
    await verdict(id, 'false_positive');
    expect((await refusal(revokeBaseline(waiting.id, 'x', { ...ANALYST, name: 'ben' }))).code).toBe(
      'forbidden',
    );
    expect(await revokeBaseline(waiting.id, 'mine', ANALYST)).toMatchObject({ state: 'revoked' });
  }, 600_000);

  it('that ran out brings nothing back', async () => {
    const before = await open('AN1407');
    const [id = ''] = before;
    const { candidates } = await readBaselineProposal(id, {});
    const made = await createBaseline(
      saving(await tried('AN1407', { when: candidates.at(-1)?.when ?? '' }), true),
      LEAD,
    );
    const active: BaselineView = made.state === 'waiting' ? await approveBaseline(made.id, '', SECOND) : made;
    await settled();
    const during = await open('AN1407');
    expect(during).not.toContain(id);
    await pool().query("UPDATE baselines SET expires_at = now() - interval '1 second' WHERE id = $1", [
      Number(active.id),
    ]);
    expect((await readBaseline(Number(active.id))).state).toBe('expired');
    // Everything is correlated again after the end: what began before it stays covered.
    await rerunAnalytics({ by: 'ann', wait: true });
    await settled();
    expect(await open('AN1407')).toEqual(during);
    await revokeBaseline(active.id, 'done', LEAD);
    await settled();
    expect(await open('AN1407')).toEqual(before);
  }, 600_000);
});
