import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  METRIC_LISTS,
  type MetricList,
  type MetricListQuery,
  type MetricsQuery,
  metricItems,
  metricsView,
} from '../../contracts/metrics';
import { pool } from '../../storage/client';
import { useTestDatabase } from '../testFindings';
import { readMetricItems } from './readMetricItems';
import { readMetrics } from './readMetrics';
import { tell, tellAlerts, tellReview } from './testHistory';
import { NUMBERS } from './testNumbers';

const NOW = new Date('2026-11-26T12:00:00Z');
const day = (n: number, time = '08:00') => `2026-11-${String(n).padStart(2, '0')}T${time}:00Z`;
/** `a` to `z` came up at 08:00 of their day. */
const NOVEMBER = { from: '2026-11-01', to: '2026-11-26' } as const;

let close: () => Promise<void>;

beforeAll(async () => {
  close = await useTestDatabase();
  await pool().query(
    `DELETE FROM service_clocks;
     INSERT INTO service_clocks (severity, minutes, set_by) VALUES (3, 60, 'lea'), (4, 30, 'lea');
     INSERT INTO bulk_acts (id, by, body, undone_at) VALUES (7, 'anna', '{}', now()), (8, 'anna', '{}', NULL);
     INSERT INTO baselines (id, analytic, title, "when", points, reason, owner, created_by, expires_at, effect, revoked_at, needs_approval) VALUES
       (1, 'AN1397', 'b', 'w', NULL, 'r', 'anna', 'anna', '2030-01-01', '{}', NULL, FALSE),
       (2, 'AN1397', 'b', 'w', NULL, 'r', 'anna', 'anna', '2030-01-01', '{}', now(), FALSE),
       (3, 'AN1397', 'b', 'w', NULL, 'r', 'anna', 'anna', '2030-01-01', '{}', NULL, TRUE),
       (4, 'AN1397', 'b', 'w', -20, 'r', 'anna', 'anna', '2030-01-01', '{}', NULL, FALSE)`,
  );
  await tell(FINDINGS);
  await tellReview({
    findings: ['changed', 'kept'],
    submitted: day(12, '08:00'),
    decided: day(12, '09:30'),
    state: 'sent_back',
  });
  await tellReview({
    findings: ['kept'],
    submitted: day(14, '08:00'),
    decided: day(14, '08:30'),
    state: 'approved',
  });
  await tellReview({ findings: [], submitted: day(14), decided: day(14, '08:01'), state: 'withdrawn' });
  await tellAlerts([
    { alert: 'a1', at: day(10), severity: 99, finding: 'quick' },
    { alert: 'a1', at: day(11), severity: 21 },
    { alert: 'a2', at: day(10), severity: 73 },
    { alert: 'a3', at: '2026-10-31T23:59:59Z', severity: 73 },
  ]);
}, 90_000);
afterAll(() => close());

