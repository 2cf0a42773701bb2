import { AppError } from '../../base/appError';
import type { ValidationReport, ValidationRunSummary, ValidationRunView } from '../../contracts/validation';
import { loadReport, loadRun, type SignedReport, type StoredRun } from '../../storage/validation/runs';
import { measureAll } from '../../validation/scores';

/** A run as a list has it. */
export function toSummary(run: StoredRun): ValidationRunSummary {
  const { counts } = run;
  return {
    id: String(run.id),
    cause: run.cause,
    askedBy: run.askedBy,
    state: run.state,
    ablation: run.ablation,
    done: run.done,
    total: run.total,
    createdAt: run.createdAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    regressed: run.regressed,
    numbers:
      counts === null
        ? null
        : {
            recordings: counts.recordings,
            cases: counts.cases,
            wrong: counts.wrong,
            recall: measureAll(counts.analytics.map(({ recall }) => recall)),
            precision: measureAll(counts.analytics.map(({ precision }) => precision)),
            quiet: measureAll(counts.analytics.map(({ quiet }) => quiet)),
          },
    sha256: run.sha256,
    error: run.error,
  };
}

/** One run with its report, as far as it has one. Throws `not_found`. */
export async function readValidationRun(id: string): Promise<ValidationRunView> {
  const run = await storedRun(id);
  const report = await loadReport(run.id);
  return {
    ...toSummary(run),
    report: report === undefined ? null : (JSON.parse(report.text) as ValidationReport),
    signature: report?.signature ?? null,
    publicKey: report?.publicKey ?? null,
  };
}

/** The signed report of a run, byte for byte, with what proves it. Throws `not_found`, also while it has none. */
export async function readValidationReport(id: string): Promise<SignedReport> {
  const run = await storedRun(id);
  const report = await loadReport(run.id);
  if (report === undefined)
    throw new AppError('not_found', `Validation ${id} has no report: it is ${run.state}.`);
  return report;
}

/** A run as stored. Throws `not_found`. */
export async function storedRun(id: string): Promise<StoredRun> {
  const found = /^\d{1,9}$/.test(id) ? await loadRun(Number(id)) : undefined;
  if (found === undefined) throw new AppError('not_found', `There is no validation ${id.slice(0, 40)}.`);
  return found;
}
