import type { LabelledScenario } from '../../sample/scenarios/labelledScenario';
import { bytesOf, SCENARIOS, scenarioRecording } from '../../sample/scenarios/scenarios';
import { SOURCES, type SourceId } from '../../sample/scenarios/sources';
import { type DatasetLabel, labelFile } from '../../validation/labels';

/** One of the labelled recordings that ship with the application, before it is made. */
export type ShippedRecording = {
  /** `mshta-webdav.falcon.ndjson`. */
  readonly name: string;
  /** Makes its bytes and its label: some ten milliseconds, the same bytes on every machine. */
  readonly make: () => { readonly bytes: Uint8Array; readonly label: DatasetLabel };
};

/** What follows an SVG is told once for each way to deliver it; one way with all that follows is enough here. */
const CONSEQUENCE = /^svg-.*-(alone|c\d)$/;
const TOLD_WHOLE = 'svg-zip-explorer-';
/** Stories that every form of Windows' own logs is shown in as well, so that each stage is shown by Sysmon. */
const IN_SYSMON: readonly string[] = [
  'svg-zip-explorer-callback',
  'svg-d2-store-read',
  'user-outlook-macro',
  'user-zip-7zfm',
  'mshta-remote-url',
];

/**
 * The recordings a validation replays without anybody having uploaded one: each story once, in the form of one product
 * after the other, and some in that of Sysmon too. At most 60.
 */
export const SHIPPED_RECORDINGS: readonly ShippedRecording[] = SCENARIOS.filter(
  ({ id }) => !CONSEQUENCE.test(id) || id.startsWith(TOLD_WHOLE),
).flatMap((scenario, i) => {
  const own = formOf(scenario, i);
  const forms = IN_SYSMON.includes(scenario.id) ? new Set<SourceId>([own, 'sysmon']) : [own];
  return [...forms].map((source) => shipped(scenario, source));
});

/** The products by turns, among those that recorded the story. */
function formOf({ sources }: LabelledScenario, turn: number): SourceId {
  const forms = SOURCES.map(({ id }) => id).filter((id) => sources === undefined || sources.includes(id));
  return forms[turn % forms.length] ?? 'windows';
}

function shipped(scenario: LabelledScenario, source: SourceId): ShippedRecording {
  return {
    name: `${scenario.id}.${source}.ndjson`,
    make: () => {
      const recording = scenarioRecording(scenario, source);
      const [label] = labelFile.parse({ datasets: [recording?.label] }).datasets;
      if (recording === undefined || label === undefined) throw new Error(`no recording of ${scenario.id}`);
      return { bytes: bytesOf(recording), label };
    },
  };
}
