import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRIC_LISTS, type MetricsQuery, metricsView } from '../../contracts/metrics';
import { startTestWorker, type TestWorker } from '../../worker/testWorker';
import { assignFinding, giveVerdict } from '../decideFinding';
import { importSample } from '../importSample';
import { readTriageQueue } from '../readTriageQueue';
import { ANNA } from '../testFindings';
import { readMetricItems } from './readMetricItems';
import { readMetrics } from './readMetrics';
import { NUMBERS } from './testNumbers';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startTestWorker();
  await importSample({ wait: true, by: 'anna' });
}, 90_000);
afterAll(() => worker.stop());

describe('the metrics of an import and of what people did about it', () => {
  it('tell what was just done', async () => {
    const [first, second, third] = (await readTriageQueue({ limit: 100 }, 'anna')).items;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('the sample lacks findings');
    for (const [{ id }, verdict] of [
      [first, 'true_positive'],
      [second, 'false_positive'],
    ] as const)
      await giveVerdict(id, { verdict, reason: 'looked at', blindAcknowledged: true }, ANNA);
    await assignFinding(third.id, { assignee: null }, ANNA);
    const { times, precision, backlog } = metricsView.parse(await readMetrics({}, new Date()));
    // To give a finding to nobody is not to take it up.
    expect(times.bySeverity[0]?.triage.n).toBe(2);
    expect(times.bySeverity[0]?.verdict.n).toBe(2);
    expect(precision.bySeverity[0]?.precision).toMatchObject({ n: 1, of: 2, share: 0.5 });
    expect(backlog.bySeverity[0]?.ages[0]).toBe(backlog.bySeverity[0]?.open);
  });

  it('are the lists behind them, also by severity and analytic', async () => {
    const now = new Date();
    // Alerts and chains are by event time: as long ago as the recording.
    const whole: MetricsQuery = { from: '2000-01-01' };
    const { times, alerts } = await readMetrics(whole, now);
    expect(alerts.chains).toBeGreaterThan(0);
    const analytics = times.byAnalytic.flatMap(({ key }) => key ?? []);
    expect(analytics.length).toBeGreaterThan(0);
    for (const filter of [
      {},
      { severity: 'high' as const },
      ...analytics.map((analytic) => ({ analytic })),
    ]) {
      const view = await readMetrics({ ...whole, ...filter }, now);
      for (const list of METRIC_LISTS) {
        const { total } = await readMetricItems({ ...whole, ...filter, list }, now);
        expect(total, `${list} ${JSON.stringify(filter)}`).toBe(NUMBERS[list](view));
      }
    }
  });
});
