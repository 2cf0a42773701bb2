import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../cli/loadCatalogue';
import { SCENARIOS, type ScenarioRecording, scenarioRecordings } from '../sample/scenarios/scenarios';
import { compareRecording } from './compare';
import { labelFile } from './labels';
import { type ReadRecording, type Replay, readRecording, replay } from './replay';
import {
  type ChainShape,
  chainsOf,
  digest,
  hostsRenamed,
  jittered,
  numberOf,
  permuted,
  processesRemapped,
  shifted,
  toolRenamed,
  withNoise,
} from './testTransforms';

const catalogue = await loadCatalogue();

const replayed = (recording: ReadRecording) => replay(recording, catalogue, digest);
const bytesOf = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'));

/** Ordinary days in the form of each product, to be mixed among others' events. */
const noises = new Map<string, ReadRecording>();
for (const one of scenarioRecordings('user-benign-admin-shell'))
  noises.set(sourceOf(one.file), readRecording([bytesOf(one.lines)], digest));

type Transform = (recording: ScenarioRecording, read: ReadRecording) => ReadRecording;

const JITTER = 'a second of jitter between channels';

/** What may be done to a recording without changing what happened. */
const TRANSFORMS: Readonly<Record<string, Transform>> = {
  permuted: (_recording, read) => permuted(read),
  'split over imports in another order': ({ lines }) => {
    const third = Math.ceil(lines.length / 3);
    const parts = [lines.slice(2 * third), lines.slice(0, third), lines.slice(third, 2 * third)];
    return readRecording(
      parts.filter((part) => part.length > 0).map((part) => bytesOf(part)),
      digest,
    );
  },
  doubled: ({ lines }) => readRecording([bytesOf(lines), bytesOf([...lines].reverse())], digest),
  'time-shifted': (_recording, read) => shifted(read),
  'hosts renamed': (_recording, read) => hostsRenamed(read),
  'pids and ids remapped': (_recording, read) => processesRemapped(read),
  [JITTER]: (_recording, read) => jittered(read),
  'noise of another host mixed in under its name': ({ file }, read) => withNoise(read, noiseOf(file)),
  'noise of another host beside it': ({ file }, read) =>
    withNoise(read, noiseOf(file), 'other-host.corp.example'),
};

function noiseOf(file: string): ReadRecording {
  const noise = noises.get(sourceOf(file));
  if (noise === undefined) throw new Error(`no noise for ${file}`);
  return noise;
}

function sourceOf(file: string): string {
  return file.split('.')[1] ?? '';
}

const RENAMED = 'a tool under another name, its original file name recorded';
const names = [...Object.keys(TRANSFORMS), RENAMED];

/**
 * Every recording is held against its label and undergoes one transform, chosen by its name: over four hundred
 * recordings each transform meets each kind of story in several products.
 */
describe.each(SCENARIOS.map((one) => [one.id, one.title] as const))('%s: %s', (id) => {
  it('is found as labelled in the form of every product, however its records come in', () => {
    const wrong: string[] = [];
    for (const recording of scenarioRecordings(id)) {
      if (!recording.file.startsWith(`${id}.`)) continue;
      const read = readRecording([bytesOf(recording.lines)], digest);
      expect(read.refusals).toEqual([]);
      const found = replayed(read);
      const [label] = labelFile.parse({ datasets: [recording.label] }).datasets;
      if (label === undefined) throw new Error('no label');
      for (const { differences } of compareRecording(label, found, '').analytics)
        wrong.push(...differences.map((difference) => `${recording.file}: ${difference}`));
      holdsUnder(names[numberOf(recording.file, names.length)] ?? '', recording, read, found);
    }
    expect(wrong).toEqual([]);
  });
});

function holdsUnder(name: string, recording: ScenarioRecording, read: ReadRecording, found: Replay): void {
  const told = `${recording.file} ${name}`;
  if (name === RENAMED) {
    const tool = toolOf(recording);
    if (tool === undefined) return;
    // Points differ on purpose: a renamed tool is a reason of its own.
    const renamed = replayed(toolRenamed(read, tool, 'hostsvc.exe'));
    expect(chainsOf(renamed, { scores: false, twins: true }).map(withoutImages), told).toEqual(
      chainsOf(found, { scores: false, twins: true }).map(withoutImages),
    );
    return;
  }
  const twins = name === JITTER;
  const transformed = TRANSFORMS[name]?.(recording, read);
  if (transformed === undefined) throw new Error(`no transform ${name}`);
  expect(chainsOf(replayed(transformed), { twins }), told).toEqual(chainsOf(found, { twins }));
}

/** The tool a complete chain turns on, where the product records original file names. */
function toolOf({ file, label }: ScenarioRecording): string | undefined {
  if (!['sysmon', 'defender', 'falcon', 'elastic'].includes(sourceOf(file))) return undefined;
  const images = label.expect.map(({ trigger }) => trigger?.image.toLowerCase() ?? '');
  return ['mshta.exe', 'wscript.exe', 'powershell.exe', 'rundll32.exe'].find((tool) =>
    images.some((image) => image.endsWith(`\\${tool}`)),
  );
}

function withoutImages(chain: ChainShape): ChainShape {
  return { ...chain, stages: chain.stages.map((stage) => stage.replace(/(start of \d+) [^,]*/g, '$1')) };
}
