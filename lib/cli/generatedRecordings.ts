import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Catalogue } from '../analytics/catalogue';
import { bytesOf, type ScenarioRecording, scenarioRecordings } from '../sample/scenarios/scenarios';
import { compareRecording, type RecordingResult } from '../validation/compare';
import { type DatasetLabel, labelFile } from '../validation/labels';
import { readRecording, replay } from '../validation/replay';
import { digest } from './readFiles';

/** Makes every generated recording, reads it as an import would, and compares what is found with its label. */
export function validateGenerated(
  only: string,
  catalogue: Catalogue,
  onFile: (file: string) => void,
): readonly RecordingResult[] {
  const results: RecordingResult[] = [];
  for (const recording of scenarioRecordings(only)) {
    onFile(recording.file);
    const bytes = bytesOf(recording);
    const found = replay(readRecording([bytes], digest), catalogue, digest);
    results.push(compareRecording(labelOf(recording), found, sha256(bytes)));
  }
  return results;
}

/** Writes every generated recording and their LABELS.json; how many recordings were written. */
export async function writeGenerated(only: string, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const datasets: unknown[] = [];
  for (const recording of scenarioRecordings(only)) {
    await writeFile(path.join(folder, recording.file), bytesOf(recording));
    datasets.push(recording.label);
  }
  const about =
    'Generated recordings of Sequela: invented names, addresses kept for documentation, labelled by construction.';
  await writeFile(path.join(folder, 'LABELS.json'), `${JSON.stringify({ about, datasets }, null, 1)}\n`);
  return datasets.length;
}

function labelOf(recording: ScenarioRecording): DatasetLabel {
  const [label] = labelFile.parse({ datasets: [recording.label] }).datasets;
  if (label === undefined) throw new Error(`no label for ${recording.file}`);
  return label;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
