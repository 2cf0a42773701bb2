import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as startBacktest } from '@/app/api/v1/analytics/[id]/backtest/route';
import { GET as getAnalytic, PUT as putAnalytic } from '@/app/api/v1/analytics/[id]/route';
import { GET as getVersions } from '@/app/api/v1/analytics/[id]/versions/route';
import { GET as getEnvironment, PUT as putEnvironment } from '@/app/api/v1/analytics/environment/route';
import { GET as getRerun } from '@/app/api/v1/analytics/rerun/route';
import { GET as listAnalytics } from '@/app/api/v1/analytics/route';
import { POST as validate } from '@/app/api/v1/analytics/validate/route';
import { GET as getVocabulary } from '@/app/api/v1/analytics/vocabulary/route';
import { POST as postBundle } from '@/app/api/v1/attack/bundles/route';
import { DELETE as cancelBacktest, GET as getBacktest } from '@/app/api/v1/backtests/[id]/route';
import { POST as revoke } from '@/app/api/v1/baselines/[id]/revoke/route';
import { GET as listBaselines, POST as postBaseline } from '@/app/api/v1/baselines/route';
import { POST as giveVerdict } from '@/app/api/v1/findings/[id]/verdict/route';
import { GET as listFindings } from '@/app/api/v1/findings/route';
import { POST as importSample } from '@/app/api/v1/imports/sample/route';
import { analytic, bundleOf, detects, releaseObjects, strategy } from '../attack/testBundle';
import type {
  AnalyticChange,
  AnalyticView,
  BacktestView,
  EnvironmentView,
  SettingVersionView,
} from '../contracts/analytics';
import type { BaselineView } from '../contracts/baselines';
import type { FindingList } from '../contracts/findings';
import { pool } from '../storage/client';
import { startTestWorker, type TestWorker } from '../worker/testWorker';
import { approveBaseline } from './baselines';
import { readAudit } from './readAudit';
import { runBacktest } from './runBacktest';

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;
type Answer<Shape> = { readonly status: number; readonly value: Shape };

let worker: TestWorker;

beforeAll(async () => {
  worker = await startTestWorker();
  expect((await call(importSample, '/api/v1/imports/sample?wait=true', { method: 'POST' })).status).toBe(201);
}, 240_000);
afterAll(async () => {
  await worker.stop();
});

async function call<Shape>(
  handler: Handler,
  url: string,
  { method = 'GET', body, id = '' }: { method?: string; body?: unknown; id?: string } = {},
): Promise<Answer<Shape>> {
  const response = await handler(
    new Request(`http://localhost:3000${url}`, {
      method,
      headers: { host: 'localhost:3000' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ id }) },
  );
  return { status: response.status, value: (await response.json()) as Shape };
}

const propose = (id: string, change: object, imports: string[] = []): Promise<Answer<BacktestView>> =>
  call(startBacktest, '/x', { method: 'POST', id, body: { change, imports } });

/** Proposes a change, which must be sound, and waits for its back-test. */
async function tried(id: string, change: object, imports: string[] = []): Promise<BacktestView> {
  const begun = await propose(id, change, imports);
  expect(begun.status, JSON.stringify(begun.value)).toBe(202);
  return ended(begun.value.id);
}

async function ended(id: string): Promise<BacktestView> {
  for (;;) {
    const { value } = await call<BacktestView>(getBacktest, '/x', { id });
    if (value.endedAt !== null) return value;
    await sleep(50);
  }
}

const save = (id: string, backtest: string, note = ''): Promise<Answer<AnalyticView>> =>
  call(putAnalytic, '/x', { method: 'PUT', id, body: { backtest, note } });

async function settled(): Promise<void> {
  while ((await call<{ waiting: number }>(getRerun, '/x')).value.waiting > 0) await sleep(50);
}

/** What the queue shows of an analytic's findings, suppressed ones too. */
async function findings(analytic: string): Promise<FindingList['items']> {
  const { value } = await call<FindingList>(
    listFindings,
    `/api/v1/findings?analytic=${analytic}&limit=500&suppressed=any`,
  );
  return value.items.sort((a, b) => (a.id < b.id ? -1 : 1));
}

