import type { CoverageTime } from '../../contracts/coverage';
import type { Share } from '../../contracts/metrics';
import type { BoardReport } from './boardReportWords';

const HOUR = 3600;

/** For tests: so many hours visible, partial and blind. */
export function hours(visible: number, partial = 0, blind = 0): CoverageTime {
  return { visible: visible * HOUR, partial: partial * HOUR, blind: blind * HOUR };
}

/** For tests: a report with some of everything; `name` stands wherever people or machines name something. */
export function testBoardReport(name = 'Finance', { stages = 14, columns = 4 } = {}): BoardReport {
  const cell = (time: CoverageTime) => ({
    time,
    hosts: 10,
    visibleHosts: 6,
    partialHosts: 3,
    blindHosts: 1,
    provenHosts: 4,
  });
  const weeks = Array.from({ length: 13 }, (_, i) =>
    new Date(Date.UTC(2026, 7, 31) + i * 7 * 86_400_000).toISOString().slice(0, 10),
  );
  return {
    madeAt: new Date('2026-11-26T10:00:00Z'),
    coverage: {
      from: '2026-10-28',
      to: '2026-11-26',
      newest: '2026-11-26T09:00:00.000000Z',
      by: 'group',
      hosts: 214,
      retired: 2,
      unknown: 3,
      notLookedAt: 0,
      columns: Array.from({ length: columns }, (_, i) => ({
        key: `${name} ${i}`,
        name: `${name} ${i}`,
        hosts: 10 + i,
      })),
      rows: Array.from({ length: stages }, (_, i) => ({
        analytic: `AN${Math.floor(i / 5)}`,
        analyticTitle: `Story ${name}`,
        stage: `AN${Math.floor(i / 5)}/stage-${i}`,
        title: `Stage ${i} ${name}`,
        required: i % 3 !== 0,
        weight: 10,
        cells: Array.from({ length: columns }, (_, j) => cell(hours(j * 10, i, 12))),
        total: cell(hours(20, i, 12)),
        proof:
          i % 2 === 0
            ? null
            : { at: '2026-11-20T10:00:00Z', runId: '3', recording: name, source: 'Sysmon', fresh: true },
      })),
      total: hours(720, 180, 100),
      before: hours(660, 180, 160),
      proven: { stages: 7, of: 14, lastAt: '2026-11-20T10:00:00Z' },
      weeks: weeks.map((week, i) => ({ week, time: hours(50 + i, 20, 20), hosts: 200 })),
      quiet: [
        { host: name, hostId: '4', since: '2026-11-20T06:12:00Z', usualHours: 3, sources: ['Sysmon', name] },
      ],
      quietTotal: 1,
    },
    fixes: Array.from({ length: 7 }, (_, i) => ({
      id: `fix-${i}`,
      title: `Record command lines ${i} ${name}`,
      kind: 'field' as const,
      hosts: 12,
      hostNames: [name],
      cells: 36 - i,
      helps: 2,
      worth: 900 - i,
      verdicts: 9,
      findings: 1,
      stages: ['AN0/stage-1'],
      settings: [{ source: 'Sysmon', where: 'configuration', change: name }],
    })),
    metrics: testMetrics(weeks),
    validation: {
      id: '3',
      cause: 'asked',
      askedBy: 'mia',
      state: 'done',
      ablation: true,
      done: 40,
      total: 40,
      createdAt: '2026-11-20T10:00:00Z',
      endedAt: '2026-11-20T10:01:00Z',
      regressed: true,
      numbers: {
        recordings: 40,
        cases: 120,
        wrong: 2,
        recall: { share: 31 / 32, right: 31, of: 32 },
        precision: { share: 1, right: 31, of: 31 },
        quiet: { share: 1, right: 88, of: 88 },
      },
      sha256: 'a'.repeat(64),
      error: null,
    },
  };
}

function testMetrics(weeks: readonly string[]): BoardReport['metrics'] {
  const share = (n: number, of: number): Share => ({ share: n / of, low: 0.74, high: 0.89, n, of });
  const all = { key: null, title: 'All' };
  const both = <Row>(row: Row) => ({ bySeverity: [row], byAnalytic: [row] });
  return {
    from: '2026-10-28',
    to: '2026-11-26',
    times: both({ ...all, triage: { median: 4, p90: 30, n: 80 }, verdict: { median: 130, p90: 400, n: 77 } }),
    review: { time: { median: 60, p90: 90, n: 5 }, sentBack: share(1, 5) },
    precision: both({
      ...all,
      precision: share(64, 77),
      attacks: share(60, 77),
      blindLimited: share(9, 80),
      verdicts: { true_positive: 60, benign_true_positive: 4, false_positive: 13, undetermined: 3 },
    }),
    clocks: both({ ...all, kept: share(70, 80), breachedNow: 2 }),
    backlog: both({ ...all, open: 41, ages: [20, 10, 8, 3], oldest: '2026-10-01T00:00:00Z' }),
    prevented: { findings: 12, baselines: 3 },
    alerts: { alerts: 1204, explained: 1100, unexplained: 104, chains: 96, unnoticed: 17 },
    rework: { afterReview: share(1, 80), reopened: share(2, 80) },
    weeks: weeks.map((week, i) => ({
      week,
      findings: 10,
      verdicts: 8,
      blindLimited: i % 3,
      precision: share(5 + (i % 3), 8),
      medianToVerdict: 100,
      openAtEnd: 40,
    })),
  };
}
