import { setImmediate as breathe } from 'node:timers/promises';
import type { Catalogue } from '../../analytics/catalogue';
import { AppError } from '../../base/appError';
import { cutText } from '../../base/cutText';
import type { AblationRow, ValidationReport } from '../../contracts/validation';
import type { StageProofRow } from '../../storage/validation/proofs';
import { type AblationTally, createAblationTally } from '../../validation/ablation';
import { casesOf } from '../../validation/cases';
import { missedStages, provenStages, type StageBySource, unrefuted } from '../../validation/provenStages';
import { type Replay, replay } from '../../validation/replay';
import {
  sourcePart,
  TELEMETRY_PARTS,
  type TelemetryPart,
  withoutPart,
} from '../../validation/telemetryParts';
import { nodeDigest } from '../nodeDigest';
import type { OpenRecording, PlannedRecording } from './recordingPlan';

/** What came of replaying recordings. */
export type Replayed = Pick<ValidationReport, 'cases' | 'unusable'> & {
  /** Recordings that were replayed. */
  readonly recordings: number;
  readonly proofs: readonly StageProofRow[];
  readonly ablation: readonly AblationRow[] | null;
};

export type ReplayOptions = {
  readonly catalogue: Catalogue;
  readonly ablation: boolean;
  readonly signal: AbortSignal;
  /** Told of every replay that is over, also one that was not needed; false ends the work. */
  readonly onStep: (steps: number) => Promise<boolean>;
};

/** Longest reason why a recording could not be used. */
const REASON = 600;

/** Steps of one recording: its replay, and with ablation one for each part and one for all its sources. */
export function stepsPerRecording(ablation: boolean): number {
  return ablation ? 1 + 1 + TELEMETRY_PARTS.length : 1;
}

/**
 * Replays recordings one after the other, one in memory at a time, and without each part of their telemetry in turn.
 * Others are let in between replays. Undefined when `onStep` ended it; throws when `signal` is aborted.
 */
export async function replayAll(
  plan: readonly PlannedRecording[],
  options: ReplayOptions,
): Promise<Replayed | undefined> {
  const { catalogue, ablation, signal, onStep } = options;
  const cases: ValidationReport['cases'] = [];
  const unusable: ValidationReport['unusable'] = [];
  const proofs: StageProofRow[] = [];
  const missed: StageBySource[] = [];
  const tallies = new Map<string, AblationTally>();
  let recordings = 0;
  for (const planned of plan) {
    signal.throwIfAborted();
    await breathe();
    const opened = await open(planned);
    if ('reason' in opened) {
      unusable.push(opened);
      if (!(await onStep(stepsPerRecording(ablation)))) return undefined;
      continue;
    }
    recordings++;
    const { sha256, label, events } = opened;
    const whole = replay(events, catalogue, nodeDigest);
    const facts = { recording: planned.name, sha256, origin: planned.origin, sources: events.sources };
    cases.push(...casesOf(facts, label, whole, catalogue, nodeDigest));
    const proven = provenStages(label, whole, catalogue);
    proofs.push(...proven.map((one) => ({ ...one, recording: planned.name, sha256 })));
    missed.push(...missedStages(label, whole, events.sources));
    if (!(await onStep(1))) return undefined;
    if (ablation && !(await ablate(planned.name, opened, whole, tallies, options))) return undefined;
  }
  return {
    cases,
    unusable,
    recordings,
    proofs: unrefuted(proofs, missed),
    ablation: ablation ? rowsOf(tallies) : null,
  };
}

async function open(
  planned: PlannedRecording,
): Promise<OpenRecording | ValidationReport['unusable'][number]> {
  try {
    return await planned.open();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const reason = cutText(error.message.replace(`${planned.name}: `, ''), REASON);
    return { recording: planned.name, sha256: planned.sha256 ?? '', reason };
  }
}

/** The same recording without each of its sources, then without each part; false when the work was ended. */
async function ablate(
  recording: string,
  { label, events }: OpenRecording,
  whole: Replay,
  tallies: Map<string, AblationTally>,
  { catalogue, signal, onStep }: ReplayOptions,
): Promise<boolean> {
  const tryWithout = async (part: TelemetryPart): Promise<void> => {
    const left = withoutPart(events, part);
    if (left === undefined) return;
    signal.throwIfAborted();
    await breathe();
    const tally = tallies.get(part.without) ?? createAblationTally(part.without);
    tallies.set(part.without, tally);
    tally.add({ recording, label, whole, without: replay(left, catalogue, nodeDigest) });
  };
  for (const source of events.sources) await tryWithout(sourcePart(source));
  if (!(await onStep(1))) return false;
  for (const part of TELEMETRY_PARTS) {
    await tryWithout(part);
    if (!(await onStep(1))) return false;
  }
  return true;
}

/** Sources by name, then the parts of telemetry in their own order. */
function rowsOf(tallies: ReadonlyMap<string, AblationTally>): readonly AblationRow[] {
  const parts = TELEMETRY_PARTS.map(({ without }) => without);
  return [...tallies]
    .sort(([a], [b]) => parts.indexOf(a) - parts.indexOf(b) || (a < b ? -1 : 1))
    .map(([, tally]) => tally.row());
}
