import type { AnalyticChange, BacktestView, FindingBrief } from '@/lib/contracts/analytics';

export type BacktestResult = NonNullable<BacktestView['result']>;

/** Whether a back-test has not come to an end. */
export function isTrying(backtest: Pick<BacktestView, 'state'>): boolean {
  return backtest.state === 'queued' || backtest.state === 'running';
}

/** The same text for changes that mean the same, whatever the order of their keys. */
export function changeKey(change: AnalyticChange): string {
  return JSON.stringify(sorted(change));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]),
  );
}

/** "2 gained, 1 lost, 3 changed, 40 as before", or that nothing changes. */
export function resultSentence({ totals, unchanged }: BacktestResult): string {
  const same = `${counted(unchanged)} as before`;
  if (totals.gained + totals.lost + totals.changed === 0)
    return unchanged === 0 ? 'No finding, before or after' : `No finding changes; ${same}`;
  return `${counted(totals.gained)} gained, ${counted(totals.lost)} lost, ${counted(totals.changed)} changed, ${same}`;
}

/** "1 finding", "1,200 findings". */
export function findingsText(count: number): string {
  return `${counted(count)} ${count === 1 ? 'finding' : 'findings'}`;
}

/** Findings that a person called a true positive and that would be gone or hidden: said loudly, never silently lost. */
export function lostTruePositives(result: BacktestResult): readonly FindingBrief[] {
  const gone = result.lost.filter(isTruePositive);
  const hidden = result.changed.filter(
    ({ before, after }) => isTruePositive(before) && after.suppressed && !before.suppressed,
  );
  return [...gone, ...hidden.map(({ before }) => before)];
}

function isTruePositive(finding: FindingBrief): boolean {
  return finding.verdict === 'true_positive';
}

/** Findings that a baseline would hide or lower, of those listed. */
function coveredBy(result: BacktestResult): { hidden: number; lowered: number } {
  const hidden = result.changed.filter(({ before, after }) => after.suppressed && !before.suppressed).length;
  const lowered = result.changed.filter(({ before, after }) => after.score < before.score).length;
  return { hidden: hidden + result.lost.length, lowered };
}

/** What a baseline would do: "Would hide 12 findings, of which 0 were called true positives". */
export function baselineEffect(result: BacktestResult, suppresses: boolean): string {
  const covered = coveredBy(result);
  const count = suppresses ? covered.hidden : covered.lowered;
  const cut = result.changed.length < result.totals.changed ? 'at least ' : '';
  const lost = suppresses ? lostTruePositives(result).length : loweredTruePositives(result);
  return `Would ${suppresses ? 'hide' : 'lower'} ${cut}${findingsText(count)}, of which ${counted(lost)} ${lost === 1 ? 'was' : 'were'} called true positive`;
}

function loweredTruePositives(result: BacktestResult): number {
  return result.changed.filter(({ before, after }) => isTruePositive(before) && after.score < before.score)
    .length;
}

/** How far a back-test is, as "17 of 212 hosts". */
export function progressText({ done, total }: BacktestView['progress']): string {
  if (total === 0) return 'waiting to begin';
  return `${counted(done)} of ${counted(total)} ${total === 1 ? 'host' : 'hosts'}`;
}

function counted(count: number): string {
  return count.toLocaleString('en');
}