const told = (items: FindingList['items']): readonly unknown[] =>
  items
    .filter(({ stale }) => !stale)
    .map(({ id, status, score, severity, suppressed }) => ({ id, status, score, severity, suppressed }));

const resultOf = (backtest: BacktestView): NonNullable<BacktestView['result']> => {
  expect(backtest.error).toBeNull();
  expect(backtest.state).toBe('done');
  if (backtest.result === null) throw new Error('no result');
  return backtest.result;
};

const tuning = (parameters: object, rest: object = {}): object => ({ kind: 'tuning', parameters, ...rest });
const NARROW = tuning({ 'TimeWindow.file': '1ms', 'TimeWindow.network': '1ms', 'TimeWindow.child': '1ms' });
const AS_SHIPPED = tuning({});

describe('an analytic', () => {
  it('is told in words, with its coverage, its findings and what may be set', async () => {
    const { value } = await call<{ items: AnalyticView[] }>(listAnalytics, '/x');
    expect(value.items.map(({ id, origin, revision, enabled }) => [id, origin, revision, enabled])).toEqual([
      ['AN1314', 'shipped', 0, true],
      ['AN1397', 'shipped', 0, true],
      ['AN1407', 'shipped', 0, true],
    ]);
    for (const analytic of value.items) {
      expect(analytic.record.findings).toBeGreaterThan(0);
      expect(analytic.problems).toEqual([]);
      for (const stage of analytic.stages) {
        expect(stage.sentences.length, stage.id).toBeGreaterThan(0);
        expect(stage.coverage.hosts, stage.id).toBe(3);
        expect(stage.coverage.visible + stage.coverage.partial + stage.coverage.blind).toBe(3);
      }
      for (const reason of analytic.reasons) expect(reason.sentence).not.toBe('');
    }
    const vocabulary = await call<{ fields: unknown[] }>(getVocabulary, '/x');
    expect(vocabulary.value.fields.length).toBeGreaterThan(50);
  });

  it('is tuned only as its back-test foretold, keeps its versions, and goes back', async () => {
    const asShipped = await findings('AN1397');
    const [confirmed] = asShipped;
    await call(giveVerdict, '/x', {
      method: 'POST',
      id: confirmed?.id ?? '',
      body: { verdict: 'true_positive', reason: 'ours', revision: confirmed?.revision },
    });
    const backtest = await tried('AN1397', NARROW);
    const { gained, lost, changed, unchanged, totals } = resultOf(backtest);
    expect(backtest.progress).toEqual({ done: 3, total: 3 });
    expect(gained).toEqual([]);
    expect(totals).toEqual({ gained: 0, lost: lost.length, changed: changed.length });
    expect(lost.length + changed.length).toBeGreaterThan(0);
    expect(lost.length + changed.length + unchanged).toBe(asShipped.length);
    for (const { what } of changed) expect(what.join(' ')).toMatch(/ instead of /);
    const named = [...lost, ...changed.map(({ before: one }) => one)];
    expect(named.find(({ id }) => id === confirmed?.id)?.verdict ?? 'unchanged').toMatch(
      /true_positive|unchanged/,
    );
    // Trying changes nothing.
    expect(told(await findings('AN1397'))).toEqual(told(asShipped));

    const saved = await save('AN1397', backtest.id, 'narrow windows');
    expect(saved.status, JSON.stringify(saved.value)).toBe(200);
    expect(saved.value).toMatchObject({
      origin: 'tuned',
      revision: 1,
      version: expect.stringMatching(/\+1$/),
    });
    expect(saved.value.parameters.find(({ name }) => name === 'TimeWindow.file')).toMatchObject({
      value: '1ms',
      shipped: '5m',
    });
    await settled();
    const after = (await findings('AN1397')).filter(({ stale }) => !stale);
    expect(after.map(({ id }) => id).sort()).toEqual(
      asShipped.map(({ id }) => id).filter((id) => !lost.some((one) => one.id === id)),
    );
    for (const { after: foretold } of changed)
      expect(after.find(({ id }) => id === foretold.id)).toMatchObject({
        status: foretold.status,
        score: foretold.score,
        severity: foretold.severity,
      });

    const versions = await call<{ items: SettingVersionView[] }>(getVersions, '/x', { id: 'AN1397' });
    expect(versions.value.items).toMatchObject([
      {
        version: 1,
        kind: 'tuning',
        note: 'narrow windows',
        savedBy: 'demo',
        effect: { ...totals, unchanged },
        differences: expect.arrayContaining(['TimeWindow.file is 1ms instead of 5m.']),
      },
    ]);
    const audit = await readAudit({ subject: 'analytic:AN1397' });
    expect(audit.items[0]).toMatchObject({ action: 'analytic.saved', details: { version: 1 } });

    expect((await save('AN1397', (await tried('AN1397', AS_SHIPPED)).id)).value).toMatchObject({
      origin: 'shipped',
      revision: 2,
    });
    await settled();
    expect(told(await findings('AN1397'))).toEqual(told(asShipped));
  }, 120_000);

  it('is saved only with a back-test of this very change, on everything, against what is in force', async () => {
    const refused = async (id: string, backtest: string): Promise<string> => {
      const { status, value } = await save(id, backtest);
      return `${status} ${(value as unknown as { detail: string }).detail}`;
    };
    expect(await refused('AN1397', '999999')).toMatch(/^404/);
    expect(await refused('AN1397', 'nonsense')).toMatch(/^404/);
    const limited = await tried('AN1397', NARROW, ['1']);
    expect(resultOf(limited).lost.length + resultOf(limited).changed.length).toBeGreaterThan(0);
    expect(await refused('AN1397', limited.id)).toMatch(/^409 .*limited to some imports/);
    expect((await propose('AN1397', NARROW, ['77'])).status).toBe(404);
    const [one, other] = [await tried('AN1397', NARROW), await tried('AN1407', tuning({}, { points: {} }))];
    expect(resultOf(other).totals).toEqual({ gained: 0, lost: 0, changed: 0 });
    expect(await refused('AN1407', one.id)).toMatch(/^400 .*of AN1397/);
    // Two people at once: whoever comes second tried against what is not in force any more.
    const both = await Promise.all([save('AN1397', one.id), save('AN1407', other.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await settled();
    const back = await tried('AN1397', AS_SHIPPED);
    expect((await save('AN1397', back.id)).status).toBe(200);
    await settled();
  }, 120_000);

  it('refuses what cannot be set, by name', async () => {
    const complaints = async (id: string, change: object): Promise<string> => {
      const { status, value } = await propose(id, change);
      return `${status} ${JSON.stringify(value)}`;
    };
    expect(await complaints('AN1397', tuning({ Window: '5m' }))).toMatch(/^400 .*no parameter Window/);
    expect(await complaints('AN1397', tuning({ 'TimeWindow.file': 'soon' }))).toMatch(/length of time/);
    expect(await complaints('AN1397', tuning({}, { points: { nothing: 1 } }))).toMatch(/no reason nothing/);
    expect(await complaints('AN9', tuning({}))).toMatch(/^404/);
    expect(await complaints('environment', tuning({}))).toMatch(/^404/);
  });
});

const OWN = `id: MY_MSHTA
title: mshta, plainly
version: "1"
description: For tests.
stages:
  - id: start
    title: mshta started
    anchor: true
    on: process_start
    where: { process.identity: mshta.exe }
    telemetry: { needs: process_start, fix: Record starts. }
score:
  - id: sum
    take: sum
    reasons:
      - { id: R1, points: 50, text: mshta, when: { stage: start } }
headline:
  - text: mshta ran
`;
const definition = (yaml: string, enabled = true): object => ({ kind: 'definition', yaml, enabled });

describe('a definition of one\u2019s own', () => {
  it('is validated as it is typed', async () => {
    const look = (yaml: string): Promise<Answer<{ ok: boolean; id: string; problems: unknown[] }>> =>
      call(validate, '/x', { method: 'POST', body: { yaml } });
    expect((await look(OWN)).value).toEqual({ ok: true, id: 'MY_MSHTA', problems: [] });
    const wrong = OWN.replace('process.identity', 'process.identy').replace('stage: start', 'stage: begin');
    expect((await look(wrong)).value).toMatchObject({
      ok: false,
      problems: [{ line: 10, column: 14 }, { line: 16 }],
    });
    const refused = await propose('MY_MSHTA', definition(wrong));
    expect(refused).toMatchObject({ status: 400, value: { errors: [{ line: 10 }, { line: 16 }] } });
  });

  it('cannot take the id of a shipped one, or a word of the API, or another id than its own', async () => {
    const named = (id: string): Promise<Answer<unknown>> =>
      propose(id, definition(OWN.replace('MY_MSHTA', id)));
    expect((await named('AN1397')).status).toBe(409);
    expect((await named('an1397')).status).toBe(409);
    expect((await named('vocabulary')).status).toBe(400);
    expect((await named('my-own')).status).toBe(400);
    expect((await propose('OTHER', definition(OWN))).status).toBe(400);
  });

  it('finds, is listed, and can be switched off again', async () => {
    const backtest = await tried('MY_MSHTA', definition(OWN));
    const { gained, lost, changed } = resultOf(backtest);
    expect(gained.length).toBeGreaterThan(0);
    expect([...lost, ...changed]).toEqual([]);
    expect((await save('MY_MSHTA', backtest.id)).value).toMatchObject({ origin: 'own', version: '1+1' });
    await settled();
    expect((await findings('MY_MSHTA')).map(({ id }) => id)).toEqual(gained.map(({ id }) => id).sort());
    const off = await tried('MY_MSHTA', definition(OWN, false));
    expect(
      resultOf(off)
        .lost.map(({ id }) => id)
        .sort(),
    ).toEqual(gained.map(({ id }) => id).sort());
    await save('MY_MSHTA', off.id);
    await settled();
    expect(told(await findings('MY_MSHTA'))).toEqual([]);
    const { value } = await call<{ items: SettingVersionView[] }>(getVersions, '/x', { id: 'MY_MSHTA' });
    expect(value.items.map(({ differences }) => differences)).toEqual([
      ['It was switched off.'],
      ['The definition is new.'],
    ]);
  }, 120_000);
});

describe('a definition whose id the newest release of ATT&CK knows', () => {
  it('is mapped to the techniques the release says it is about as it is saved, and is so once', async () => {
    const id = 'AN9001';
    const bundle = bundleOf([
      ...releaseObjects(),
      analytic(9, id),
      strategy(9, 'DET9001', [9]),
      detects(9, 9, 1),
    ]);
    const response = await postBundle(
      new Request('http://localhost:3000/api/v1/attack/bundles?name=enterprise-attack.json', {
        method: 'POST',
        headers: { host: 'localhost:3000' },
        body: Buffer.from(bundle),
      }),
      { params: Promise.resolve({}) },
    );
    expect(response.status).toBe(201);
    const mapped = async () =>
      (
        await pool().query<{ technique: string; origin: string; reason: string }>(
          'SELECT technique, origin, reason FROM technique_mappings WHERE analytic = $1 AND removed_at IS NULL',
          [id],
        )
      ).rows;
    expect(await mapped()).toEqual([]);
    const yaml = OWN.replace('MY_MSHTA', id);
    const saved = async (change: object): Promise<void> => {
      const { id: backtest } = await tried(id, change);
      expect((await save(id, backtest)).status).toBe(200);
      await settled();
    };
    await saved(definition(yaml));
    const said = [{ technique: 'T1218.005', origin: 'bundle', reason: 'DET9001 detects T1218.005' }];
    expect(await mapped()).toEqual(said);
    await saved(definition(yaml, false));
    expect(await mapped()).toEqual(said);
    const { items } = await readAudit({ subject: `analytic:${id}` });
    const savings = items.filter(({ action }) => action === 'analytic.saved');
    expect(savings.map(({ details }) => (details as { mapped?: number }).mapped)).toEqual([undefined, 1]);
  }, 120_000);
});

describe('the environment', () => {
  it('sets severities and lists for all analytics', async () => {
    const { value } = await call<EnvironmentView>(getEnvironment, '/x');
    expect(value.revision).toBe(0);
    expect(value.lists.find(({ name }) => name === 'browser')?.usedBy.length).toBeGreaterThan(0);
    const severity = { critical: 99, high: 98, medium: 97, low: 96 };
    const strict = { kind: 'environment', lists: { browser: ['only.exe'] }, severity };
    expect((await propose('AN1397', strict)).status).toBe(400);
    expect((await propose('environment', { ...strict, lists: { browsers: [] } })).status).toBe(400);
    const backtest = await tried('environment', strict);
    expect(resultOf(backtest).totals.changed).toBeGreaterThan(0);
    const saved = await call<EnvironmentView>(putEnvironment, '/x', {
      method: 'PUT',
      body: { backtest: backtest.id },
    });
    expect(saved.status, JSON.stringify(saved.value)).toBe(200);
    expect(saved.value).toMatchObject({ revision: 1, severity });
    expect(saved.value.lists.find(({ name }) => name === 'browser')).toMatchObject({ values: ['only.exe'] });
    await settled();
    for (const finding of await findings('AN1397'))
      if (finding.score < 96 && !finding.stale) expect(finding.severity).toBe('informational');
    const versions = await call<{ items: SettingVersionView[] }>(getVersions, '/x', { id: 'environment' });
    expect(versions.value.items[0]?.differences.join(' ')).toMatch(/Critical begins at 99 instead of 85/);
    const back = await tried('environment', { ...strict, lists: {}, severity: value.shippedSeverity });
    await call(putEnvironment, '/x', { method: 'PUT', body: { backtest: back.id } });
    await settled();
  }, 120_000);
});

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const baseline = (rest: object = {}): AnalyticChange =>
  ({
    kind: 'baseline',
    title: 'our mshta',
    when: 'stage: execution',
    points: null,
    reason: 'we made it',
    owner: 'anna',
    expiresAt: inDays(30),
    ...rest,
  }) as AnalyticChange;

/** Saves a tried baseline that loses recorded attacks, and has a second person approve it. */
async function inForce(backtest: string): Promise<BaselineView> {
  const made = await call<BaselineView>(postBaseline, '/x', {
    method: 'POST',
    body: { backtest, acceptLoss: true },
  });
  expect(made.status, JSON.stringify(made.value)).toBe(201);
  expect(made.value.state).toBe('waiting');
  return approveBaseline(made.value.id, '', { name: 'second', role: 'lead' });
}

describe('a baseline', () => {
  it('hides what it covers, is counted, and gives it back when it is revoked', async () => {
    const open = await findings('AN1397');
    const backtest = await tried('AN1397', baseline());
    expect(resultOf(backtest).changed.every(({ after }) => after.suppressed)).toBe(true);
    expect((await save('AN1397', backtest.id)).status).toBe(400);
    const made = await inForce(backtest.id);
    expect(made).toMatchObject({ state: 'active', owner: 'anna', analytic: 'AN1397' });
    expect(made.sentence).toMatch(/is matched\.$/);
    await settled();
    expect((await findings('AN1397')).every(({ suppressed }) => suppressed)).toBe(true);
    const listed = await call<{ items: BaselineView[] }>(listBaselines, '/api/v1/baselines?analytic=AN1397');
    expect(listed.value.items).toMatchObject([{ id: made.id, hits: open.length }]);
    const taken = await call<BaselineView>(revoke, '/x', {
      method: 'POST',
      id: made.id,
      body: { reason: 'not ours after all' },
    });
    expect(taken.value).toMatchObject({ state: 'revoked', revokedBy: 'demo' });
    await settled();
    expect(told(await findings('AN1397'))).toEqual(told(open));
    const again = await call(revoke, '/x', { method: 'POST', id: made.id, body: { reason: 'x' } });
    expect(again.status).toBe(409);
    const { items } = await readAudit({ subject: `baseline:${made.id}` });
    expect(items.map(({ action }) => action)).toEqual([
      'baseline.revoked',
      'baseline.approved',
      'baseline.created',
    ]);
  }, 120_000);

  it('that has run out still covers what began before, and nothing after', async () => {
    const open = (await findings('AN1397')).filter(({ stale }) => !stale);
    const backtest = await tried('AN1397', baseline());
    const value = await inForce(backtest.id);
    await settled();
    // Time passes: what there is lies days back, so the end is set behind the first of it.
    const end = Math.min(...open.map(({ to }) => Date.parse(to))) + 1;
    await pool().query('UPDATE baselines SET expires_at = $2 WHERE id = $1', [
      Number(value.id),
      new Date(end),
    ]);
    const listed = await call<{ items: BaselineView[] }>(listBaselines, '/api/v1/baselines?state=expired');
    expect(listed.value.items).toMatchObject([{ id: value.id, state: 'expired', hits: open.length }]);
    await save('AN1397', (await tried('AN1397', AS_SHIPPED)).id);
    await settled();
    const now = (await findings('AN1397')).filter(({ stale }) => !stale);
    const [old, later] = [
      now.filter(({ to }) => Date.parse(to) < end),
      now.filter(({ from }) => Date.parse(from) > end),
    ];
    expect(old.map(({ suppressed }) => suppressed)).toEqual(old.map(() => true));
    expect(later.map(({ suppressed }) => suppressed)).toEqual(later.map(() => false));
    expect(Math.min(old.length, later.length)).toBeGreaterThan(0);
    await call(revoke, '/x', { method: 'POST', id: value.id, body: { reason: 'done' } });
    await settled();
  }, 120_000);

  it.each([
    ['in the past', { expiresAt: inDays(-1) }, 'future'],
    ['in ten years', { expiresAt: inDays(3650) }, 'within a year'],
    ['never', { expiresAt: 'never' }, 'no time'],
    ['over a stage there is not', { when: 'stage: gone' }, 'not a stage'],
  ])('is refused when it runs out %s', async (_name, change, message) => {
    const { status, value } = await propose('AN1397', baseline(change));
    expect(status).toBe(400);
    expect(JSON.stringify(value)).toContain(message);
  });
});

describe('a back-test', () => {
  it('can be cancelled, and is not taken up again', async () => {
    const { rows } = await pool().query<{ id: number }>(
      `INSERT INTO backtests (subject, change, digest, created_by) VALUES ('AN1397', $1, 'x', 'anna') RETURNING id`,
      [JSON.stringify({ ...AS_SHIPPED, points: {}, enabled: true })],
    );
    const id = String(rows[0]?.id);
    const cancelled = await call<BacktestView>(cancelBacktest, '/x', { method: 'DELETE', id });
    expect(cancelled.value.state).toBe('cancelled');
    // Once more changes nothing, and is not said to.
    await call<BacktestView>(cancelBacktest, '/x', { method: 'DELETE', id });
    const { items } = await readAudit({ subject: `backtest:${id}` });
    expect(items).toMatchObject([{ action: 'backtest.cancelled', by: 'demo', details: { of: 'AN1397' } }]);
    await runBacktest(Number(id), { signal: new AbortController().signal });
    expect((await call<BacktestView>(getBacktest, '/x', { id })).value).toMatchObject({
      state: 'cancelled',
      result: null,
    });
  });

  it('gives the same result when a killed worker\u2019s is begun again', async () => {
    const first = await tried('AN1407', tuning({}, { enabled: false }));
    const { items } = await readAudit({ subject: `backtest:${first.id}` });
    expect(items).toMatchObject([{ action: 'backtest.asked', details: { of: 'AN1407', imports: 0 } }]);
    await pool().query(
      `UPDATE backtests SET state = 'running', hosts_done = 2, result = NULL, ended_at = NULL WHERE id = $1`,
      [Number(first.id)],
    );
    await runBacktest(Number(first.id), { signal: new AbortController().signal });
    expect((await ended(first.id)).result).toEqual(first.result);
    expect(resultOf(first).lost.length).toBeGreaterThan(0);
  }, 60_000);

  it('fails when the settings were changed while it waited', async () => {
    const { rows } = await pool().query<{ id: number }>(
      `INSERT INTO backtests (subject, change, digest, created_by) VALUES ('AN1397', $1, 'old', 'anna') RETURNING id`,
      [JSON.stringify({ ...AS_SHIPPED, points: {}, enabled: true })],
    );
    const id = rows[0]?.id ?? 0;
    await runBacktest(id, { signal: new AbortController().signal });
    expect((await ended(String(id))).error).toMatch(/changed while this back-test waited/);
  });

  it('is found under its analytic\u2019s definition as it is in force', async () => {
    const { value } = await call<AnalyticView>(getAnalytic, '/x', { id: 'AN1397' });
    expect(value.yaml).toContain('id: AN1397');
  });
});
