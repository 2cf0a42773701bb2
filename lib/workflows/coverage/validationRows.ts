import type { ValidationReport } from '../../contracts/validation';
import { newestWholeRun } from '../../storage/validation/newestRun';
import { readValidationRun } from '../validation/runViews';
import type { TableRow } from './tableRow';

export const CASE_COLUMNS =
  'run,at,recording,title,sha256,origin,sources,analytic,expected,acceptable,found,ok,error,differences,stages,stages_wrong';

/** Every labelled case of the newest validation over all recordings, one a line; none while there is no such run. */
export async function caseRows(): Promise<readonly TableRow[]> {
  const report = await newestReport();
  return (report?.cases ?? []).map((one) => ({
    ...headOf(report),
    recording: one.recording,
    title: one.title,
    sha256: one.sha256,
    origin: one.origin,
    sources: one.sources.join('; '),
    analytic: one.analytic,
    expected: one.expected,
    acceptable: one.acceptable.join('; '),
    found: one.found,
    ok: one.ok,
    error: one.error,
    differences: one.differences.join('; '),
    stages: one.stages.length,
    stages_wrong: one.stages.filter(({ ok }) => !ok).length,
  }));
}

export const ABLATION_COLUMNS =
  'run,at,without,analytic,recordings,recall,found,of,lost,weakened,blind_stages,partial_stages';

/** What that validation found without each source: over all analytics, and by analytic; none where it was not asked for. */
export async function ablationRows(): Promise<readonly TableRow[]> {
  const report = await newestReport();
  return (report?.ablation ?? []).flatMap((row) => [
    {
      ...headOf(report),
      without: row.without,
      analytic: null,
      recordings: row.recordings,
      ...recallOf(row.recall),
      lost: row.lost,
      weakened: row.weakened,
      blind_stages: row.blindStages,
      partial_stages: row.partialStages,
    },
    ...row.analytics.map(({ analytic, recall }) => ({
      ...headOf(report),
      without: row.without,
      analytic,
      recordings: null,
      ...recallOf(recall),
      lost: null,
      weakened: null,
      blind_stages: null,
      partial_stages: null,
    })),
  ]);
}

async function newestReport(): Promise<ValidationReport | null> {
  const run = await newestWholeRun();
  return run === undefined ? null : (await readValidationRun(String(run.id))).report;
}

function headOf(report: ValidationReport | null) {
  return { run: report?.run ?? null, at: report?.at ?? null };
}

function recallOf({ share, right, of }: ValidationReport['analytics'][number]['recall']) {
  return { recall: share, found: right, of };
}
