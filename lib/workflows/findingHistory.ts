import type { FindingHistory } from '../contracts/findings';
import { changesBetween, loadRevisions } from '../storage/findingRevisions';
import { severityOf } from '../storage/findingRows';
import { loadVerdicts } from '../storage/verdicts';
import { toStages } from './findingView';
import { findingOrRefuse } from './readFinding';

/** Every verdict of a finding with what it rested on, and every change by later data. Throws `not_found`. */
export async function readFindingHistory(id: string): Promise<FindingHistory> {
  await findingOrRefuse(id);
  const [verdicts, revisions] = await Promise.all([loadVerdicts(id), loadRevisions(id)]);
  return {
    verdicts: verdicts.map(
      ({ severity, stages, telemetry, baselineIds, blindStages, several, at, ...verdict }) => ({
        ...verdict,
        at: at.toISOString(),
        severity: severityOf(severity),
        stages: toStages(stages),
        telemetry: telemetry.map(({ stage, state, why }) => ({ stage, state, why })),
        baselines: [...baselineIds],
        blindStages: [...blindStages],
        bulk: several,
      }),
    ),
    revisions: revisions.map(({ revision, at, before, after, reopened }) => ({
      revision,
      at: at.toISOString(),
      changes: [...changesBetween(before, after)],
      reopened,
    })),
  };
}
