import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { MetricsView, Share } from '@/lib/contracts/metrics';
import { AlertsSection } from './AlertsSection';
import { BacklogSection } from './BacklogSection';
import { ClocksSection } from './ClocksSection';
import { PrecisionSection } from './PrecisionSection';
import { ReworkSection } from './ReworkSection';
import { TimesSection } from './TimesSection';
import type { TeamUrl } from './teamUrl';
import { WeeksSection } from './WeeksSection';

const URL: TeamUrl = {
  ...{ from: null, to: null, severity: null, analytic: null, by: 'analytic', list: null },
  ...{ ofSeverity: null, ofAnalytic: null, week: null, age: null },
};
const NONE: Share = { share: null, low: null, high: null, n: 0, of: 0 };
const SOME: Share = { share: 0.8, low: 0.5, high: 0.9, n: 8, of: 10 };

function viewOf(full: boolean): MetricsView {
  const share = full ? SOME : NONE;
  const n = full ? 8 : 0;
  const length = { median: full ? 6 : null, p90: full ? 90 : null, n };
  const both = <Row extends object>(row: Row) => {
    const rows = [{ key: null, title: 'All', ...row }];
    const analytics = full ? [...rows, { key: 'AN1', title: 'A \u202etitle', ...row }] : rows;
    return { bySeverity: rows, byAnalytic: analytics };
  };
  return {
    from: '2026-11-01',
    to: '2026-11-26',
    times: both({ triage: length, verdict: length }),
    review: { time: length, sentBack: share },
    precision: both({
      precision: share,
      attacks: share,
      blindLimited: share,
      verdicts: { true_positive: n, benign_true_positive: n, false_positive: n, undetermined: n },
    }),
    clocks: both({ kept: share, breachedNow: n }),
    backlog: both({ open: n, ages: [n, 0, 0, 0], oldest: null }),
    prevented: { findings: n, baselines: n },
    alerts: { alerts: n, explained: n, unexplained: 0, chains: n, unnoticed: 0 },
    rework: { afterReview: share, reopened: share },
    weeks: [
      {
        week: '2026-11-23',
        findings: n,
        verdicts: n,
        blindLimited: 0,
        precision: share,
        medianToVerdict: null,
        openAtEnd: n,
      },
    ],
  };
}

function drawn(view: MetricsView): string {
  const props = { view, url: URL, open: () => undefined };
  return renderToStaticMarkup(
    <>
      <TimesSection {...props} />
      <PrecisionSection {...props} />
      <ClocksSection {...props} />
      <BacklogSection {...props} />
      <AlertsSection {...props} />
      <ReworkSection {...props} />
      <WeeksSection {...props} />
    </>,
  );
}

describe("the team's page", () => {
  it('says of every part that there is nothing, where there is nothing', () => {
    const page = drawn(viewOf(false));
    for (const words of [
      'Nobody has worked on a finding of these days.',
      'No case was reviewed in these days.',
      'No verdicts in this period.',
      'No clock was kept or missed in this period.',
      'Nothing is open.',
      'No alert and no chain began in these days.',
      'Nothing came up in these weeks.',
    ])
      expect(page).toContain(words);
    // What is nothing has no list.
    expect(page).not.toContain('aria-expanded');
  });

  it('makes every number that is not nothing a button that tells its list', () => {
    const page = drawn(viewOf(true));
    expect(page).toContain('6 min<span class="sr-only">, From finding to the first look');
    expect(page).toContain('80 % (50 to 90) of 10');
    expect(page).toContain('8 late');
    // What somebody named so that it reads otherwise than it is written.
    expect(page).not.toContain('\u202e');
  });
});
