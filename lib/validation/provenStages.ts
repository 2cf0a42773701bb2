import type { Catalogue } from '../analytics/catalogue';
import type { EventId } from '../events/endpointEvent';
import type { Finding } from '../findings/finding';
import { sourceOf } from '../visibility/sources';
import { compareRecording, expectationsOf, meantFindings } from './compare';
import type { DatasetLabel } from './labels';
import type { Replay } from './replay';

/** A stage that a replay matched as labelled, by what a source recorded. */
export type ProvenStage = {
  /** `ANALYTIC/stage`. */
  readonly stage: string;
  readonly source: string;
  /** Of the analytic. */
  readonly version: string;
};

/**
 * The stages of a recording that were matched as labelled, each for every source whose events show it there, and by the
 * labelled record where the label quotes one: a stage that Sysmon showed proves nothing of the Security log beside it.
 */
export function provenStages(
  label: DatasetLabel,
  replay: Replay,
  catalogue: Catalogue,
): readonly ProvenStage[] {
  const shown = replay.findings.filter(({ suppressed }) => !suppressed);
  const { analytics } = compareRecording(label, replay, '');
  const proven = new Map<string, ProvenStage>();
  for (const [i, expected] of expectationsOf(label).entries()) {
    const analytic = catalogue.analytics.find(({ id }) => id === expected.analytic);
    const meant = meantFindings(expected, shown);
    for (const { stage, as, expected: state, found, ok, records } of analytics[i]?.stages ?? []) {
      const id = as ?? stage;
      if (!ok || state !== 'matched' || found !== 'matched') continue;
      if (analytic?.stages.some((one) => one.id === id) !== true) continue;
      for (const source of sourcesOf(records ?? quotedIn(id, meant), replay)) {
        const key = `${expected.analytic}/${id}`;
        proven.set(`${key}\n${source}`, { stage: key, source, version: analytic.version });
      }
    }
  }
  return [...proven.values()];
}

/** A stage as one source shows it. */
export type StageBySource = Pick<ProvenStage, 'stage' | 'source'>;

/**
 * The stages that a label says are matched and that were not, or by another record: missed by every source of the
 * recording, as nobody knows which of them should have shown it.
 */
export function missedStages(
  label: DatasetLabel,
  replay: Replay,
  sources: readonly string[],
): readonly StageBySource[] {
  return compareRecording(label, replay, '').analytics.flatMap(({ analytic, stages }) =>
    stages
      .filter(({ expected, ok }) => expected === 'matched' && !ok)
      .flatMap(({ stage, as }) => sources.map((source) => ({ stage: `${analytic}/${as ?? stage}`, source }))),
  );
}

/** Proofs of a run without those of a stage and source that another of its recordings missed: such a defect must show. */
export function unrefuted<Proof extends StageBySource>(
  proofs: readonly Proof[],
  missed: readonly StageBySource[],
): readonly Proof[] {
  const keyOf = ({ stage, source }: StageBySource): string => `${stage}\n${source}`;
  const refuted = new Set(missed.map(keyOf));
  return proofs.filter((proof) => !refuted.has(keyOf(proof)));
}

/** The records that findings quote for a stage they matched. */
function quotedIn(stage: string, findings: readonly Finding[]): readonly EventId[] {
  return findings
    .flatMap(({ stages }) => stages)
    .filter(({ id, state }) => id === stage && state === 'matched')
    .flatMap(({ events }) => events.map(({ eventId }) => eventId));
}

function sourcesOf(records: readonly EventId[], { events }: Replay): ReadonlySet<string> {
  const sources = new Set<string>();
  for (const id of records) {
    const channel = events.get(id)?.channel;
    if (channel !== undefined) sources.add(sourceOf(channel));
  }
  return sources;
}
