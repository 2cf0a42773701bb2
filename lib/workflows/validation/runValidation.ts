import type { KeyObject } from 'node:crypto';
import { rolesWith } from '../../access/can';
import { cutText } from '../../base/cutText';
import type { ValidationReport } from '../../contracts/validation';
import { validationReport } from '../../contracts/validation';
import { validationSubject } from '../../storage/audit';
import { type Connection, transaction } from '../../storage/client';
import { handlesOfRoles, notify } from '../../storage/notifications';
import { addProofs } from '../../storage/validation/proofs';
import {
  advanceRun,
  beginRun,
  finishRun,
  loadRun,
  previousRun,
  type StoredRun,
  stopRun,
} from '../../storage/validation/runs';
import { compareRuns } from '../../validation/compareRuns';
import { analyticScores } from '../../validation/scores';
import { type InForce, readCatalogue } from '../readCatalogue';
import { planOf, sweepCopies } from './recordingPlan';
import { type Replayed, replayAll, stepsPerRecording } from './replayAll';
import { signingKey, signReport } from './signReport';
import { validatedBy } from './validatedBy';

/** Milliseconds between two words on how far it has come. */
const TOLD_EVERY_MS = 500;

/**
 * Replays labelled recordings through the code that imports go through, by the definitions in force with their tuning,
 * without baselines and without history; writes a signed report, what stages it proved, and whether it found less than
 * the run before, which people are told. Nothing of a recording becomes an event or a finding. Ends quietly when it was
 * cancelled; after a killed worker it starts from the beginning. Memory is that of one recording's events.
 */
export async function runValidation(
  id: number,
  { spoolDir, signal }: { readonly spoolDir: string; readonly signal: AbortSignal },
): Promise<void> {
  const run = await loadRun(id);
  if (run === undefined || run.endedAt !== null) return;
  // Minutes of work whose report could not be signed would be for nothing.
  const key = signingKey();
  const inForce = await readCatalogue();
  const by = await validatedBy(inForce);
  const catalogue = { ...inForce.catalogue, baselines: [] };
  await sweepCopies(spoolDir);
  const plan = await planOf(run, catalogue, spoolDir);
  if (!(await beginRun(id, plan.length * stepsPerRecording(run.ablation)))) return;
  const replayed = await replayAll(plan, {
    catalogue,
    ablation: run.ablation,
    signal,
    onStep: progressOf(id),
  });
  if (replayed !== undefined) await finish(run, { inForce, by, key }, replayed);
}

/** Ends a run that all attempts failed at; those who would be told of a regression are told that nothing was validated. */
export async function giveUpValidation(id: number, error: unknown): Promise<void> {
  const why = error instanceof Error ? error.message : String(error);
  const reason = `It could not be run: ${why}`;
  await transaction(async (connection) => {
    if (!(await stopRun(id, { state: 'failed', error: reason }, connection))) return;
    const run = await loadRun(id, connection);
    if (run === undefined) return;
    await tell(
      connection,
      run,
      `Validation ${id} failed, and nothing is proven by it. ${cutText(reason, QUOTED)}`,
    );
  });
}

/** Counts steps and commits them every now and then; answers whether to go on. */
function progressOf(id: number): (steps: number) => Promise<boolean> {
  let [done, told] = [0, 0];
  return async (steps) => {
    done += steps;
    if (performance.now() - told < TOLD_EVERY_MS) return true;
    told = performance.now();
    return await advanceRun(id, done);
  };
}

/** What a run is made with, as it was when it began. */
type MadeWith = {
  readonly inForce: InForce;
  readonly by: Awaited<ReturnType<typeof validatedBy>>;
  readonly key: KeyObject;
};

async function finish(run: StoredRun, { inForce, by, key }: MadeWith, replayed: Replayed): Promise<void> {
  const { cases, unusable, recordings, ablation, proofs } = replayed;
  const previous = await previousRun(run);
  const comparison = previous === undefined ? null : compared({ cases, unusable }, previous);
  const report: ValidationReport = {
    format: 'sequela-validation/1',
    run: run.id,
    at: new Date().toISOString(),
    cause: run.cause,
    ...by,
    recordings,
    analytics: [...analyticScores(cases, inForce.catalogue.analytics)],
    cases,
    unusable,
    ablation: ablation === null ? null : [...ablation],
    comparison,
  };
  const signed = signReport(report, key);
  await transaction(async (connection) => {
    const regressed = comparison?.regressed ?? null;
    const outcome = { previousId: previous?.id ?? null, regressed };
    if (!(await finishRun(connection, run.id, signed, outcome))) return;
    await addProofs(connection, run.id, proofs);
    if (comparison?.regressed === true) await tell(connection, run, worseSentence(run.id, comparison));
  });
}

type Comparison = NonNullable<ValidationReport['comparison']>;

function compared(
  now: Pick<ValidationReport, 'cases' | 'unusable'>,
  previous: { readonly id: number; readonly sha256: string; readonly report: string },
): Comparison {
  const before = validationReport.pick({ cases: true, unusable: true }).parse(JSON.parse(previous.report));
  return { previous: previous.id, previousSha256: previous.sha256, ...compareRuns(now, before) };
}

const QUOTED = 300;
/** Who does what nobody asked for. */
const SYSTEM = 'sequela';

function worseSentence(id: number, { worse }: Comparison): string {
  const [first] = worse;
  const example = first === undefined ? '' : ` ${first.recording}: ${cutText(first.sentence, QUOTED)}`;
  const many = worse.length === 1 ? 'One case is' : `${worse.length} cases are`;
  return `Validation ${id} went worse than the one before: ${many} no longer as they were.${example}`;
}

/** Tells those who tune analytics, and webhooks, that a validation went worse than the one before, or not at all. */
async function tell(connection: Connection, { id, askedBy }: StoredRun, text: string): Promise<void> {
  const stewards = await handlesOfRoles(connection, rolesWith('analytics.tune'));
  // Where nobody signs in there is nobody by role, and webhooks are told all the same.
  const people = stewards.length > 0 ? stewards : [askedBy ?? SYSTEM];
  await notify(
    connection,
    people.map((person) => ({
      person,
      kind: 'validation.regressed' as const,
      subject: validationSubject(id),
      by: null,
      text,
      link: `/coverage/validation/${id}`,
    })),
  );
}