/** One finding for each thing that can happen, all of November unless it says so. */
const FINDINGS = [
  {
    id: 'quick',
    created: day(10),
    opened: day(10, '08:05'),
    assigned: day(10, '08:07'),
    verdicts: [{ value: 'true_positive', at: day(10, '08:20') }],
  },
  {
    id: 'late',
    created: day(10),
    assigned: day(10, '08:30'),
    verdicts: [{ value: 'false_positive', at: day(10, '10:00'), blind: true }],
  },
  {
    id: 'changed',
    created: day(11),
    verdicts: [
      { value: 'false_positive', at: day(11, '08:40') },
      { value: 'benign_true_positive', at: day(13) },
    ],
  },
  { id: 'kept', created: day(11), verdicts: [{ value: 'undetermined', at: day(11, '08:50') }] },
  {
    id: 'again',
    created: day(15),
    severity: 4,
    verdicts: [{ value: 'false_positive', at: day(15, '08:10') }],
    reopened: day(20),
  },
  // Decided by mistake at once, undone, and decided as meant later.
  {
    id: 'undone',
    created: day(16),
    verdicts: [
      { value: 'true_positive', at: day(16, '08:01'), bulk: 7 },
      { value: null, at: day(16, '08:02'), bulk: 7 },
      { value: 'false_positive', at: day(16, '08:45'), bulk: 8 },
    ],
  },
  {
    id: 'taken',
    created: day(17),
    verdicts: [
      { value: 'true_positive', at: day(17, '08:30') },
      { value: null, at: day(18) },
    ],
  },
  { id: 'waiting', created: day(25), opened: day(25, '09:00') },
  { id: 'fresh', created: day(26, '11:30') },
  { id: 'unclocked', created: day(20), severity: 1 },
  { id: 'gone', created: day(20), stale: true },
  { id: 'old', created: '2026-09-01T08:00:00Z', from: '2026-09-01T07:00:00Z' },
  { id: 'hidden', created: day(21), suppressed: true, baselines: [1, 4] },
  { id: 'hiddenNoMore', created: day(21), suppressed: true, baselines: [2, 3, 4] },
  {
    id: 'other',
    created: day(21),
    severity: 1,
    analytic: 'AN1314',
    verdicts: [{ value: 'true_positive', at: day(22) }],
  },
] as const;

const read = (query: MetricsQuery = NOVEMBER) =>
  readMetrics(query, NOW).then((view) => metricsView.parse(view));

async function listed(list: MetricList, query: Omit<MetricListQuery, 'list'> = NOVEMBER) {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let at = NOW.getTime(); ; at += 90 * 60_000) {
    // Pages of two: every list is read over several, each later than the one before by more than a clock.
    const page = metricItems.parse(
      await readMetricItems(
        { ...query, list, limit: 2, ...(cursor === undefined ? {} : { cursor }) },
        new Date(at),
      ),
    );
    ids.push(...page.items.map(({ id }) => id));
    if (page.nextCursor === null) return { ids, total: page.total };
    cursor = page.nextCursor;
  }
}

const sorted = async (list: MetricList, query?: Omit<MetricListQuery, 'list'>) =>
  (await listed(list, query)).ids.sort();

describe('times', () => {
  it('are of findings that came up in the period, to the first thing somebody did and to the first verdict', async () => {
    const [all] = (await read()).times.bySeverity;
    // 5, 30, 40, 50, 10, 45, 30, 60 (looked into, never decided), 1440.
    expect(all?.triage).toEqual({ median: 40, p90: expect.closeTo(336, 6), n: 9 });
    // 20, 120, 40, 50, 10, 45, 30, 1440.
    expect(all?.verdict).toEqual({ median: 42.5, p90: expect.closeTo(516, 6), n: 8 });
    expect(await sorted('triage')).toEqual(
      ['again', 'changed', 'kept', 'late', 'other', 'quick', 'taken', 'undone', 'waiting'].sort(),
    );
  });

  it('take no notice of a verdict of an act that was undone', async () => {
    const { items } = await readMetricItems({ ...NOVEMBER, list: 'verdict' }, NOW);
    expect(items.find(({ id }) => id === 'undone')?.minutes).toBe(45);
    expect(await sorted('verdicts_given', { from: '2026-11-16', to: '2026-11-16' })).toEqual(['undone']);
  });

  it('are told the longest first', async () => {
    expect((await listed('verdict')).ids.slice(0, 2)).toEqual(['other', 'late']);
  });
});

describe('precision', () => {
  it('is of verdicts in force, undetermined ones aside, with an interval', async () => {
    const [all] = (await read()).precision.bySeverity;
    expect(all?.verdicts).toEqual({
      true_positive: 2,
      benign_true_positive: 1,
      false_positive: 2,
      undetermined: 1,
    });
    expect(all?.precision).toMatchObject({ n: 3, of: 5, share: 0.6 });
    expect(all?.attacks).toMatchObject({ n: 2, of: 5 });
    expect(all?.precision.low).toBeGreaterThan(0.2);
    expect(all?.precision.high).toBeLessThan(0.9);
  });

  it('says of how many verdicts a required stage was blind', async () => {
    const [all] = (await read()).precision.bySeverity;
    expect(all?.blindLimited).toMatchObject({ n: 1, of: 9 });
    expect(await sorted('blind_limited')).toEqual(['late']);
  });
});

