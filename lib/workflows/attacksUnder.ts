import { setImmediate as breathe } from 'node:timers/promises';
import type { Catalogue } from '../analytics/catalogue';
import { severityOf } from '../analytics/severity';
import { cutText } from '../base/cutText';
import type { BaselineLoses } from '../contracts/analytics';
import type { Finding } from '../findings/finding';
import {
  bytesOf,
  SCENARIOS,
  type ScenarioRecording,
  scenarioRecordings,
} from '../sample/scenarios/scenarios';
import { readRecording, replay } from '../validation/replay';
import { isOutOfSight } from './backtestCompare';
import { nodeDigest } from './nodeDigest';
import { PROPOSED_BASELINE } from './proposeChange';

/**
 * Which shipped attacks a proposed baseline takes from sight: the generated recordings of chains that the analytic is
 * expected to find, read and correlated as imports are, under this baseline alone. `catalogue` holds it under
 * PROPOSED_BASELINE. About ten seconds of one core for all products' forms of all stories; between recordings others are
 * let in. Throws when `signal` is aborted.
 */
export async function attacksUnder(
  analyticId: string,
  catalogue: Catalogue,
  signal: AbortSignal,
): Promise<Pick<BaselineLoses, 'attacks' | 'attacksTried'>> {
  const analytics = catalogue.analytics.filter(({ id }) => id === analyticId);
  const baselines = catalogue.baselines.filter(({ id }) => id === PROPOSED_BASELINE);
  const attacks: BaselineLoses['attacks'] = [];
  let attacksTried = 0;
  if (analytics.length === 0 || baselines.length === 0) return { attacks, attacksTried };
  for await (const recording of attacksOf(analyticId)) {
    signal.throwIfAborted();
    attacksTried++;
    const read = readRecording([bytesOf(recording)], nodeDigest);
    const { findings } = replay(read, { ...catalogue, analytics, baselines }, nodeDigest);
    const [lost] = findings.filter((finding) => isLost(finding, catalogue));
    if (lost === undefined) continue;
    attacks.push({
      recording: recording.file,
      title: recording.label.title,
      headline: cutText(lost.headline, 1000),
      severity: lost.severity,
    });
  }
  return { attacks, attacksTried };
}

/** Which stories hold an attack for which analytic: learnt by telling them all once, as their labels say it. */
const STORIES = new Map<string, readonly string[]>();

async function* attacksOf(analyticId: string): AsyncGenerator<ScenarioRecording, void, undefined> {
  const known = STORIES.get(analyticId);
  const found: string[] = [];
  for (const { id } of SCENARIOS) {
    if (known !== undefined && !known.includes(id)) continue;
    await breathe();
    for (const recording of scenarioRecordings(id)) {
      // Asked for by the beginning of their names, others may come with it.
      if (!recording.file.startsWith(`${id}.`) || !isAttackFor(recording, analyticId)) continue;
      if (found.at(-1) !== id) found.push(id);
      await breathe();
      yield recording;
    }
  }
  STORIES.set(analyticId, found);
}

function isAttackFor({ label }: ScenarioRecording, analyticId: string): boolean {
  return (
    label.tags.includes('chain') &&
    label.expect.some(({ analytic, verdict }) => analytic === analyticId && verdict !== 'none')
  );
}

/** Whether the baseline, and nothing else, takes a finding from sight. */
function isLost(finding: Finding, { severity }: Catalogue): boolean {
  if (!finding.baselines.includes(PROPOSED_BASELINE)) return false;
  const without = {
    suppressed: finding.reasons.some(
      ({ effect, baseline }) => effect === 'suppresses' && baseline === undefined,
    ),
    severity: severityOf(finding.scoreBeforeBaselines, severity),
  };
  return isOutOfSight(without, finding);
}
