import type { CoverageQuery } from '../../contracts/coverage';
import { newestWholeRun } from '../../storage/validation/newestRun';
import { readMetrics } from '../metrics/readMetrics';
import { toSummary } from '../validation/runViews';
import { drawBoardReport } from './boardReportPdf';
import type { BoardReport } from './boardReportWords';
import { readCoverage } from './readCoverage';
import { readCoverageFixes } from './readCoverageFixes';

/** Loads it. Throws `bad_request` for a period that is none. */
export async function loadBoardReport(query: CoverageQuery, now: Date): Promise<BoardReport> {
  const { from, to, analytic } = query;
  const [coverage, fixes, metrics, validation] = await Promise.all([
    readCoverage(query, now),
    readCoverageFixes(query, now),
    readMetrics(
      {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(analytic === undefined ? {} : { analytic }),
      },
      now,
    ),
    newestWholeRun(),
  ]);
  return {
    madeAt: now,
    coverage,
    fixes: fixes.items,
    metrics,
    validation: validation && toSummary(validation),
  };
}

/** The report on one page, as PDF: the same bytes for the same numbers and `now`. Throws as loadBoardReport does. */
export async function makeBoardReport(
  query: CoverageQuery,
  now: Date,
): Promise<{ readonly name: string; readonly type: string; readonly content: AsyncIterable<Uint8Array> }> {
  const report = await loadBoardReport(query, now);
  const { from, to } = report.coverage;
  return {
    name: `coverage-report_${from}_${to}.pdf`,
    type: 'application/pdf',
    content: drawBoardReport(report),
  };
}