describe('clocks', () => {
  it('are kept by a first verdict in time, and missed by a late one or by none', async () => {
    const [all] = (await read()).clocks.bySeverity;
    expect(await sorted('clock_kept')).toEqual(['again', 'changed', 'kept', 'quick', 'taken', 'undone']);
    // Of what no clock is for, what a baseline hides and what the data no longer gives, nobody waits.
    expect(await sorted('clock_missed')).toEqual(['late', 'waiting']);
    expect(all?.kept).toMatchObject({ n: 6, of: 8 });
  });

  it('say what is past its time now, whenever it came up', async () => {
    expect(await sorted('breached_now')).toEqual(['again', 'old', 'taken', 'waiting']);
    expect((await read()).clocks.bySeverity[0]?.breachedNow).toBe(4);
  });
});

describe('the backlog', () => {
  it('is what is open now, by age', async () => {
    const [all] = (await read()).backlog.bySeverity;
    expect(all).toMatchObject({ open: 7, ages: [1, 3, 2, 1], oldest: '2026-09-01T08:00:00.000000Z' });
    expect(await sorted('backlog')).toEqual([
      'again',
      'fresh',
      'gone',
      'old',
      'taken',
      'unclocked',
      'waiting',
    ]);
    expect(await sorted('backlog', { age: 'older' })).toEqual(['old']);
  });

  it('is told by age alone where it is asked for as a list', async () => {
    await expect(readMetricItems({ list: 'triage', age: 'day' }, NOW)).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('can be told of any day from history', async () => {
    // Verdicts given later, taken away later or taken back later do not change what was.
    expect(await sorted('open_at_end', { from: '2026-11-10', to: '2026-11-10' })).toEqual(['old']);
    expect(await sorted('open_at_end', { from: '2026-11-15', to: '2026-11-15' })).toEqual(['old']);
    expect(await sorted('open_at_end', { from: '2026-11-18', to: '2026-11-18' })).toEqual(['old', 'taken']);
    expect(await sorted('open_at_end', { from: '2026-11-19', to: '2026-11-20' })).toEqual(
      ['again', 'gone', 'old', 'taken', 'unclocked'].sort(),
    );
    expect(await sorted('open_at_end')).toEqual(await sorted('backlog'));
  });

  it('knows what a baseline hid then and does no more, and the reverse', async () => {
    await pool().query(
      `INSERT INTO finding_revisions (finding_id, revision, at, before, after) VALUES
         ('hidden', 5, '2026-11-24T08:00Z', '{"suppressed":false}', '{"suppressed":true}'),
         ('unclocked', 5, '2026-11-24T08:00Z', '{"suppressed":true}', '{"suppressed":false}')`,
    );
    const then = await sorted('open_at_end', { from: '2026-11-23', to: '2026-11-23' });
    expect(then).toContain('hidden');
    expect(then).not.toContain('unclocked');
    const now = await sorted('open_at_end', { from: '2026-11-24', to: '2026-11-24' });
    expect(now).not.toContain('hidden');
    expect(now).toContain('unclocked');
    await pool().query(`DELETE FROM finding_revisions WHERE revision = 5`);
  });
});

describe('baselines, alerts and rework', () => {
  it('count what a baseline in force keeps from the queue', async () => {
    expect((await read()).prevented).toEqual({ findings: 1, baselines: 1 });
    expect(await sorted('prevented')).toEqual(['hidden']);
  });

  it('count each vendor alert once, by its first evidence and its highest severity', async () => {
    expect((await read()).alerts).toMatchObject({ alerts: 2, explained: 1, unexplained: 1 });
    const critical = await read({ ...NOVEMBER, severity: 'critical' });
    expect(critical.alerts).toMatchObject({ alerts: 1, explained: 1 });
  });

  it('count chains by when they happened, and those no alert belongs to', async () => {
    const { alerts } = await read();
    // Neither what a baseline hides nor what the data no longer gives is a chain.
    expect(alerts).toMatchObject({ chains: 11, unnoticed: 10 });
    expect(await sorted('chains_unnoticed')).not.toContain('quick');
    expect(await sorted('chains', { from: '2026-09-01', to: '2026-09-01' })).toEqual(['old']);
  });

  it('count reviews decided, and verdicts changed after a case was sent back', async () => {
    const { review, rework } = await read();
    expect(review.time).toEqual({ median: 60, p90: expect.closeTo(84, 6), n: 2 });
    expect(review.sentBack).toMatchObject({ n: 1, of: 2 });
    expect(rework.afterReview).toMatchObject({ n: 1, of: 9 });
    const { items } = await readMetricItems({ ...NOVEMBER, list: 'rework_after_review' }, NOW);
    expect(items.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['changed', 'False positive, then benign true positive'],
    ]);
    expect(await sorted('reopened')).toEqual(['again']);
    expect(rework.reopened).toMatchObject({ n: 1, of: 9 });
  });
});

describe('the list behind every number', () => {
  const quarter = { from: '2026-08-31', to: '2026-11-26' } as const;

  it.each(METRIC_LISTS)(
    '%s has as many rows as its number says, and each once, whatever is asked for',
    async (list) => {
      const filters: Partial<MetricsQuery>[] = [
        {},
        { severity: 'high' },
        { severity: 'low' },
        { analytic: 'AN1397' },
        { analytic: 'AN1314' },
        { severity: 'low', analytic: 'AN1314' },
        { analytic: 'none such' },
      ];
      for (const filter of filters) {
        const query = { ...quarter, ...filter };
        const { ids, total } = await listed(list, query);
        expect(total, JSON.stringify(filter)).toBe(NUMBERS[list](await read(query)));
        expect(ids).toHaveLength(total);
      }
    },
  );

  it('is told for every severity and analytic as for all', async () => {
    const view = await read();
    for (const row of view.backlog.bySeverity.slice(1)) {
      const { total } = await listed('backlog', { severity: row.key as 'high' });
      expect(total).toBe(row.open);
    }
    for (const row of view.precision.byAnalytic.slice(1)) {
      const { total } = await listed('precision', { ...NOVEMBER, analytic: row.key ?? '' });
      expect(total).toBe(row.precision.of);
    }
    expect(view.times.byAnalytic.map(({ key }) => key)).toEqual([null, 'AN1314', 'AN1397']);
  });

  it('refuses a cursor of something else', async () => {
    await expect(readMetricItems({ list: 'triage', cursor: 'nonsense' }, NOW)).rejects.toMatchObject({
      code: 'bad_request',
    });
  });
});

describe('weeks', () => {
  it('are the lists of their days', async () => {
    const { weeks } = await read();
    expect(weeks).toHaveLength(13);
    for (const week of weeks.slice(-4)) {
      const end = new Date(Date.parse(week.week) + 6 * 86_400_000).toISOString().slice(0, 10);
      const days = { from: week.week, to: end < NOVEMBER.to ? end : NOVEMBER.to };
      expect((await listed('findings', days)).total).toBe(week.findings);
      expect((await listed('verdicts_given', days)).total).toBe(week.verdicts);
      expect((await listed('blind_limited', days)).total).toBe(week.blindLimited);
      expect((await listed('precision', days)).total).toBe(week.precision.of);
      expect((await listed('open_at_end', days)).total).toBe(week.openAtEnd);
      const of = await read(days);
      expect(of.times.bySeverity[0]?.verdict.median ?? null).toBe(week.medianToVerdict);
    }
  });

  it('name nobody', async () => {
    const said = JSON.stringify([await read(), await readMetricItems({ ...NOVEMBER, list: 'verdict' }, NOW)]);
    for (const person of ['anna', 'bert', 'lea']) expect(said).not.toContain(person);
  });
});
