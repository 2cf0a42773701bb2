import type { Catalogue } from '../analytics/catalogue';
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
 * The stages of a recording that were matched as labelled, each for every source whose events show it there: a stage
 * that Sysmon showed proves nothing of the Security log beside it.
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
    for (const { stage, as, expected: state, found, ok } of analytics[i]?.stages ?? []) {
      const id = as ?? stage;
      if (!ok || state !== 'matched' || found !== 'matched') continue;
      if (analytic?.stages.some((one) => one.id === id) !== true) continue;
      for (const source of sourcesOf(id, meant, replay)) {
        const key = `${expected.analytic}/${id}`;
        proven.set(`${key}\n${source}`, { stage: key, source, version: analytic.version });
      }
    }
  }
  return [...proven.values()];
}

function sourcesOf(stage: string, findings: readonly Finding[], { events }: Replay): ReadonlySet<string> {
  const sources = new Set<string>();
  for (const finding of findings) {
    for (const { id, state, events: quoted } of finding.stages) {
      if (id !== stage || state !== 'matched') continue;
      for (const { eventId } of quoted) {
        const channel = events.get(eventId)?.channel;
        if (channel !== undefined) sources.add(sourceOf(channel));
      }
    }
  }
  return sources;
}
